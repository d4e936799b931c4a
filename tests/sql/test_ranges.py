"""Into how many ranges of customers a full build is cut is no matter of what it finds."""

from collections.abc import Callable

import pytest

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.oracle.reading import change_parameters
from tests.people import fill
from tests.people.crowd import AS_OF, crowd

Rows = Callable[..., list[tuple[object, ...]]]

TABLES = "select tablename from pg_tables where schemaname = %s and tablename <> 'settings' order by tablename"


@pytest.fixture
def shop(fresh_database: Settings) -> Settings:
    """A crowd, not built yet."""
    rebuild.install(fresh_database)
    with db.owner_connection(fresh_database) as connection:
        fill(connection, crowd(7))
    return fresh_database


def build(shop: Settings, ranges: int) -> int:
    change_parameters(shop, {"build_ranges": ranges})
    run = rebuild.run(shop, AS_OF)
    assert run.state != "rejected", run.failed_checks
    return run.id


def test_seven_ranges_give_what_one_gives(shop: Settings, rows: Rows) -> None:
    one, seven = build(shop, 1), build(shop, 7)

    assert len(rows(shop, "select * from c360_kept.sales_lines")) > 0
    for (table,) in rows(shop, TABLES, f"c360_b{one}"):
        sides = [f"(table c360_b{one}.{table})", f"(table c360_b{seven}.{table})"]
        for first, second in (sides, sides[::-1]):
            assert rows(shop, f"{first} except all {second} limit 3") == [], table


def test_ranges_hold_every_id_once_known_or_not(shop: Settings, rows: Rows) -> None:
    schema = f"c360_b{build(shop, 7)}"
    rows(shop, f"create table {schema}.basic_information as select customer_id from {schema}.customer_360")
    ranges = rows(shop, f"set search_path = {schema}; select unnest(c360.customer_ranges())")
    found = [
        rows(shop, f"select count(*) from (values (''), ('7'), ('75'), ('~')) as id (customer_id) where {condition}")
        for (condition,) in ranges
    ]

    assert len(ranges) == 7
    assert sum(int(str(count)) for ((count,),) in found) == 4


@pytest.mark.parametrize("cells", [[], [4], [4, 4, 4, 9], list(range(-60, 60)), [-(2**63), 2**63 - 1]])
def test_ranges_hold_every_cell_once(fresh_database: Settings, rows: Rows, cells: list[int]) -> None:
    rebuild.install(fresh_database)
    rows(
        fresh_database,
        "create table customer_dimensions as select unnest(%s::bigint[]) as cell; "
        "create table settings as select 7::numeric as build_ranges",
        cells,
    )
    ranges = [condition for (condition,) in rows(fresh_database, "select unnest(c360.cell_ranges())")]

    for cell in {0, 100, *cells}:
        within = [rows(fresh_database, f"select from (select {cell} as cell) as one where {each}") for each in ranges]
        assert sum(map(len, within)) == 1, (cell, ranges)
    assert len(ranges) == 7
