"""Proxies in front of us: what they say of a request is believed when it comes from one of C360_TRUSTED_PROXIES."""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
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
            if not _is_address(address):
                return
            environ["REMOTE_ADDR"] = address
            if not is_among(address, self._trusted):
                return


def networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks of a list with commas; raises ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def is_among(address: str, among: tuple[Network, ...]) -> bool:
    """Whether an address belongs to one of the networks."""
    return _is_address(address) and any(ip_address(address) in network for network in among)


def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine itself."""
    return _is_address(address) and ip_address(address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _last(values: str) -> str:
    return values.rpartition(",")[2].strip()
