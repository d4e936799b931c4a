"""The customers and one customer, of the people whose numbers were worked out by hand (tests/people)."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from c360_dash import api, charts, db, metrics, rebuild
from c360_dash.config import Settings
from c360_dash.customers import grid
from c360_dash.db import Build
from c360_dash.filters import FilterError
from c360_dash.queries import customer, customers
from c360_dash.queries.customers import Asked
from tests.people import AS_OF, SOURCE, fill

Rows = Callable[..., list[tuple[object, ...]]]

EVERYBODY = 13
PROCEDURE = Path(__file__).parents[2] / "sql" / "procedure"
INJECTIONS = ("'; drop table source.orders; --", "%", "_", "\\", "' or 1=1 --", ":words", "${x}", "{}")


@pytest.fixture(scope="module")
def people(make_database: Callable[..., Settings], twice_built_people: Settings) -> Settings:
    """A database with two builds of the people; tests only read it."""
    return make_database(twice_built_people)


@pytest.fixture
def build(people: Settings) -> Build:
    db.init(people)
    return db.current_build()


def ids(build: Build, query: str) -> list[str]:
    return [row["customer_id"] for row in customers.page(build, Asked.from_query_string(query)).rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ada", ["ada"]),
        ("ROSSI", ["ada"]),
        ("ada rossi", ["ada"]),
        ("a r", ["ada", "katia"]),
        ("@EXAMPLE.com", ["ada", "chiara"]),
        ("luc", ["luca"]),
        ("uca", []),
        ("da", ["ada", "dario"]),
        ("i\\", []),
        ("nino", []),
        ("%", []),
        ("_", []),
    ],
)
def test_people_are_found_by_name_mail_and_the_beginning_of_their_id(
    build: Build, words: str, found: list[str]
) -> None:
    asked = Asked(words=words, sort="customer_id")
    page = customers.page(build, asked)
    assert [row["customer_id"] for row in page.rows] == found
    assert (page.found, page.all) == (len(found), EVERYBODY)


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("-lifetime_value", ["jacopo", "hugo", "katia", "ada"], ["luca", "marta"]),
        ("lifetime_value", ["fabio", "dario", "bruno", "irene"], ["luca", "marta"]),
        ("last_name", ["bruno", "dario", "fabio", "elena"], ["chiara", "luca"]),
        ("-customer_id", ["marta", "luca", "katia", "jacopo"], ["bruno", "ada"]),
    ],
)
def test_any_column_sorts_with_ties_by_id_and_nothing_last(
    build: Build, sort: str, first: list[str], last: list[str]
) -> None:
    found = ids(build, f"sort={sort}")
    assert (found[:4], found[-2:]) == (first, last)


def test_every_column_can_be_sorted_by_in_both_directions(build: Build) -> None:
    for column in metrics.COLUMNS:
        assert len(ids(build, f"sort={column}")) == len(ids(build, f"sort=-{column}")) == EVERYBODY


def test_filters_narrow_and_the_total_says_so(build: Build) -> None:
    page = customers.page(build, Asked.from_query_string("value_segment=High&country=DE&country=unknown&q=h"))
    assert [row["customer_id"] for row in page.rows] == ["hugo"]
    assert (page.found, page.all) == (1, EVERYBODY)


@pytest.mark.parametrize("sort", ["-orders", "orders", "last_order_at", "-city", "customer_id"])
@pytest.mark.parametrize("size", [2, 5])
def test_late_pages_which_are_asked_from_the_end_go_on_where_early_ones_stop(
    build: Build, sort: str, size: int
) -> None:
    pages = range(1, -(-EVERYBODY // size) + 1)
    turned_over = [identity for page in pages for identity in ids(build, f"sort={sort}&page={page}&page_size={size}")]
    assert turned_over == ids(build, f"sort={sort}&page_size={EVERYBODY}")


@pytest.mark.parametrize("sort", ["-lifetime_value", "lifetime_value", "last_name", "-email", "units"])
@pytest.mark.parametrize(
    "asked",
    [
        "",
        "country=IT",
        "country=unknown&value_segment=Low",
        "value_segment=Low&value_segment=Prospect",
        "churn_band=Low&churn_band=Medium",
    ],
)
@pytest.mark.parametrize("words", ["", "&q=a", "&orders_at_least=1", "&order_month=..", "&q=a&is_active=true"])
def test_every_way_to_a_page_leads_to_the_same_customers(
    build: Build, monkeypatch: pytest.MonkeyPatch, sort: str, asked: str, words: str
) -> None:
    def pages() -> list[list[str]]:
        return [ids(build, f"{asked}{words}&sort={sort}&page_size=2&page={number}") for number in range(1, 5)]

    found = pages()
    assert found[0]
    few_are_many = {"FEW": 0}
    for constants in (
        few_are_many,
        few_are_many | {"FIRST": 3},
        few_are_many | {"FIRST": 3},
        few_are_many | {"MARKED": "none"},
        few_are_many | {"NEAR": 0},
        {"NEAR": 0},
    ):
        with monkeypatch.context() as changed:
            for name, value in constants.items():
                changed.setattr(customers, name, value)
            assert pages() == found


@pytest.mark.parametrize("asked", ["", "&q=a", "&rating=5", "&is_active=true", "&q=a&orders_at_least=1"])
def test_no_order_of_a_build_needs_what_earlier_versions_are_asked(
    build: Build, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(customers, "WITHOUT_LIST", {})
    monkeypatch.setattr(customers, "FEW", 0)
    for column in metrics.COLUMNS:
        page = customers.page(build, Asked.from_query_string(f"sort={column}&country=IT{asked}"))
        assert len(page.rows) == page.found > 0


def test_the_orders_that_an_index_has_are_known(build: Build) -> None:
    stage = (PROCEDURE / "78_customer_360.sql").read_text(encoding="utf-8")
    indexes = re.findall(r"^-- Index: (\w+) desc nulls last, customer_id$", stage, re.MULTILINE)

    assert [f"-{column}" for column in indexes] == list(db.INDEXED)


def test_each_column_but_the_id_is_in_one_narrow_table(build: Build) -> None:
    found = {}
    for path in PROCEDURE.glob("*_customer_list*.sql"):
        columns = re.findall(r"^    (\w+),?$", path.read_text(encoding="utf-8"), re.MULTILINE)
        found[path.stem.partition("_")[2]] = [column for column in columns if column != "customer_id"]

    assert found == {name: list(columns) for name, columns in db.LISTS.items()}
    assert sorted(sum(found.values(), ["customer_id"])) == sorted(metrics.COLUMNS)


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("customer_list", "sort=-city"),
        ("customer_list", "orders_at_least=3&is_active=true&sort=last_name"),
        ("customer_list_person", "sort=-email&q=a&value_segment=Low"),
        ("customer_words", "q=a"),
    ],
)
def test_a_build_of_an_earlier_version_is_looked_through_without_the_narrow_table(
    people: Settings, build: Build, rows: Rows, table: str, query: str
) -> None:
    def found() -> tuple[list[str], int]:
        db.init(replace(people, cache="none"))
        return ids(build, query), customers.page(build, Asked.from_query_string(query)).found

    with_it = found()
    rows(people, f"alter table {build.schema}.{table} rename to away")
    try:
        assert found() == with_it
    finally:
        rows(people, f"alter table {build.schema}.away rename to {table}")


@pytest.mark.parametrize("first", [1, 100])
@pytest.mark.parametrize(
    "asked", ["sort=-email", "sort=units", "sort=last_name&is_active=true", "sort=city&country=IT"]
)
def test_words_that_find_many_lead_to_those_who_come_first_wherever_they_lie(
    build: Build, monkeypatch: pytest.MonkeyPatch, asked: str, first: int
) -> None:
    everybody = ids(build, f"q=a&{asked}")
    assert len(everybody) > 1
    monkeypatch.setattr(customers, "MOST_FOUND", 1)
    monkeypatch.setattr(customers, "FEW", 0)
    monkeypatch.setattr(customers, "FIRST", first)
    assert ids(build, f"q=a&{asked}") == everybody[:1]


def test_words_that_find_many_are_counted_as_far_as_anybody_turns_pages(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = customers.page(build, Asked(words="a", sort="customer_id"))
    assert everybody.is_exact
    assert everybody.found == len(everybody.rows) > 4
    monkeypatch.setattr(customers, "MOST_FOUND", 4)
    page = customers.page(build, Asked(words="a", sort="customer_id", page_size=3))
    assert (page.found, page.is_exact, page.rows) == (4, False, everybody.rows[:3])
    last = customers.page(build, Asked(words="a", sort="customer_id", page_size=3, page=2))
    assert (last.found, last.is_exact, last.rows) == (4, False, everybody.rows[3:4])
    assert customers.page(build, Asked(words="a", page_size=3, page=3)).rows == []
    words = grid.found_in_words(Asked(words="a"), page, charts.writer_of(build, "en"))
    assert words == "More than 4 of 13 customers"


@pytest.mark.parametrize("size", [1, 4, 5, 13, 50])
def test_the_pages_add_up_to_the_total(build: Build, size: int) -> None:
    pages = [ids(build, f"page={number}&page_size={size}&sort=country") for number in range(1, 15)]
    listed = [identity for page in pages for identity in page]
    assert len(listed) == len(set(listed)) == EVERYBODY
    assert all(len(page) <= size for page in pages)


@pytest.mark.parametrize("text", INJECTIONS)
def test_sql_in_a_parameter_is_only_text(build: Build, text: str) -> None:
    assert customers.page(build, Asked(words=text)).found == 0
    assert customers.page(build, Asked.from_args({"country": [text]})).found == 0
    assert customer.profile(build, text) is None
    assert customer.timeline(build, text, 1) == ([], 0)
    for name in ("sort", "page", "page_size", "columns", "value_segment"):
        with pytest.raises(FilterError, match=name):
            Asked.from_args({name: [text]})
    assert customers.page(build, Asked()).found == EVERYBODY


def test_a_profile_is_the_row_of_the_customer(build: Build) -> None:
    ada = customer.profile(build, "ada")
    assert ada is not None
    assert (ada["first_name"], ada["rfm_score"], ada["lifetime_value"]) == ("Ada", "454", 70)
    assert ada["last_order_at"] == "2026-03-01T11:00:00+01:00"
    assert next(iter(ada)) == "customer_id"
    assert [customer.profile(build, name) for name in ("nino", "", "ad", "x" * 999, "a\0")] == [None] * 5


def test_the_history_says_what_each_kept_build_says(build: Build) -> None:
    found = customer.history(build, "katia")
    assert [kept.id for kept, _ in found] == [2, 1]
    assert {said and said["rfm_score"] for _, said in found} == {"155"}
    assert [said for _, said in customer.history(build, "nobody")] == [None, None]


def test_the_time_line_holds_everything_up_to_as_of(build: Build) -> None:
    rows, total = customer.timeline(build, "ada", 1)
    assert total == len(rows)
    assert [row["happened_at"] for row in rows] == sorted((row["happened_at"] for row in rows), reverse=True)
    kinds = {kind: sum(row["kind"] == kind for row in rows) for kind in ("order", "return", "ticket", "campaign")}
    assert kinds == {"order": 3, "return": 1, "ticket": 3, "campaign": 2}
    order = next(row for row in rows if row["reference"] == "a2")
    assert (order["subject"], order["amount"], order["units"]) == ("Espresso, Teapot", 55.5, 2)
    dario, _ = customer.timeline(build, "dario", 1)
    assert [row["reference"] for row in dario if row["kind"] == "order"] == ["d8", "d7", "d5", "d3", "d2", "d1"]
    assert customer.timeline(build, "ada", 2) == ([], 0)


@pytest.fixture
def client(people: Settings) -> FlaskClient:
    server = Flask("shop")
    api.register(server, people)
    return server.test_client()


def test_the_api_lists_customers_as_the_page_does(client: FlaskClient) -> None:
    answer = client.get("/api/v1/customers?q=a&sort=-orders&page=2&page_size=2&columns=orders,city").get_json()
    assert list(answer) == ["build", "as_of", "data", "found", "customers", "page"]
    assert (answer["customers"], answer["page"], len(answer["data"])) == (EVERYBODY, 2, 2)
    first = answer["data"][0]
    assert first == {"customer_id": "giulia", "first_name": "Giulia", "last_name": "Villa", "city": None, "orders": 3}


def test_the_api_knows_one_customer(client: FlaskClient) -> None:
    response = client.get("/api/v1/customers/ada")
    answer = response.get_json()
    assert (answer["data"]["email"], answer["timeline_length"]) == ("ada@example.com", len(answer["timeline"]))
    assert [scores["rfm_score"] for scores in answer["history"]] == ["454", "454"]
    again = client.get("/api/v1/customers/ada", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("customers/zoe", 404, "Build 2 has no customer “zoe”"),
        ("customers/a%2Fb", 404, "no customer “a/b”"),
        ("customers/ada?sort=orders", 400, "has no parameter “sort”"),
        ("customers/ada?page=0", 400, "whole number from 1"),
        ("customers?sort=orders;drop", 400, "sort cannot be “orders;drop”; known are customer_id"),
        ("customers?page_size=1001", 400, "from 1 to 1000"),
        ("customers?columns=orders,password", 400, "columns cannot be “password”"),
        ("customers?country=Atlantis", 400, "no customer of build 2 has it"),
        ("customers?q=a&q=b", 400, "q is given 2 times"),
        ("customers?limit=3", 400, "has no parameter “limit”"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_words(
    client: FlaskClient, address: str, status: int, reason: str
) -> None:
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert reason in response.get_json()["detail"]


def test_a_reader_who_may_not_read_the_source_is_told_so(
    fresh_database: Settings, rows: Callable[..., list[tuple[object, ...]]]
) -> None:
    rebuild.install(fresh_database)
    with db.owner_connection(fresh_database) as connection:
        fill(connection, SOURCE)
    rebuild.run(fresh_database, AS_OF)
    rows(fresh_database, "revoke select on source.returns from c360_reader")
    db.init(fresh_database)
    build = db.current_build()
    assert customer.profile(build, "ada") is not None
    with pytest.raises(db.NoRight, match=r"permission denied for .* returns\. Grant it to the role c360_reader"):
        customer.timeline(build, "ada", 1)


@pytest.mark.parametrize(
    ("kind", "known", "unknown"),
    [
        ("bigint", "42", ["", "ada", "4_2", "４２", str(2**63), "42.0", "-1"]),
        ("uuid", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", ["42", "6ba7b810"]),
    ],
)
def test_ids_are_compared_in_their_own_type(
    fresh_database: Settings,
    rows: Callable[..., list[tuple[object, ...]]],
    kind: str,
    known: str,
    unknown: list[str],
) -> None:
    rebuild.install(fresh_database)
    rows(fresh_database, "drop schema c360_in, c360_touched cascade")
    for relation in ("customers", "orders", "order_items", "returns", "service_tickets", "web_events"):
        rows(fresh_database, f"alter table source.{relation} alter customer_id type {kind} using customer_id::{kind}")
    responses = "alter table source.campaign_responses alter customer_id"
    rows(fresh_database, f"{responses} type {kind} using customer_id::{kind}")
    rebuild.install(fresh_database, force=True)
    rows(fresh_database, "insert into source.customers (customer_id, first_name) values (%s, 'Zora')", known)
    rows(
        fresh_database,
        "insert into source.orders (order_id, customer_id, ordered_at, status) values ('o', %s, now(), 'pending')",
        known,
    )
    rebuild.run(fresh_database)
    db.init(fresh_database)
    build = db.current_build()
    found = customer.profile(build, known)
    assert found is not None
    assert (found["customer_id"], found["first_name"]) == (known, "Zora")
    assert customer.timeline(build, known, 1)[1] == 1
    assert [customer.profile(build, identity) for identity in unknown] == [None] * len(unknown)
    assert ids(build, f"q={known[:2]}") == [known]
