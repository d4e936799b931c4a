"""Measure the source contract on the real rows: structure, keys, and what a build will leave out or keep.

The measurements are SQL, one file per relation in sql/checks/source, and work on tables and on a shop's own views.
Their words for what is excluded are those of the build's own exclusions.
"""

import re
from pathlib import Path

import psycopg2

from c360_dash.config import Settings
from c360_dash.db.engines import owner_connection
from c360_dash.errors import C360Error
from c360_dash.sources import contract
from c360_dash.sources.contract import Relation
from c360_dash.sources.distributing import refuse_cluster
from c360_dash.sources.errors import SourceError
from c360_dash.sources.findings import CheckReport, Finding
from c360_dash.sources.statements import Statements, each, name, names, read_query

TEXT = {"text", "character varying", "character", "name"}
WHOLE = {"smallint", "integer", "bigint"}
NUMBERS = {"numeric", "real", "double precision", *WHOLE}
MOMENT = "timestamp with time zone"
DATE_TYPES = {"date", "timestamp without time zone", MOMENT}
FITTING = {
    "text": TEXT,
    "numeric": NUMBERS,
    "integer": WHOLE,
    "date": {"date"},
    "boolean": {"boolean"},
    "timestamptz": {MOMENT},
}
ON_CLUSTER = "the source lies on a cluster, where it is not checked; `c360 check` is for before it is distributed"
IDS = TEXT | WHOLE | {"uuid"}
SAME_TYPE = {"person_id": "customer_id"}
READS = re.compile(r"\b(?:from|join) source\.(\w+)")


class CheckTooSlow(C360Error):
    """A question about the source took longer than whoever asked wanted to wait."""


def check(settings: Settings, timeout_ms: int = 0) -> CheckReport:
    """Every finding of the contract, for all relations; reads only, changes nothing.

    Raises CheckTooSlow when one question takes longer than the timeout; 0 waits for ever.
    """
    try:
        return _checked(settings, timeout_ms)
    except psycopg2.errors.QueryCanceled as error:
        raise CheckTooSlow("The check takes longer than can be waited for here; run `c360 check`.") from error


def _checked(settings: Settings, timeout_ms: int) -> CheckReport:
    relations = contract.relations(settings.sql_dir)
    optional = contract.optional(settings.sql_dir)
    with owner_connection(settings) as connection:
        with connection.cursor() as cursor:
            cursor.execute("set statement_timeout = %s", [timeout_ms])
        run = Statements(connection, settings.sql_dir)
        refuse_cluster(run, ON_CLUSTER)
        relations |= {name: relation for name, relation in optional.items() if _columns(run, name)}
        columns = {relation: _columns(run, relation) for relation in relations}
        findings = [found for relation in relations.values() for found in _structure(relation, columns)]
        broken = {found.relation for found in findings if not found.is_ok}
        rows: dict[str, int] = {}
        for relation in relations.values():
            try:
                findings += _rows(run, relation, settings.sql_dir / "checks" / "source", broken, rows)
            except psycopg2.DataError as error:
                reason = f"{error.diag.message_primary}; correct the select of the view that gives it"
                raise SourceError(f"a row that the check of {relation.name} reads cannot be read: {reason}") from None
    order = list(relations)
    return CheckReport(tuple(sorted(findings, key=lambda found: order.index(found.relation))), rows)


def _rows(run: Statements, relation: Relation, checks: Path, broken: set[str], rows: dict[str, int]) -> list[Finding]:
    """The findings that need rows, where relations are there and have their types."""
    path = checks / f"{relation.name}.sql"
    found = [] if relation.name in broken else _keys(run, relation)
    if broken & {relation.name, *READS.findall(path.read_text(encoding="utf-8"))}:
        return found
    return found + _measured(run, relation, path, rows)


def _columns(run: Statements, relation: str) -> dict[str, str]:
    return dict(run.rows("columns_of", {"table": f"source.{relation}"}))


def _structure(relation: Relation, columns: dict[str, dict[str, str]]) -> list[Finding]:
    """Whether the relation, its columns and their types are there. `rows` counts what is missing or wrong."""
    found = columns[relation.name]
    if not found:
        sentence = "does not exist; create a table or view of this name, it may be empty"
        return [Finding(relation.name, "missing relation", "stop", 1, sentence)]
    missing = [column for column in relation.columns if column not in found]
    wrong = [
        f"{column} is {found[column]} instead of {_wanted(relation, column, columns)}"
        for column in relation.columns
        if column in found and not _fits(relation, column, columns)
    ]
    return [
        Finding(relation.name, "missing relation", "stop", 0, "exists"),
        Finding(
            relation.name, "missing column", "stop", len(missing), f"has no column {', '.join(missing) or 'missing'}"
        ),
        Finding(relation.name, "wrong type", "stop", len(wrong), "; ".join(wrong) or "all columns have their type"),
    ]


def _fits(relation: Relation, column: str, columns: dict[str, dict[str, str]]) -> bool:
    kind = columns[relation.name][column]
    if column in relation.ids:
        return kind in IDS and _family(kind) == _family(_home_type(column, columns) or kind)
    return kind in FITTING[relation.columns[column]]


def _wanted(relation: Relation, column: str, columns: dict[str, dict[str, str]]) -> str:
    if column in relation.ids:
        home = _home_type(column, columns)
        return f"{home} as in the other relations" if home else "text, bigint or uuid"
    return relation.columns[column]


def _home_type(column: str, columns: dict[str, dict[str, str]]) -> str | None:
    """The type of an id in the first relation that has it in a usable type: the others must agree."""
    column = SAME_TYPE.get(column, column)
    kinds = [found[column] for found in columns.values() if column in found and found[column] in IDS]
    return kinds[0] if kinds else None


def _family(kind: str) -> str:
    return "text" if kind in TEXT else "whole" if kind in WHOLE else kind


def _keys(run: Statements, relation: Relation) -> list[Finding]:
    missing, repeated = 0, 0
    table = f"source.{relation.name}"
    if not run.value("has_unique_key", {"table": table, "key": sorted(relation.key)}) or not _is_table(run, relation):
        is_null = each("{column} is null", relation.key, " or ")
        ((missing, repeated),) = run.rows(
            "count_keys", table=name("source", relation.name), is_null=is_null, key=names(relation.key)
        )
    key = " and ".join(relation.key)
    return [
        Finding(relation.name, "no key", "stop", missing, f"rows without {key}: {missing:,}"),
        Finding(relation.name, "duplicate key", "stop", repeated, f"rows that repeat an earlier {key}: {repeated:,}"),
    ]


def _is_table(run: Statements, relation: Relation) -> bool:
    return bool(run.value("kind_of", {"relation": relation.name}) in ("r", "p"))


def _measured(run: Statements, relation: Relation, path: Path, rows: dict[str, int]) -> list[Finding]:
    currency = run.value("currency") if run.value("setting_table") else None
    with run.connection.cursor() as cursor:
        cursor.execute(read_query(path), {"currency": currency})
        found = cursor.fetchall()
    rows[relation.name] = found[0][3] if found else 0
    return [
        Finding(relation.name, finding, treatment, count, f"{count:,} of {total:,} rows {sentence}")
        for finding, treatment, count, total, sentence in found
    ]
