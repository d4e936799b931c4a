"""The log: one line a thing that happened, as text or as JSON, with the request and the build that it was about.

No personal data: of an address only its rule is written (`/customer/<customer_id>` is all the same to it), no query
string, nobody's name; of an error of the database its SQLSTATE, because its text may quote a value.
"""

import json
import logging
import random
import re
import time
import traceback
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

LOGGER = logging.getLogger("c360_dash.request")
HEADER = "X-Request-ID"
ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")
QUIET = ("/healthz", "/readyz", "/metrics", "/assets/", "/_dash-component-suites/", "/_favicon.ico")


class Json(logging.Formatter):
    """A line as a JSON object: time, level, logger, message; request, build and error where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **about_request(),
            **getattr(record, "fields", {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = said(error)
            line["at"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        return json.dumps(line, ensure_ascii=False, default=str)


def said(error: BaseException) -> str:
    """The class of an error and its text; of an error of the database only its SQLSTATE."""
    code = getattr(getattr(error, "orig", error), "pgcode", None)
    return f"{type(error).__name__}: {f'SQLSTATE {code}' if code else error}"


def about_request() -> dict[str, object]:
    """`request` and `build`, as far as there are any."""
    if not has_request_context():
        return {}
    build = g.get("c360_build")
    found = {"request": g.get("c360_request_id"), "build": build and build.id}
    return {name: value for name, value in found.items() if value is not None}


def prepare(server: Flask, log_format: str) -> None:
    """Gives each request an id, its caller's or a new one, and a line in the log; as text only for debugging."""
    level = logging.INFO if log_format == "json" else logging.DEBUG

    @server.before_request
    def begin() -> None:
        given = request.headers.get(HEADER, "")
        g.c360_request_id = given if ACCEPTABLE.fullmatch(given) else f"{random.getrandbits(128):032x}"
        g.c360_started = time.perf_counter()

    @server.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = g.get("c360_request_id", "")
        if LOGGER.isEnabledFor(level) and not request.path.startswith(QUIET):
            milliseconds = round(1000 * (time.perf_counter() - g.get("c360_started", time.perf_counter())), 1)
            fields = {"method": request.method, "route": route(), "status": response.status_code, "ms": milliseconds}
            words = f"{request.method} {route()} {response.status_code} {milliseconds} ms"
            LOGGER.log(level, words, extra={"fields": fields})
        return response


def route() -> str:
    """The rule that the address matched: few of them, and nothing personal in one."""
    return request.url_rule.rule if request.url_rule else "unknown"
