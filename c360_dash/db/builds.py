"""Which build is published, and what there is to know about a build."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, text

from c360_dash.config import Settings
from c360_dash.db.blocks import Block
from c360_dash.db.cache import AnswerCache
from c360_dash.db.engines import reader_engine
from c360_dash.db.errors import DatabaseAway, NoBuild, told_apart

CURRENT_FOR_SECONDS = 1.0
NOT_PUBLISHED = "Nothing is published yet; run `c360 rebuild`, then reload."


@dataclass(frozen=True)
class Build:
    """A finished build: what it looked at, when, and the settings it was made with.

    Moments are in the time zone of the build. `token` tells builds of equal number in different databases apart.
    `stale` says that the database could not be asked whether there is a newer build.
    """

    id: int
    as_of: datetime
    built_at: datetime
    data_to: datetime | None
    currency: str
    timezone: str
    settings: Mapping[str, Any]
    token: str
    stale: bool = False

    @property
    def schema(self) -> str:
        """The schema that holds its tables."""
        return f"c360_b{self.id:d}"


@dataclass(frozen=True)
class Failure:
    """A run after the published one that was not published: failed, lost, rejected by its checks, or held."""

    run_id: int
    started_at: datetime
    state: str
    error: str | None


class Builds:
    """The builds of one database; what was found out about a build is kept, for it never changes."""

    def __init__(self, settings: Settings, blocks: Mapping[str, Block], answers: AnswerCache) -> None:
        self._settings = settings
        self._blocks = blocks
        self._answers = answers
        self._known: dict[str, Build] = {}
        self._current: Build | None = None
        self._current_until = 0.0
        self._asking = threading.Lock()

    def current(self) -> Build:
        """The published build, looked up at most once a second; the last known, stale, while the database is away."""
        if self._current is not None and time.monotonic() < self._current_until:
            return self._current
        # One thread looks; the others go on with the build they know, if they know one.
        if not self._asking.acquire(blocking=self._current is None):
            return self._current or self.current()
        try:
            return self._looked_up()
        finally:
            self._asking.release()

    def forget_current(self) -> None:
        """The next question looks up what is published."""
        self._current_until = 0.0

    def by_id(self, build_id: int) -> Build:
        """A build that is in the database, published or not; raises NoBuild."""
        return self._found("builds.by_id", f"Build {build_id} is not in the database.", build_id=build_id)

    def comparable(self, build_id: int) -> list[Build]:
        """The other kept builds that are or were published and have ids of the same type, newest first."""
        return self._all("builds.comparable", "There is no other build.", build_id=build_id)

    def last_failure(self) -> Failure | None:
        """The newest run, when it came to nothing after the published one; None also where that cannot be asked."""
        try:
            with told_apart("Nothing was ever run."), reader_engine(self._settings).connect() as connection:
                row = connection.execute(text(self._blocks["builds.last_failure"].sql)).mappings().first()
        except (NoBuild, DatabaseAway):
            return None
        return None if row is None else Failure(row["run_id"], row["started_at"], row["state"], row["error"])

    def measures(self) -> dict[str, float]:
        """What is measured about builds and runs, as far as it is known: the block `builds.measures`."""
        try:
            with told_apart("Nothing was ever run."), reader_engine(self._settings).connect() as connection:
                row = connection.execute(text(self._blocks["builds.measures"].sql)).mappings().one()
        except NoBuild:
            return {"c360_database_up": 1.0}
        except DatabaseAway:
            return {"c360_database_up": 0.0}
        return {name: float(value) for name, value in row.items() if value is not None}

    def _looked_up(self) -> Build:
        try:
            found = self._found("builds.published", NOT_PUBLISHED)
        except DatabaseAway:
            if self._current is None:
                raise
            found = replace(self._current, stale=True)
        self._current = found
        self._current_until = time.monotonic() + CURRENT_FOR_SECONDS
        return found

    def _found(self, question: str, nothing_there: str, **parameters: int) -> Build:
        found = self._all(question, nothing_there, **parameters)
        if not found:
            raise NoBuild(nothing_there)
        return found[0]

    def _all(self, question: str, nothing_there: str, **parameters: int) -> list[Build]:
        with told_apart(nothing_there), reader_engine(self._settings).connect() as connection:
            rows = connection.execute(text(self._blocks[question].sql), parameters).mappings().all()
            return [self._known_as(connection, row) for row in rows]

    def _known_as(self, connection: Connection, row: RowMapping) -> Build:
        token = _token(row)
        if token not in self._known:
            found = self._described(connection, row, token)
            self._known[token] = found
            self._forget_gone(connection)
            return found
        return self._known[token]

    def _described(self, connection: Connection, row: RowMapping, token: str) -> Build:
        """The build with the settings it was made with; those in c360.setting may have been changed since."""
        look_at(connection, f"c360_b{row['build_id']:d}", "UTC")
        settings = connection.execute(text(self._blocks["builds.settings"].sql)).scalar_one()
        zone = ZoneInfo(settings["timezone"])
        return Build(
            id=row["build_id"],
            as_of=row["as_of"].astimezone(zone),
            built_at=row["built_at"].astimezone(zone),
            data_to=row["data_to"] and row["data_to"].astimezone(zone),
            currency=settings["currency"],
            timezone=settings["timezone"],
            settings=settings,
            token=token,
        )

    def _forget_gone(self, connection: Connection) -> None:
        """Asked whenever a build is seen for the first time, that is after each rebuild."""
        tokens = [_token(row) for row in connection.execute(text(self._blocks["builds.present"].sql)).mappings()]
        self._known = {token: build for token, build in self._known.items() if token in tokens}
        self._answers.forget_all_but(tokens)


def look_at(connection: Connection, schema: str, timezone: str) -> None:
    """For the rest of the transaction, unqualified names mean the tables of one build, and days those of the zone."""
    statement = "select set_config('search_path', :path, true), set_config('timezone', :timezone, true)"
    connection.execute(text(statement), {"path": f'"{schema}"', "timezone": timezone})


def _token(row: RowMapping) -> str:
    """Another one once somebody was erased from the build, or a back-test was made: what was kept before goes."""
    erased = f"-e{row['erasures']:d}" if row["erasures"] else ""
    tested = f"-t{row['back_test']:d}" if row["back_test"] else ""
    return f"b{row['build_id']:d}-{round(row['started_at'].timestamp() * 1_000_000):d}{erased}{tested}"
