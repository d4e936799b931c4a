"""Who is let in: the guard on every path, roles, proxies, the file of users. No database is asked."""

import json
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import dash
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from c360_dash import auth, privacy
from c360_dash.app import create_app
from c360_dash.auth import guard, roles
from c360_dash.auth.door import own_address
from c360_dash.auth.roles import Person, Role
from c360_dash.auth.secret import secret_key
from c360_dash.auth.users import UserError, Users, users_of
from c360_dash.auth.ways import role_of
from c360_dash.config import ConfigurationError, Settings

OPEN = {"/healthz", "/readyz", "/login"}
PASSWORD = "correct horse"
PAGE = {"Accept": "text/html"}
SHOP = "shop.example.com"
OIDC = {"oidc_issuer": "https://id.example.com", "oidc_client_id": "c360", "oidc_client_secret": "s3cret"}

Serve = Callable[..., Flask]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """A function that makes the application with some settings; its database cannot be reached."""
    settings = Settings(database_url="postgresql+psycopg2://nobody@127.0.0.1:9/x", data_dir=tmp_path, cache="none")

    def make(**changes: Any) -> Flask:
        users_of(settings).add("Ann", Role.ADMIN, PASSWORD)
        made: Flask = create_app(replace(settings, **changes)).server
        return made

    yield make
    dash.page_registry.clear()


@pytest.fixture
def client(serve: Serve) -> FlaskClient:
    """Somebody who has not logged in to an application with users."""
    return serve(auth="users", host="0.0.0.0").test_client()


def address(rule: Rule) -> str:
    """An address that the rule matches."""
    return re.sub(r"<[^>]+>", "1", rule.rule)


def test_every_address_of_the_application_is_closed_until_somebody_logs_in(client: FlaskClient) -> None:
    rules = list(client.application.url_map.iter_rules())
    asked = {(method, address(rule)) for rule in rules for method in rule.methods or ()}
    assert {"/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/_reload-hash", "/"} <= {
        path for _, path in asked
    }

    for method, path in sorted(asked):
        response = client.open(path, method=method, headers=PAGE)
        if path not in OPEN:
            goes_to_login = response.status_code in (302, 303) and response.location.startswith("/login")
            assert response.status_code == 401 or goes_to_login, (method, path, response.status)
            assert len(response.data) < 400, (method, path)


@pytest.mark.parametrize("way", [{"auth": "oidc", **OIDC}, {"auth": "proxy", "trusted_proxies": "10.0.0.1"}])
def test_every_other_way_in_closes_every_address_too(serve: Serve, way: dict[str, Any]) -> None:
    client = serve(host="0.0.0.0", **way).test_client()
    for rule in client.application.url_map.iter_rules():
        path = address(rule)
        if path not in OPEN | {"/login/start", "/login/done"}:
            status = client.get(path, headers=PAGE).status_code
            assert status in (302, 303, 401, 403), (path, status)


def test_a_callback_that_is_posted_without_a_session_does_nothing(client: FlaskClient) -> None:
    body = {
        "output": "overview-top-customers.children",
        "outputs": {"id": "overview-top-customers", "property": "children"},
        "inputs": [
            {"id": "shell-asked", "property": "data", "value": {}},
            {"id": "shell-build", "property": "data", "value": "1"},
        ],
        "changedPropIds": ["shell-poll.n_intervals"],
    }
    response = client.post("/_dash-update-component", json=body)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Customer 360"'
    assert response.get_json()["detail"] == "Nobody is logged in, or the session has ended."


def test_people_are_led_to_the_login_and_back(client: FlaskClient) -> None:
    response = client.get("/customers?country=Italy&sort=-orders", headers=PAGE)
    assert (response.status_code, response.location) == (
        302,
        "/login?next=%2Fcustomers%3Fcountry%3DItaly%26sort%3D-orders",
    )
    page = client.get(response.location).text
    assert 'value="/customers?country=Italy&amp;sort=-orders"' in page
    assert "Ann" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/customer/7?page=2", "/customer/7?page=2"),
        (None, "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("\t//evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("evil.example", "/"),
        ("/login?next=/login", "/"),
        ("/logout", "/"),
    ],
)
def test_the_login_leads_to_our_own_pages_alone(asked: str | None, found: str) -> None:
    assert own_address(asked) == found


def test_the_login_page_may_load_what_it_shows_and_nothing_else(client: FlaskClient) -> None:
    page = client.get("/login")
    files = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text)
    assert len(files) == 6
    for path in files:
        response = client.get(path)
        assert response.status_code == 200, path
        response.close()
    assert client.get("/assets/vendor/plotly-cartesian.min.js").status_code == 401
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_without_a_database_nobody_can_log_in_and_is_told_so(client: FlaskClient) -> None:
    response = client.post("/login", data={"name": "ann", "password": PASSWORD})
    assert response.status_code == 503
    assert "The database cannot be reached" in response.text
    assert "Set-Cookie" not in response.headers


def test_whoever_watches_readiness_is_told_no_more_than_that(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.get_json()["detail"] == "The service is not ready; its log says why."


@pytest.mark.parametrize(
    ("peer", "host", "status"),
    [
        ("127.0.0.1", "localhost:8050", 200),
        ("127.0.0.1", "127.0.0.1", 200),
        ("::1", "[::1]:8050", 200),
        ("127.0.0.1", "shop.localhost", 200),
        ("127.0.0.1", "rebound.example.com:8050", 403),
        ("10.1.2.3", "localhost", 403),
    ],
)
def test_without_a_login_only_this_machine_is_answered(serve: Serve, peer: str, host: str, status: int) -> None:
    client = serve().test_client()
    response = client.get("/", headers={**PAGE, "Host": host}, environ_base={"REMOTE_ADDR": peer})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"host": "0.0.0.0"}, "C360_HOST is 0.0.0.0, where others can reach it"),
        ({"auth": "users", "users_file": Path("/nowhere/users.json")}, "`c360 user add NAME --role admin` adds one"),
        ({"auth": "oidc", "oidc_issuer": "https://id.example.com"}, "C360_OIDC_CLIENT_ID, C360_OIDC_CLIENT_SECRET"),
        ({"auth": "proxy"}, "C360_TRUSTED_PROXIES"),
    ],
)
def test_settings_that_let_in_nobody_or_everybody_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(said)):
        auth.refuse_unready(replace(Settings(), **changes))


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("10.0.0.1", {"X-Forwarded-User": "vic", "X-Forwarded-Groups": "staff, sales"}, 200),
        ("10.0.0.1", {"X-Forwarded-User": "vic", "X-Forwarded-Groups": "staff"}, 401),
        ("10.0.0.1", {"X-Forwarded-Groups": "sales"}, 401),
        ("10.0.0.2", {"X-Forwarded-User": "vic", "X-Forwarded-Groups": "sales"}, 401),
        ("10.0.0.2", {"X-Forwarded-User": "vic", "X-Forwarded-Groups": "sales", "X-Forwarded-For": "10.0.0.1"}, 401),
    ],
)
def test_a_header_with_a_name_is_believed_from_the_proxy_alone(
    serve: Serve, peer: str, headers: dict[str, str], status: int
) -> None:
    server = serve(auth="proxy", host="0.0.0.0", trusted_proxies="10.0.0.1", roles="sales=analyst")
    response = server.test_client().get("/_dash-dependencies", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.0.0.1", "203.0.113.9", ("https", SHOP, "203.0.113.9")),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.7", ("https", SHOP, "203.0.113.9")),
        ("10.0.0.1", "nonsense", ("https", SHOP, "10.0.0.1")),
        ("::ffff:10.0.0.1", "2001:db8::9", ("https", SHOP, "2001:db8::9")),
        ("192.0.2.1", "203.0.113.9", ("http", "localhost", "192.0.2.1")),
    ],
)
def test_what_a_proxy_says_of_the_browser_is_believed_from_it_alone(
    serve: Serve, peer: str, forwarded: str, seen: tuple[str, str, str]
) -> None:
    server = serve(auth="users", host="0.0.0.0", trusted_proxies="10.0.0.0/24")
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": SHOP, "X-Forwarded-For": forwarded}
    with server.test_client() as client:
        response = client.get("/login", headers=headers, environ_base={"REMOTE_ADDR": peer})
        assert (request.scheme, request.host, request.remote_addr) == seen
    assert ("Strict-Transport-Security" in response.headers) == (seen[0] == "https")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Origin": "http://localhost"}, 401),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"}, 401),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_page_of_another_site_can_change_nothing(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    for path in ("/login", "/logout", "/_dash-update-component"):
        response = client.post(path, headers=headers, json={})
        assert (response.status_code == 403 and b"other sites" in response.data) == (status == 403), path


def test_a_site_that_is_named_may_show_the_pages_in_a_frame(serve: Serve) -> None:
    framed = serve(frame_ancestors="self https://intranet.example.com").test_client().get("/", headers=PAGE)
    alone = serve().test_client().get("/", headers=PAGE)
    assert "frame-ancestors 'self' https://intranet.example.com" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert alone.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]


def test_a_role_may_do_what_the_lower_ones_may(serve: Serve) -> None:
    with serve(auth="users").test_request_context():
        assert not auth.may("viewer")
        assert not privacy.sees_personal_data()
        with pytest.raises(auth.Forbidden, match="log in first"):
            auth.person()
        for role, allowed in ((Role.VIEWER, 1), (Role.ANALYST, 2), (Role.ADMIN, 3)):
            roles.enter(Person("ann", role))
            assert [auth.may(asked) for asked in Role] == [place < allowed for place in range(3)]
            assert privacy.sees_personal_data() == (role != Role.VIEWER)
        roles.enter(Person("vic", Role.VIEWER))
        with pytest.raises(auth.Forbidden, match="needs the role admin; yours is viewer"):
            auth.require("admin")


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["sales"], Role.ANALYST),
        (["sales", "it"], Role.ADMIN),
        ([" it "], Role.ADMIN),
        (["admin"], Role.VIEWER),
        ([], Role.VIEWER),
    ],
)
def test_the_highest_role_of_a_persons_groups_counts(groups: list[str], role: Role) -> None:
    assert role_of(groups, "sales=analyst, it=admin, *=viewer") == role


def test_without_a_group_that_is_named_there_is_no_role() -> None:
    assert role_of(["staff", ""], Settings().roles) is None


def test_the_file_of_users_holds_hashes_for_its_owner_alone(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    assert users.add(" Ann ", Role.ADMIN, PASSWORD)
    assert not users.add("ANN", Role.VIEWER, "another horse")

    text = users.path.read_text()
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert "horse" not in text
    assert json.loads(text)["ann"]["password"].startswith("$argon2id$")
    found = users.checked("Ann", "another horse")
    assert found is not None
    assert found.role == Role.VIEWER
    assert users.checked("ann", PASSWORD) is None
    assert users.checked("nobody", PASSWORD) is None


def test_a_change_by_another_process_is_seen(tmp_path: Path) -> None:
    users, others = Users(tmp_path / "users.json"), Users(tmp_path / "users.json")
    others.add("ann", Role.ADMIN, PASSWORD)
    assert set(users.all()) == {"ann"}
    others.remove("Ann")
    assert users.all() == {}
    with pytest.raises(UserError, match="There is no user ann"):
        users.remove("ann")


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a\0b", PASSWORD), ("ann", "short")])
def test_a_name_and_a_password_must_be_usable(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(UserError):
        Users(tmp_path / "users.json").add(name, Role.VIEWER, password)


def test_a_damaged_file_of_users_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "users.json").write_text('{"ann": {"role": "queen"}}')
    with pytest.raises(ConfigurationError, match="cannot be read"):
        Users(tmp_path / "users.json").all()


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    made = secret_key(settings)
    assert len(made) == 64
    assert secret_key(settings) == made
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret_key"]
    assert secret_key(replace(settings, secret_key="x" * 32)) == "x" * 32


def test_no_secret_is_part_of_the_settings_as_text() -> None:
    assert "x" * 32 not in repr(Settings(secret_key="x" * 32, oidc_client_secret="x" * 32))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("C360_AUTH", "open", "one of none, users, oidc, proxy"),
        ("C360_SECRET_KEY", "hush hush", "C360_SECRET_KEY is “***”, but must be at least 32 characters"),
        ("C360_ROLES", "sales=boss", "pairs such as"),
        ("C360_TRUSTED_PROXIES", "10.0.0.0/8, proxy", "a list of addresses or networks"),
        ("C360_FRAME_ANCESTORS", "https://a.example; script-src *", "none, self, or addresses"),
    ],
)
def test_a_setting_about_access_that_cannot_be_read_is_refused(name: str, value: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(said)):
        Settings.from_env({name: value})


@pytest.mark.parametrize(
    ("mimetype", "status", "expected"),
    [
        ("text/csv", 200, ["/api/v1/a-file"]),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 200, ["/api/v1/a-file"]),
        ("application/json", 200, []),
        ("text/csv", 403, []),
    ],
)
def test_each_file_that_leaves_is_noted_without_the_words_that_were_searched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mimetype: str, status: int, expected: list[str]
) -> None:
    noted: list[tuple[str, str, dict[str, Any]]] = []
    monkeypatch.setattr(guard, "audit", lambda action, subject, **detail: noted.append((action, subject, detail)))
    server = Flask("files")
    guard.prepare(server, Settings(data_dir=tmp_path), auth.Look("", "", frozenset()))
    server.add_url_rule("/api/v1/a-file", view_func=lambda: Response("x", status, mimetype=mimetype))

    server.test_client().get("/api/v1/a-file?country=Italy&q=rossi")

    assert [subject for _, subject, _ in noted] == expected
    assert "rossi" not in str(noted)
    assert all(detail["asked"] == {"country": ["Italy"]} for _, _, detail in noted)
