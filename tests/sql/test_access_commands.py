"""The commands about who comes in, and that each leaves a line in the audit."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from c360_dash import auth, db, rebuild
from c360_dash.auth import Role, tokens
from c360_dash.auth.users import users_of
from c360_dash.cli import main, serving
from c360_dash.config import Settings
from tests.unit.test_cli import answer

Rows = Callable[..., list[tuple[object, ...]]]
PASSWORD = "correct horse"


@pytest.fixture
def c360(fresh_database: Settings) -> Callable[..., Result]:
    """A function that runs a command about a database of the test's own."""
    environ = {"C360_DATABASE_URL": fresh_database.database_url or "", "C360_DATA_DIR": str(fresh_database.data_dir)}
    return lambda *arguments, **more: CliRunner().invoke(main, arguments, env=environ, **more)


def done(rows: Rows, settings: Settings) -> list[tuple[object, ...]]:
    return rows(settings, "select action, subject, detail, role from c360.audit order by audit_id")


def test_a_user_is_added_changed_listed_and_removed(
    c360: Callable[..., Result], fresh_database: Settings, rows: Rows
) -> None:
    added = c360("user", "add", "Ann", "--role", "admin", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.exit_code == 0, added.output
    assert "Ann is added: admin." in added.output
    assert "set C360_AUTH=users" in added.output
    assert PASSWORD not in added.output
    changed = c360("user", "add", "ann", "--role", "viewer", "--password", "another horse")
    assert "ann is changed: viewer." in changed.output
    assert c360("user", "list").output == "ann  viewer\n"
    found = users_of(fresh_database).checked("ann", "another horse")
    assert found is not None
    assert found.role == Role.VIEWER

    assert c360("user", "remove", "ann").output == "ann is removed.\n"
    again = c360("user", "remove", "ann")
    assert (again.exit_code, again.output) == (1, "Error: There is no user ann; `c360 user list` shows them.\n")
    assert done(rows, fresh_database) == [
        ("add user", "Ann", {"role": "admin"}, "admin"),
        ("change user", "ann", {"role": "viewer"}, "admin"),
        ("remove user", "ann", None, "admin"),
    ]


def test_a_short_password_is_refused_in_one_sentence(c360: Callable[..., Result]) -> None:
    result = c360("user", "add", "ann", "--role", "admin", "--password", "short")
    assert (result.exit_code, result.output) == (1, "Error: A password has 10 to 200 characters.\n")


def test_a_token_is_shown_once_and_then_only_known_by_its_name(
    c360: Callable[..., Result], fresh_database: Settings, rows: Rows
) -> None:
    assert "There is no token" in c360("token", "list").output
    made = c360("token", "add", "crm", "--role", "analyst")
    token = made.stdout.strip()
    assert token.startswith("c360_")
    assert "This is shown once" in made.stderr
    listed = c360("token", "list").output
    assert "crm" in listed
    assert "analyst" in listed
    assert token not in listed
    assert c360("token", "add", "crm", "--role", "viewer").exit_code == 1
    assert c360("token", "revoke", "crm").output == "The token crm is revoked.\n"
    assert c360("token", "revoke", "crm").exit_code == 1
    db.init(fresh_database)
    (line,) = tokens.listed()
    assert line["revoked_at"] is not None
    assert [row[:2] for row in done(rows, fresh_database)] == [("add token", "crm"), ("revoke token", "crm")]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_an_open_door_is_refused_before_anything_is_done(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    started = answer(monkeypatch, serving, "serve_forever", None)
    result = CliRunner().invoke(main, [command], env={"C360_HOST": "0.0.0.0"})
    assert result.exit_code == 1
    assert result.output == (
        "Error: C360_HOST is 0.0.0.0, where others can reach it, and nobody would be asked for a login. "
        "Set C360_AUTH to users, oidc or proxy, or C360_HOST to 127.0.0.1.\n"
    )
    assert started == []


def test_without_a_login_the_start_says_so_loudly(monkeypatch: pytest.MonkeyPatch) -> None:

    answer(monkeypatch, serving, "serve_forever", None)
    answer(monkeypatch, serving, "refuse_taken_port", None)
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("NO LOGIN: whoever uses this machine may do everything")


def test_what_is_done_to_a_build_is_noted(monkeypatch: pytest.MonkeyPatch, c360: Callable[..., Result]) -> None:
    noted = answer(monkeypatch, auth, "audit", None)
    for command in ("publish", "discard"):
        answer(monkeypatch, rebuild, command, None)
        assert c360(command, "41").exit_code == 0
    assert [arguments for arguments, _ in noted] == [("publish", "41"), ("discard", "41")]
