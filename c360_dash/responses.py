"""How answers travel: compressed, cached for as long as they cannot change, with the headers that protect a browser.

Static files are compressed once a process with brotli 9 (brotli 11 saves 6 to 9 % of the bytes, but costs seconds: for
plotly.js it lies beside the file, as `.br`), everything else with brotli 5 as it goes. A file whose address carries its
fingerprint never changes.
"""

import gzip
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from flask import Flask, Response, request

COMPRESSIBLE = (
    "application/javascript", "application/json", "application/problem+json", "image/svg+xml",
    "text/css", "text/html", "text/javascript", "text/plain",
)  # fmt: skip
SMALLEST = 600
YEAR = 31_536_000
STATIC = ("/_dash-component-suites/", "/assets/")
FOREIGN = (
    "Requests from other sites are refused. Behind a proxy that changes the name of the host, let it send "
    "X-Forwarded-Host, and name its address in C360_TRUSTED_PROXIES."
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DOCUMENT_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",  # a page carries what it shows
}


def prepare(
    server: Flask, assets: Path, script_hashes: Callable[[], Sequence[str]], frame_ancestors: str = "none"
) -> None:
    """Lets every response of the server pass through here.

    `script_hashes` are those of the inline scripts, `frame_ancestors` the sites that may show our pages in a frame.
    """
    policy = cache(lambda: content_security_policy(script_hashes(), frame_ancestors))
    packed = _packed_before(assets)

    @server.before_request
    def refuse_other_sites() -> Response | None:
        return Response(FOREIGN, 403, mimetype="text/plain") if is_from_elsewhere() else None

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        if response.mimetype == "text/html":
            for name, value in DOCUMENT_HEADERS.items():
                response.headers.setdefault(name, value)
            response.headers["Content-Security-Policy"] = policy()
            if frame_ancestors == "none":
                response.headers["X-Frame-Options"] = "DENY"  # it knows no list; where there is one, the policy rules
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        if _is_fingerprinted():
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return _compressed(response, packed)


def is_from_elsewhere() -> bool:
    """Whether the page of another site sent a request that changes something.

    Browsers say where it comes from in Sec-Fetch-Site, without TLS and in older ones in Origin alone; programs in
    neither.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc.lower() != request.host.lower()


def content_security_policy(script_hashes: Sequence[str], frame_ancestors: str = "none") -> str:
    """Nothing from another host, no eval, no inline script but Dash's own; styles are set by Plotly as it draws."""
    framing = " ".join(f"'{part}'" if part in ("none", "self") else part for part in frame_ancestors.split())
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(script_hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "font-src 'self'",
            "worker-src 'self' blob:",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {framing}",
        )
    )


@cache
def fingerprint(path: Path) -> str:
    """What changes with each byte of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _is_fingerprinted() -> bool:
    """Dash says so itself for the files of its packages; our own carry `?v=`."""
    if request.path.startswith("/assets/"):
        return "v" in request.args
    last = request.path.rsplit("/", 1)[-1].split(".")
    return request.path.startswith(STATIC) and len(last) > 2 and last[1].startswith("v") and "m" in last[1]


def _packed_before(assets: Path) -> dict[tuple[object, ...], bytes]:
    files = [path.with_suffix("") for path in assets.rglob("*.br")]
    return {
        _key(f"/assets/{path.relative_to(assets).as_posix()}", "br", path.read_bytes()): Path(f"{path}.br").read_bytes()
        for path in files
    }


def _key(path: str, encoding: str, body: bytes) -> tuple[object, ...]:
    return path, encoding, len(body), hash(body)


def _compressed(response: Response, packed: dict[tuple[object, ...], bytes]) -> Response:
    static = request.path.startswith(STATIC)
    if response.status_code != 200 or response.mimetype not in COMPRESSIBLE or response.content_encoding:
        return response
    if response.is_streamed and not static:
        return response
    response.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match(["br", "gzip"])
    response.direct_passthrough = False
    body = response.get_data()
    if not encoding or len(body) < SMALLEST:
        return response
    response.set_data(_packed_once(body, encoding, packed) if static else _pack(body, encoding, 5))
    response.content_encoding = encoding
    # The bytes differ from those of the file: its tag holds only weakly.
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
        response.make_conditional(request)
    return response


def _packed_once(body: bytes, encoding: str, packed: dict[tuple[object, ...], bytes]) -> bytes:
    key = _key(request.path, encoding, body)
    if key not in packed:
        packed[key] = _pack(body, encoding, 9)
    return packed[key]


def _pack(body: bytes, encoding: str, quality: int) -> bytes:
    if encoding == "br":
        found: bytes = brotli.compress(body, quality=quality)
        return found
    return gzip.compress(body, compresslevel=min(quality, 6), mtime=0)
