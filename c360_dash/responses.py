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

import brotli
from flask import Flask, Response, request

COMPRESSIBLE = (
    "application/javascript", "application/json", "application/problem+json", "image/svg+xml",
    "text/css", "text/html", "text/javascript", "text/plain",
)  # fmt: skip
SMALLEST = 600
YEAR = 31_536_000
STATIC = ("/_dash-component-suites/", "/assets/")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DOCUMENT_HEADERS = {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


def prepare(server: Flask, assets: Path, script_hashes: Callable[[], Sequence[str]]) -> None:
    """Lets every response of the server pass through here; `script_hashes` are those of the inline scripts."""
    policy = cache(lambda: content_security_policy(script_hashes()))
    packed = _packed_before(assets)

    @server.before_request
    def refuse_other_sites() -> Response | None:
        foreign = request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site") in (
            "cross-site",
            "same-site",
        )
        return Response("Requests from other sites are refused.", 403, mimetype="text/plain") if foreign else None

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        if response.mimetype == "text/html":
            response.headers.update(DOCUMENT_HEADERS)
            response.headers["Content-Security-Policy"] = policy()
        if _is_fingerprinted():
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return _compressed(response, packed)


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Nothing from another host, no eval, no inline script but Dash's own; styles are set by Plotly as it draws."""
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
            "frame-ancestors 'none'",
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
