"""An incremental run gives what a full run gives, row for row, whatever happened to the source since the last one."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import psycopg2
import pytest

from c360_dash import db, demo, rebuild, sources
from c360_dash.config import Settings
from tests.oracle.reading import change_parameters
from tests.people import fill
from tests.people.changes import Statement, changes, later
from tests.people.crowd import AS_OF, crowd

Rows = Callable[..., list[tuple[object, ...]]]

PARAMETERS = {
    "timezone": "Europe/Rome",
    "retention_window_months": 1,
    "service_window_days": 60,
    "affinity_products": 6,
    "affinity_minimum_orders": 1,
    "incremental_limit": 10,
    "forecast_minimum_customers": 2,
    "forecast_minimum_days": 1,
    "forecast_minimum_regulars": 1,
}
ROUNDS = 3  # most incremental runs in a row
TABLES = """
select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
from information_schema.columns where table_schema = %s group by table_name order by table_name
"""


@pytest.fixture
def shop(fresh_database: Settings) -> Settings:
    """A crowd, not built yet."""
    rebuild.install(fresh_database)
    with db.owner_connection(fresh_database) as connection:
        fill(connection, crowd(7))
    change_parameters(fresh_database, PARAMETERS)
    return fresh_database


def put_behind_views(settings: Settings, rows: Rows) -> None:
    """The relations become views over tables of a schema of the shop's own."""
    rows(settings, "drop schema c360_in, c360_touched cascade; create schema shop")
    for (relation,) in rows(settings, "select tablename from pg_tables where schemaname = 'source'"):
        rows(settings, f"drop trigger if exists c360_{relation}_insert on source.{relation}")
        rows(settings, f"alter table source.{relation} set schema shop")
        rows(settings, f"create view source.{relation} as select * from shop.{relation}")


def apply(settings: Settings, statements: list[Statement]) -> None:
    """One transaction each; rows whose key is taken stay as they are."""
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        for statement, values in statements:
            try:
                cursor.execute(statement, values)
            except psycopg2.errors.UniqueViolation:
                continue


def difference(settings: Settings, rows: Rows, incremental: int, full: int) -> list[str]:
    """What differs between the published tables of two builds, in words."""
    found = []
    for table, columns in rows(settings, TABLES, f"c360_b{full}"):
        sides = [f"select {columns} from c360_b{run}.{table}" for run in (incremental, full)]
        for name, (first, second) in (("too much", sides), ("missing", reversed(sides))):
            found += [f"{table}, {name}: {row}" for row in rows(settings, f"{first} except all {second} limit 3")]
    same = rows(settings, TABLES, f"c360_b{incremental}") == rows(settings, TABLES, f"c360_b{full}")
    return found if same else [*found, "the tables or columns differ"]


def check_sequences(settings: Settings, rows: Rows, seed: int, sequences: int, links: bool = False) -> None:
    """Each: some incremental runs in a row, each after changes; then a full one, which must equal the last of them."""
    lot = Random(seed)
    as_of = AS_OF - timedelta(days=40)
    assert rebuild.run(settings, as_of).state != "rejected"
    for sequence in range(sequences):
        for _ in range(lot.randint(1, ROUNDS)):
            apply(settings, changes(lot, links=links))
            as_of = later(lot, as_of)
            incremental = rebuild.run(settings, as_of, kind="incremental")
            where = f"seed {seed}, sequence {sequence}, as of {as_of}"
            assert (incremental.kind, incremental.note) == ("incremental", None), where
            assert incremental.state != "rejected", (where, incremental.failed_checks)
        full = rebuild.run(settings, as_of)
        assert not difference(settings, rows, incremental.id, full.id), where


@pytest.mark.parametrize("seed", range(2))
def test_incremental_runs_equal_full_ones_over_tables(shop: Settings, rows: Rows, seed: int, sequences: int) -> None:
    check_sequences(shop, rows, seed, sequences)


@pytest.mark.parametrize("seed", range(100, 101))
def test_incremental_runs_equal_full_ones_over_views(shop: Settings, rows: Rows, seed: int, sequences: int) -> None:
    put_behind_views(shop, rows)
    check_sequences(shop, rows, seed, sequences)


@pytest.mark.parametrize("seed", range(200, 201))
def test_incremental_runs_equal_full_ones_as_ids_are_linked_and_unlinked(
    shop: Settings, rows: Rows, seed: int, sequences: int
) -> None:
    rows(shop, "create table source.customer_links (customer_id text primary key, person_id text)")
    check_sequences(shop, rows, seed, sequences, links=True)


def test_a_run_with_nothing_to_start_from_is_full_and_says_why(shop: Settings) -> None:
    run = rebuild.run(shop, AS_OF, kind="incremental")

    assert (run.kind, run.note, run.changed_customers) == ("full", "there are no kept rows to start from", None)


@pytest.mark.parametrize(
    ("change", "days", "note"),
    [
        ("update c360.setting set value = '14' where name = 'active_days'", 0, "settings changed: active_days"),
        ("update c360.setting set value = 'Asia/Tokyo' where name = 'timezone'", 0, "settings changed: timezone"),
        ("truncate source.returns", 0, "source.returns was emptied"),
        (
            "alter table source.orders disable trigger c360_orders_delete",
            0,
            "changes of the source are found in another",
        ),
        ("select 1", -1, "as-of goes back"),
        ("truncate c360_kept.state", 0, "there are no kept rows to start from"),
        ("update c360.setting set value = '0.0' where name = 'incremental_limit'", 0, "settings changed"),
    ],
)
def test_what_cannot_be_incremental_is_full(shop: Settings, rows: Rows, change: str, days: int, note: str) -> None:
    rebuild.run(shop, AS_OF)
    rows(shop, change)
    run = rebuild.run(shop, AS_OF + timedelta(days=days), kind="incremental")

    assert run.kind == "full"
    assert run.note is not None
    assert run.note.startswith(note)
    assert rebuild.run(shop, AS_OF, kind="incremental").kind == "incremental"


def test_many_changes_make_a_run_full(shop: Settings, rows: Rows) -> None:
    change_parameters(shop, {"incremental_limit": 0.1})
    rebuild.run(shop, AS_OF)
    rows(shop, "update source.customers set city = 'Rome'")
    run = rebuild.run(shop, AS_OF, kind="incremental")

    assert (run.kind, run.changed_customers, run.note) == (
        "full",
        150,
        "150 of 150 customers changed, more than the limit",
    )


def test_only_changed_customers_are_computed_and_told(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    rows(shop, "update source.customers set city = 'Rome' where customer_id = '7'")
    rows(shop, "update source.web_events set customer_id = '8' where customer_id = '9'")
    run = rebuild.run(shop, AS_OF, kind="incremental")

    assert (run.kind, run.changed_customers) == ("incremental", 3)
    assert [stage.rows for stage in run.stages if stage.stage == "service"] <= [3]
    assert rows(shop, "select kind, changed_customers from c360.run_history where run_id = %s", run.id) == [
        ("incremental", 3)
    ]


@pytest.mark.parametrize("end", ["raise 'no'", "perform pg_terminate_backend(pg_backend_pid())"])
def test_changes_of_a_run_that_fails_or_is_killed_are_not_lost(shop: Settings, rows: Rows, end: str) -> None:
    rebuild.run(shop, AS_OF)
    before = rows(shop, "select * from c360.customer_360 order by customer_id")
    rows(shop, "update source.customers set city = 'Rome' where customer_id = '7'")
    rows(shop, f"create function fail() returns trigger language plpgsql as $$ begin {end}; return new; end $$")
    rows(shop, "create trigger fail before insert on c360.run_summary execute function fail()")
    with pytest.raises(rebuild.RebuildFailed):
        rebuild.run(shop, AS_OF, kind="incremental")
    assert rows(shop, "select * from c360.customer_360 order by customer_id") == before

    rows(shop, "drop trigger fail on c360.run_summary")
    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert (run.kind, run.changed_customers) == ("incremental", 1)
    full = rebuild.run(shop, AS_OF)
    assert not difference(shop, rows, run.id, full.id)


def test_a_rejected_build_is_not_started_from(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    rows(shop, "update c360_kept.purchase_statistics set orders = orders + 1 where customer_id = '7'")
    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert (run.kind, run.state) == ("incremental", "rejected")

    repaired = rebuild.run(shop, AS_OF, kind="incremental")
    assert (repaired.kind, repaired.state) == ("full", "published")


def test_a_change_that_nobody_logged_is_found_out(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)
    rows(
        shop,
        "set session_replication_role = replica; "
        "update source.order_items set discount = 0, unit_price = unit_price + 1 where (order_id, line_no) in "
        "(select order_id, line_no from c360_kept.sales_lines where units > 0 limit 1)",
    )
    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert (run.kind, run.state, [check.name for check in run.failed_checks]) == (
        "incremental",
        "rejected",
        ["net_sales_equal_source"],
    )

    assert rebuild.run(shop, AS_OF).state == "published"


def test_a_view_whose_tables_are_tracked_needs_no_fingerprints(shop: Settings, rows: Rows) -> None:
    put_behind_views(shop, rows)
    rebuild.install(shop)
    rows(shop, "select c360.track('web_events', 'shop.web_events', 'customer_id')")
    rebuild.run(shop, AS_OF)
    assert rows(shop, "select count(*) from c360_kept.fingerprints where relation = 'web_events'") == [(0,)]
    rows(shop, "delete from shop.web_events where customer_id = '8'")
    run = rebuild.run(shop, AS_OF, kind="incremental")

    assert (run.kind, run.changed_customers) == ("incremental", 1)


def test_loading_the_same_files_again_changes_nobody(fresh_database: Settings, rows: Rows, tmp_path: Path) -> None:
    rebuild.install(fresh_database)
    demo.generate(tmp_path / "shop", customers=60, until=date(2026, 6, 30))
    mapping = fresh_database.sql_dir / "mappings" / "shop.sql"
    sources.load(fresh_database, mapping, tmp_path / "shop")
    assert rows(fresh_database, "select count(*) from c360.changed_customer") == [(0,)]
    first = rebuild.run(fresh_database)

    sources.load(fresh_database, mapping, tmp_path / "shop")
    unchanged = rebuild.run(fresh_database, first.as_of, kind="incremental")
    assert (unchanged.kind, unchanged.changed_customers) == ("incremental", 0)

    rows(fresh_database, "update source.orders set status = 'cancelled' where customer_id = 7")
    sources.load(fresh_database, mapping, tmp_path / "shop")
    repaired = rebuild.run(fresh_database, first.as_of, kind="incremental")
    assert (repaired.kind, repaired.changed_customers) == ("incremental", 1)
    assert not difference(fresh_database, rows, repaired.id, first.id)
