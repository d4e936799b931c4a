"""Coming in: passwords, attempts that are counted whatever the worker, sessions and their end, tokens, a provider."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import dash
import pytest
import requests
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from c360_dash import db, rebuild
from c360_dash.app import create_app
from c360_dash.auth import Role, sessions, tokens
from c360_dash.auth.users import users_of
from c360_dash.config import Settings
from tests.sql.provider import CLIENT, SECRET, Provider, provider

PASSWORD = "correct horse"
PAGE = {"Accept": "text/html"}
INSIDE = "/_dash-dependencies"

Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def door(make_database: Callable[[], Settings]) -> Iterator[Settings]:
    """A database with our SQL, and two users."""
    own = replace(make_database(), auth="users", host="0.0.0.0", cache="none")
    rebuild.install(own)
    users_of(own).add("Ann", Role.ADMIN, PASSWORD)
    users_of(own).add("vic", Role.VIEWER, PASSWORD)
    yield own
    dash.page_registry.clear()


@pytest.fixture(autouse=True)
def nothing_happened(door: Settings, rows: Rows) -> None:
    rows(door, "truncate c360.audit, c360.login_attempt, c360.api_token")


@pytest.fixture
def client(door: Settings) -> FlaskClient:
    found: FlaskClient = create_app(door).server.test_client()
    return found


def log_in(client: FlaskClient, name: str = "ann", password: str = PASSWORD, **more: Any) -> TestResponse:
    return client.post("/login", data={"name": name, "password": password, "next": "/risk?country=Italy"}, **more)


def lines(rows: Rows, settings: Settings) -> list[tuple[object, ...]]:
    return rows(settings, "select person, role, action, subject from c360.audit order by audit_id")


def test_the_right_password_opens_what_was_asked_for(client: FlaskClient, door: Settings, rows: Rows) -> None:
    assert client.get(INSIDE).status_code == 401
    response = log_in(client, " ANN ")
    assert (response.status_code, response.location) == (303, "/risk?country=Italy")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert client.get(INSIDE).status_code == 200
    assert client.get("/login?next=/risk").location == "/risk"
    assert lines(rows, door) == [("ann", "admin", "log in", None)]


def test_behind_tls_the_cookie_travels_over_tls_alone(door: Settings) -> None:
    client = create_app(replace(door, trusted_proxies="127.0.0.1")).server.test_client()
    response = log_in(client, headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in response.headers["Set-Cookie"]
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_who_has_the_name_is_not_told(client: FlaskClient, door: Settings, rows: Rows) -> None:
    answers = [log_in(client, name, "wrong horse") for name in ("ann", "zoe")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].text.replace("ann", "…") == answers[1].text.replace("zoe", "…")
    assert "That name and password do not go together." in answers[0].text
    assert client.get(INSIDE).status_code == 401
    assert lines(rows, door) == [
        (None, None, "log in refused", "ann"),
        (None, None, "log in refused", "somebody unknown"),
    ]
    assert rows(door, "select count(*) from c360.login_attempt where name in ('ann', 'zoe')") == [(0,)]


def test_after_five_wrong_passwords_the_name_waits_in_every_worker(door: Settings, rows: Rows) -> None:
    workers = [create_app(door).server.test_client() for _ in range(2)]
    assert [log_in(workers[turn % 2], "ann", "wrong horse").status_code for turn in range(5)] == [403] * 5
    for worker in workers:
        refused = log_in(worker)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 900
        assert "Try again in 15 minutes." in refused.text
    assert log_in(workers[0], "vic").status_code == 303
    elsewhere = log_in(workers[1], environ_base={"REMOTE_ADDR": "10.0.0.8"})
    assert elsewhere.status_code == 303

    rows(door, "update c360.login_attempt set at = at - interval '15 minutes'")
    assert log_in(workers[0]).status_code == 303
    assert rows(door, "select count(*) from c360.login_attempt") == [(0,)]


@pytest.mark.parametrize(("column", "most"), [("name", 20), ("address", 30)])
def test_many_addresses_or_many_names_are_no_way_around(door: Settings, rows: Rows, column: str, most: int) -> None:
    other = {"name": "address", "address": "name"}[column]
    rows(door, f"insert into c360.login_attempt ({column}, {other}) select 'x', n from generate_series(1, {most}) as n")
    pair = {"name": "new", "address": "new", column: "x"}
    ((wait,),) = rows(door, "select c360.try_login(%s, %s)", pair["name"], pair["address"])
    ((free,),) = rows(door, "select c360.try_login('new', 'new')")
    assert isinstance(wait, int)
    assert 0 < wait <= 900
    assert free == 0


def test_attempts_at_the_same_moment_are_counted_one_by_one(door: Settings, rows: Rows) -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(rows(door, "select c360.try_login('n', 'a')")[0][0]))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(0) == 5


@pytest.mark.parametrize(("idle", "steps"), [(True, [3700]), (False, [3000] * 14 + [1300])])
def test_a_session_ends_when_unused_and_after_some_hours(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, idle: bool, steps: list[int]
) -> None:
    moment = sessions.now()
    monkeypatch.setattr(sessions, "now", lambda: moment)
    log_in(client)
    for step in steps[:-1]:
        moment += step
        assert client.get(INSIDE).status_code == 200
    moment += steps[-1]
    refused = client.get("/risk", headers=PAGE)
    assert refused.location == "/login?next=%2Frisk"
    assert "Your session has ended." in client.get(refused.location).text
    assert "Your session has ended." not in client.get(refused.location).text


def test_a_page_that_asks_by_itself_keeps_no_session_alive(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = sessions.now()
    monkeypatch.setattr(sessions, "now", lambda: moment)
    log_in(client)
    poll = {
        "output": "..shell-freshness.children...shell-build.data...shell-poll.interval..",
        "outputs": [
            {"id": "shell-freshness", "property": "children"},
            {"id": "shell-build", "property": "data"},
            {"id": "shell-poll", "property": "interval"},
        ],
        "inputs": [{"id": "shell-poll", "property": "n_intervals", "value": 1}],
        "state": [{"id": "shell-build", "property": "data", "value": None}],
        "changedPropIds": ["shell-poll.n_intervals"],
    }
    moment += 2000
    assert client.post("/_dash-update-component", json=poll).status_code == 200
    moment += 2000
    assert client.post("/_dash-update-component", json=poll).status_code == 401


def test_whoever_logs_out_is_out(client: FlaskClient, door: Settings, rows: Rows) -> None:
    log_in(client)
    assert client.get("/logout", headers=PAGE).status_code == 200  # the page that there is none; nobody is logged out
    response = client.post("/logout")
    assert (response.status_code, response.location) == (303, "/login")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "You are logged out." in client.get("/login").text
    assert client.get(INSIDE).status_code == 401
    assert [line[2] for line in lines(rows, door)] == ["log in", "log out"]


@pytest.mark.parametrize("change", ["password", "role", "removed"])
def test_whoever_is_changed_or_removed_is_out_at_once(client: FlaskClient, door: Settings, change: str) -> None:
    users = users_of(door)
    users.add("bob", Role.ADMIN, PASSWORD)
    log_in(client, "bob")
    assert client.get(INSIDE).status_code == 200
    if change == "removed":
        users.remove("bob")
    else:
        users.add("bob", Role.ADMIN if change == "password" else Role.VIEWER, "another horse")
    assert client.get(INSIDE).status_code == 401


def test_a_session_cannot_be_written_by_hand(client: FlaskClient, door: Settings) -> None:
    forger = create_app(replace(door, secret_key="somebody else's key, long enough")).server.test_client()
    forged = log_in(forger).headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    client.set_cookie("c360", forged)
    assert client.get(INSIDE).status_code == 401


def test_the_shell_says_who_is_in_and_lets_them_out(client: FlaskClient) -> None:
    log_in(client, "vic")
    layout = client.get("/_dash-layout").text
    assert '"vic"' in layout
    assert '"viewer, names hidden"' in layout
    assert "Log out" in layout


def test_a_token_opens_until_it_is_revoked(client: FlaskClient, door: Settings, rows: Rows) -> None:
    db.init(door)
    token = tokens.add("crm", Role.VIEWER, "ann")
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get(INSIDE, headers=bearer).status_code == 200
    ((name, role, used, hashed),) = rows(door, "select name, role, last_used_at is not null, hash from c360.api_token")
    assert (name, role, used) == ("crm", "viewer", True)
    assert token not in str(hashed)
    with pytest.raises(tokens.TokenError, match="There is a token crm already"):
        tokens.add("crm", Role.ADMIN, "ann")

    tokens.revoke("crm")
    refused = client.get(INSIDE, headers=bearer)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    with pytest.raises(tokens.TokenError, match="There is no token crm in use"):
        tokens.revoke("crm")
    assert tokens.add("crm", Role.ADMIN, "ann") != token


@pytest.mark.parametrize("given", ["", "c360_", "c360_' or true --", "nonsense", "c360_\u00e9"])
def test_a_token_that_nobody_made_opens_nothing(client: FlaskClient, given: str) -> None:
    log_in(client)
    assert client.get(INSIDE, headers={"Authorization": f"Bearer {given}"}).status_code == 401


@pytest.fixture
def issuer() -> Iterator[Provider]:
    with provider() as found:
        yield found


@pytest.fixture
def through_provider(door: Settings, issuer: Provider) -> FlaskClient:
    settings = replace(
        door, auth="oidc", oidc_issuer=issuer.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET,
        oidc_role_claim="realm_access.roles", roles="sales=analyst",
    )  # fmt: skip
    found: FlaskClient = create_app(settings).server.test_client()
    return found


def come_in(client: FlaskClient) -> TestResponse:
    """What a browser does: to the provider, and back with what it says."""
    start = client.get("/login/start?next=/risk")
    back = requests.get(start.location, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_the_provider_says_who_it_is_and_which_role(
    through_provider: FlaskClient, issuer: Provider, door: Settings, rows: Rows
) -> None:
    assert "Log in with 127.0.0.1" in through_provider.get("/login").text
    issuer.claims = {"preferred_username": "paula", "realm_access": {"roles": ["sales", "staff"]}}
    response = come_in(through_provider)
    assert (response.status_code, response.location) == (303, "/risk")
    assert through_provider.get(INSIDE).status_code == 200
    assert lines(rows, door) == [("paula", "analyst", "log in", None)]
    through_provider.post("/logout")
    assert through_provider.get(INSIDE).status_code == 401


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"realm_access": {"roles": ["staff"]}}, "nobody has given you a role here"),
        ({"realm_access": "sales"}, "nobody has given you a role here"),
        ({"iss": "https://elsewhere.example"}, "did not succeed"),
        ({"aud": "another application"}, "did not succeed"),
        ({"exp": 1}, "did not succeed"),
        ({"nonce": "of another login"}, "did not succeed"),
    ],
)
def test_what_the_provider_says_must_fit(
    through_provider: FlaskClient, issuer: Provider, claims: dict[str, Any], said: str
) -> None:
    issuer.claims = {"realm_access": {"roles": ["sales"]}, **claims}
    response = come_in(through_provider)
    assert response.status_code == 403
    assert said in response.text
    assert through_provider.get(INSIDE).status_code == 401


def test_only_the_providers_own_signature_counts(through_provider: FlaskClient, issuer: Provider) -> None:
    issuer.claims = {"realm_access": {"roles": ["sales"]}}
    issuer.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_in(through_provider).status_code == 403
    assert through_provider.get(INSIDE).status_code == 401


def test_an_answer_that_nobody_asked_for_is_refused(through_provider: FlaskClient) -> None:
    response = through_provider.get("/login/done?code=x&state=y")
    assert response.status_code == 403
    assert "did not succeed" in response.text
