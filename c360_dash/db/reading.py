"""The door through which pages, API and files ask: named questions about one build, answered from the cache.

    init(settings, server)                            once, where the application is made
    build = current_build()                           the published build, the same for the whole request
    read("overview.satisfaction", build, country=None, …)   a DataFrame
    read_since("segmentation.movement", build, build_before(build), …)   the same, about two builds

A question runs in one transaction that looks at the schema of its build only, in the time zone of the build. Rows and
build therefore always belong together, whatever is published meanwhile. A question about two builds writes the tables
of the other one as `earlier_build.customer_360`.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import orjson
import pandas as pd
from flask import Flask, current_app, g, has_app_context, has_request_context
from sqlalchemy import Connection, text
from sqlalchemy.exc import NotSupportedError

from c360_dash import privacy
from c360_dash.config import PACKAGE, Settings
from c360_dash.db.blocks import Block, load_blocks
from c360_dash.db.builds import Build, Builds, look_at
from c360_dash.db.cache import AnswerCache
from c360_dash.db.engines import reader_engine
from c360_dash.db.errors import told_apart
from c360_dash.db.tables import as_frame, as_json, as_records, plain
from c360_dash.db.turns import Turns
from c360_dash.db.variants import variants
from c360_dash.metrics import Metric, definitions

Plain = TypeVar("Plain")
Parameter = str | int | date | list[str] | None

EXTENSION = "c360"
EARLIER = re.compile(r"\bearlier_build\.")


class Reader:
    """Questions to the database of one application; what it keeps could be thrown away at any time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        found = definitions(settings.sql_dir / "metrics.toml")
        self.metrics = found.metrics
        self.columns = tuple(found.columns)
        self.blocks = questions(settings.sql_dir)
        self.answers = AnswerCache(settings.cache, settings.data_dir / "cache")
        self.builds = Builds(settings, self.blocks, self.answers)
        self.streams = threading.BoundedSemaphore(max(1, settings.pool_size // 2))
        self.turns = Turns(max(1, 3 * min(settings.threads, settings.pool_size) // 4))

    def block(self, name: str) -> Block:
        """The question of that name; raises LookupError naming the file where it belongs."""
        if name not in self.blocks:
            file, _, block = name.partition(".")
            raise LookupError(f"sql/queries/{file}.sql has no block `-- name: {block}`.")
        return self.blocks[name]

    def asked(self, name: str, parameters: Mapping[str, Parameter]) -> Block:
        """The question of that name. Raises TypeError for parameters that it does not take."""
        block = self.block(name)
        if parameters.keys() != block.parameters:
            takes, given = (", ".join(sorted(names)) or "none" for names in (block.parameters, parameters.keys()))
            raise TypeError(f"{name} takes the parameters {takes}; given were {given}.")
        return block

    def table(
        self, name: str, build: Build, parameters: Mapping[str, Parameter], earlier: Build | None = None
    ) -> bytes:
        """The answer of a block as `as_json` writes it. Raises TypeError for parameters that it does not take."""
        block = self.asked(name, parameters)
        since = "" if earlier is None else f" since {earlier.token}"
        key = answer_key(name + since, parameters, block.version)
        return self.answers.answer(build.token, key, lambda: self._ask(block, build, parameters, earlier))

    def remembered(
        self, name: str, build: Build, parameters: Mapping[str, Any], compute: Callable[[], object]
    ) -> bytes:
        """What `compute` makes of a build, as JSON; kept until the build goes or a line of our code changes.

        Kept apart for those who may see personal data and those who may not: what `compute` finds differs for them.
        """
        whose = "" if privacy.sees_personal_data() else " without personal data"
        key = answer_key(name + whose, parameters, self.code_version)
        return self.answers.answer(build.token, key, lambda: plain(compute()))

    def _ask(self, block: Block, build: Build, parameters: Mapping[str, Parameter], earlier: Build | None) -> bytes:
        with self.turns.turn(), told_apart(gone(build)), reader_engine(self.settings).connect() as connection:
            try:
                return _answered(connection, build, about(block, earlier), parameters)
            except NotSupportedError:
                if block.sql_on_cluster is None:
                    raise
            connection.rollback()
            block = replace(block, sql=block.sql_on_cluster)
            return _answered(connection, build, about(block, earlier), parameters)

    @cached_property
    def code_version(self) -> str:
        """A hash of the package's code, its definitions and the locale."""
        found = hashlib.sha256(self.settings.locale.encode())
        for path in _code_files(self.settings.sql_dir):
            found.update(path.read_bytes())
        return found.hexdigest()[:16]


@cache
def questions(sql_dir: Path) -> Mapping[str, Block]:
    """The questions of a folder of SQL by `file.block`, read once a process: with their variants they are thousands."""
    found = definitions(sql_dir / "metrics.toml")
    fragments = {"metric_columns": metric_columns(found.metrics)}
    return MappingProxyType(load_blocks(sql_dir / "queries", fragments, variants(found.columns)))


def _answered(connection: Connection, build: Build, sql: str, parameters: Mapping[str, Parameter]) -> bytes:
    look_at(connection, build.schema, build.timezone)
    result = connection.execute(text(sql), dict(parameters))
    return as_json(result.cursor.description, result.fetchall())


def about(block: Block, earlier: Build | None) -> str:
    """The SQL of a block, where it is about two builds with the schema of the other one."""
    # A schema cannot be a parameter; its name is c360_b and a whole number, whatever is asked (Build.schema).
    return block.sql if earlier is None else EARLIER.sub(f"{earlier.schema}.", block.sql)


def gone(build: Build) -> str:
    """What to say where a table or column of a build is missing."""
    return (
        f"Build {build.id} is gone, or an earlier version made it, without what is asked; "
        "`c360 rebuild` makes one that has it."
    )


def init(settings: Settings, server: Flask | None = None) -> Reader:
    """Make the questions of an application answerable; without a server, those of this process outside any.

    Reads and checks the SQL files; the database is not touched. Raises QueryFileError and DefinitionError.
    """
    found = Reader(settings)
    if server is None:
        _outside[EXTENSION] = found
    else:
        server.extensions[EXTENSION] = found
    return found


def reader() -> Reader:
    """The reader of the application at work, else the one of the process."""
    found = current_app.extensions.get(EXTENSION) if has_app_context() else _outside.get(EXTENSION)
    if not isinstance(found, Reader):
        raise RuntimeError("No reader: call c360_dash.db.init(settings, server) where the application is made.")
    return found


def current_build() -> Build:
    """The published build: within one request always the same. Raises NoBuild and DatabaseAway."""
    if not has_request_context():
        return reader().builds.current()
    if "c360_build" not in g:
        g.c360_build = reader().builds.current()
    build: Build = g.c360_build
    return build


def build_by_id(build_id: int) -> Build:
    """A build that is still in the database, published or not. Raises NoBuild and DatabaseAway."""
    return reader().builds.by_id(build_id)


def comparable_builds(build: Build) -> list[Build]:
    """The other kept builds that are or were published, with customers of ids of the same type; newest first."""
    return reader().builds.comparable(build.id)


def build_before(build: Build) -> Build | None:
    """The one of the comparable builds that was made last before that one, if there is one."""
    return next((other for other in comparable_builds(build) if other.id < build.id), None)


def read(name: str, build: Build, **parameters: Parameter) -> pd.DataFrame:
    """The rows of the block `file.name` about a build, with the column types of the database.

    Integers are int64 (Int64 where null), numeric float64, text str, dates datetime64, moments in the build's time
    zone. Raises NoBuild when the build is gone, DatabaseAway, QueryTooSlow, TooBusy.
    """
    return as_frame(reader().table(name, build, parameters), build.timezone)


def read_since(name: str, build: Build, earlier: Build, **parameters: Parameter) -> pd.DataFrame:
    """As `read`, of a block about two builds: in its text `earlier_build.` stands before tables of the other one."""
    return as_frame(reader().table(name, build, parameters, earlier), build.timezone)


def read_records(name: str, build: Build, **parameters: Parameter) -> list[dict[str, Any]]:
    """As `read`, but a dict a row, with null as None and moments as ISO text: ten times cheaper for a few numbers."""
    return as_records(reader().table(name, build, parameters))


def read_records_since(name: str, build: Build, earlier: Build, **parameters: Parameter) -> list[dict[str, Any]]:
    """As `read_records`, of a block about two builds."""
    return as_records(reader().table(name, build, parameters, earlier))


def remembered(name: str, build: Build, parameters: Mapping[str, Any], compute: Callable[[], Plain]) -> Plain:
    """What `compute` makes of a build (lists and dicts that JSON can hold), computed once for all processes.

    `name` and `parameters` must tell all such things apart. It is kept until the build goes or our code changes.
    """
    found: Plain = orjson.loads(reader().remembered(name, build, parameters, compute))
    return found


def parameters_of(name: str) -> frozenset[str]:
    """The parameters that a block takes."""
    return reader().block(name).parameters


def answer_key(name: str, parameters: Mapping[str, Any], version: str) -> str:
    """The key of an answer within its build: equal for equal questions in every process."""
    return f"{name} {version} {plain(dict(parameters)).decode()}"


def metric_columns(metrics: Mapping[str, Metric]) -> str:
    """The formulas of metrics.toml as a select list: `<metric>` and `<metric>_n`; counts of nobody are 0, not null."""
    return ",\n    ".join(_metric_column(metric) for metric in metrics.values())


def _metric_column(metric: Metric) -> str:
    value = f"coalesce({metric.sql}, 0)" if metric.format == "count" else metric.sql
    return f"{value} as {metric.key}, {metric.n or 'null::bigint'} as {metric.key}_n"


def _code_files(sql_dir: Path) -> Iterator[Path]:
    yield sql_dir / "metrics.toml"
    yield from sorted((sql_dir / "queries").glob("*.sql"))
    yield from sorted(PACKAGE.rglob("*.py"))


_outside: dict[str, Reader] = {}
