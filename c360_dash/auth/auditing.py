"""The audit: who did what, in the table c360.audit."""

import logging
from typing import Any

import orjson
from flask import has_request_context, request

from c360_dash import db
from c360_dash.auth.roles import Person, known
from c360_dash.errors import C360Error

LOGGER = logging.getLogger("c360_dash.audit")


def audit(action: str, subject: str = "", **detail: Any) -> None:
    """Writes one line: when, who, role, action, subject, detail, address.

    The subject is an id, a build or a name of ours; nothing personal of a customer belongs in it or in the detail.
    Where the database cannot be written the line stands in the log: what was asked is answered all the same.
    """
    write(known(), action, subject, **detail)


def write(person: Person | None, action: str, subject: str = "", **detail: Any) -> None:
    """As `audit`, about somebody else than whoever is asking; None is somebody unknown."""
    line = {
        "person": person.name if person else None,
        "role": str(person.role) if person else None,
        "action": action,
        "subject": subject.replace("\0", "") or None,
        "detail": orjson.dumps(detail, default=str).decode() if detail else None,
        "address": request.remote_addr if has_request_context() else None,
    }
    try:
        db.call("access.write_audit", **line)
    except C360Error as error:
        LOGGER.warning("Not in the table c360.audit, because %s: %s", error, line)
