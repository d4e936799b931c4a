"""Loading a small bakery's files: what arrives, what a second load does, what a bad file does (nothing)."""

import gzip
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from c360_dash import db, sources
from c360_dash.config import Settings
from c360_dash.sources import LoadReport, SourceError

Rows = Callable[..., list[tuple[object, ...]]]

MAPPING = """-- The bakery's till.
-- setting: timezone = Europe/Rome
-- file: guests.csv
create table c360_raw.guests (guest bigint, name text, town text);
-- file: receipts*.csv
create table c360_raw.receipts (receipt bigint, guest bigint, paid timestamp, amount numeric);
-- relation: customers
select guest as customer_id, name as first_name, town as city from c360_raw.guests;
-- relation: orders
select receipt as order_id, guest as customer_id, paid as ordered_at, 'completed' as status from c360_raw.receipts;
-- relation: order_items
select receipt as order_id, 1 as line_no, guest as customer_id, 1 as quantity, amount as unit_price
from c360_raw.receipts;
"""
GUESTS = "guest,name,town\n1,Ada,Rome\n2,Bruno,\n3,Chloë,Bern\n"
RECEIPTS = (
    "receipt,guest,paid,amount\n10,1,2026-01-05 08:00,4.50\n11,1,2026-07-05 08:00,3\n12,2,2026-01-06 09:00,12.25\n"
)
EVERYTHING = """
    select customer_id::text, first_name, city from source.customers
    union all select order_id::text, ordered_at::text, status from source.orders
    union all select order_id::text, unit_price::text, discount::text from source.order_items
    union all select name, value, null from c360.setting
    order by 1, 2, 3
"""


class Bakery:
    """The bakery's folder and its database."""

    def __init__(self, folder: Path, settings: Settings, rows: Rows) -> None:
        self.folder = folder
        self.settings = settings
        self._rows = rows
        self.write("guests.csv", GUESTS)
        self.write("receipts.csv", RECEIPTS)
        self.run("create schema c360; create table c360.setting (name text primary key, value text)")
        self.run("insert into c360.setting values ('timezone', 'UTC')")

    def write(self, file: str, content: str | bytes) -> None:
        (self.folder / file).write_bytes(content.encode() if isinstance(content, str) else content)

    def load(self, mapping: str = MAPPING, name: str = "bakery", replace: bool = False) -> LoadReport:
        path = self.folder / f"{name}.sql"
        path.write_text(mapping, encoding="utf-8")
        return sources.load(self.settings, path, self.folder, replace=replace)

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        return self._rows(self.settings, statement)

    def run(self, statement: str) -> None:
        with db.owner_connection(self.settings) as connection, connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def bakery(tmp_path: Path, fresh_database: Settings, rows: Rows) -> Bakery:
    return Bakery(tmp_path, fresh_database, rows)


def counts(report: LoadReport, relation: str) -> tuple[int, int, int, int, int]:
    """rows, inserted, updated, unchanged, duplicates."""
    found = next(one for one in report.relations if one.relation == relation)
    return found.rows, found.inserted, found.updated, found.unchanged, found.duplicates


def test_files_arrive_with_empty_as_null_and_times_in_the_zone_of_the_shop(bakery: Bakery) -> None:
    report = bakery.load()

    assert bakery.rows("select customer_id, first_name, city from source.customers order by 1") == [
        (1, "Ada", "Rome"),
        (2, "Bruno", None),
        (3, "Chloë", "Bern"),
    ]
    moments = "select (ordered_at at time zone 'UTC')::text from source.orders where customer_id = 1 order by 1"
    assert bakery.rows(moments) == [("2026-01-05 07:00:00",), ("2026-07-05 06:00:00",)]
    assert bakery.rows("select sum(quantity * unit_price - discount) from source.order_items") == [(Decimal("19.75"),)]
    assert bakery.rows("select value from c360.setting") == [("Europe/Rome",)]
    assert counts(report, "orders") == (3, 3, 0, 0, 0)
    assert [(file.file, file.rows) for file in report.files] == [("guests.csv", 3), ("receipts.csv", 3)]


def test_the_raw_copies_are_gone_and_keys_and_indexes_are_there(bakery: Bakery) -> None:
    bakery.load()

    assert bakery.rows("select count(*) from pg_namespace where nspname = 'c360_raw'") == [(0,)]
    indexes = "select indexname from pg_indexes where schemaname = 'source' and tablename = 'orders' order by 1"
    assert bakery.rows(indexes) == [("orders_of_customer",), ("orders_pkey",)]


def test_ids_take_the_type_of_the_shop_in_every_relation(bakery: Bakery) -> None:
    bakery.load()

    types = """
        select distinct format_type(atttypid, null) from pg_attribute
        where attrelid::regclass::text like 'source.%' and attname = 'customer_id' and attnum > 0
        and (select relkind from pg_class where oid = attrelid) = 'r'
    """
    assert bakery.rows(types) == [("bigint",)]


def test_loading_twice_changes_nothing(bakery: Bakery) -> None:
    bakery.load()
    before = bakery.rows("select ctid::text, xmin::text, * from source.orders order by order_id")
    again = bakery.load()

    assert not again.changed
    assert counts(again, "orders") == (3, 0, 0, 3, 0)
    assert bakery.rows("select ctid::text, xmin::text, * from source.orders order by order_id") == before


def test_a_later_file_updates_and_adds_by_key(bakery: Bakery) -> None:
    bakery.load()
    bakery.write("guests.csv", GUESTS.replace("Bruno,", "Bruno,Turin") + "4,Dario,\n")
    report = bakery.load()

    assert counts(report, "customers") == (4, 1, 1, 2, 0)
    assert bakery.rows("select city from source.customers where customer_id = 2") == [("Turin",)]


@pytest.mark.parametrize("already", [False, True], ids=["into an empty source", "into a filled source"])
def test_of_rows_with_the_same_key_the_last_line_wins_and_the_others_are_counted(bakery: Bakery, already: bool) -> None:
    if already:
        bakery.load()
    bakery.write("guests.csv", GUESTS + "1,Adele,Rome\n3,Chloë,Bern\n1,Ada,Milan\n")
    report = bakery.load()

    assert counts(report, "customers") == ((6, 0, 1, 2, 3) if already else (6, 3, 0, 0, 3))
    assert bakery.rows("select first_name, city from source.customers where customer_id = 1") == [("Ada", "Milan")]


def test_the_same_rows_arrive_from_gzip_parquet_and_several_files(bakery: Bakery) -> None:
    (bakery.folder / "guests.csv").unlink()
    (bakery.folder / "receipts.csv").unlink()
    bakery.write("guests.csv.gz", gzip.compress(("\ufeff" + GUESTS).encode()))
    bakery.write("receipts-1.csv", "".join(RECEIPTS.splitlines(keepends=True)[:2]))
    moments = pa.array(["2026-07-05 08:00", "2026-01-06 09:00"]).cast(pa.timestamp("us"))
    amounts = pa.array([Decimal("3.00"), Decimal("12.25")])
    pq.write_table(
        pa.table({"amount": amounts, "paid": moments, "guest": [1, 2], "receipt": [11, 12], "till": ["a", None]}),
        bakery.folder / "receipts-2.parquet",
    )
    bakery.load()

    assert bakery.rows("select sum(unit_price), count(*) from source.order_items") == [(Decimal("19.75"), 3)]
    assert bakery.rows("select first_name from source.customers order by 1") == [("Ada",), ("Bruno",), ("Chloë",)]
    moment = "select (ordered_at at time zone 'UTC')::text from source.orders where order_id = 11"
    assert bakery.rows(moment) == [("2026-07-05 06:00:00",)]


def test_another_encoding_and_delimiter_are_named_in_the_mapping(bakery: Bakery) -> None:
    bakery.write("guests.csv", GUESTS.replace(",", ";").encode("latin1"))
    bakery.load(MAPPING.replace("file: guests.csv", "file: guests.csv (encoding latin1, delimiter ;)"))

    assert bakery.rows("select first_name from source.customers where customer_id = 3") == [("Chloë",)]


def test_a_select_that_only_names_columns_takes_the_file_straight_and_unchanged(bakery: Bakery) -> None:
    straight = MAPPING.replace("(guest bigint, name text, town text)", "(customer_id bigint, city text)").replace(
        "guest as customer_id, name as first_name, town as city from", "customer_id, city from"
    )
    bakery.write("guests.csv", "city,customer_id\nRome,1\n,2\nBern,1\n")
    report = bakery.load(straight)

    assert counts(report, "customers") == (3, 2, 0, 0, 1)
    assert bakery.rows("select customer_id, city from source.customers order by 1") == [(1, "Bern"), (2, None)]
    assert not bakery.load(straight).changed


BROKEN_FILES = {
    "wrong header": ("receipts.csv", RECEIPTS.replace("amount", "total"), "line 1: the header has no column amount"),
    "empty file": ("receipts.csv", "", "receipts.csv, line 1: the header has no column"),
    "repeated column": (
        "guests.csv",
        "guest,name,name,town\n",
        "line 1: the header has the column name more",
    ),
    "bad number": (
        "receipts.csv",
        RECEIPTS.replace("4.50", "4,50").replace("08:00,4,50", '08:00,"4,50"'),
        'receipts.csv, line 2: column amount: invalid input syntax for type numeric: "4,50"',
    ),
    "bad time": (
        "receipts.csv",
        RECEIPTS.replace("2026-01-06", "2026-13-06"),
        'receipts.csv, line 4: column paid: date/time field value out of range: "2026-13-06 09:00"',
    ),
    "cut-off line": ("receipts.csv", RECEIPTS[:-8], "receipts.csv, line 4: missing data for column"),
    "extra field": ("guests.csv", GUESTS + "4,Dario,Bern,9\n", "guests.csv, line 5: extra data after last expected"),
    "open quote": (
        "guests.csv",
        GUESTS + '4,"Dario,Bern\n',
        'guests.csv, line 6: unterminated CSV quoted field: “4,"Dario,Bern',
    ),
    "wrong encoding": ("guests.csv", GUESTS.encode("latin1"), "guests.csv, line 4: invalid byte sequence"),
    "wrong encoding in the header": (
        "guests.csv",
        b"guest,n\xe4me,town\n",
        "line 1: byte 0xe4 is not UTF-8",
    ),
    "not gzip": ("guests.csv.gz", GUESTS, "guests.csv.gz: its gzip data is damaged"),
    "cut-off gzip": ("guests.csv.gz", gzip.compress(GUESTS.encode())[:-12], "guests.csv.gz: the file is cut off"),
    "not parquet": ("guests.parquet", GUESTS, "guests.parquet: it cannot be read as Parquet"),
}


@pytest.mark.parametrize("already", [False, True], ids=["into an empty source", "into a filled source"])
@pytest.mark.parametrize(("file", "content", "message"), BROKEN_FILES.values(), ids=BROKEN_FILES.keys())
def test_a_broken_file_leaves_the_database_as_it_was(
    bakery: Bakery, file: str, content: str | bytes, message: str, already: bool
) -> None:
    if already:
        bakery.load(MAPPING)
    before = bakery.rows(EVERYTHING) if already else []
    (bakery.folder / f"{file.split('.')[0]}.csv").unlink()
    bakery.write(file, content)
    with pytest.raises(SourceError) as raised:
        bakery.load(MAPPING)

    assert message in str(raised.value)
    if already:
        assert bakery.rows(EVERYTHING) == before
    schemas = "select count(*) from pg_namespace where nspname in ('source', 'c360_raw')"
    assert bakery.rows(schemas) == [(1 if already else 0,)]


def test_moments_with_a_zone_and_categories_arrive_from_parquet(bakery: Bakery) -> None:
    (bakery.folder / "receipts.csv").unlink()
    moments = (
        pa.array(["2026-07-05 06:00:00.250", None]).cast(pa.timestamp("ns")).cast(pa.timestamp("ns", "Asia/Tokyo"))
    )
    till = pa.array(["left", "left"]).dictionary_encode()
    columns = {"receipt": [10, 11], "guest": [1, 2], "paid": moments, "amount": [1.5, 2.0], "till": till}
    pq.write_table(pa.table(columns), bakery.folder / "receipts.parquet")
    with_zone = MAPPING.replace("paid timestamp", "paid timestamptz, till text").replace("'completed' as", "till as")
    bakery.load(with_zone)

    moment = "select order_id, (ordered_at at time zone 'UTC')::text, status from source.orders order by 1"
    assert bakery.rows(moment) == [(10, "2026-07-05 06:00:00.25", "left"), (11, None, "left")]


def test_a_bad_value_in_parquet_is_told_with_its_row(bakery: Bakery) -> None:
    (bakery.folder / "guests.csv").unlink()
    pq.write_table(
        pa.table({"guest": ["1", "two"], "name": ["Ada", "Bruno"], "town": ["", ""]}), bakery.folder / "guests.parquet"
    )
    with pytest.raises(
        SourceError, match=r"^guests\.parquet, row 2: column guest: invalid input syntax for type bigint"
    ):
        bakery.load()


def test_a_long_gzip_cut_in_the_middle_is_refused(bakery: Bakery) -> None:
    (bakery.folder / "guests.csv").unlink()
    many = "".join(f"{number},Guest {number * 7919 % 10007},\n" for number in range(50_000))
    packed = gzip.compress(("guest,name,town\n" + many).encode())
    bakery.write("guests.csv.gz", packed[: len(packed) // 2])

    with pytest.raises(SourceError, match=r"^guests\.csv\.gz: the file is cut off"):
        bakery.load()


BROKEN_MAPPINGS = {
    "unknown relation": ("relation: customers", "relation: clients", "“clients” is no relation of the contract"),
    "unknown column": ("as first_name", "as given_name", "relation customers has no column given_name"),
    "no key": ("1 as line_no,", "", "relation order_items needs its key order_id, line_no; line_no is not selected"),
    "wrong name": ("town as city", "village as city", 'line 8: relation customers: column "village" does not exist'),
    "wrong type": ("paid as ordered_at", "guest as ordered_at", "relation orders: column"),
    "other id type": (
        "select guest as customer_id",
        "select guest::text as customer_id",
        "so that it is the same",
    ),
    "no id type": ("receipt as order_id", "receipt::numeric as order_id", "an id is text, bigint or uuid, so cast it"),
    "raw type": ("amount numeric", "amount money_bag", "bakery.sql, line 5: table receipts"),
    "missing file": ("file: guests.csv", "file: members.csv", "there is no members.csv (nor .csv.gz or .parquet)"),
    "null key": ("1 as line_no", "nullif(receipt, 11)::integer as line_no", "1 rows have no order_id and line_no"),
}


@pytest.mark.parametrize(("right", "wrong", "message"), BROKEN_MAPPINGS.values(), ids=BROKEN_MAPPINGS.keys())
def test_a_mistake_in_the_mapping_is_told_with_the_way_out(
    bakery: Bakery, right: str, wrong: str, message: str
) -> None:
    with pytest.raises(SourceError) as raised:
        bakery.load(MAPPING.replace(right, wrong))
    assert message in str(raised.value)


def test_another_shop_is_refused_unless_it_replaces(bakery: Bakery) -> None:
    bakery.load()
    tavern = MAPPING.replace("select guest as customer_id", "select 'g' || guest as customer_id").replace(
        ", guest as customer_id", ", 'g' || guest as customer_id"
    )
    with pytest.raises(SourceError, match="already holds data loaded with the mapping bakery; load with --replace"):
        bakery.load(tavern, name="tavern")
    assert bakery.rows("select max(customer_id) from source.customers") == [(3,)]

    bakery.load(tavern, name="tavern", replace=True)
    assert bakery.rows("select max(customer_id), count(*) from source.customers") == [("g3", 3)]
    assert bakery.rows("select distinct mapping from source.loaded") == [("tavern",)]


def test_a_changed_id_type_needs_replace(bakery: Bakery) -> None:
    bakery.load()
    changed = MAPPING.replace("receipt as order_id", "receipt::text as order_id")
    with pytest.raises(SourceError, match=r"order_id as text, but source\.orders holds it in another type"):
        bakery.load(changed)
    assert bakery.load(changed, replace=True).changed


def test_a_view_of_the_users_own_is_not_loaded_into(bakery: Bakery) -> None:
    bakery.run("create schema source; create view source.orders as select 1 as order_id")
    with pytest.raises(SourceError, match=r"source\.orders is not a plain table but a view of your own"):
        bakery.load()


def test_two_formats_of_one_file_are_refused(bakery: Bakery) -> None:
    bakery.write("guests.csv.gz", gzip.compress(GUESTS.encode()))
    with pytest.raises(SourceError, match=r"the same file in two formats; keep one of guests\.csv, guests\.csv\.gz"):
        bakery.load()


def test_a_second_load_at_the_same_time_is_refused(bakery: Bakery) -> None:
    with db.owner_connection(bakery.settings) as connection, connection, connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('c360 load'))")
        with pytest.raises(SourceError, match="another load is running"):
            bakery.load()


def test_progress_ends_at_the_total_for_every_file_and_relation(bakery: Bakery) -> None:
    seen: dict[str, tuple[float, float]] = {}
    path = bakery.folder / "bakery.sql"
    path.write_text(MAPPING, encoding="utf-8")
    sources.load(bakery.settings, path, bakery.folder, lambda label, done, total: seen.update({label: (done, total)}))

    assert set(seen) == {"guests.csv", "receipts.csv", "source.customers", "source.orders", "source.order_items"}
    assert all(done == total for done, total in seen.values())
