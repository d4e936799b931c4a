"""Proxies in front of us: what they say of a request is believed when it comes from one of C360_TRUSTED_PROXIES."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

PEER = "c360.peer"
"""The name under which the environment of a request keeps the address that it really came from."""

Network = IPv4Network | IPv6Network
Environment = dict[str, Any]


class Forwarded:
    """A WSGI application that sees scheme, host and address as the browser has them.

    From anybody else the X-Forwarded headers are removed, so that nothing behind can be taken in by them.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], trusted: str) -> None:
        self._application = application
        self._trusted = networks(trusted)

    def __call__(self, environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        peer = environ[PEER] = environ.get("REMOTE_ADDR", "")
        forwarded = {name: environ.pop(f"HTTP_X_FORWARDED_{name}", "") for name in ("PROTO", "HOST", "FOR")}
        if is_among(peer, self._trusted):
            self._believe(environ, forwarded)
        return self._application(environ, start_response)

    def _believe(self, environ: Environment, forwarded: dict[str, str]) -> None:
        scheme = _last(forwarded["PROTO"])
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        if host := _last(forwarded["HOST"]):
            environ["HTTP_HOST"] = host
        # From right to left: the first address that is not one of our proxies is the browser's.
        for address in reversed([part.strip() for part in forwarded["FOR"].split(",")]):
            if _address(address) is None:
                return
            environ["REMOTE_ADDR"] = address
            if not is_among(address, self._trusted):
                return


def networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks of a list with commas; raises ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def is_among(address: str, among: tuple[Network, ...]) -> bool:
    """Whether an address belongs to one of the networks."""
    found = _address(address)
    return found is not None and any(found in network for network in among)


def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine itself."""
    found = _address(address)
    return found is not None and found.is_loopback


@lru_cache(maxsize=1_000)  # three times a request, a tenth of what a warm answer costs
def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address; one of IPv4 as such also where a socket of IPv6 has written it."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _last(values: str) -> str:
    return values.rpartition(",")[2].strip()
