"""What a viewer sees of the people of tests/people: the ids and the numbers, and nothing that says who somebody is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient

from c360_dash import db
from c360_dash.app import create_app
from c360_dash.auth import Role, tokens
from c360_dash.charts import overview
from c360_dash.config import Settings
from c360_dash.queries.customers import personal_columns

PERSONAL = {"first_name", "last_name", "email", "phone", "birth_date"}
ADA = ("Ada", "Rossi", "ada@example.com")

Ask = Callable[[str], Any]


@pytest.fixture(scope="module")
def people(make_database: Callable[..., Settings], built_people: Settings) -> Settings:
    """A database with two builds of the people, and one token of each role."""
    return replace(make_database(built_people), auth="proxy", trusted_proxies="10.9.9.9", cache="memory")


@pytest.fixture(scope="module")
def token_of(people: Settings) -> dict[str, str]:
    db.init(people)
    return {role: tokens.add(f"a {role}", role, "test") for role in Role}


@pytest.fixture(scope="module")
def client(people: Settings) -> Iterator[FlaskClient]:
    yield create_app(people).server.test_client()
    dash.page_registry.clear()


@pytest.fixture
def viewer(client: FlaskClient, token_of: dict[str, str]) -> Ask:
    return lambda path: client.get(path, headers={"Authorization": f"Bearer {token_of['viewer']}"})


@pytest.fixture
def analyst(client: FlaskClient, token_of: dict[str, str]) -> Ask:
    return lambda path: client.get(path, headers={"Authorization": f"Bearer {token_of['analyst']}"})


def callback(client: FlaskClient, token: str, output: str, prop: str, **inputs: Any) -> Any:
    """What the callback of the page answers to somebody who posts to it directly."""
    body = {
        "output": output,
        "outputs": {"id": output.partition(".")[0], "property": prop},
        "inputs": [
            {"id": name.replace("_", "-"), "property": "data", "value": value} for name, value in inputs.items()
        ],
        "changedPropIds": [],
        "state": [{"id": "shell-filters", "property": "data", "value": {}}] if "shell_asked" in inputs else [],
    }
    return client.post("/_dash-update-component", json=body, headers={"Authorization": f"Bearer {token}"})


def test_the_personal_columns_are_those_that_are_marked() -> None:
    assert personal_columns() == PERSONAL


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/top-customers",
        "/api/v1/top-customers?format=figure",
        "/api/v1/customers?columns=email,phone,birth_date,city&page_size=100",
        "/api/v1/customers/ada",
    ],
)
def test_no_answer_to_a_viewer_says_who_somebody_is_whoever_asked_before(viewer: Ask, analyst: Ask, path: str) -> None:
    for _ in range(2):
        assert any(word in analyst(path).text for word in ADA)
        answer = viewer(path)
        assert answer.status_code == 200
        assert "ada" in answer.text
        assert not any(word in answer.text for word in ADA)


def test_what_is_hidden_is_null_and_the_rest_is_there(viewer: Ask, analyst: Ask) -> None:
    hidden, shown = (ask("/api/v1/customers/ada").get_json()["data"] for ask in (viewer, analyst))
    assert {name for name, value in hidden.items() if value != shown[name]} == PERSONAL - {
        name for name in PERSONAL if shown[name] is None
    }
    assert {hidden[name] for name in PERSONAL} == {None}
    (row,) = viewer("/api/v1/top-customers?limit=1").get_json()["data"]
    assert (row["first_name"], row["last_name"], row["customer_id"]) == (None, None, "jacopo")


def test_customers_to_call_are_ids_to_a_viewer(viewer: Ask, analyst: Ask) -> None:
    hidden, shown = (ask("/api/v1/customers-to-call").get_json()["data"] for ask in (viewer, analyst))
    assert shown
    assert [row["customer_id"] for row in hidden] == [row["customer_id"] for row in shown]
    assert {row["first_name"] for row in hidden} == {row["last_name"] for row in hidden} == {None}
    assert any(row["last_name"] for row in shown)


@pytest.mark.parametrize(
    ("words", "to_analyst", "to_viewer"),
    [
        ("rossi", ["ada"], []),
        ("@example.com", ["ada", "chiara"], []),
        ("ada", ["ada"], ["ada"]),
        ("a r", ["ada", "katia"], []),
    ],
)
def test_a_viewer_finds_by_id_alone(
    viewer: Ask, analyst: Ask, words: str, to_analyst: list[str], to_viewer: list[str]
) -> None:
    for ask, expected in ((analyst, to_analyst), (viewer, to_viewer)):
        answer = ask(f"/api/v1/customers?q={words}&sort=customer_id").get_json()
        assert [row["customer_id"] for row in answer["data"]] == expected
        assert answer["found"] == len(expected)


@pytest.mark.parametrize("column", sorted(PERSONAL))
def test_a_viewer_cannot_sort_by_what_is_hidden(viewer: Ask, analyst: Ask, column: str) -> None:
    for sort in (column, f"-{column}"):
        assert analyst(f"/api/v1/customers?sort={sort}").status_code == 200
        refused = viewer(f"/api/v1/customers?sort={sort}")
        assert refused.status_code == 400
        assert refused.get_json()["parameter"] == "sort"


def test_an_answer_that_an_analyst_keeps_is_not_the_viewers(client: FlaskClient, token_of: dict[str, str]) -> None:
    path = "/api/v1/top-customers"
    tag = client.get(path, headers={"Authorization": f"Bearer {token_of['analyst']}"}).headers["ETag"]
    for role, status in (("analyst", 304), ("admin", 304), ("viewer", 200)):
        headers = {"Authorization": f"Bearer {token_of[role]}", "If-None-Match": tag}
        assert client.get(path, headers=headers).status_code == status


def test_the_callbacks_of_the_pages_hide_it_too(client: FlaskClient, token_of: dict[str, str]) -> None:
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("overview-top-customers.children", "children", {"shell_asked": {}, "shell_build": "1"}),
        ("customers-grid.children", "children", {"customers_asked": "?columns=email,phone", "shell_build": "1"}),
    ]
    for output, prop, inputs in asked:
        shown = callback(client, token_of["analyst"], output, prop, **inputs)
        hidden = callback(client, token_of["viewer"], output, prop, **inputs)
        assert shown.status_code == hidden.status_code == 200
        assert "Rossi" in shown.text
        assert "ada" in hidden.text
        assert not any(word in hidden.text for word in ADA)


def test_a_page_that_comes_filled_hides_it_too(
    client: FlaskClient, token_of: dict[str, str], analyst: Ask, viewer: Ask
) -> None:
    for role in ("analyst", "viewer"):
        for card in ("kpis", *overview.CHARTS):
            output = f"overview-{card}.children"
            assert (
                callback(client, token_of[role], output, "children", shell_asked={}, shell_build="1").status_code == 200
            )
    shown, hidden = analyst("/").text, viewer("/").text
    assert "Rossi" in shown
    assert '\\"ada\\"' in hidden
    assert not any(word in hidden for word in ADA)


def test_each_look_at_one_customer_is_a_line_of_the_audit(
    people: Settings, viewer: Ask, rows: Callable[..., list[tuple[object, ...]]]
) -> None:
    rows(people, "truncate c360.audit")
    viewer("/api/v1/customers/ada")
    viewer("/api/v1/customers/nobody-here")
    lines = rows(people, "select person, role, action, subject, detail, address from c360.audit")
    assert lines == [("token a viewer", "viewer", "view customer", "ada", {"by": "api", "build": 1}, "127.0.0.1")]
