"""Shops that look nothing like ours, connected: their own tables are proposed, become views, and are built."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg2
import pytest

from c360_dash import db, rebuild, sources
from c360_dash.config import Settings
from c360_dash.sources import SourceError

SHAPES = Path(__file__).parent / "shapes"
PEOPLE = """
    select
        first_name, last_name, city, country, orders, units, lifetime_value, returned_amount, favourite_category,
        favourite_brand
    from c360.customer_360
    order by first_name nulls last
"""
EXPECTED = {
    # 1.99 + 2 × 0.99 on 10 January, 0.99 in March.
    "chinook": [
        ("Ada", "Silva", "Porto", "Portugal", 2, 4, "4.96", "0", "Jazz", "Fats Waller"),
        ("Bruno", "Berg", "Lund", "Sweden", 1, 1, "1.99", "0", "Classical", "Clara Schumann"),
        ("Chloë", "Roy", "Laval", "Canada", None, None, None, None, None, None),
    ],
    # 10 × 18 + 2 × 55.50 less 5 %, and 5 × 14.40 less a quarter.
    "northwind": [
        ("Ada", "Maria Lovel", "Berlin", "Germany", 2, 17, "339.45", "0", "Beverages", "Harbour Drinks"),
        ("Bruno", None, "Lyon", "France", 1, 1, "55.5", "0", "Cheese", "Alp Dairy"),
        (None, None, "Bern", "Switzerland", None, None, None, None, None, None),
    ],
    # A film that came back late was paid twice; of its two categories the first by name counts.
    "pagila": [
        ("AIKO", "MORI", "Sapporo", "Japan", 2, 3, "6.98", "0", "Drama", None),
        ("BEATRIZ", "SOTO", "Arica", "Chile", 1, 1, "4.99", "0", "Drama", None),
    ],
    # Ada's two accounts: 1,234.50 + 10 + 65.50, and 10 given back. Bruno's first receipt was undone by a credit note,
    # Chloë paid in francs, Dora's account was deleted.
    "awful": [
        ("Ada", "Lovel", "Köln", "DE", 2, 4, "1300", "10", "Light", "Holz AG"),
        ("Bruno", "Berg", "Bonn", "DE", 1, 4, "20", "0", "Light", None),
        ("Chloë", "Roy", "Chur", "CH", None, None, None, None, None, None),
    ],
    # No foreign key anywhere; of Ada's two addresses the first counts, and Bruno's orders are undone and new.
    "german": [
        ("Ada", "Silva", "Köln", "DE", 1, 3, "7.5", "0", "Tee", "Garten"),
        ("Bruno", "Berg", "Chur", "CH", None, None, None, None, None, None),
    ],
}
Rows = Callable[..., list[tuple[object, ...]]]


def tables(settings: Settings, rows: Rows, shape: str) -> Settings:
    """The tables of a shape in a database of its own."""
    rows(settings, (SHAPES / f"{shape}.sql").read_text(encoding="utf-8"))
    return settings


def shop(settings: Settings, rows: Rows, shape: str) -> Settings:
    """The tables of a shape, and the SQL of the build."""
    rebuild.install(tables(settings, rows, shape))
    return settings


def proposed(settings: Settings, folder: Path) -> str:
    """The proposal for the database, as text."""
    sources.propose(settings, folder / "shop.sql")
    return (folder / "shop.sql").read_text(encoding="utf-8")


def relation(text: str, name: str) -> str:
    """The part of a mapping that gives a relation."""
    return text.partition(f"-- relation: {name}\n")[2].partition(";\n")[0]


def people(settings: Settings, rows: Rows) -> list[tuple[object, ...]]:
    """The rows of customer_360, amounts as short text."""

    def shown(value: object) -> object:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    return [
        (*row[:5], None if row[5] is None else int(str(row[5])), *map(shown, row[6:])) for row in rows(settings, PEOPLE)
    ]


@pytest.mark.parametrize("shape", EXPECTED)
def test_a_shop_is_connected_checked_and_built(
    fresh_database: Settings, tmp_path: Path, rows: Rows, shape: str
) -> None:
    own = shop(fresh_database, rows, shape)
    proposed(own, tmp_path)
    by_hand = SHAPES / f"{shape}_mapping.sql"

    sources.apply(own, by_hand if by_hand.exists() else tmp_path / "shop.sql")
    assert sources.check(own).can_build
    run = rebuild.run(own, date(2025, 3, 31))

    assert run.state == "published"
    assert people(own, rows) == EXPECTED[shape]


def test_what_is_unsure_of_chinook_is_marked_and_the_rest_is_right(
    fresh_database: Settings, tmp_path: Path, rows: Rows
) -> None:
    text = proposed(tables(fresh_database, rows, "chinook"), tmp_path)

    assert [line.strip() for line in text.splitlines() if "-- ?" in line and "“-- ?”" not in line] == [
        "-- ? no column says in which currency orders are",
        '-- ? the time zone of moments that name none, as in public."Invoice"',
        '"Artist"."Name" as brand  -- ? the name may mean something else',
        "'completed' as status  -- ? no column says what became of an order",
    ]
    assert relation(text, "order_items").splitlines()[2:] == [
        "select",
        '    "InvoiceLine"."InvoiceId" as order_id,',
        '    "InvoiceLine"."InvoiceLineId" as line_no,',
        '    "Invoice"."CustomerId" as customer_id,',
        '    "InvoiceLine"."TrackId" as product_id,',
        '    "InvoiceLine"."Quantity" as quantity,',
        '    "InvoiceLine"."UnitPrice" as unit_price',
        'from public."InvoiceLine"',
        'left join public."Invoice" on "InvoiceLine"."InvoiceId" = "Invoice"."InvoiceId"',
    ]
    assert "Berta" not in text
    assert "-- returns: no table looks like it" in text
    assert 'Not used: public."Employee"' in text


def test_a_database_without_tables_or_such_a_schema_is_told(fresh_database: Settings, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no table in public; does C360_DATABASE_URL name the database\?"):
        proposed(fresh_database, tmp_path)
    with pytest.raises(SourceError, match="there is no schema sales; the database has public"):
        sources.propose(fresh_database, tmp_path / "shop.sql", ("sales",))


def test_shares_of_northwind_and_ways_of_pagila_are_seen(
    make_database: Callable[[], Settings], tmp_path: Path, rows: Rows
) -> None:
    northwind = proposed(tables(make_database(), rows, "northwind"), tmp_path)
    pagila = proposed(tables(make_database(), rows, "pagila"), tmp_path)

    assert "-- ? no value is above 1, so a share; else order_details.discount" in northwind
    assert "or: case when shipped_date is null then 'pending' else" in northwind
    assert "from public.rental" in relation(pagila, "orders")
    assert "inventory.film_id as product_id" in relation(pagila, "order_items")
    assert "customer_list" not in pagila


def test_composite_ids_text_amounts_and_deleted_rows_are_proposed(
    fresh_database: Settings, tmp_path: Path, rows: Rows
) -> None:
    text = proposed(tables(fresh_database, rows, "awful"), tmp_path)

    assert "concat_ws('-', branch, number) as order_id" in relation(text, "orders")
    assert "case when deleted_at is not null then 'cancelled'" in relation(text, "orders")
    assert "where deleted_at is null" in relation(text, "customers")
    assert "replace(regexp_replace(receipt_line.amount, '[^0-9,-]', '', 'g'), ',', '.')::numeric" in text
    assert "it is text, such as “-10,00 €”, “-99,90 €”, “1.234,50 €”" in text
    assert "-- ? orders are in CHF, EUR; only one is counted" in text


def test_what_only_names_say_is_marked(fresh_database: Settings, tmp_path: Path, rows: Rows) -> None:
    text = proposed(tables(fresh_database, rows, "german"), tmp_path)

    assert "kundennr as customer_id,  -- ? no foreign key says so, only the name" in relation(text, "orders")
    assert "when status in ('storniert') then 'cancelled'" in relation(text, "orders")
    assert "preis_cent / 100.0, 2) as unit_price  -- ? the name says cents" in relation(text, "order_items")


def test_local_times_and_the_awful_rest_are_told(fresh_database: Settings, rows: Rows) -> None:
    own = shop(fresh_database, rows, "awful")
    sources.apply(own, SHAPES / "awful_mapping.sql")

    rows(own, "set timezone = 'Asia/Tokyo'")
    first = "select min(ordered_at) at time zone 'UTC' from source.orders"
    assert str(rows(own, first)[0][0]) == "2024-12-31 23:30:00"
    found = {(each.relation, each.finding): each.rows for each in sources.check(own).findings if each.rows}
    assert found[("orders", "no customer")] == 1
    assert found[("orders", "unknown customer")] == 1
    assert found[("orders", "other currency")] == 1
    assert found[("orders", "cancelled")] == 1


class Connected:
    """The shop of music, connected by a mapping of two relations that tests change."""

    MAPPING = (
        "-- setting: timezone = Europe/Berlin\n"
        "-- relation: customers\n"
        'select "CustomerId" as customer_id, "FirstName" as first_name from public."Customer";\n'
        "-- relation: orders\n"
        'select "InvoiceId" as order_id, "CustomerId" as customer_id,\n'
        "    \"InvoiceDate\" as ordered_at, 'completed' as status\n"
        'from public."Invoice";\n'
    )

    def __init__(self, settings: Settings, folder: Path, rows: Rows) -> None:
        self.settings = settings
        self._file = folder / "music.sql"
        self._rows = rows

    def apply(self, wrong: str = "", right: str = "", replace: bool = False) -> sources.ViewReport:
        self._file.write_text(self.MAPPING.replace(wrong, right) if wrong else self.MAPPING, encoding="utf-8")
        return sources.apply(self.settings, self._file, replace=replace)

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        return self._rows(self.settings, statement)

    def kinds(self) -> dict[object, object]:
        standing = "relnamespace = 'source'::regnamespace and relkind in ('r', 'v')"
        found = self.rows(f"select relname, relkind from pg_class where {standing}")
        return {row[0]: row[1] for row in found}


@pytest.fixture
def music(fresh_database: Settings, tmp_path: Path, rows: Rows) -> Connected:
    return Connected(shop(fresh_database, rows, "chinook"), tmp_path, rows)


@pytest.fixture(scope="module")
def unharmed(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The shop of music for mistakes, which change nothing; every invoice is from Porto."""

    def run(settings: Settings, statement: str) -> list[tuple[object, ...]]:
        with db.owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [] if cursor.description is None else cursor.fetchall()

    found = Connected(shop(make_database(), run, "chinook"), tmp_path_factory.mktemp("music"), run)
    found.rows("""update "Invoice" set "BillingCity" = 'Porto'""")
    return found


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            '"InvoiceDate" as',
            '"InvoiceDay" as',
            'music.sql, line 6: relation orders: column "InvoiceDay" does not exist',
        ),
        ("'completed' as status", "'completed' as state", "music.sql, line 5: relation orders has no column state"),
        (
            '"InvoiceDate" as',
            '"InvoiceDate"::text as',
            "music.sql, line 6: relation orders: column ordered_at is text, and the contract wants timestamptz; "
            "cast it, for example with ::timestamp",
        ),
        (
            '"CustomerId" as customer_id,\n',
            '"CustomerId"::text as customer_id,\n',
            "music.sql, line 5: customer_id is bigint in relation customers, but text in orders; cast it",
        ),
        (
            '"InvoiceDate" as',
            '"BillingCity"::timestamp as',
            'music.sql, line 5: relation orders: invalid input syntax for type timestamp: "Porto"',
        ),
        ("-- relation: orders", "-- relation: order", "music.sql, line 4: “order” is no relation of the contract"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_changes_nothing(
    unharmed: Connected, wrong: str, right: str, message: str
) -> None:
    before = unharmed.kinds()

    with pytest.raises(SourceError) as raised:
        unharmed.apply(right, wrong)

    assert message in str(raised.value)
    assert unharmed.kinds() == before
    assert set(before.values()) == {"r"}


def test_what_is_left_out_later_is_a_table_again(music: Connected) -> None:
    music.apply()
    assert music.kinds()["orders"] == "v"
    assert [row[0] for row in music.rows("select pg_typeof(customer_id)::text from source.customers limit 1")] == [
        "integer"
    ]

    with pytest.raises(psycopg2.errors.DependentObjectsStillExist):
        music.rows('alter table "Invoice" drop column "InvoiceDate"')

    report = music.apply("-- relation: orders" + music.MAPPING.partition("-- relation: orders")[2], "")

    assert music.kinds()["orders"] == "r"
    assert report.others["orders"] == "an empty table"
    assert report.given == {"customers": ("customer_id", "first_name")}
    assert music.rows("select count(*) from source.orders") == [(0,)]
    music.rows('alter table "Invoice" drop column "InvoiceDate"')


def test_loaded_rows_and_views_of_ones_own_stay_unless_replaced(music: Connected) -> None:
    music.rows("insert into source.customers (customer_id) values ('1')")
    music.rows("insert into source.returns (return_id, customer_id) values ('9', '1')")
    with pytest.raises(SourceError, match=r"source\.customers holds rows; --replace"):
        music.apply()
    music.rows("drop schema c360_in, c360_touched cascade")
    music.rows("""drop table source.customers; create view source.customers as select 1 as customer_id""")
    with pytest.raises(SourceError, match=r"source\.customers is a view of your own; --replace"):
        music.apply()

    music.apply(replace=True)

    assert music.rows("select count(*) from source.customers") == [(3,)]
    assert music.rows("select count(*) from source.returns") == [(0,)]


def test_files_take_the_place_of_the_views_when_they_are_to_replace_them(music: Connected, tmp_path: Path) -> None:
    music.apply()
    (tmp_path / "people.csv").write_text("number\n7\n", encoding="utf-8")
    mapping = tmp_path / "people.sql"
    create, select = (
        "create table c360_raw.people (number bigint);",
        "select number as customer_id from c360_raw.people;",
    )
    mapping.write_text(f"-- file: people.csv\n{create}\n-- relation: customers\n{select}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"source\.customers is not a plain table"):
        sources.load(music.settings, mapping, tmp_path)

    sources.load(music.settings, mapping, tmp_path, replace=True)

    assert set(music.kinds().values()) == {"r"}
    assert music.rows("select customer_id from source.customers") == [(7,)]


def test_links_of_ids_may_be_a_relation_of_the_mapping(music: Connected) -> None:
    links = "-- relation: customer_links\nselect 2 as customer_id, 1 as person_id;\n"
    music.apply("-- relation: orders", links + "-- relation: orders")
    assert sources.check(music.settings).can_build
    rebuild.run(music.settings, date(2025, 3, 31))

    people = "select first_name, orders from c360.customer_360 order by 1"
    assert music.rows(people) == [("Ada", 3), ("Chloë", None)]

    music.apply()
    assert "customer_links" not in music.kinds()


def test_nothing_is_written_into_the_shops_own_schema(music: Connected) -> None:
    everything = """
        select relname, relkind, relacl::text, relhastriggers, relhasindex, xmin::text from pg_class
        where relnamespace = 'public'::regnamespace order by relname
    """
    before = music.rows(everything)
    music.apply()
    rebuild.run(music.settings, date(2025, 3, 31))

    assert music.rows(everything) == before


def test_the_views_are_live_and_an_incremental_run_sees_what_changed(music: Connected) -> None:
    others = "select n, 'N', 'N', 'n@example.com' from generate_series(100, 120) as n"
    music.rows(f'insert into "Customer" ("CustomerId", "FirstName", "LastName", "Email") {others}')
    music.apply()
    rebuild.run(music.settings, date(2025, 3, 31))
    music.rows("""insert into "Invoice" values (13, 3, '2025-03-30 12:00', null, null, null, null, null, 0)""")

    run = rebuild.run(music.settings, date(2025, 3, 31), kind="incremental")

    assert (run.kind, run.changed_customers) == ("incremental", 1)
    assert music.rows("select orders from c360.customer_360 where first_name = 'Chloë'") == [(1,)]


def test_the_reader_reads_the_time_line_and_none_of_the_shops_tables(music: Connected) -> None:
    music.apply()

    assert music.rows("select has_column_privilege('c360_reader', 'source.orders', 'ordered_at', 'select')") == [
        (True,)
    ]
    assert music.rows("""select has_table_privilege('c360_reader', '"Invoice"', 'select')""") == [(False,)]


def test_tracking_that_a_new_view_may_not_fit_ends(music: Connected) -> None:
    music.apply()
    music.rows("""select c360.track('orders', '"Invoice"', 'CustomerId')""")

    report = music.apply()

    assert report.untracked == ('orders through "Invoice"',)
    assert music.rows("select c360.watched() ->> 'orders'") == [("fingerprints",)]
