"""A card that was answered before is answered as it left, never to somebody who may see less, and never of old data."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import dash
import orjson
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from c360_dash import charts, db, rebuild
from c360_dash.app import create_app
from c360_dash.auth import Role, tokens
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.finished import Finished, Sent
from tests.people import AS_OF

TOP = "overview-top-customers"


class AnotherAsking(C360Error):
    pass


@pytest.fixture
def people(own_database: Callable[..., Settings], built_people: Settings) -> Settings:
    return replace(own_database(built_people), auth="proxy", trusted_proxies="10.9.9.9", cache="memory")


@pytest.fixture
def client(people: Settings) -> Iterator[FlaskClient]:
    yield create_app(people).server.test_client()
    dash.page_registry.clear()


@pytest.fixture
def ask(people: Settings, client: FlaskClient) -> Callable[..., TestResponse]:
    """A function that posts what a browser does for a card, as a role."""
    db.init(people)
    given = {role: tokens.add(f"a {role}", role, "test") for role in Role}

    def post(role: str = "analyst", card: str = TOP, encoding: str = "br") -> TestResponse:
        body = {
            "output": f"{card}.children",
            "outputs": {"id": card, "property": "children"},
            "inputs": [{"id": name, "property": "data", "value": None} for name in ("shell-asked", "shell-build")],
            "changedPropIds": [],
            "state": [{"id": "shell-filters", "property": "data", "value": None}],
        }
        headers = {"Authorization": f"Bearer {given[Role(role)]}", "Accept-Encoding": encoding}
        return client.post("/_dash-update-component", json=body, headers=headers)

    return post


def nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object) -> None:
        raise AnotherAsking("asked again")

    monkeypatch.setattr(charts, "answer", answer)


def test_the_second_answer_is_the_first_one_and_nothing_is_asked(
    ask: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask()
    nobody_asks(monkeypatch)
    again = ask()
    assert (again.status_code, again.data, again.content_type) == (200, first.data, "application/json")
    assert again.headers["Content-Encoding"] == first.headers["Content-Encoding"] == "br"
    assert again.headers["Vary"] == first.headers["Vary"]
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    plain = ask(encoding="identity")
    assert "Content-Encoding" not in plain.headers
    assert b"asked again" in plain.data


def test_a_viewer_is_not_given_the_names_that_an_analyst_was_given(ask: Callable[..., TestResponse]) -> None:
    assert b"Rossi" in ask("analyst", encoding="identity").data
    assert b"Rossi" not in ask("viewer", encoding="identity").data
    assert b"Rossi" in ask("analyst", encoding="identity").data


def test_nobody_is_answered_without_passing_the_guard(
    people: Settings, client: FlaskClient, ask: Callable[..., TestResponse]
) -> None:
    assert ask("viewer").status_code == 200
    tokens.revoke("a viewer")
    assert ask("viewer").status_code == 401


def test_another_build_and_an_erasure_are_seen_at_once(
    people: Settings, client: FlaskClient, ask: Callable[..., TestResponse]
) -> None:
    def look() -> bytes:
        client.application.extensions[db.EXTENSION].builds.forget_current()
        return bytes(ask(encoding="identity").data)

    assert b"Rossi" in look()
    rebuild.erase(people, "ada")
    assert b"Rossi" not in look()
    with db.owner_connection(people) as connection, connection.cursor() as cursor:
        cursor.execute("update source.customers set last_name = 'Neri' where customer_id = 'katia'")
    assert b"Neri" not in look()
    rebuild.run(people, AS_OF)
    assert b"Neri" in look()


def test_a_failure_is_not_kept(ask: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        nobody_asks(failing)
        assert b"asked again" in ask(encoding="identity").data
    found = orjson.loads(ask(encoding="identity").data)
    assert "Rossi" in str(found["response"][TOP]["children"])


def test_the_longest_unused_goes_when_the_room_is_full_and_all_go_with_the_build() -> None:
    kept = Finished(most_bytes=30)
    first, second, third = [(name, "br", False, "admin") for name in (b"a", b"b", b"c")]
    answer = Sent(b"123456789", "application/json", None)
    for key in (first, second, third):
        assert kept.find("b1", key) is None
        kept.add("b1", key, answer)
        assert kept.find("b1", first) == answer
    kept.add("b1", (b"d", "br", False, "admin"), answer)
    assert [kept.find("b1", key) for key in (first, second)] == [answer, None]
    assert kept.find("b2", first) is None
    kept.add("b1", second, answer)
    assert [kept.find(build, key) for build, key in (("b2", second), ("b1", first))] == [None, None]
