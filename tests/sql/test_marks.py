"""Behind every mark of every chart stand as many customers as the mark says, and they are the right ones.

The conditions are tried on the people whose numbers were worked out by hand (tests/people); the marks on a build of
them after another one, so that people have moved.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from flask.testing import FlaskClient

from c360_dash import charts, db, rebuild
from c360_dash.app import create_app
from c360_dash.charts import CHARTS
from c360_dash.charts.marks import addresses, marked
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.metrics import RFM_SEGMENTS, VALUE_SEGMENTS, Segment
from c360_dash.queries import counting, customers, segmentation
from c360_dash.queries.asking import taken
from c360_dash.queries.customers import Asked
from tests.oracle.reading import change_parameters
from tests.people import AS_OF, PARAMETERS, SOURCE, fill

Ask = Callable[[Build, Filters], pd.DataFrame]
MARKED = [key for key, chart in CHARTS.items() if chart.marks]
FILTERS = ["", "country=IT&country=unknown", "value_segment=Low&value_segment=High&date_from=2026-01-01"]
EVERYBODY = 13
FEW_ARE_ENOUGH = {f"forecast_minimum_{name}": 1 for name in ("customers", "days", "regulars")}


@pytest.fixture(scope="module")
def people(make_database: Callable[[], Settings]) -> Settings:
    """A database with two builds of the people, a month apart, with a forecast of these few; tests only read it."""
    own = make_database()
    rebuild.install(own)
    with db.owner_connection(own) as connection:
        fill(connection, SOURCE)
    change_parameters(own, PARAMETERS | FEW_ARE_ENOUGH)
    rebuild.run(own, AS_OF - timedelta(days=28))
    if rebuild.run(own, AS_OF).state == "held":
        rebuild.publish(own, 2)
    return own


@pytest.fixture
def build(people: Settings) -> Build:
    db.init(people)
    return db.current_build()


@pytest.fixture(scope="module")
def client(people: Settings) -> FlaskClient:
    found: FlaskClient = create_app(people).server.test_client()
    return found


def ids(build: Build, query: str) -> list[str]:
    page = customers.page(build, Asked.from_query_string(f"sort=customer_id&{query}"))
    assert page.found == len(page.rows)
    return [row["customer_id"] for row in page.rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("orders_at_least=3", ["ada", "giulia", "katia"]),
        ("is_active=false", ["katia"]),
        ("first_order_month=2026-02", ["bruno", "irene"]),
        ("first_order_month=..2024-12", ["jacopo", "katia"]),
        ("first_order_month=2025-03..2025-12", ["ada", "elena"]),
        ("order_month=2026-02", ["bruno", "giulia", "irene"]),
        ("order_month=2025-03", ["elena", "jacopo", "katia"]),
        ("order_month=..2024-06", ["jacopo"]),
        ("first_order_month=2025-09&order_month=2026-03", ["ada"]),
        ("category=Tea&order_month=2025-12", ["ada"]),
        ("category=unknown", ["chiara", "elena", "hugo"]),
        ("brand=Bianchi&country=unknown", ["elena", "giulia", "irene", "katia"]),
        ("order_month=2026-02&q=b", ["bruno"]),
        ("category=Nothing", []),
    ],
)
def test_a_condition_finds_whom_it_means(build: Build, query: str, found: list[str]) -> None:
    assert ids(build, query) == found


def test_conditions_of_scores_and_ratings_agree_with_the_customers(build: Build) -> None:
    everybody = {row["customer_id"]: row for row in customers.page(build, Asked()).rows}
    for name in ("recency_score", "frequency_score", "monetary_score"):
        listed = {score: ids(build, f"{name}={score}") for score in range(1, 6)}
        assert {who: score for score, found in listed.items() for who in found} == {
            who: row[name] for who, row in everybody.items() if row[name] is not None
        }
    rated = {who for score in range(1, 6) for who in ids(build, f"rating={score}")}
    assert rated == {who for who, row in everybody.items() if row["ratings"]}


def test_a_segment_before_is_the_one_of_the_build_that_is_named(build: Build) -> None:
    before = db.build_by_id(1)
    earlier = {row["customer_id"]: row["value_segment"] for row in customers.page(before, Asked()).rows}
    for segment in ("High", "Medium", "Low", "Prospect"):
        listed = sorted(who for who, found in earlier.items() if found == segment)
        assert ids(build, f"value_segment_before={segment}&since=1") == listed
        assert ids(build, f"value_segment_before={segment}") == listed
    newcomers = sorted({row["customer_id"] for row in customers.page(build, Asked()).rows} - earlier.keys())
    assert newcomers
    assert ids(build, "rfm_segment_before=unknown&since=1") == newcomers


@pytest.mark.parametrize(
    ("query", "parameter", "reason"),
    [
        ("recency_score=6", "recency_score", "whole number from 1 to 5"),
        ("recency_score=1&recency_score=2", "recency_score", "given 2 times"),
        ("is_active=yes", "is_active", "known are true, false"),
        ("order_month=2026-13", "order_month", "like 2026-03 or 2026-01..2026-03"),
        ("order_month=9999-12", "order_month", "like 2026-03"),
        ("order_month=2026-03..2026-01", "order_month", "ends before it begins"),
        ("first_order_month='; drop", "first_order_month", "it is a month"),
        ("category=" + "x" * 201, "category", "longer than the 200"),
        ("value_segment_before=Gold", "value_segment_before", "known are High, Medium, Low, Prospect, unknown"),
        ("value_segment_before=High&since=77", "since", "since cannot be 77; builds to compare build 2 with: 1."),
        ("value_segment_before=High&build=1", "since", "Build 1 has no build before it"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_the_reason(
    client: FlaskClient, query: str, parameter: str, reason: str
) -> None:
    answer = client.get(f"/api/v1/customers?{query}")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, parameter)
    assert reason in answer.get_json()["detail"]


@pytest.mark.parametrize("query", [*FILTERS, "churn_band=High", "rfm_segment=New&acquisition_channel=unknown"])
@pytest.mark.parametrize(
    ("ask", "segment", "segments"),
    [
        (segmentation.get_value_movement, "value_segment", VALUE_SEGMENTS),
        (segmentation.get_rfm_movement, "rfm_segment", RFM_SEGMENTS),
    ],
)
def test_movement_as_counted_with_the_build_is_that_of_every_customer(
    build: Build, ask: Ask, segment: str, segments: tuple[Segment, ...], query: str
) -> None:
    question, filters = f"segmentation.movement of {segment}", Filters.from_query_string(query)
    names = [each.name for each in segments]
    assert db.read_records("segmentation.is_kept", build, build_id=2, since=1) == [{"is_kept": True}]
    by_customer = db.read_since(question, build, db.build_by_id(1), **taken(question, filters), names=names)
    pd.testing.assert_frame_equal(ask(build, filters), by_customer)


@pytest.mark.parametrize("query", ["", "country=IT&country=unknown", "value_segment=Low&value_segment=High"])
@pytest.mark.parametrize(
    "condition",
    [
        "recency_score=5", "recency_score=1&monetary_score=1", "frequency_score=5", "orders_at_least=1",
        "orders_at_least=2", "is_active=true", "is_active=false", "first_order_month=2026-02",
        "first_order_month=..2024-12", "first_order_month=2025-03..2025-12", "order_month=2025-03", "category=Tea",
        "brand=Bianchi", "rating=1", "rating=5", "value_segment_before=Low", "rfm_segment_before=unknown",
        "value_segment_before=Low&rfm_segment_before=New&since=1", "first_order_month=2025-09&order_month=2026-03",
    ],
)  # fmt: skip
def test_a_chart_knows_as_many_customers_as_are_found_one_by_one(
    build: Build, monkeypatch: pytest.MonkeyPatch, condition: str, query: str
) -> None:
    page = customers.page(build, Asked.from_query_string(f"{condition}&{query}"))
    known = counting.of_conditions
    with monkeypatch.context() as changed:
        changed.setattr(counting, "of_conditions", lambda *_: None)
        assert customers.page(build, Asked.from_query_string(f"{condition}&{query}")) == page
    asked = Asked.from_query_string(f"{condition}&{query}")
    counted = known(build, asked.filters, asked.conditions, db.build_by_id(1))
    assert counted == page.found or (counted is None and "month=2025-09&" in condition and "value_segment" in query)


@pytest.mark.parametrize(
    "condition",
    ["orders_at_least=3", "order_month=2025-03..2026-02", "category=unknown", "rating=1&is_active=true", "since=1"],
)
def test_what_no_chart_knows_is_counted_one_by_one(build: Build, condition: str) -> None:
    asked = Asked.from_query_string(condition)
    assert counting.of_conditions(build, asked.filters, asked.conditions, db.build_by_id(1)) is None


def rows_with_addresses(build: Build, key: str, filters: Filters) -> Iterator[tuple[dict[Any, Any], str]]:
    chart = CHARTS[key]
    frame = marked(chart, [ask(build, filters) for ask in chart.asks])
    address_of = addresses(chart, filters)
    for row in frame.to_dict("records"):
        yield row, address_of(row["mark"])


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("key", MARKED)
def test_as_many_customers_are_listed_as_every_row_says(
    build: Build, client: FlaskClient, key: str, query: str
) -> None:
    rows = list(rows_with_addresses(build, key, Filters.from_query_string(query)))
    assert rows
    for row, address in rows:
        expected = row.get("customers")
        assert bool(address) == (expected != 0)
        if address:
            found = listed(client, address)
            assert found == expected if expected is not None else found > 0, (row, address)


@pytest.mark.parametrize("key", [key for key in MARKED if not CHARTS[key].shows_table])
def test_the_points_of_a_figure_lead_where_its_rows_lead(build: Build, client: FlaskClient, key: str) -> None:
    answer = charts.answer(key, build, Filters(), "en")
    points = {address for trace in answer["figure"]["data"] for address in flat(trace.get("meta") or [])} - {""}
    assert points
    assert len(answer["links"]) == len(answer["rows"])
    for address in sorted(points - set(answer["links"])):
        part = parse_qs(address.partition("?")[2])
        wholes = [parse_qs(link.partition("?")[2]) for link in answer["links"]]
        within = [whole for whole in wholes if part.items() <= whole.items() or whole.items() <= part.items()]
        assert within or key == "new-and-returning", address
        assert listed(client, address) > 0


def test_new_and_returning_customers_of_a_month_are_all_who_ordered_in_it(build: Build, client: FlaskClient) -> None:
    answer = charts.answer("new-and-returning", build, Filters(), "en")
    returning, new = (trace["meta"] for trace in answer["figure"]["data"][:2])
    for month, again, first in zip(answer["links"], returning, new, strict=True):
        if month:
            parts = [listed(client, part) for part in (again, first) if part]
            assert sum(parts) == listed(client, month)


@pytest.mark.parametrize("query", ["", "churn_band=Low&country=IT"])
def test_the_key_figures_lead_to_their_customers(build: Build, client: FlaskClient, query: str) -> None:
    filters = Filters.from_query_string(query)
    values = {key: value for key, value, _, _ in charts.kpis(build, filters)}
    for key in ("customers", "active_customers"):
        assert listed(client, charts.kpi_address(key, filters)) == values[key]
    assert bool(charts.kpi_address("value_at_risk", filters)) == (query == "")
    assert charts.kpi_address("csat", filters) == ""


@pytest.mark.parametrize(
    "query", ["country=IT", "churn_band=Medium&churn_band=High", "value_segment=Low&value_segment=Medium"]
)
def test_the_cells_lead_to_the_best_customers_that_a_look_at_all_finds(
    build: Build, client: FlaskClient, query: str
) -> None:
    page = customers.page(build, Asked.from_query_string(f"sort=-lifetime_value&orders_at_least=1&{query}"))
    best = [row["customer_id"] for row in page.rows]
    assert len(best) > 1
    for limit in (1, 2, len(best)):
        answer = client.get(f"/api/v1/top-customers?limit={limit}&{query}").get_json()
        assert [row["customer_id"] for row in answer["data"]] == best[:limit]


def listed(client: FlaskClient, address: str) -> int:
    """How many customers the API finds at the address of a page; dates it does not know, the page passes over."""
    path, _, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not part.startswith("date_"))
    answer = client.get(f"/api/v1{path}?{kept}")
    assert answer.status_code == 200, answer.text
    number: int = answer.get_json()["found"]
    return number


def flat(found: Any) -> Iterator[str]:
    for part in found:
        if isinstance(part, list):
            yield from flat(part)
        else:
            yield part or ""
