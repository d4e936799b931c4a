"""Who is asking, and what they may do."""

import getpass
from dataclasses import dataclass
from enum import StrEnum

from flask import current_app, g, has_request_context

from c360_dash import privacy
from c360_dash.errors import C360Error


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Whether this role may do what the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks: a name that an administrator knows, and the role."""

    name: str
    role: Role


class Forbidden(C360Error):
    """Whoever asks may not do that; the text says which role may."""


LOCAL = Person("local", Role.ADMIN)
"""Everybody, where nobody is asked who they are."""


def enter(found: Person) -> None:
    """The rest of this request is that person's."""
    g.c360_person = found
    privacy.decide(found.role.includes(Role.ANALYST))


def known() -> Person | None:
    """Who is asking, or None where that is not known (yet). Outside a request it is the account of the process."""
    if not has_request_context():
        return Person(_account(), Role.ADMIN)
    found: Person | None = g.get("c360_person")
    return LOCAL if found is None and privacy.GUARD not in current_app.extensions else found


def person() -> Person:
    """Who is asking. Raises Forbidden where that is not known."""
    found = known()
    if found is None:
        raise Forbidden("Nobody is logged in; log in first.")
    return found


def may(role: str) -> bool:
    """Whether whoever asks has that role or a higher one."""
    found = known()
    return found is not None and found.role.includes(Role(role))


def require(role: str) -> None:
    """Raises Forbidden unless whoever asks has that role or a higher one."""
    if not may(role):
        raise Forbidden(f"This needs the role {role}; yours is {person().role}. An administrator can change that.")


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"
