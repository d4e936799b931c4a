"""Files of the API about people whose numbers were worked out by hand: the rows are those of the JSON answers."""

import csv
import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from c360_dash import api, charts, db, metrics
from c360_dash.config import Settings
from c360_dash.db import streaming
from c360_dash.exports import csv_text
from c360_dash.queries import customers
from c360_dash.queries.customers import Asked
from c360_dash.questions import QUESTIONS

EVERYBODY = 13
KINDS = ("csv", "xlsx")
ALL_ROWS = {"top-customers": 11, "customers-to-call": 2, "top-products": 6, "bought-together": 0}


@pytest.fixture(scope="module")
def people(make_database: Callable[..., Settings], built_people: Settings) -> Settings:
    """A database with a build of the people; tests only read it."""
    return make_database(built_people)


def client_of(settings: Settings) -> FlaskClient:
    server = Flask("shop")
    api.register(server, settings)
    return server.test_client()


@pytest.fixture
def client(people: Settings) -> FlaskClient:
    return client_of(people)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "PAGES", {"sample": ["kpis", "monthly-revenue", "top-products", "top-customers"]})


def rows_of(response: TestResponse) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def workbook_of(response: TestResponse) -> Workbook:
    assert response.status_code == 200, response.text
    return openpyxl.load_workbook(io.BytesIO(response.data))


def table_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def refusal(response: TestResponse) -> tuple[int, str, str]:
    assert response.content_type == "application/problem+json"
    return response.status_code, response.get_json()["parameter"], response.get_json()["detail"]


def as_written(value: Any) -> Any:
    """What JSON and CSV must agree on: numbers and moments by value, text as it is."""
    if isinstance(value, bool):
        return csv_text.text(value)
    for read in (float, datetime.fromisoformat):
        try:
            return read(value)
        except (TypeError, ValueError):
            continue
    return csv_text.text(value)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_csv_file_has_the_rows_of_the_json_answer(client: FlaskClient, name: str) -> None:
    longest = "?limit=1000" if QUESTIONS[name].limit else ""
    answer = client.get(f"/api/v1/{name}{longest}").get_json()["data"]
    file = rows_of(client.get(f"/api/v1/{name}?format=csv"))
    assert [{key: as_written(value) for key, value in row.items()} for row in file] == [
        {key: as_written(value) for key, value in row.items()} for row in answer
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_workbook_has_as_many_rows_and_says_so(client: FlaskClient, name: str) -> None:
    rows = rows_of(client.get(f"/api/v1/{name}?format=csv"))
    found = workbook_of(client.get(f"/api/v1/{name}?format=xlsx"))
    assert found.sheetnames[0] == "About"
    assert len(table_of(found[found.sheetnames[1]])) == len(rows)
    assert (found.sheetnames[1], len(rows)) in [tuple(row[:2]) for row in table_of(found["About"])]


@pytest.mark.parametrize("name", ALL_ROWS)
def test_files_hold_all_rows_where_pages_show_the_first(client: FlaskClient, name: str) -> None:
    assert len(rows_of(client.get(f"/api/v1/{name}?format=csv"))) == ALL_ROWS[name]
    assert len(rows_of(client.get(f"/api/v1/{name}?format=csv&limit=1"))) == min(1, ALL_ROWS[name])


def test_a_file_of_customers_holds_everybody_who_is_found(client: FlaskClient) -> None:
    file = rows_of(client.get("/api/v1/customers?format=csv"))
    answer = client.get("/api/v1/customers?page_size=1000").get_json()["data"]
    assert len(file) == EVERYBODY
    assert [[as_written(value) for value in row.values()] for row in file] == [
        [as_written(value) for value in row.values()] for row in answer
    ]
    assert list(file[0]) == list(answer[0])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ROSSI", ["ada"]),
        ("value_segment=High&country=DE&country=unknown&q=h", ["hugo"]),
        ("sort=last_name&value_segment=Prospect", ["marta", "luca"]),
        ("q=nobody", []),
    ],
)
def test_words_filters_and_order_choose_the_rows(client: FlaskClient, query: str, found: list[str]) -> None:
    assert [row["customer_id"] for row in rows_of(client.get(f"/api/v1/customers?format=csv&{query}"))] == found
    sheet = workbook_of(client.get(f"/api/v1/customers?format=xlsx&{query}"))["Customers"]
    assert [row[0] for row in table_of(sheet)] == found


def test_columns_are_those_asked_for_or_all(client: FlaskClient) -> None:
    some = rows_of(client.get("/api/v1/customers?format=csv&columns=city,orders"))
    everything = rows_of(client.get("/api/v1/customers?format=csv&columns=all"))
    assert list(some[0]) == ["customer_id", "first_name", "last_name", "city", "orders"]
    assert set(everything[0]) == set(metrics.COLUMNS)


def test_every_column_of_a_customer_is_that_of_the_profile(client: FlaskClient) -> None:
    for row in rows_of(client.get("/api/v1/customers?format=csv&columns=all")):
        profile = client.get(f"/api/v1/customers/{row['customer_id']}").get_json()["data"]
        assert {key: as_written(value) for key, value in row.items()} == {
            key: as_written(value) for key, value in profile.items()
        }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("customers?page=2", "page"),
        ("customers?page_size=10", "page_size"),
        ("customers?limit=10", "limit"),
        ("customers?sort=shoe_size", "sort"),
        ("customers?columns=all,city", "columns"),
        ("customers?country=Atlantis", "country"),
        ("customers?q=a&q=b", "q"),
        ("top-products?country=DE", "country"),
        ("top-products?limit=0", "limit"),
        ("kpis?limit=5", "limit"),
        ("kpis?build=one", "build"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_a_file_begins(
    client: FlaskClient, address: str, parameter: str, kind: str
) -> None:
    status, name, words = refusal(client.get(f"/api/v1/{address}&format={kind}"))
    assert (status, name) == (400, parameter)
    assert parameter in words


def test_pages_of_rows_and_figures_are_not_for_files(client: FlaskClient) -> None:
    assert "it has q, sort, columns, value" in refusal(client.get("/api/v1/customers?page=1&format=csv"))[2]
    assert "it is json, csv or xlsx" in refusal(client.get("/api/v1/customers?format=figure"))[2]


@pytest.mark.parametrize("kind", KINDS)
def test_name_and_headers_say_which_build_and_nobody_keeps_the_file(client: FlaskClient, kind: str) -> None:
    headers = client.get(f"/api/v1/customers?format={kind}").headers
    assert headers["Content-Disposition"] == f'attachment; filename="customers_build-1_2026-03-31.{kind}"'
    assert (headers["C360-Build"], headers["C360-As-Of"]) == ("1", "2026-03-31T23:30:00+02:00")
    assert (headers["C360-Currency"], headers["C360-Time-Zone"]) == ("EUR", "Europe/Rome")
    assert headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in headers


def test_the_sheet_about_says_what_the_file_is(client: FlaskClient) -> None:
    found = workbook_of(client.get("/api/v1/customers?format=xlsx&country=DE&q=h&sort=-orders&columns=lifetime_value"))
    about = {row[0]: row[1:] for row in found["About"].iter_rows(values_only=True)}
    assert about["Build"][0] == 1
    assert about["As of"][0] == datetime(2026, 3, 31, 23, 30)
    assert about["Currency of all money"][0] == "EUR"
    assert about["Time zone of all days and moments"][0] == "Europe/Rome"
    assert "Search: h; Country: DE; Sorted by: Orders, descending" in [row[2] for row in table_of(found["About"])]
    words = {row[2]: row[4] for row in table_of(found["About"])}
    assert words["lifetime_value"] == metrics.COLUMNS["lifetime_value"].definition


def test_a_page_is_a_workbook_with_a_sheet_for_each_chart(client: FlaskClient, pages: None) -> None:
    found = workbook_of(client.get("/api/v1/pages/sample.xlsx?country=DE&date_from=2026-03-01"))
    assert found.sheetnames == ["About", "Key figures", "Net sales by month", "Top products", "Top customers"]
    chosen = {row[0]: row[2] for row in reversed(table_of(found["About"])) if row[2]}
    assert chosen["Key figures"] == "Country: DE"
    assert chosen["Net sales by month"] == "Country: DE; From: 2026-03-01"
    assert chosen["Top products"] == "The first 20 rows at most; No filter applies here."
    people = client.get("/api/v1/top-customers?country=DE").get_json()["data"]
    assert [row[0] for row in table_of(found["Top customers"])] == [row["customer_id"] for row in people]
    assert table_of(found["Key figures"])[0][:2] == ("customers", len(people))


def test_a_page_that_is_not_there_names_those_that_are(client: FlaskClient, pages: None) -> None:
    missing = client.get("/api/v1/pages/weather.xlsx")
    assert missing.status_code == 404
    assert "there are sample" in missing.get_json()["detail"]
    assert refusal(client.get("/api/v1/pages/sample.xlsx?colour=red"))[:2] == (400, "colour")


def test_customers_leave_through_one_place(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("customers", "everything"):
        hidden = lambda row: {**row, "last_name": "•••"}  # noqa: E731
        monkeypatch.setattr(f"c360_dash.queries.{module}.seen", hidden)
    for name in ("customers", "top-customers", "customers-to-call"):
        rows = rows_of(client.get(f"/api/v1/{name}?format=csv"))
        assert {row["last_name"] for row in rows} == {"•••"}, name


@pytest.fixture
def few_rows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "ROWS_AT_ONCE", 2)


def connections(people: Settings) -> int:
    pool = db.reader_engine(people).pool
    found: int = pool.checkedout()  # type: ignore[attr-defined]
    return found


def test_a_stream_holds_one_connection_until_the_client_goes_away(
    client: FlaskClient, people: Settings, few_rows_at_once: None
) -> None:
    response = client.get("/api/v1/customers?format=csv")
    parts: Iterator[bytes] = response.iter_encoded()
    next(parts)
    assert connections(people) == 1
    response.close()
    assert connections(people) == 0
    assert client.get("/api/v1/customers?format=csv", buffered=True).status_code == 200
    assert client.head("/api/v1/customers?format=csv").status_code == 200
    assert connections(people) == 0


def test_half_of_the_connections_stay_for_everybody_else(people: Settings, few_rows_at_once: None) -> None:
    client = client_of(replace(people, pool_size=2))
    first = client.get("/api/v1/customers?format=csv")
    refused = client.get("/api/v1/customers?format=xlsx")
    assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (503, True)
    assert "exports are running" in refused.get_json()["detail"]
    assert client.get("/api/v1/kpis").status_code == 200
    first.close()
    assert client.get("/api/v1/customers?format=xlsx", buffered=True).status_code == 200


def cursors(people: Settings) -> int:
    """How many sessions stand in the middle of a cursor's rows."""
    looking = (
        "select count(*) from pg_stat_activity where query ilike 'fetch forward%' and state = 'idle in transaction'"
    )
    with db.owner_connection(people) as connection, connection.cursor() as cursor:
        cursor.execute(looking)
        (found,) = cursor.fetchone() or (0,)
    return int(found)


def test_rows_are_read_in_parts_of_one_moment(people: Settings, few_rows_at_once: None) -> None:
    server = Flask("shop")
    api.register(server, people)
    with server.app_context():
        stream = customers.everybody(db.current_build(), Asked(sort="customer_id"))
        parts = [next(stream)]
        assert cursors(people) == 1
        parts += stream
    assert [len(part) for part in parts] == [2, 2, 2, 2, 2, 2, 1]
    listed = [row["customer_id"] for part in parts for row in part]
    assert listed == sorted(listed)


def test_only_columns_that_are_defined_can_be_asked_of_the_database(people: Settings) -> None:
    db.init(people)
    with pytest.raises(LookupError, match="no column 1; drop table"):
        next(db.stream("customers.everybody by last_name", db.current_build(), ["1; drop table x"], **nothing()))


def nothing() -> dict[str, None]:
    return dict.fromkeys(db.parameters_of("customers.everybody"))


def test_exports_at_once_do_not_mix_their_rows(people: Settings, few_rows_at_once: None) -> None:
    client, found = client_of(people), {}

    def ask(country: str) -> None:
        found[country] = rows_of(
            client.application.test_client().get(f"/api/v1/customers?format=csv&country={country}")
        )

    threads = [threading.Thread(target=ask, args=[country]) for country in ("DE", "IT", "unknown")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all({row["country"] for row in rows} <= {country, ""} for country, rows in found.items())
    assert sum(map(len, found.values())) <= EVERYBODY
