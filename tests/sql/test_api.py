"""The answers under /api/v1 about the seven people of named_people.sql, and the problems it reports."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from c360_dash import api, bundles
from c360_dash.config import Settings
from c360_dash.questions import QUESTIONS

Switch = Callable[[Settings], None]
NAMES = (
    "kpis",
    "customer-segments",
    "monthly-revenue",
    "top-customers",
    "product-category-performance",
    "customer-satisfaction",
    "churn-risk",
    "rfm-segmentation",
    "rfm-segments",
    "score-cutoffs",
    "value-segment-movement",
    "rfm-segment-movement",
    "rfm-3d",
    "satisfaction-gauge",
    "category-brand-tree",
    "brand-performance",
    "product-concentration",
    "top-products",
    "bought-together",
    "value-risk",
    "expected-value",
    "customers-to-call",
    "back-test",
    "back-test-deciles",
    "back-test-groups",
    "revenue-and-campaigns",
    "new-and-returning",
    "revenue-by-country",
    "revenue-by-acquisition-channel",
    "orders-by-channel",
    "cohort-retention",
    "cohort-forecast",
    "campaign-results",
    "exclusions",
)
UNFILTERED = (
    "score-cutoffs",
    "product-concentration",
    "top-products",
    "bought-together",
    "cohort-retention",
    "cohort-forecast",
    "campaign-results",
    "back-test",
    "back-test-deciles",
    "back-test-groups",
    "exclusions",
)
# There is one build of these people, none of the best of them is at high risk, and nobody looked back.
WITHOUT_ROWS = (
    "value-segment-movement",
    "rfm-segment-movement",
    "customers-to-call",
    "back-test",
    "back-test-deciles",
    "back-test-groups",
)


def client_of(settings: Settings) -> FlaskClient:
    server = Flask("shop")
    api.register(server, settings)
    return server.test_client()


@pytest.fixture
def client(named_people: Settings) -> FlaskClient:
    return client_of(named_people)


def data(response: TestResponse) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    found: list[dict[str, Any]] = response.get_json()["data"]
    return found


def problem(response: TestResponse) -> dict[str, Any]:
    assert response.content_type == "application/problem+json"
    found: dict[str, Any] = response.get_json()
    assert found["status"] == response.status_code
    assert found["title"]
    return found


def test_there_is_an_address_for_every_question() -> None:
    assert set(QUESTIONS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_says_which_build_it_is_about(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/api/v1/{name}").get_json()
    assert list(answer) == ["build", "as_of", "data"]
    assert (answer["build"], answer["as_of"]) == (1, "2026-03-31T23:00:00+02:00")
    assert bool(answer["data"]) == (name not in WITHOUT_ROWS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("filters", ["", "&country=Italy&value_segment=High"])
def test_every_answer_is_also_a_figure(client: FlaskClient, name: str, filters: str) -> None:
    filters = "" if name in UNFILTERED else filters
    response = client.get(f"/api/v1/{name}?format=figure{filters}")
    assert response.status_code == 200
    assert {"data", "layout"} <= set(response.get_json())
    assert "template" not in response.get_json()["layout"]
    assert bundles.needed(response.get_json())


def test_values_are_json_as_one_expects(client: FlaskClient) -> None:
    kpis = {row["metric"]: row for row in data(client.get("/api/v1/kpis"))}
    assert kpis["customers"] == {"metric": "customers", "value": 7, "comparison_value": 6, "n": None}
    assert kpis["csat"]["comparison_value"] is None
    assert data(client.get("/api/v1/monthly-revenue"))[2] == {
        "month": "2026-03-01",
        "net_sales": 129.75,
        "orders": 2,
        "customers": 2,
        "new_customers": 1,
        "is_complete": False,
    }
    (eva,) = data(client.get("/api/v1/top-customers?country=unknown"))
    assert eva["country"] is None
    assert eva["customer_id"] == "5"
    assert eva["last_order_at"] == "2024-05-05T14:00:00+02:00"
    assert data(client.get("/api/v1/product-category-performance"))[-1]["category"] is None


@pytest.mark.parametrize(
    ("query", "first_names"),
    [
        ("limit=2", ["Anna", "Ben"]),
        ("country=Germany&churn_band=High", ["Felix"]),
        ("value_segment=Medium&value_segment=Low&limit=2", ["Clara", "Dario"]),
        ("rfm_segment=New&build=1", ["Dario"]),
        ("value_segment=Prospect", []),
    ],
)
def test_filters_and_limit_are_parameters(client: FlaskClient, query: str, first_names: list[str]) -> None:
    assert [row["first_name"] for row in data(client.get(f"/api/v1/top-customers?{query}"))] == first_names


@pytest.mark.parametrize(
    ("address", "parameter", "reason"),
    [
        ("kpis?contry=Italy", "contry", "kpis has no parameter “contry”; it has value_segment, rfm_segment,"),
        ("kpis?limit=3", "limit", "kpis has no parameter “limit”"),
        ("kpis?date_from=2026-01-01", "date_from", "kpis has no parameter “date_from”"),
        ("score-cutoffs?country=Italy", "country", "score-cutoffs has no parameter “country”; it has build, format"),
        ("monthly-revenue?date_from=soon", "date_from", "it is one day, like 2026-11-22"),
        ("kpis?value_segment=Hihg", "value_segment", "known are High, Medium, Low, Prospect, unknown"),
        ("kpis?country=Atlantis", "country", "no customer of build 1 has it"),
        ("kpis?build=one", "build", "build cannot be “one”; it is a whole number"),
        ("kpis?build=-1", "build", "it is a whole number"),
        ("kpis?build=", "build", "it is a whole number"),
        ("kpis?build=1&build=2", "build", "build is given 2 times"),
        ("kpis?build=99999999999999999999", "build", "it is a whole number"),
        ("kpis?format=xml", "format", "it is json, figure, csv or xlsx"),
        ("top-customers?limit=0", "limit", "from 1 to 1000"),
        ("top-customers?limit=1001", "limit", "from 1 to 1000"),
        ("top-customers?limit=ten", "limit", "it is a whole number"),
    ],
)
def test_what_cannot_be_asked_is_refused(client: FlaskClient, address: str, parameter: str, reason: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 400
    assert problem(response)["parameter"] == parameter
    assert reason in problem(response)["detail"]


def test_an_unknown_question_is_told_the_known_ones(client: FlaskClient) -> None:
    response = client.get("/api/v1/weather")
    assert response.status_code == 404
    assert "“weather”; there are kpis, " in problem(response)["detail"]


def test_a_build_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    response = client.get("/api/v1/kpis?build=41")
    assert response.status_code == 404
    assert problem(response)["detail"] == "Build 41 is not in the database."


def test_answers_are_only_read(client: FlaskClient) -> None:
    assert client.post("/api/v1/kpis").status_code == 405


def test_an_answer_known_to_the_client_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/kpis?country=Germany")
    tag = first.headers["ETag"]
    again = client.get("/api/v1/kpis?country=Germany", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    others = ["kpis", "kpis?country=France", "churn-risk?country=Germany", "kpis?country=Germany&format=figure"]
    assert tag not in [client.get(f"/api/v1/{other}").headers["ETag"] for other in others]


def test_health_of_a_good_system(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready", "build": 1}


def test_before_the_first_build(fresh_database: Settings) -> None:
    client = client_of(fresh_database)
    assert client.get("/healthz").status_code == 200
    for address in ("/readyz", "/api/v1/kpis"):
        response = client.get(address)
        assert response.status_code == 503
        assert "run `c360 rebuild`" in problem(response)["detail"]


def test_a_database_that_is_not_there(named_people: Settings) -> None:
    client = client_of(replace(named_people, database_url="postgresql+psycopg2://nobody@127.0.0.1:9/none"))
    assert client.get("/healthz").status_code == 200
    for address in ("/readyz", "/api/v1/kpis", "/api/v1/kpis?build=1"):
        response = client.get(address)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert "cannot be reached" in problem(response)["detail"]


def test_answers_given_before_are_given_again_with_a_mark_while_the_database_is_away(
    own_named_people: Settings, close: Switch, reopen: Switch
) -> None:
    client = client_of(own_named_people)
    fresh = client.get("/api/v1/kpis").get_json()
    close(own_named_people)
    client.application.extensions["c360"].builds.forget_current()
    assert client.get("/api/v1/kpis").get_json() == {**fresh, "stale": True}
    assert client.get("/api/v1/churn-risk").status_code == 503
    assert client.get("/readyz").status_code == 503
    reopen(own_named_people)
    client.application.extensions["c360"].builds.forget_current()
    assert client.get("/api/v1/churn-risk").status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("POST", "/api/v1/kpis", 405),
        ("DELETE", "/api/v1/churn-risk", 405),
        ("GET", "/api/v1/kpis/more", 404),
        ("GET", "/api/v2/kpis", 404),
        ("GET", "/api/", 404),
    ],
)
def test_every_other_address_below_api_is_a_problem_in_words(
    client: FlaskClient, method: str, address: str, status: int
) -> None:
    response = client.open(address, method=method)

    assert response.status_code == status
    assert problem(response)["detail"]
