"""Sessions of people who logged in: a signed cookie, which ends when nobody uses it, and after some hours in any case.

The cookie holds the name, when it began and was last used, and a mark of the password: whoever gets another password,
another role or is removed is out with the next request. Pages that only ask whether there is something new, which they
do by themselves, do not count as use.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import flask_login
from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface

from c360_dash.auth.roles import Person, Role
from c360_dash.auth.secret import secret_key
from c360_dash.auth.ways import Way
from c360_dash.config import Settings

COOKIE = "c360"
NOTED_EVERY_SECONDS = 30
POLLS = ["shell-poll.n_intervals"]

Marked = Callable[[str], tuple[Role, str] | None]
"""Finds the role of a name and the mark that its sessions must carry; None when it may not come in any more."""


class Cookie(SecureCookieSessionInterface):
    """Flask's session cookie, which travels over TLS alone when the request did."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the browser may send it over TLS only."""
        return request.is_secure


class LoggedIn(flask_login.UserMixin):  # type: ignore[misc]  # the library has no types
    """Who is logged in, as Flask-Login wants to know it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = person.name


class Sessions(Way):
    """The way in through a login page."""

    login_page = True
    refusal = "Nobody is logged in, or the session has ended."

    def __init__(self, server: Flask, settings: Settings, marked: Marked | None = None) -> None:
        self._settings = settings
        self._marked = marked
        server.secret_key = secret_key(settings)
        server.session_interface = Cookie()
        server.config.update(
            SESSION_COOKIE_NAME=COOKIE,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        )
        manager = flask_login.LoginManager()
        manager.init_app(server)
        manager.user_loader(self._load)

    def person(self) -> Person | None:
        """Whose session it is; one that has ended is forgotten, and the login page says so."""
        user = flask_login.current_user
        if user.is_authenticated:
            _note_use()
            found: Person = user.person
            return found
        if "_user_id" in session:
            session.clear()
            session["ended"] = True
        return None

    def begin(self, person: Person) -> None:
        """From now on the browser is that person's; nothing of an earlier session stays."""
        session.clear()
        mark = self._marked(person.name) if self._marked else None
        began = now()
        session["began"], session["used"] = began, began
        session["role"], session["mark"] = str(person.role), mark[1] if mark else None
        flask_login.login_user(LoggedIn(person))

    def end(self) -> None:
        """Nobody is logged in any more."""
        flask_login.logout_user()
        session.clear()

    def _load(self, name: str) -> LoggedIn | None:
        if not self._is_alive():
            return None
        role = Role(session["role"])
        if self._marked:
            found = self._marked(name)
            if found is None or found != (role, session.get("mark")):
                return None
        return LoggedIn(Person(name, role))

    def _is_alive(self) -> bool:
        began, used = session.get("began", 0), session.get("used", 0)
        idle, whole = self._settings.session_idle_minutes * 60, self._settings.session_hours * 3600
        return bool(now() - used < idle and now() - began < whole)


def mark_of(password_hash: str) -> str:
    """What the sessions of a password carry; the hash itself leaves for no browser."""
    return hashlib.sha256(f"session {password_hash}".encode()).hexdigest()[:16]


def now() -> int:
    """The moment, in seconds."""
    return int(time.time())


def _note_use() -> None:
    """Not with each request: parallel answers would each send a cookie."""
    if now() - session["used"] >= NOTED_EVERY_SECONDS and not _is_poll():
        session["used"] = now()


def _is_poll() -> bool:
    body: Any = request.get_json(silent=True) if request.path == "/_dash-update-component" else None
    return isinstance(body, dict) and body.get("changedPropIds") == POLLS
