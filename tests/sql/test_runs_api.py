"""Rebuilds for programs: asked for, told apart, and found again."""

from collections.abc import Callable, Iterator
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient

from c360_dash import rebuild
from c360_dash.app import create_app
from c360_dash.auth import Role, tokens
from c360_dash.config import Settings
from tests.hostile.posting import CALLBACKS, click
from tests.sql.test_rebuild import AS_OF, SHOP, holding, states
from tests.sql.test_requests import until

STATE = [
    {"id": "admin-as-of", "property": "value", "value": "2024-05-01"},
    {"id": "admin-kind", "property": "value", "value": "full"},
    {"id": "admin-erase-id", "property": "value", "value": None},
    {"id": "admin-running", "property": "data", "value": None},
    {"id": "admin-acted", "property": "data", "value": 0},
]
Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """Three customers; build 1 is published."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    rebuild.run(fresh_database, AS_OF)
    return fresh_database


@pytest.fixture
def client(shop: Settings) -> Iterator[FlaskClient]:
    """A program on this machine."""
    yield create_app(shop).server.test_client()
    dash.page_registry.clear()


def test_a_rebuild_is_accepted_once_and_found_in_the_runs(client: FlaskClient, shop: Settings, rows: Rows) -> None:
    with holding(shop, "lock table source.order_items in access exclusive mode"):
        accepted = client.post("/api/v1/rebuild", json={"as_of": "2024-05-01"})
        refused = client.post("/api/v1/rebuild")
        assert (accepted.status_code, accepted.headers["Location"]) == (202, "/api/v1/runs")
        assert (refused.status_code, refused.mimetype) == (409, "application/problem+json")
        assert "starting" in str(refused.json) or "running" in str(refused.json)
        until(lambda: bool(json_of(client, "/api/v1/runs")["running"]))
        assert json_of(client, "/api/v1/runs")["running"]["stage"] in (
            "start",
            "moments",
            "linked_customers",
            "basic_information",
            "known_products",
            "source_rows",
        )
    until(lambda: states(shop) == ["replaced", "published"])

    found = json_of(client, "/api/v1/runs")
    assert [(run["id"], run["state"], run["trigger"]) for run in found["data"]] == [
        (2, "published", "web"),
        (1, "replaced", "cli"),
    ]
    assert json_of(client, "/api/v1/runs/2")["data"]["stages"][0]["stage"] == "moments"
    assert rows(shop, "select person, action, detail->>'as_of' from c360.audit") == [("local", "rebuild", "2024-05-01")]


@pytest.mark.parametrize("body", [{"as_of": "tomorrow"}, {"as_of": 7}, {"now": True}, {"kind": "half"}, ["2024-05-01"]])
def test_a_body_that_says_nothing_starts_nothing(client: FlaskClient, shop: Settings, body: object) -> None:
    assert client.post("/api/v1/rebuild", json=body).status_code == 400
    assert client.get("/api/v1/runs/99").status_code == 404
    assert states(shop) == ["published"]


def as_analyst(client: FlaskClient) -> dict[str, str]:
    """What an analyst's program sends with each request."""
    with client.application.app_context():
        return {"Authorization": f"Bearer {tokens.add('Anna', Role.ANALYST, 'Erika')}"}


def json_of(client: FlaskClient, path: str) -> Any:
    return client.get(path).json


def test_a_forged_click_of_an_administrator_does_what_it_says(client: FlaskClient, shop: Settings) -> None:
    answer = client.post(CALLBACKS, json=click(client, "admin-start") | {"state": STATE})

    assert answer.status_code == 200
    until(lambda: states(shop) == ["replaced", "published"])


@pytest.mark.parametrize(
    "button", ["admin-start", "admin-cancel", "admin-erase", "admin-check", "admin-preview", "admin-save"]
)
def test_whoever_is_no_administrator_does_nothing_by_posting_it_directly(
    client: FlaskClient, shop: Settings, rows: Rows, button: str
) -> None:
    answer = client.post(CALLBACKS, json=click(client, button), headers=as_analyst(client))

    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["detail"].startswith("This needs the role admin; yours is analyst.")
    assert rows(shop, "select count(*) from c360.audit where action not like 'den%%'") == [(0,)]
    assert rows(shop, "select count(*) from c360.rebuild_request") == [(0,)]


def test_the_addresses_for_programs_are_for_administrators(client: FlaskClient, shop: Settings) -> None:
    analyst = as_analyst(client)

    assert client.post("/api/v1/rebuild", headers=analyst).status_code == 403
    assert client.get("/api/v1/runs", headers=analyst).status_code == 403
    assert states(shop) == ["published"]
