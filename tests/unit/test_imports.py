"""The import arrows of the house: pages ask questions, questions ask the database, and nothing looks back."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from c360_dash.config import PACKAGE

DRIVERS = {"sqlalchemy", "psycopg2"}
MAY_USE_DRIVERS = {"db", "embedded", "rebuild", "sources", "predict"}
BASE = {"allowed", "config", "errors", "formats", "metrics"}
PURE = {"components", "conditions", "downloads", "figures", "filters", "formats", "glossary", "metrics", "writer"}
WITHOUT_EFFECT = PURE | {"config", "errors"}
MAY_IMPORT = {
    "pages": {
        "admin",
        "auth",
        "cards",
        "charts",
        "components",
        "customers",
        "figures",
        "filters",
        "metrics",
        "queries",
        "questions",
        "rebuild",
    },
    "charts": PURE | {"charts", "db", "lineage", "queries"},
    "exports": PURE | {"charts", "columns", "db", "exports", "queries", "questions"},
    "queries": BASE | {"conditions", "db", "filters", "privacy", "queries"},
    "customers": PURE | {"auth", "charts", "customers", "db", "errors", "queries"},
    "admin": PURE | {"admin", "auth", "config", "db", "errors", "problems", "rebuild", "sources"},
    "auth": BASE | {"auth", "db", "privacy", "problems"},
    "db": BASE | {"db", "embedded", "measures", "privacy"},
    "privacy": set(),
    "embedded": {"embedded", "errors"},
    "demo": {"demo", "progress"},
    "config": {"allowed", "errors", "schedule"},
    "allowed": {"schedule"},
    "schedule": set(),
    "logs": set(),
    "measures": set(),
    "watching": {"config", "rebuild", "schedule"},
    "lineage": {"config"},
    "errors": set(),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The module or package directly below c360_dash that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """Full names of what a source imports, also inside its functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """The parts of c360_dash that a file imports."""
    names = (name.split(".") for name in imported(path.read_text()))
    return {name[1] for name in names if name[0] == "c360_dash" and len(name) > 1} & {part(p) for p in modules()}


def offenders(importers: set[str], allowed: set[str]) -> dict[str, set[str]]:
    """Files of the importers that import something else of ours than allowed."""
    found = {str(p.relative_to(PACKAGE)): ours(p) - allowed for p in modules() if part(p) in importers}
    return {name: extra for name, extra in found.items() if extra}


def test_imports_inside_functions_and_of_names_are_seen() -> None:
    source = "import os\ndef f():\n    from c360_dash import db\n    from c360_dash.pages.overview import layout\n"

    assert list(imported(source)) == ["os", "c360_dash.db", "c360_dash.pages.overview.layout"]


def test_only_the_parts_that_talk_to_postgresql_import_a_driver() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if part(path) not in MAY_USE_DRIVERS and DRIVERS & {name.split(".")[0] for name in imported(path.read_text())}
    }

    assert found == set()


@pytest.mark.parametrize("importer", sorted(MAY_IMPORT))
def test_each_part_imports_only_what_is_below_it(importer: str) -> None:
    assert offenders({importer}, MAY_IMPORT[importer]) == {}


@pytest.mark.parametrize("importer", sorted(PURE))
def test_what_is_pure_imports_nothing_that_has_effects(importer: str) -> None:
    assert offenders({importer}, WITHOUT_EFFECT) == {}


def test_nothing_imports_a_page_and_only_the_server_imports_the_app() -> None:
    importers = {part(path): ours(path) & {"pages", "app"} for path in modules() if part(path) != "wsgi"}

    assert {name: found for name, found in importers.items() if found} == {}


def test_only_the_configuration_reads_the_environment() -> None:
    readers = {
        part(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and isinstance(node.value, ast.Name)
        if node.value.id != "request"  # of the web server, which is about one request
    }

    assert readers == {"config"}
