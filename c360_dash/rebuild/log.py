"""The run log: what was built, by whom, with which checks and exclusions; publishing, rolling back, discarding."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg2
from psycopg2 import extensions

from c360_dash.config import Settings
from c360_dash.db import owner_connection
from c360_dash.db.calling import NOT_INSTALLED, NotInstalled
from c360_dash.errors import C360Error

RUN_COLUMNS = (
    "run_id, kind, trigger, requested_by, as_of, state, started_at, ended_at, seconds, data_to, error, sqlstate,"
    " cancelled_by, changed_customers, note"
)


class UnknownBuild(C360Error):
    """There is no such build, or it is in a state that does not allow what was asked."""


@dataclass(frozen=True)
class RunStage:
    """One stage of a run: rows it made and seconds it took."""

    stage: str
    rows: int
    seconds: float


@dataclass(frozen=True)
class Exclusion:
    """Source rows that a run did not count, and why."""

    relation: str
    reason: str
    treatment: str
    rows: int


@dataclass(frozen=True)
class Check:
    """What was checked before publishing; `severity` stop or hold."""

    name: str
    severity: str
    observed: float | None
    expected: float | None
    passed: bool
    sentence: str


@dataclass(frozen=True)
class Run:
    """One run; `id` is also the id of its build. Moments are in UTC, `seconds` up to now while it runs."""

    id: int
    kind: str
    trigger: str
    requested_by: str
    as_of: datetime | None
    state: str
    started_at: datetime
    ended_at: datetime | None
    seconds: float
    data_to: datetime | None
    error: str | None
    sqlstate: str | None
    cancelled_by: str | None = None
    changed_customers: int | None = None
    note: str | None = None
    stages: list[RunStage] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def failed_checks(self) -> list[Check]:
        """The checks that did not hold."""
        return [check for check in self.checks if not check.passed]


def history(settings: Settings, limit: int = 20) -> list[Run]:
    """The newest runs first, without their stages, exclusions and checks (see `run_of`)."""
    with _installed(), owner_connection(settings) as connection, connection.cursor() as cursor:
        if not _has_log(cursor):
            return []
        cursor.execute(f"select {RUN_COLUMNS} from c360.run_history order by run_id desc limit %s", [limit])
        return [_run(row) for row in cursor.fetchall()]


def run_of(settings: Settings, run_id: int) -> Run:
    """One run with its stages, exclusions and checks. Raises UnknownBuild."""
    with _installed(), owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(f"select {RUN_COLUMNS} from c360.run_history where run_id = %s", [run_id])
        row = cursor.fetchone()
        if row is None:
            raise UnknownBuild(f"There is no run {run_id}; `c360 history` lists them.")
        return _run(
            row,
            stages=[RunStage(*values) for values in _parts(cursor, "run_stage", "stage, rows, seconds", run_id)],
            exclusions=[
                Exclusion(*values)
                for values in _parts(cursor, "run_exclusion", "relation, reason, treatment, rows", run_id)
            ],
            checks=[
                Check(*values)
                for values in _parts(
                    cursor, "run_check", "name, severity, observed::float8, expected::float8, passed, sentence", run_id
                )
            ],
        )


def status(settings: Settings) -> dict[str, Any]:
    """`published` (row of c360.published_build or None) and `running` (row of c360.progress or None), as dicts."""
    with owner_connection(settings) as connection, connection.cursor() as cursor:
        if not _has_log(cursor):
            return {"published": None, "running": None}
        return {
            "published": _one(cursor, "select * from c360.published_build"),
            "running": _one(cursor, "select * from c360.progress"),
        }


def publish(settings: Settings, build: int) -> None:
    """Publishes a held build, or rolls back to a kept one. Raises UnknownBuild."""
    _change(settings, "select c360.publish(%s)", build)


def discard(settings: Settings, build: int) -> None:
    """Drops a build that is not published. Raises UnknownBuild."""
    _change(settings, "select c360.discard(%s)", build)


def _change(settings: Settings, statement: str, build: int) -> None:
    try:
        with owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(statement, [build])
    except (psycopg2.errors.NoDataFound, psycopg2.errors.ObjectInUse, psycopg2.errors.LockNotAvailable) as error:
        raise told_unknown(error) from error


def told_unknown(error: psycopg2.Error) -> UnknownBuild:
    """What the database says about a build that cannot be had."""
    return UnknownBuild(in_sentences(error))


def in_sentences(error: psycopg2.Error) -> str:
    """What the database says, and its hint."""
    words = error.diag.message_primary or str(error)
    return f"{words[:1].upper()}{words[1:]}. {error.diag.message_hint or ''}".strip()


@contextmanager
def _installed() -> Iterator[None]:
    """After an upgrade the log in the database may still be of the version before."""
    try:
        yield
    except (psycopg2.errors.UndefinedColumn, psycopg2.errors.UndefinedTable) as error:
        raise NotInstalled(NOT_INSTALLED) from error


def _has_log(cursor: extensions.cursor) -> bool:
    cursor.execute("select to_regclass('c360.run_history') is not null")
    return cursor.fetchone() == (True,)


def _parts(cursor: extensions.cursor, table: str, columns: str, run_id: int) -> list[tuple[Any, ...]]:
    order = "position" if table == "run_stage" else "1, 2"
    cursor.execute(f"select {columns} from c360.{table} where run_id = %s order by {order}", [run_id])
    return cursor.fetchall()


def _one(cursor: extensions.cursor, query: str) -> dict[str, Any] | None:
    cursor.execute(query)
    row = cursor.fetchone()
    names = [column.name for column in cursor.description or ()]
    return None if row is None else dict(zip(names, row, strict=True))


def _run(row: tuple[Any, ...], **parts: Any) -> Run:
    values = dict(zip(RUN_COLUMNS.split(", "), row, strict=True))
    values["seconds"] = float(values["seconds"])
    return Run(id=values.pop("run_id"), **values, **parts)
