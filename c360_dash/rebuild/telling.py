"""Tells a webhook what became of runs: a failure, a build that waits for a decision, and the recovery after either.

Each run is told once, by whichever process asks the database first; a webhook that cannot be reached twice is logged
and left alone. Nothing personal is sent: no text of an error, which may quote a value of the data, and no name.
"""

import json
import logging
import urllib.request
from collections.abc import Callable
from typing import Any

import psycopg2

from c360_dash.config import Settings
from c360_dash.db import DatabaseUnreachable, owner_connection
from c360_dash.rebuild.asking import blocks

LOGGER = logging.getLogger("c360_dash.webhook")
SECONDS = 5
TRIES = 2
Post = Callable[[str, bytes], None]


def _post(url: str, body: bytes) -> None:
    """One POST; raises OSError (urllib's errors are) when it was not taken."""
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request, timeout=SECONDS):
        pass


def tell_news(settings: Settings, post: Post = _post) -> int:
    """Posts what was not told yet, as JSON, an object a run; the number of runs. Without a webhook nothing is done.

    Never raises: whoever has just built must not fail because of it.
    """
    if not settings.webhook_url:
        return 0
    try:
        found = _news(settings)
    except (psycopg2.Error, DatabaseUnreachable) as error:
        LOGGER.warning("What became of the last runs could not be asked (%s).", type(error).__name__)
        return 0
    for news in found:
        _deliver(settings.webhook_url, json.dumps({"product": "Customer 360", **news}, default=str).encode(), post)
    return len(found)


def _news(settings: Settings) -> list[dict[str, Any]]:
    with owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("select to_regproc('c360.news') is not null")
        if cursor.fetchone() != (True,):
            return []
        cursor.execute(blocks(settings.sql_dir)["steering.news"].sql)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _deliver(url: str, body: bytes, post: Post) -> None:
    for left in reversed(range(TRIES)):
        try:
            post(url, body)
            return
        except (OSError, ValueError) as error:
            if not left:
                LOGGER.warning("The webhook was not reached (%s); it is not tried again.", type(error).__name__)
