"""kill -9 at random moments of a rebuild: what is published stays whole, the next run succeeds, the history is true.

`--moments 30` kills each kind of process thirty times. A seed names the stage; the moment within it is chance.
"""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

import psycopg2
import pytest
from sqlalchemy.exc import OperationalError

from c360_dash import db, embedded, rebuild
from c360_dash.config import Settings
from c360_dash.embedded.processes import postmaster
from c360_dash.rebuild.log import UnknownBuild
from tests.sql.test_rebuild import holding

Rows = Callable[..., list[tuple[object, ...]]]
Published = list[tuple[object, ...]]
Take = Callable[[Settings], Published]
COMMAND = [sys.executable, "-c", "from c360_dash.cli import main; main()", "rebuild"]
PATIENCE = 60.0
PUBLISHING = 1_000  # where a run stands after its last stage
ENDED = {"published", "replaced", "failed", "lost", "cancelled", "held"}


@dataclass
class Running:
    """A rebuild in a process of its own, in the stage where it is to be hit."""

    process: "subprocess.Popen[bytes]"
    backend: int
    run_id: int


@pytest.fixture
def fingerprint(rows: Rows) -> Take:
    """A function that says all about what is published: for each customer the build, and the row as text."""

    def take(settings: Settings) -> Published:
        statement = "select (select build_id from c360.published_build), customer_360::text from c360.customer_360"
        return sorted(rows(settings, statement), key=str)

    return take


@contextmanager
def rebuilding(settings: Settings, seed: int | None) -> Iterator[Running]:
    """A rebuild that has just reached the stage of the seed, or is publishing; at the end it is over."""
    environment = os.environ | {"C360_DATA_DIR": str(settings.data_dir), "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield reached(settings, process, seed)
    finally:
        process.kill()
        process.wait()


def reached(settings: Settings, process: "subprocess.Popen[bytes]", seed: int | None) -> Running:
    """Looks until the run of the process is in the stage, or publishes; raises when it ends before."""
    until = monotonic() + PATIENCE
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("select position from c360.stage order by position")
        stages = [position for (position,) in cursor.fetchall()]
        position = PUBLISHING if seed is None else random.Random(seed).choice(stages)
        while monotonic() < until:
            cursor.execute(
                "select run_history.pid, run_history.run_id from c360.run_history"
                " inner join c360.progress using (run_id) left join c360.stage on stage.name = progress.stage"
                " where progress.stage <> 'start' and coalesce(stage.position, %s) >= %s",
                [PUBLISHING, position],
            )
            found = cursor.fetchone()
            if found:
                return Running(process, *found)
            assert process.poll() is None, f"the rebuild ended before stage {position}"
    raise AssertionError(f"no stage {position} within {PATIENCE} seconds")


def over(settings: Settings, rows: Rows, run_id: int) -> str:
    """The state of a run once it has ended."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        ((state,),) = rows(settings, "select state from c360.run_history where run_id = %s", run_id)
        if state in ENDED:
            return str(state)
    raise AssertionError(f"run {run_id} did not end within {PATIENCE} seconds")


def back(settings: Settings) -> None:
    """The server answers again, started by whoever needs it first."""
    until = monotonic() + PATIENCE
    while True:
        try:
            embedded.ensure_running(settings.data_dir)
            with db.owner_connection(settings) as connection, connection.cursor() as cursor:
                cursor.execute("select 1")
                return
        except (psycopg2.OperationalError, OperationalError, db.DatabaseUnreachable):
            assert monotonic() < until, "the server did not come back"


def the_truth_is_told(settings: Settings, rows: Rows, before: Published, take: Take, run_id: int) -> None:
    """Either the run came through and its whole build is published, or it is lost and all is as before.

    Then the next run succeeds, and nothing is left of the one that was hit.
    """
    state = over(settings, rows, run_id)
    after = take(settings)
    if state == "published":
        assert {build for build, _ in after} == {run_id}
        assert len(after) == len(before)
    else:
        assert (state, after) == ("lost", before)
    assert rebuild.run(settings).state == "published"
    kept = "('published', 'replaced', 'held', 'rejected')"
    left = f"""
        select nspname from pg_namespace where nspname like 'c360\\_b%%'
        and nspname not in (select c360.build_schema(run_id) from c360.run where state in {kept})"""
    assert rows(settings, left) == []
    assert rows(settings, "select run_id from c360.run where state = 'running'") == []


def test_killing_the_database_session(doomed: Settings, rows: Rows, fingerprint: Take, seed: int) -> None:
    before = fingerprint(doomed)
    with rebuilding(doomed, seed) as running:
        with suppress(ProcessLookupError):
            os.kill(running.backend, signal.SIGKILL)
        running.process.wait(PATIENCE)

    back(doomed)
    the_truth_is_told(doomed, rows, before, fingerprint, running.run_id)


def test_killing_the_session_whose_build_is_whole_but_not_published(
    doomed: Settings, rows: Rows, fingerprint: Take
) -> None:
    before = fingerprint(doomed)
    # A reader who does not let go keeps it from publishing; the server that starts again ends this session too.
    reading = holding(doomed, "select count(*) from c360.customer_360")
    with suppress(psycopg2.Error), reading, rebuilding(doomed, None) as running:
        os.kill(running.backend, signal.SIGKILL)
        running.process.wait(PATIENCE)

    back(doomed)
    assert over(doomed, rows, running.run_id) == "lost"
    ((whole,),) = rows(doomed, f"select count(*) from c360_b{running.run_id}.customer_360")
    assert whole == len(before)
    with pytest.raises(UnknownBuild, match="cannot be published"):
        rebuild.publish(doomed, running.run_id)
    the_truth_is_told(doomed, rows, before, fingerprint, running.run_id)


def test_killing_postgresql_itself(doomed: Settings, rows: Rows, fingerprint: Take, seed: int) -> None:
    before = fingerprint(doomed)
    with rebuilding(doomed, seed + 1_000) as running:
        server = postmaster(doomed.data_dir.resolve() / "postgres")
        assert server is not None
        server.kill()
        running.process.wait(PATIENCE)

    back(doomed)
    the_truth_is_told(doomed, rows, before, fingerprint, running.run_id)


def test_killing_the_process_that_asked(doomed: Settings, rows: Rows, fingerprint: Take, seed: int) -> None:
    before = fingerprint(doomed)
    with rebuilding(doomed, seed + 2_000) as running:
        running.process.kill()
        running.process.wait(PATIENCE)

    the_truth_is_told(doomed, rows, before, fingerprint, running.run_id)
