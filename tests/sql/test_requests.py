"""Rebuilds as they are asked for from outside: by many at once, by a schedule, in a process of their own, and ended."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import psycopg2
import pytest

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.sql.test_rebuild import AS_OF, SHOP, holding, states, stuck_run

Rows = Callable[..., list[tuple[object, ...]]]
SECONDS = 120
LOCK_ITEMS = "lock table source.order_items in access exclusive mode"


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """A shop of three customers, with build 1 published."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    rebuild.run(fresh_database, AS_OF)
    return fresh_database


def until(condition: Callable[[], bool]) -> None:
    """Returns as soon as the condition holds; the test fails when it never does."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "never true"
        time.sleep(0.05)


def test_of_two_hundred_who_ask_at_once_one_may_start(shop: Settings) -> None:
    def ask(number: int) -> str | None:
        with db.owner_connection(shop) as connection, connection.cursor() as cursor:
            cursor.execute("select c360.request_rebuild('web', %s)", [f"person {number}"])
            return str(answer) if (answer := (cursor.fetchone() or (None,))[0]) else None

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(ask, range(200)))

    assert answers.count(None) == 1
    winner = f"person {answers.index(None)}"
    assert set(answers) - {None} == {f"a rebuild that {winner} asked for is starting"}


def test_a_started_rebuild_publishes_in_a_process_of_its_own(shop: Settings) -> None:
    rebuild.start(shop, "web", "Erika", as_of=date(2024, 5, 1))
    with pytest.raises(rebuild.RebuildRefused, match="Erika"):
        rebuild.start(shop, "web", "Otto")

    until(lambda: states(shop) == ["replaced", "published"])
    run = rebuild.run_of(shop, 2)
    assert (run.trigger, run.requested_by) == ("web", "Erika")
    assert run.as_of == datetime(2024, 5, 1, 23, 59, 59, 999999, UTC)


def test_a_running_rebuild_is_told_to_the_next_who_asks(shop: Settings, rows: Rows) -> None:
    with stuck_run(shop, rows), pytest.raises(rebuild.RebuildRefused, match="rebuild 2 is running"):
        rebuild.start(shop, "web", "Otto")
    assert states(shop) == ["replaced", "published"]


def test_the_rebuild_goes_on_when_its_process_is_killed(shop: Settings, rows: Rows) -> None:
    clients = "select pid from pg_stat_activity where application_name like 'c360 #2 %%' and wait_event_type = 'Lock'"
    with holding(shop, LOCK_ITEMS):
        rebuild.start(shop, "web", "Erika")
        until(lambda: bool(rows(shop, clients)))
        (child,) = [
            int(name)
            for name in os.listdir("/proc")
            if name.isdigit() and b"\0Erika" in _command(name) and b"rebuild" in _command(name)
        ]
        assert os.getsid(child) == child
        os.kill(child, signal.SIGKILL)

    until(lambda: states(shop) == ["replaced", "published"])


def _command(pid: str) -> bytes:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


def test_a_cancelled_run_says_by_whom_and_leaves_the_published_build(shop: Settings, rows: Rows) -> None:
    with stuck_run(shop, rows) as (_, raised):
        rebuild.cancel(shop, 2, "Otto")

    assert isinstance(raised[0], rebuild.RebuildCancelled)
    assert [(run.state, run.cancelled_by) for run in rebuild.history(shop)] == [
        ("cancelled", "Otto"),
        ("published", None),
    ]
    assert rebuild.status(shop)["published"]["build_id"] == 1
    assert rows(shop, "select count(*) from c360.last_failure") == [(0,)]


def test_only_a_running_run_can_be_cancelled(shop: Settings, rows: Rows) -> None:
    with pytest.raises(rebuild.UnknownBuild, match="Run 1 is not running any more"):
        rebuild.cancel(shop, 1, "Otto")

    assert rows(shop, "select count(*) from c360.run_cancellation") == [(0,)]


def test_progress_counts_the_rows_so_far(shop: Settings, rows: Rows) -> None:
    with stuck_run(shop, rows):
        running = rebuild.status(shop)["running"]
    assert running["rows_so_far"] == 6  # the moments, three customers, two products
    assert running["can_be_cancelled"]


def test_a_rebuild_that_cannot_even_start_is_in_the_history(shop: Settings, rows: Rows) -> None:
    rows(shop, "drop schema c360_in cascade")
    rows(shop, "alter table source.orders rename column ordered_at to bought_at")

    with pytest.raises(rebuild.InstallationError):
        rebuild.run(shop, trigger="schedule", requested_by="schedule")

    failed = rebuild.history(shop)[0]
    assert (failed.state, failed.trigger) == ("failed", "schedule")
    assert "00_input_views.sql" in str(failed.error)
    assert rows(shop, "select run_id from c360.last_failure") == [(failed.id,)]


NEXT = "select c360.next_rebuild_at(%s::timestamptz, %s::interval, %s::time)"


@pytest.mark.parametrize(
    ("last", "every", "at", "expected"),
    [
        ("2024-05-01 10:00Z", "6 hours", None, datetime(2024, 5, 1, 16, tzinfo=UTC)),
        ("2024-05-01 10:00Z", "1 day", "03:00", datetime(2024, 5, 2, 1, tzinfo=UTC)),
        # At midnight in UTC it is two o'clock in Berlin: three o'clock of the same day is still to come.
        ("2024-05-01 00:00Z", "1 day", "03:00", datetime(2024, 5, 1, 1, tzinfo=UTC)),
        ("2024-05-01 01:00Z", "2 days", "03:00", datetime(2024, 5, 3, 1, tzinfo=UTC)),
        # Clocks went forward in the night: three o'clock is an hour earlier in UTC.
        ("2024-03-30 10:00Z", "1 day", "03:30", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),
    ],
)
def test_when_the_next_rebuild_is_due(
    shop: Settings, rows: Rows, last: str, every: str, at: str | None, expected: datetime
) -> None:
    rows(shop, "update c360.setting set value = 'Europe/Berlin' where name = 'timezone'")

    assert rows(shop, NEXT, last, every, at) == [(expected,)]


def test_a_due_rebuild_is_given_to_one_of_many_workers(shop: Settings, rows: Rows) -> None:
    ask = "select c360.request_scheduled_rebuild('6 hours', null)"
    assert rows(shop, ask) == [(False,)]
    rows(shop, "update c360.run set started_at = started_at - interval '7 hours'")

    with ThreadPoolExecutor(10) as workers:
        answers = list(workers.map(lambda _: rows(shop, ask), range(40)))

    assert sorted(answers) == [[(False,)]] * 39 + [[(True,)]]
    assert rows(shop, "select trigger, requested_by from c360.rebuild_request") == [("schedule", "schedule")]


def test_news_of_a_failure_and_of_the_recovery_are_given_once(shop: Settings, rows: Rows) -> None:
    news = "select run_id, event from c360.news() order by run_id"
    assert rows(shop, news) == []
    rows(shop, "alter table source.customers drop constraint customers_pkey")
    rows(shop, "insert into source.customers (customer_id, first_name) values ('1', 'Ada again')")
    with pytest.raises(rebuild.RebuildFailed):
        rebuild.run(shop, AS_OF)

    assert rows(shop, news) == [(2, "failed")]
    assert rows(shop, news) == []
    rows(shop, "delete from source.customers where first_name = 'Ada again'")
    rebuild.run(shop, AS_OF)
    assert rows(shop, news) == [(3, "recovered")]
    rebuild.run(shop, AS_OF)
    assert rows(shop, news) == []


def test_a_cancelled_run_is_no_news(shop: Settings, rows: Rows) -> None:
    with stuck_run(shop, rows) as (pid, _):
        rows(shop, "select pg_cancel_backend(%s)", pid)
    rebuild.run(shop, AS_OF)

    assert states(shop) == ["replaced", "cancelled", "published"]
    assert rows(shop, "select run_id from c360.news()") == []


def test_the_role_that_reads_cannot_ask_for_a_rebuild(shop: Settings) -> None:
    with db.owner_connection(shop) as connection, connection.cursor() as cursor:
        cursor.execute("set role c360_reader")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("insert into c360.rebuild_request (trigger, requested_by) values ('web', 'nobody')")
