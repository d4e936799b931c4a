"""What a setting may be: each reads the text of one, or raises ValueError with what is allowed."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from urllib.parse import urlsplit

from c360_dash.schedule import Schedule

SHORTEST_SECRET = 32
DRIVER = "postgresql+psycopg2"
URL_SCHEMES = ("postgres", "postgresql", DRIVER)
CACHES = ("file", "memory", "none")
ROLES = ("viewer", "analyst", "admin")
CLOUDSQL_INSTANCE = re.compile(r"[\w.-]+(:[\w-]+)?:[\w-]+:[\w-]+")


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(value)

    return read


def one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    """One of a few words, in either case."""

    def read(value: str) -> str:
        if value.lower() not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return value.lower()

    return read


def secret(value: str) -> str:
    """Long enough not to be guessed."""
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"at least {SHORTEST_SECRET} characters that nobody can guess")
    return value


def roles(value: str) -> str:
    """Pairs of a group, or whatever the other side calls it, and one of our roles."""
    for pair in value.split(","):
        group, _, role = pair.partition("=")
        if not group.strip() or role.strip() not in ROLES:
            raise ValueError(f"pairs such as sales=analyst,it=admin with the roles {', '.join(ROLES)}")
    return value


def networks(value: str) -> str:
    """Addresses or networks, separated by commas."""
    try:
        for part in value.split(","):
            ip_network(part.strip(), strict=False)
    except ValueError:
        raise ValueError("a list of addresses or networks, such as 10.0.0.5,192.168.7.0/24") from None
    return value


def frame_ancestors(value: str) -> str:
    """What the header frame-ancestors may hold; a semicolon would begin another rule."""
    for part in value.split():
        if part not in ("none", "self") and not re.fullmatch(r"https?://[\w.*-]+(:\d+)?", part):
            raise ValueError("none, self, or addresses such as https://intranet.example.com")
    return value


def cache(value: str) -> str:
    """A kind of cache, or where Redis is."""
    if value in CACHES or urlsplit(value).scheme in ("redis", "rediss"):
        return value
    raise ValueError(f"one of {', '.join(CACHES)} or a URL redis://host:port/number")


def schedule(value: str) -> str:
    """How often, as the schedule reads it."""
    Schedule.read(value)
    return value


def web_address(value: str) -> str:
    """Where a webhook is."""
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
        raise ValueError("an address https://host/path")
    return value


def cloudsql_instance(value: str) -> str:
    """The connection name of an instance."""
    if not CLOUDSQL_INSTANCE.fullmatch(value):
        raise ValueError("the connection name of an instance, project:region:instance")
    return value


def database_url(value: str) -> str:
    """Platforms write postgres:// or postgresql://; SQLAlchemy 2.1 reads the latter as another driver than ours."""
    scheme, separator, rest = value.partition("://")
    if not separator or not rest or scheme not in URL_SCHEMES:
        raise ValueError("a URL postgresql://user:password@host:port/database")
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError("a URL postgresql://user:password@host:port/database with a number as its port") from None
    return f"{DRIVER}://{rest}"
