"""Installations and builds beside each other: one waits for the other, and neither ends it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from c360_dash import rebuild
from c360_dash.config import Settings
from c360_dash.rebuild import readying
from tests.sql.test_rebuild import AS_OF, SHOP, holding, states, stuck_run
from tests.sql.test_requests import until

Rows = Callable[..., list[tuple[object, ...]]]
PUBLISH_LOCK = "select pg_advisory_xact_lock(hashtext('c360.publish'))"
BUILD_LOCK = "select pg_advisory_xact_lock(hashtext('c360.create_customer_360'))"
WAITING = "select query from pg_stat_activity where datname = current_database() and wait_event = 'advisory'"


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """Three customers whose lines are a view, so that each build begins by reading them; build 1 is published."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    rows(fresh_database, "alter table source.order_items set schema public")
    rows(fresh_database, "create view source.order_items as select * from public.order_items")
    rebuild.run(fresh_database, AS_OF)
    return fresh_database


def test_an_installation_waits_for_a_build_that_has_just_begun_and_both_succeed(
    shop: Settings, rows: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    installed: list[bool] = []
    thread = threading.Thread(target=lambda: installed.append(rebuild.install(shop, force=True)))
    with stuck_run(shop, rows) as (_, raised):
        # The run has written its line in the log, and has not looked at its stages yet: the other way round than an
        # installation does, so that each would have what the other one needs.
        assert rebuild.status(shop)["running"]["stage"] == "start"
        thread.start()
        until(lambda: rows(shop, WAITING) == [(BUILD_LOCK,)])
    thread.join()

    assert (raised, installed) == ([], [True])
    assert states(shop) == ["replaced", "published"]
    # What it may wait for after that depends on who is sooner: the publication of the run, and its last locks.
    assert caplog.messages[0] == (
        "Run #2 is under way; the SQL is installed when it has ended. `c360 status` shows how far it is, "
        "`c360 cancel 2` ends it."
    )


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (PUBLISH_LOCK, "A build is being published; the SQL is installed when that has ended."),
        (
            "lock table c360.setting",
            "Other sessions hold what the SQL changes; it is installed when they have let go of it.",
        ),
    ],
    ids=["a publication", "other sessions"],
)
def test_whoever_installs_is_told_in_a_line_what_is_waited_for(
    shop: Settings, caplog: pytest.LogCaptureFixture, held: str, said: str
) -> None:
    installed: list[bool] = []
    thread = threading.Thread(target=lambda: installed.append(rebuild.install(shop, force=True)))
    with holding(shop, held):
        thread.start()
        until(lambda: bool(caplog.messages))
        assert installed == []
    thread.join()

    assert (installed, caplog.messages) == ([True], [said])


def test_a_server_that_is_too_old_is_refused_before_anything_is_done(
    fresh_database: Settings, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readying, "OLDEST", 99)
    with pytest.raises(rebuild.InstallationError, match=r"PostgreSQL \d+, and Customer 360 needs 99 or later"):
        rebuild.install(fresh_database)
    assert rows(fresh_database, "select nspname from pg_namespace where nspname in ('c360', 'source')") == []


def test_a_build_that_is_asked_for_while_somebody_installs_is_refused_politely(shop: Settings) -> None:
    with holding(shop, f"{BUILD_LOCK}; {PUBLISH_LOCK}"), pytest.raises(rebuild.RebuildRefused, match="c360 status"):
        rebuild.run(shop, AS_OF)
    assert states(shop) == ["published"]


def test_of_many_who_install_at_once_one_does_it(shop: Settings, rows: Rows) -> None:
    rows(shop, "update c360.installation set signature = 'of the version before'")
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: rebuild.install(shop), range(8)))
    assert sorted(answers) == [False] * 7 + [True]
