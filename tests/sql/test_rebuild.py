"""The procedure from outside: what is published when, what the log says, and that failures leave what was there."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from c360_dash import db, rebuild
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.rebuild.log import UnknownBuild

Rows = Callable[..., list[tuple[object, ...]]]

SHOP = """
insert into source.customers (customer_id, first_name, country, signup_at) values
('1', 'Ada', 'DE', '2024-01-05'), ('2', 'Bruno', 'FR', '2024-02-05'), ('3', 'Chiara', null, '2024-03-05');
insert into source.products (product_id, name, category, brand) values
('10', 'Teapot', 'Kitchen', 'Aroma'), ('20', 'Kettle', 'Kitchen', null);
insert into source.orders (order_id, customer_id, ordered_at, status, currency) values
('100', '1', '2024-02-01 10:00Z', 'completed', 'EUR'), ('101', '1', '2024-05-01 10:00Z', 'completed', null),
('102', '2', '2024-04-01 10:00Z', 'completed', 'EUR'), ('103', '2', '2024-04-02 10:00Z', 'cancelled', 'EUR'),
('104', '2', '2024-04-03 10:00Z', 'completed', 'USD'), ('105', null, '2024-04-04 10:00Z', 'completed', 'EUR'),
('106', '9', '2024-04-05 10:00Z', 'completed', 'EUR');
insert into source.order_items (order_id, line_no, customer_id, product_id, quantity, unit_price, discount) values
('100', 1, '1', '10', 2, 30, 5), ('101', 1, '1', '20', 1, 40, 0), ('102', 1, '2', '10', 1, 30, 0),
('103', 1, '2', '10', 1, 30, 0), ('102', 2, '2', '10', -1, 30, 0), ('999', 1, '2', '10', 1, 30, 0);
insert into source.service_tickets (ticket_id, customer_id, opened_at, closed_at, satisfaction) values
('1000', '1', '2024-03-01 09:00Z', '2024-03-01 12:00Z', 5);
"""
AS_OF = date(2024, 5, 31)
LOCKED = "select pg_advisory_xact_lock(hashtext('c360.create_customer_360'))"


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """Ada bought twice, Bruno once, Chiara never; four orders and two lines do not count."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    return fresh_database


@contextmanager
def holding(settings: Settings, statement: str) -> Iterator[None]:
    """Another session that keeps a lock for the time of the block."""
    with db.owner_connection(settings) as connection:
        connection.autocommit = False
        with connection.cursor() as cursor:
            cursor.execute(statement)
            yield
        connection.rollback()


@contextmanager
def stuck_run(
    settings: Settings, rows: Rows, start: Callable[[Settings], object] = lambda shop: rebuild.run(shop, AS_OF)
) -> Iterator[tuple[int, list[BaseException]]]:
    """A run that waits in a stage, as its process number; what it raised is in the list when the block is left."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            start(settings)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    with holding(settings, "lock table source.order_items in access exclusive mode"):
        thread.start()
        found: list[tuple[object, ...]] = []
        while not found and thread.is_alive():
            found = rows(
                settings,
                "select pid from pg_stat_activity where application_name like 'c360 #%' and wait_event_type = 'Lock'"
                " and datname = current_database()",
            )
        yield int(str(found[0][0])), raised
    thread.join()


def states(settings: Settings) -> list[str]:
    return [run.state for run in reversed(rebuild.history(settings))]


def builds(settings: Settings, rows: Rows) -> list[object]:
    found = rows(settings, "select nspname from pg_namespace where nspname like 'c360_b%' order by nspname")
    return [name for (name,) in found]


def test_a_run_publishes_one_row_per_customer_with_its_evidence(shop: Settings, rows: Rows) -> None:
    run = rebuild.run(shop, AS_OF, requested_by="Erika")

    assert (run.state, run.kind, run.trigger, run.requested_by) == ("published", "full", "cli", "Erika")
    assert run.as_of == datetime(2024, 5, 31, 23, 59, 59, 999999, UTC)
    assert run.data_to == datetime(2024, 5, 1, 10, tzinfo=UTC)
    found = rows(
        shop, "select first_name, orders, lifetime_value, rfm_score, value_segment from c360.customer_360 order by 1"
    )
    assert found == [
        ("Ada", 2, 95, "555", "High"),
        ("Bruno", 1, 30, "111", "Low"),
        ("Chiara", None, None, None, "Prospect"),
    ]
    assert {(one.relation, one.reason): one.rows for one in run.exclusions} == {
        ("orders", "cancelled"): 1,
        ("orders", "other currency"): 1,
        ("orders", "no customer"): 1,
        ("orders", "unknown customer"): 1,
        ("order_items", "order not counted"): 1,
        ("order_items", "quantity missing or negative"): 1,
        ("order_items", "unknown order"): 1,
    }
    assert run.failed_checks == []
    assert {check.name for check in run.checks} >= {"orders_equal_source", "net_sales_equal_source"}
    assert [stage.rows for stage in run.stages if stage.stage == "customer_360"] == [3]
    for parts in ("category_sales", "brand_sales"):
        of = parts.partition("_")[0]
        sums = f"select {of}, sum(units), sum(net_sales) from c360_b{run.id}.{{}} group by 1 order by 1"
        assert rows(shop, sums.format("category_brand_sales")) == rows(shop, sums.format(parts)) != []


def test_the_procedure_called_from_psql_is_logged(shop: Settings, rows: Rows) -> None:
    rows(shop, "call c360.create_customer_360()")

    assert rows(shop, "select build_id, as_of, currency from c360.published_build") == [
        (1, datetime(2024, 5, 1, 10, tzinfo=UTC), "EUR")
    ]
    assert rebuild.history(shop)[0].trigger == "psql"


def test_columns_carry_their_meaning(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)

    found = rows(
        shop,
        "select col_description('c360_b1.customer_360'::regclass, attnum) from pg_attribute"
        " where attrelid = 'c360_b1.customer_360'::regclass and attname = 'is_active'",
    )
    assert found == [("The last order is at most 365 days old.",)]


def test_nothing_after_the_as_of_moment_is_read(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, date(2024, 4, 1))
    before = rows(shop, "select * from c360.customer_360 order by customer_id")
    rows(
        shop,
        "insert into source.orders (order_id, customer_id, ordered_at, status)"
        "values ('200', '1', '2024-04-02', 'completed')",
    )
    rows(
        shop,
        "insert into source.service_tickets (ticket_id, customer_id, opened_at) values ('2000', '1', '2024-04-02')",
    )
    run = rebuild.run(shop, date(2024, 4, 1))

    assert rows(shop, "select * from c360.customer_360 order by customer_id") == before
    assert run.state == "published"


def test_a_failed_run_leaves_the_published_build_and_is_in_the_history(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    before = rows(shop, "select * from c360.customer_360 order by customer_id")
    rows(shop, "alter table source.customers drop constraint customers_pkey")
    rows(shop, "insert into source.customers (customer_id, first_name) values ('1', 'Ada again')")

    with pytest.raises(rebuild.RebuildFailed, match=r"duplicated|unique.*23505"):
        rebuild.run(shop, AS_OF)

    assert rows(shop, "select * from c360.customer_360 order by customer_id") == before
    failed = rebuild.history(shop)[0]
    assert (failed.state, failed.sqlstate) == ("failed", "23505")
    assert rows(shop, "select run_id, state from c360.last_failure") == [(2, "failed")]
    assert builds(shop, rows) == ["c360_b1"]


def test_a_second_run_is_refused_politely(shop: Settings) -> None:
    rebuild.run(shop, AS_OF)
    with holding(shop, LOCKED), pytest.raises(rebuild.RebuildRefused, match="c360 status"):
        rebuild.run(shop, AS_OF)

    assert states(shop) == ["published"]


def test_a_run_whose_session_is_killed_is_lost_and_the_next_one_succeeds(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    with stuck_run(shop, rows) as (pid, raised):
        rows(shop, "select pg_terminate_backend(%s, 10000)", pid)

    assert isinstance(raised[0], rebuild.RebuildFailed)
    assert states(shop) == ["published", "lost"]
    assert rebuild.run(shop, AS_OF).state == "published"
    assert states(shop) == ["replaced", "lost", "published"]


def test_a_cancelled_run_leaves_the_published_build(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    with stuck_run(shop, rows) as (pid, raised):
        rows(shop, "select pg_cancel_backend(%s)", pid)

    assert isinstance(raised[0], rebuild.RebuildFailed)
    assert states(shop) == ["published", "cancelled"]
    assert rebuild.status(shop)["published"]["build_id"] == 1


def test_progress_is_seen_from_any_session_while_it_runs(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    assert rebuild.status(shop)["running"] is None
    with stuck_run(shop, rows):
        running = rebuild.status(shop)["running"]
        assert (running["run_id"], running["stage"]) == (2, "source_rows")
        assert 0 < running["share_done"] < 1
        assert running["seconds_left"] > 0
        assert states(shop) == ["published", "running"]


def test_a_drift_beyond_its_limit_waits_for_an_administrator(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    rows(shop, "insert into source.customers (customer_id) select 'new ' || n from generate_series(1, 100) as n")
    run = rebuild.run(shop, AS_OF)

    assert run.state == "held"
    assert "drift_customers" in {check.name for check in run.failed_checks}
    assert rows(shop, "select count(*) from c360.customer_360") == [(3,)]

    rebuild.publish(shop, run.id)
    assert rows(shop, "select count(*) from c360.customer_360") == [(103,)]
    assert states(shop) == ["replaced", "published"]

    rebuild.publish(shop, 1)
    assert rows(shop, "select count(*) from c360.customer_360") == [(3,)]


def test_an_empty_source_publishes_nothing(fresh_database: Settings) -> None:
    run = rebuild.run(fresh_database)

    assert run.state == "rejected"
    assert [check.name for check in run.failed_checks] == ["has_customers"]
    with pytest.raises(UnknownBuild, match="cannot be published"):
        rebuild.publish(fresh_database, run.id)


def test_old_builds_are_dropped_but_never_the_published_one(shop: Settings, rows: Rows) -> None:
    rows(shop, "update c360.setting set value = '2' where name = 'builds_kept'")
    for _ in range(4):
        rebuild.run(shop, AS_OF)

    assert builds(shop, rows) == ["c360_b3", "c360_b4"]
    with pytest.raises(UnknownBuild, match="published"):
        rebuild.discard(shop, 4)
    rebuild.discard(shop, 3)
    assert builds(shop, rows) == ["c360_b4"]
    with pytest.raises(UnknownBuild, match="cannot be published"):
        rebuild.publish(shop, 3)


def test_a_changed_setting_survives_an_installation_and_is_frozen_in_the_build(shop: Settings, rows: Rows) -> None:
    rows(shop, "update c360.setting set value = '14' where name = 'active_days'")
    assert rebuild.install(shop, force=True)
    assert not rebuild.install(shop)
    rebuild.run(shop, AS_OF)

    assert rows(shop, "select active_days from c360.settings") == [(14,)]
    assert rows(shop, "select is_active from c360.customer_360 where first_name = 'Ada'") == [(False,)]


def test_erased_and_test_customers_are_in_no_build(shop: Settings, rows: Rows) -> None:
    rows(shop, "insert into c360.excluded_customer (customer_id, reason) values ('2', 'erased')")
    run = rebuild.run(shop, AS_OF)

    assert rows(shop, "select first_name from c360.customer_360 order by 1") == [("Ada",), ("Chiara",)]
    assert ("customers", 1) in {(one.relation, one.rows) for one in run.exclusions}


def test_a_source_that_does_not_fit_is_refused_when_installing(shop: Settings, rows: Rows) -> None:
    rows(shop, "drop schema c360_in cascade")
    rows(shop, "alter table source.orders rename column ordered_at to bought_at")

    with pytest.raises(rebuild.InstallationError, match=r"00_input_views\.sql.*c360 check"):
        rebuild.run(shop, AS_OF)


def test_the_same_rows_built_twice_give_the_same_table(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    rebuild.run(shop, AS_OF)

    for first, second in (("c360_b1", "c360_b2"), ("c360_b2", "c360_b1")):
        difference = f"select * from {first}.customer_360 except select * from {second}.customer_360"
        assert rows(shop, difference) == []


def test_a_log_of_an_older_version_asks_for_an_installation(shop: Settings, rows: Rows) -> None:
    rows(shop, "drop view c360.run_history cascade")
    rows(shop, "create view c360.run_history as select run_id, state from c360.run")

    with pytest.raises(C360Error, match="run `c360 install`"):
        rebuild.history(shop)
