"""Mapping files: what they may say, and how a mistake is told."""

from pathlib import Path

import pytest

from c360_dash.config import Settings
from c360_dash.sources import SourceError, contract
from c360_dash.sources.mapping import parse, parse_text

BAKERY = """-- The bakery's till.

-- setting: currency = EUR
-- setting: timezone = Europe/Rome

-- file: receipts_*.csv (encoding latin1, delimiter ;)
create table c360_raw.receipts (
    number bigint
);

-- optional file: guests.csv.gz
create table c360_raw.guests (name text);

-- relation: orders
-- one receipt is one order
select number as order_id
from c360_raw.receipts;
"""
MAPPINGS = sorted((Settings().sql_dir / "mappings").glob("*.sql"))


def test_a_mapping_says_settings_files_and_relations() -> None:
    bakery = parse_text(BAKERY, "bakery.sql")

    assert bakery.name == "bakery"
    assert bakery.settings == {"currency": "EUR", "timezone": "Europe/Rome"}
    receipts, guests = bakery.files
    assert (receipts.stem, receipts.table, receipts.encoding, receipts.delimiter) == (
        "receipts_*",
        "receipts",
        "latin1",
        ";",
    )
    assert (guests.stem, guests.optional, receipts.optional) == ("guests", True, False)
    (orders,) = bakery.queries
    assert orders.relation == "orders"
    assert orders.sql.endswith("from c360_raw.receipts")
    assert BAKERY.splitlines()[orders.line - 1] == "-- one receipt is one order"


def test_a_file_is_found_as_csv_gzip_or_parquet(tmp_path: Path) -> None:
    for name in ("receipts_1.csv", "receipts_2.csv.gz", "receipts_3.parquet", "receipts_4.txt", "guests.csv"):
        (tmp_path / name).touch()
    receipts, guests = parse_text(BAKERY, "bakery.sql").files

    assert [path.name for path in receipts.find(tmp_path)] == [
        "receipts_1.csv",
        "receipts_2.csv.gz",
        "receipts_3.parquet",
    ]
    assert [path.name for path in guests.find(tmp_path)] == ["guests.csv"]
    assert guests.find(tmp_path / "receipts_1.csv") == []


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("-- setting: currency", "-- setting: currency = EUR", "bakery.sql, line 3: a setting is written"),
        ("(encoding latin1, quote ')", "(encoding latin1, delimiter ;)", "bakery.sql, line 6: “quote '” is no option"),
        ("create table receipts", "create table c360_raw.receipts", "bakery.sql, line 6: write “-- file:"),
        ("c360_raw.receipts (name", "c360_raw.guests (name", "the file table receipts is given twice"),
        (
            "delete from c360_raw.receipts",
            "select number as order_id\nfrom c360_raw.receipts",
            "line 14: “-- relation: orders”",
        ),
        ("-- relations: orders", "-- relation: orders", "bakery.sql: a mapping needs at least one “-- relation:”"),
    ],
)
def test_a_mistake_is_told_with_its_line(wrong: str, right: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse_text(BAKERY.replace(right, wrong), "bakery.sql")
    assert message in str(raised.value)


def test_a_mapping_that_is_not_there_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="sql/mappings holds examples"):
        parse(tmp_path / "nowhere.sql")


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_the_shipped_mappings_name_relations_of_the_contract(path: Path) -> None:
    known = contract.relations(Settings().sql_dir)
    mapping = parse(path)

    assert set(mapping.settings) == {"currency", "timezone"}
    assert {query.relation for query in mapping.queries} <= set(known)


def test_the_contract_has_nine_relations_with_key_and_columns() -> None:
    relations = contract.relations(Settings().sql_dir)

    assert {name: relation.key for name, relation in relations.items()} == {
        "customers": ("customer_id",),
        "products": ("product_id",),
        "orders": ("order_id",),
        "order_items": ("order_id", "line_no"),
        "returns": ("return_id",),
        "service_tickets": ("ticket_id",),
        "web_events": ("event_id",),
        "campaigns": ("campaign_id",),
        "campaign_responses": ("campaign_id", "customer_id"),
    }
    assert relations["campaign_responses"].columns == {
        "campaign_id": "text",
        "customer_id": "text",
        "sent_at": "timestamptz",
        "opened_at": "timestamptz",
        "clicked_at": "timestamptz",
        "converted_at": "timestamptz",
    }
    for relation in relations.values():
        documented = [line for line in relation.sql.splitlines() if line.startswith("comment on column")]
        assert len(documented) == len(relation.columns)
