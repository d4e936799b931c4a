"""Logging in at an OpenID Connect provider: authorization code with PKCE, done by Authlib."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from c360_dash.auth import auditing, door
from c360_dash.auth.roles import Person
from c360_dash.auth.sessions import Sessions
from c360_dash.auth.ways import role_of
from c360_dash.config import Settings

LOGGER = logging.getLogger(__name__)
NAMES = ("preferred_username", "email", "sub")
FAILED = "The login at the provider did not succeed. Try again; if that does not help, the log says why."
AWAY = "The provider of logins cannot be reached. Try again in a moment."
NO_ROLE = "You are known, but nobody has given you a role here. An administrator of the provider can."


def with_provider(server: Flask, settings: Settings, sessions: Sessions) -> Blueprint:
    """The login page that leads to the provider, and where it leads back to."""
    provider = _provider(server, settings)
    shown: dict[str, Any] = {"form": "elsewhere", "provider": urlsplit(settings.oidc_issuer or "").hostname}
    blueprint = door.with_page(sessions, lambda words, **more: door.page("Log in", words, **shown, **more))

    def refused(words: str, why: object, status: HTTPStatus) -> Response:
        LOGGER.warning("Login refused: %s", why)
        auditing.write(None, "log in refused", "", why=type(why).__name__ if isinstance(why, Exception) else str(why))
        return door.page("Log in", words, status, is_wrong=True, next="/", **shown)

    @blueprint.get("/login/start")
    def start() -> Response:
        session["next"] = door.own_address(request.args.get("next"))
        try:
            found: Response = provider.authorize_redirect(url_for("door.done", _external=True))
        except (RequestException, OAuthError, RuntimeError) as error:
            return refused(AWAY, error, HTTPStatus.BAD_GATEWAY)
        return found

    @blueprint.get("/login/done")
    def done() -> Response:
        address = door.own_address(session.get("next"))
        try:
            claims = _claims(provider, settings)
        except RequestException as error:
            return refused(AWAY, error, HTTPStatus.BAD_GATEWAY)
        except (OAuthError, JoseError, ValueError, RuntimeError) as error:
            return refused(FAILED, error, HTTPStatus.FORBIDDEN)
        name = next((str(claims[key]) for key in NAMES if claims.get(key)), "")
        role = role_of(_groups(claims, settings.oidc_role_claim), settings.roles)
        if not name or role is None:
            return refused(NO_ROLE, "no role", HTTPStatus.FORBIDDEN)
        return door.entered(sessions, Person(name, role), address)

    return blueprint


def _provider(server: Flask, settings: Settings) -> Any:
    issuer = (settings.oidc_issuer or "").rstrip("/")
    return OAuth(server).register(
        "c360",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )


def _claims(provider: Any, settings: Settings) -> Mapping[str, Any]:
    """What the provider says of who logged in: its token is checked by Authlib, its own name here."""
    claims = provider.authorize_access_token().get("userinfo") or {}
    if str(claims.get("iss", "")).rstrip("/") != (settings.oidc_issuer or "").rstrip("/"):
        raise ValueError(f"the token is of {claims.get('iss')}, not of C360_OIDC_ISSUER")
    return dict(claims)


def _groups(claims: Mapping[str, Any], path: str) -> list[str]:
    """The values of a claim, whose name may lead through others: realm_access.roles."""
    found: Any = claims
    for part in [path] if path in claims else path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    values = found if isinstance(found, list) else [found]
    return [str(value) for value in values if value is not None]
