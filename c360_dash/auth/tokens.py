"""Tokens with which programs come in: shown once, kept as a hash in c360.api_token, each with a name and a role."""

import hashlib
import secrets
from typing import Any

from flask import request

from c360_dash import db
from c360_dash.auth.roles import Person, Role
from c360_dash.errors import C360Error

BEGINNING = "c360_"
SCHEME = "bearer"


class TokenError(C360Error):
    """A token cannot be made or revoked; the text says why."""


def is_given() -> bool:
    """Whether the request comes with a token."""
    return request.authorization is not None and request.authorization.type == SCHEME


def person() -> Person | None:
    """Whose token the request comes with; None for one that was never made, or was revoked. Raises DatabaseAway."""
    given = request.authorization.token if request.authorization else None
    if not given or not given.startswith(BEGINNING):
        return None
    found = db.call("access.use_token", hash=_hash(given))
    return Person(f"token {found[0]['name']}", Role(found[0]["role"])) if found else None


def add(name: str, role: Role, made_by: str) -> str:
    """Makes a token and returns it, for the only time. Raises TokenError when one of that name is in use."""
    token = BEGINNING + secrets.token_urlsafe(32)
    made = db.call_as_owner("tokens.add", name=name, role=str(role), hash=_hash(token), made_by=made_by)
    if not made:
        raise TokenError(f"There is a token {name} already; `c360 token revoke {name}` ends it.")
    return token


def revoke(name: str) -> None:
    """Ends a token at once. Raises TokenError."""
    if not db.call_as_owner("tokens.revoke", name=name):
        raise TokenError(f"There is no token {name} in use; `c360 token list` shows them.")


def listed() -> list[dict[str, Any]]:
    """All tokens, newest first: name, role, made_by, made_at, last_used_at, revoked_at."""
    return db.call_as_owner("tokens.listed")


def _hash(token: str) -> str:
    """A token has 256 random bits: no slow hash is needed to keep it from being found out."""
    return hashlib.sha256(token.encode()).hexdigest()
