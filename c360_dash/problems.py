"""Errors as programs read them: application/problem+json (RFC 9457)."""

from http import HTTPStatus

import orjson
from flask import Response


def problem(status: HTTPStatus, detail: str, retry_seconds: int | None = None, **more: str) -> Response:
    """An error as RFC 9457 describes it."""
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **more}
    headers = {} if retry_seconds is None else {"Retry-After": str(retry_seconds)}
    return Response(orjson.dumps(document), status, headers, content_type="application/problem+json")
