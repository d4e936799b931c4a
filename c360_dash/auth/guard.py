"""The guard: every request passes here first, on every path, and nobody passes who is not known.

Dash has many paths that give away or do something (layout, dependencies, callbacks, files), and a callback does what
its sender writes; so nothing is listed that is forbidden, only the few addresses that are open.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, current_app, has_request_context, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from c360_dash import privacy
from c360_dash.auth import door, tokens
from c360_dash.auth.auditing import audit
from c360_dash.auth.proxies import Forwarded
from c360_dash.auth.roles import Forbidden, Person, Role, enter, known
from c360_dash.auth.sessions import Sessions, mark_of
from c360_dash.auth.users import users_of
from c360_dash.auth.ways import Local, Proxied, Way, refuse_unready
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.problems import problem

OPEN = frozenset({"/healthz", "/readyz"})
DOOR = frozenset({"/login", "/login/start", "/login/done"})
LOG_OUT = "/logout"
FOR_PROGRAMS = ("/api/", "/_dash", "/_reload-hash", "/assets/", "/metrics")
CHALLENGE = 'Bearer realm="Customer 360"'
FILES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def prepare(server: Flask, settings: Settings, look: door.Look) -> None:
    """Sets the guard before everything that the server answers from now on. Raises ConfigurationError."""
    refuse_unready(settings)
    way = _way(server, settings)
    server.wsgi_app = Forwarded(server.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]
    server.extensions[privacy.GUARD] = way
    server.extensions["c360_door"] = look
    open_to_all = OPEN | (DOOR | look.assets if way.login_page else look.assets)

    @server.before_request
    def check() -> AnyResponse | None:
        try:
            found = tokens.person() if tokens.is_given() else way.person()
        except C360Error as error:
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), retry_seconds=5)
        if found is not None:
            enter(found)
            return None
        return None if request.path in open_to_all else _refused(way)

    @server.after_request
    def note_files(response: Response) -> Response:
        if response.status_code == HTTPStatus.OK and response.mimetype in FILES:
            asked = {name: request.args.getlist(name) for name in request.args if name != "q"}
            audit("export", request.path, format=response.mimetype.rpartition("/")[2], asked=asked)
        return response

    @server.errorhandler(Forbidden)
    def forbidden(error: Forbidden) -> Response:
        return _told(HTTPStatus.FORBIDDEN, "This is not for your role", str(error))


def badge() -> tuple[Person, bool] | None:
    """Who is in, and whether they can log out; None where nobody is asked who they are."""
    way: Way | None = current_app.extensions.get(privacy.GUARD) if has_request_context() else None
    found = known() if way and way.shows_person else None
    return (found, way.login_page and not tokens.is_given()) if way and found else None


def _way(server: Flask, settings: Settings) -> Way:
    if settings.auth in ("none", "proxy"):
        server.register_blueprint(door.plain())
        return Proxied(settings) if settings.auth == "proxy" else Local()
    if settings.auth == "oidc":
        from c360_dash.auth import oidc  # a tenth of a second, for those alone who need it

        sessions = Sessions(server, settings)
        server.register_blueprint(oidc.with_provider(server, settings, sessions))
        return sessions
    users = users_of(settings)

    def marked(name: str) -> tuple[Role, str] | None:
        user = users.all().get(name)
        return (user.role, mark_of(user.password_hash)) if user else None

    sessions = Sessions(server, settings, marked)
    server.register_blueprint(door.with_password(sessions, users))
    return sessions


def _refused(way: Way) -> AnyResponse:
    """Programs are told what is missing, people are led to where they can log in."""
    if tokens.is_given():
        return _challenged("The token is not known, or was revoked.")
    if way.login_page and request.path == LOG_OUT:
        return redirect("/login", HTTPStatus.SEE_OTHER)
    if _is_for_programs():
        return _challenged(way.refusal)
    if way.login_page:
        here = request.full_path.removesuffix("?")
        return redirect("/login" if here == "/" else f"/login?{urlencode({'next': here})}")
    return _told(HTTPStatus.FORBIDDEN, "Nobody is let in here", way.refusal)


def _told(status: HTTPStatus, title: str, words: str) -> Response:
    return problem(status, words) if _is_for_programs() else door.page(title, words, status)


def _challenged(words: str) -> Response:
    response = problem(HTTPStatus.UNAUTHORIZED, words)
    response.headers["WWW-Authenticate"] = CHALLENGE
    return response


def _is_for_programs() -> bool:
    return (
        tokens.is_given()
        or request.method not in ("GET", "HEAD")
        or request.path.startswith(FOR_PROGRAMS)
        or bool(request.accept_mimetypes and not request.accept_mimetypes.accept_html)
    )
