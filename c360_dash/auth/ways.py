"""The ways in: how a request says who is asking, for each value of C360_AUTH."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address

from flask import request

from c360_dash.auth.proxies import PEER, is_among, is_loopback, networks
from c360_dash.auth.roles import LOCAL, Person, Role
from c360_dash.auth.users import users_of
from c360_dash.config import ConfigurationError, Settings

WAY_OUT = "Set C360_AUTH to users, oidc or proxy, or C360_HOST to 127.0.0.1."


class Way(ABC):
    """One way in."""

    login_page = False
    """Whether there is a page to log in on, and a session to end."""

    shows_person = True
    """Whether pages say who is in."""

    refusal = "Nobody is logged in."

    @abstractmethod
    def person(self) -> Person | None:
        """Who sent the request, or None."""


class Local(Way):
    """Nobody is asked: whoever is at this machine may do everything, and nobody else anything.

    Also the name in the address must be this machine's: else any page on the web could have its own name point here
    and read what it likes.
    """

    shows_person = False
    refusal = f"Without a login this application answers only at localhost. {WAY_OUT}"

    def person(self) -> Person | None:
        """Everybody, when at this machine."""
        return LOCAL if is_loopback(request.environ.get(PEER, "")) and _is_here(request.host) else None


class Proxied(Way):
    """A proxy has asked, and says so in headers that are believed only from its address."""

    refusal = "Come in through the proxy that asks who you are; it names nobody with a role here."

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._trusted = networks(settings.trusted_proxies)

    def person(self) -> Person | None:
        """Whom the proxy names, where the request comes from it."""
        if not is_among(request.environ.get(PEER, ""), self._trusted):
            return None
        name = request.headers.get(self._settings.proxy_user_header, "").strip()
        groups = request.headers.get(self._settings.proxy_role_header, "").replace(";", ",").split(",")
        role = role_of(groups, self._settings.roles)
        return Person(name, role) if name and role else None


def role_of(groups: Iterable[str], roles: str) -> Role | None:
    """The highest role that one of the groups has in C360_ROLES; `*` there is everybody; None: no role."""
    pairs = [tuple(part.strip() for part in pair.split("=")) for pair in roles.split(",")]
    given = {group.strip() for group in groups} | {"*"}
    found = [role for role in Role if any(group in given and name == role for group, name in pairs)]
    return found[-1] if found else None


def refuse_unready(settings: Settings) -> None:
    """Raises ConfigurationError, with the way out, where the settings would let nobody in, or everybody."""
    if settings.auth == "none" and not _is_local(settings.host):
        raise ConfigurationError(
            f"C360_HOST is {settings.host}, where others can reach it, and nobody would be asked for a login. {WAY_OUT}"
        )
    needed = {
        "oidc": ("oidc_issuer", "oidc_client_id", "oidc_client_secret"),
        "proxy": ("trusted_proxies",),
    }.get(settings.auth, ())
    if settings.auth == "users" and not users_of(settings).all():
        raise ConfigurationError("There is no user yet who could log in; `c360 user add NAME --role admin` adds one.")
    missing = [f"C360_{name.upper()}" for name in needed if not getattr(settings, name)]
    if missing:
        raise ConfigurationError(f"C360_AUTH is {settings.auth}, which needs {', '.join(missing)}.")


@lru_cache(maxsize=1_000)  # each request asks, and the address of a host with its port is looked for in vain
def _is_here(host: str) -> bool:
    """Whether a host, with a port or without, is this machine."""
    return _is_local(host.rpartition(":")[0] if _has_port(host) else host)


def _is_local(host: str) -> bool:
    name = host.strip("[]").lower()
    return name == "localhost" or name.endswith(".localhost") or is_loopback(name)


def _has_port(host: str) -> bool:
    """Not so the address ::1, whose colons mean something else."""
    try:
        ip_address(host)
    except ValueError:
        return ":" in host and not host.endswith("]")
    return False
