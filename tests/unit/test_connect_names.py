"""How `c360 connect` knows names it has never seen, and what it makes of values of other types."""

import pytest

from c360_dash.config import Settings
from c360_dash.sources import contract
from c360_dash.sources.connecting.converting import converted
from c360_dash.sources.connecting.naming import Fit, Names, Vocabulary, column_forms, prefixes_of, table_forms

VOCABULARY = Vocabulary(Settings().sql_dir / "connect.toml")


@pytest.mark.parametrize("name", ["OrderDate", "order_date", "ORDERDATES", "orderdate", "Order Date", "ord_dt"])
def test_a_name_is_known_however_it_is_written(name: str) -> None:
    assert Names.of(["order date"]).fit(column_forms(name, "orders")) == Fit(False, 0)


@pytest.mark.parametrize(
    ("table", "relation"),
    [
        ("tblCustomers", "customers"),
        ("Kunden", "customers"),
        ("sales_order_header", "orders"),
        ("salesorderheader", "orders"),
        ("Bestellungen", "orders"),
        ("InvoiceLine", "order_items"),
        ("order_orderline", "order_items"),
        ("credit_notes", "returns"),
        ("films", "products"),
        ("movies", "products"),
    ],
)
def test_tables_are_known(table: str, relation: str) -> None:
    fit = VOCABULARY.tables(relation).fit(table_forms(table))

    assert fit is not None
    assert not fit.is_guess


def test_a_prefix_that_most_tables_share_is_not_part_of_their_names() -> None:
    tables = ["oc_customer", "oc_order", "oc_order_product", "oc_product", "session"]

    assert prefixes_of(tables) == {"oc"}
    assert VOCABULARY.tables("customers").fit(table_forms("oc_customer")) is None
    assert VOCABULARY.tables("customers").fit(table_forms("oc_customer", prefixes_of(tables))) == Fit(False, 0)


def test_what_a_table_is_called_says_what_its_columns_are() -> None:
    assert VOCABULARY.names("products", "name").fit(column_forms("product_name", "products")) is not None
    assert VOCABULARY.names("orders", "status").fit(column_forms("BillingState", "Invoice")) is None
    assert VOCABULARY.names("order_items", "unit_price").fit(column_forms("price_cents", "lines")) == Fit(False, 3)


def test_guesses_come_after_what_is_sure() -> None:
    names = Names.of(["brand", "?", "artist"])

    assert names.fit(frozenset({"artist"})) == Fit(True, 1)
    assert min(Fit(True, 0), Fit(False, 9)) == Fit(False, 9)


def test_every_name_of_the_vocabulary_is_about_a_relation_of_the_contract() -> None:
    text = (Settings().sql_dir / "connect.toml").read_text(encoding="utf-8")
    sections = [line.strip("[]").removesuffix(".through") for line in text.splitlines() if line.startswith("[")]

    assert set(sections) == {*contract.relations(Settings().sql_dir), "states"}


@pytest.mark.parametrize(
    ("kind", "wanted", "values", "expected"),
    [
        ("integer", "numeric", [], ("x", "")),
        ("enum", "text", [], ("x", "")),
        ("money", "numeric", [], ("x::numeric", "")),
        ("text", "numeric", ["12.50", "3"], ("x::numeric", "it is text, such as “12.50”, “3”")),
        (
            "text",
            "numeric",
            ["1.234,50 €"],
            ("replace(regexp_replace(x, '[^0-9,-]', '', 'g'), ',', '.')::numeric", "it is text, such as “1.234,50 €”"),
        ),
        (
            "text",
            "numeric",
            ["$1,234.50"],
            ("regexp_replace(x, '[^0-9.-]', '', 'g')::numeric", "it is text, such as “$1,234.50”"),
        ),
        ("text", "numeric", ["on request"], None),
        ("text", "timestamptz", ["2025-01-31"], ("x::timestamp", "it is text, such as “2025-01-31”")),
        (
            "bigint",
            "timestamptz",
            ["1735689600000"],
            ("to_timestamp(x / 1000.0)", "it is a number, perhaps of seconds since 1970"),
        ),
        ("smallint", "boolean", ["0", "1"], ("x <> 0", "it is a number, such as “0”, “1”")),
        ("integer", "text", ["5"], None),
        ("bytea", "numeric", [], None),
    ],
)
def test_columns_of_other_types(kind: str, wanted: str, values: list[str], expected: tuple[str, str] | None) -> None:
    assert converted("x", kind, wanted, values) == expected
