"""The pages in front of the door: log in, log out, and why somebody is not let in. They work without scripts."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import flask_login
from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, session
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from c360_dash import db
from c360_dash.auth import auditing
from c360_dash.auth.roles import Person
from c360_dash.auth.sessions import Sessions
from c360_dash.auth.users import LONGEST, Users, as_name
from c360_dash.errors import C360Error

LARGEST_FORM = 10_000
WRONG = "That name and password do not go together."
ENDED = "Your session has ended. Log in again to go on."
LEFT = "You are logged out."


@dataclass(frozen=True, slots=True)
class Look:
    """What a page before the login shows of ours: lines of its head (styles and script), and the icon."""

    head: str
    icon: str
    assets: frozenset[str]
    """The addresses of these, which anybody may have."""


def page(title: str, words: str = "", status: int = 200, **more: object) -> Response:
    """A page of the door; `more` is what its template knows: form, next, name, provider, is_wrong."""
    look: Look = current_app.extensions["c360_door"]
    shown = {"title": title, "words": words, "head": Markup(look.head), "icon": look.icon, **more}
    response = make_response(render_template("door.html", **shown), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def with_password(sessions: Sessions, users: Users) -> Blueprint:
    """The login page for the users of a file."""
    blueprint = with_page(sessions, lambda words, **more: page("Log in", words, form="password", **more))

    @blueprint.post("/login")
    def log_in() -> AnyResponse:
        request.max_content_length = LARGEST_FORM
        name, password = request.form.get("name", ""), request.form.get("password", "")
        again = {"form": "password", "name": name[:LONGEST], "next": own_address(request.form.get("next"))}
        try:
            wait = _wait(name)
            user = None if wait else users.checked(name, password)
        except C360Error as error:
            return page("Log in", str(error), HTTPStatus.SERVICE_UNAVAILABLE, is_wrong=True, **again)
        if user is None:
            _note_failure(name, users, wait)
            return _refused(wait, again)
        _forget_attempts(name)
        return entered(sessions, Person(user.name, user.role), own_address(request.form.get("next")))

    return blueprint


def entered(sessions: Sessions, person: Person, address: str) -> AnyResponse:
    """Begins the session of somebody who proved who they are, and goes on."""
    sessions.begin(person)
    auditing.write(person, "log in", how=current_app.config["C360_SETTINGS"].auth)
    return redirect(address, HTTPStatus.SEE_OTHER)


def plain() -> Blueprint:
    """The pages of a way in without a login page."""
    return Blueprint("door", __name__, template_folder="templates")


def with_page(sessions: Sessions, show: Callable[..., Response]) -> Blueprint:
    """The login page that `show` draws, and the way out again."""
    blueprint = plain()

    @blueprint.get("/login")
    def ask() -> AnyResponse:
        address = own_address(request.args.get("next"))
        if flask_login.current_user.is_authenticated:
            return redirect(address)
        words = ENDED if session.pop("ended", False) else LEFT if session.pop("left", False) else ""
        return show(words, next=address)

    @blueprint.post("/logout")
    def log_out() -> AnyResponse:
        auditing.audit("log out")
        sessions.end()
        session["left"] = True
        response = redirect("/login", HTTPStatus.SEE_OTHER)
        # Else the button Back shows what the last person saw.
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return blueprint


def own_address(address: str | None) -> str:
    """Where to go after the login: a page of ours, whatever the address says."""
    text = (address or "/").strip()
    parts = urlsplit(text)
    foreign = parts.scheme or parts.netloc or not text.startswith("/") or text.startswith(("//", "/log"))
    return "/" if foreign or "\\" in text or not text.isprintable() else text


def _refused(wait: int, again: dict[str, str]) -> Response:
    if not wait:
        return page("Log in", WRONG, HTTPStatus.FORBIDDEN, is_wrong=True, **again)
    minutes = -(-wait // 60)
    words = f"Too many attempts. Try again in {minutes} {'minute' if minutes == 1 else 'minutes'}."
    response = page("Log in", words, HTTPStatus.TOO_MANY_REQUESTS, is_wrong=True, **again)
    response.headers["Retry-After"] = str(wait)
    return response


def _wait(name: str) -> int:
    found = db.call("access.try_login", name=_kept_as(name), address=request.remote_addr or "")
    return int(found[0]["wait_seconds"])


def _forget_attempts(name: str) -> None:
    db.call("access.login_succeeded", name=_kept_as(name), address=request.remote_addr or "")


def _kept_as(name: str) -> str:
    """People type passwords into the field of the name: it is counted without being kept."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, as_name(name).encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _note_failure(name: str, users: Users, wait: int) -> None:
    """With the name only where it is a user's, for the same reason."""
    known = as_name(name) if as_name(name) in users.all() else "somebody unknown"
    auditing.write(None, "log in refused", known, why="too many attempts" if wait else "wrong password")
