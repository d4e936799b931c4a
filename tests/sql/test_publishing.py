"""What stands in the way of publishing: a reader who does not let go, a later build, a session that ends."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from c360_dash import rebuild
from c360_dash.config import Settings
from c360_dash.rebuild.log import UnknownBuild
from tests.sql.test_rebuild import AS_OF, SHOP, builds, holding, states
from tests.sql.test_requests import until

Rows = Callable[..., list[tuple[object, ...]]]
READING = "select count(*) from c360.customer_360"
PUBLISHING = "select pid from pg_stat_activity where application_name like 'c360 #2 1000 publishing %'"


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """Three customers; build 1 is published."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    rebuild.run(fresh_database, AS_OF)
    return fresh_database


@contextmanager
def publishing(settings: Settings, rows: Rows) -> Iterator[tuple[object, list[object]]]:
    """Run 2 whose build is made, while a reader keeps it from publishing: its session, and later what came of it."""
    came: list[object] = []

    def run() -> None:
        try:
            came.append(rebuild.run(settings, AS_OF))
        except rebuild.RebuildFailed as error:
            came.append(error)

    thread = threading.Thread(target=run)
    with holding(settings, READING):
        thread.start()
        until(lambda: bool(rows(settings, PUBLISHING)))
        ((pid,),) = rows(settings, PUBLISHING)
        yield pid, came
        thread.join()


def test_what_could_not_be_published_is_held_with_the_reason_and_can_be_published_by_hand(
    shop: Settings, rows: Rows
) -> None:
    with publishing(shop, rows) as (pid, came):
        rows(shop, "select pg_cancel_backend(%s)", pid)

    (run,) = came
    assert isinstance(run, rebuild.Run)
    assert (run.state, run.sqlstate, run.failed_checks) == ("held", "57014", [])
    assert "canceling statement" in str(run.error)
    assert rebuild.status(shop)["published"]["build_id"] == 1
    assert rows(shop, "select run_id, state from c360.last_failure") == [(2, "held")]

    rebuild.publish(shop, 2)
    assert states(shop) == ["replaced", "published"]


def test_a_lost_run_whose_build_is_whole_cannot_be_published_and_leaves_nothing(shop: Settings, rows: Rows) -> None:
    with publishing(shop, rows) as (pid, came):
        rows(shop, "select pg_terminate_backend(%s, 10000)", pid)

    assert isinstance(came[0], rebuild.RebuildFailed)
    assert states(shop) == ["published", "lost"]
    assert builds(shop, rows) == ["c360_b1", "c360_b2"]
    with pytest.raises(UnknownBuild, match="Build 2 cannot be published"):
        rebuild.publish(shop, 2)
    assert rebuild.status(shop)["published"]["build_id"] == 1

    assert rebuild.run(shop, AS_OF).state == "published"
    assert states(shop) == ["replaced", "lost", "published"]
    assert builds(shop, rows) == ["c360_b1", "c360_b3"]


def test_a_build_that_a_later_one_has_overtaken_is_not_shown_instead_of_it(shop: Settings, rows: Rows) -> None:
    rows(shop, "insert into c360.run (kind, trigger, requested_by, state) values ('full', 'psql', 'x', 'running')")
    assert rebuild.run(shop, AS_OF).id == 3
    statement = """
        with me as (
            update c360.run set state = 'running', pid = pg_backend_pid() where run_id = 2
            returning set_config('application_name', 'c360 #2 1000 publishing 1', false)
        )
        select count(*) from me
    """
    rows(shop, "create schema c360_b2")
    assert rows(shop, f"{statement}; select c360.publish_or_hold(2)") == [("held",)]

    assert rebuild.status(shop)["published"]["build_id"] == 3
    assert rebuild.run_of(shop, 2).error == "build 2 was overtaken by a later one"
