"""One customer: profile, score cut-offs, scores in the kept builds, and what happened when."""

import uuid
from typing import Any

from c360_dash import db
from c360_dash.db import Build
from c360_dash.queries.customers import PAGE_SIZE
from c360_dash.queries.seeing import Customer, seen

SMALLEST, LARGEST = -(2**63), 2**63 - 1
LONGEST_ID = 200
MOST_IDS = 20
"""So many other ids of a person are told."""


def profile(build: Build, customer_id: str) -> Customer | None:
    """The columns of customer_360 as JSON has them, or None where the build has no such customer."""
    found = _asked_of(build, "customer.profile", customer_id)
    return seen(found[0]["customer"] | {"customer_id": found[0]["customer_id"]}) if found else None


def other_ids(build: Build, customer: Customer) -> list[str]:
    """The ids beside this one under which the shop knows the person."""
    rows = _asked_of(build, "customer.other_ids", str(customer["customer_id"]), most=MOST_IDS)
    return [row["customer_id"] for row in rows]


def cutoffs(build: Build) -> dict[tuple[str, int], float]:
    """From which value on a customer has a score, by measure (recency, frequency, monetary) and score; days at most."""
    rows = db.read_records("customer.cutoffs", build)
    return {(row["measure"], row["score"]): row["from_value"] for row in rows if row["from_value"] is not None}


def likely_order_days(build: Build, customer: Customer, days: int, percent: int) -> tuple[int, int] | None:
    """Fewest and most of the next days on which the customer orders, with that probability.

    None where the build has no forecast for the customer.
    """
    if customer.get("probability_active") is None:
        return None
    identity = str(customer["customer_id"])
    rows = _asked_of(build, "customer.likely_order_days", identity, days=days, percent=percent)
    return (rows[0]["lowest"], rows[0]["highest"]) if rows else None


def history(build: Build, customer_id: str) -> list[tuple[Build, Customer | None]]:
    """The builds in the database up to this one, newest first, each with what it says of the customer."""
    found = []
    for row in db.read_records("customer.kept_builds", build):
        if row["build_id"] > build.id:
            continue
        try:
            kept = db.build_by_id(row["build_id"])
            found.append((kept, profile(kept, customer_id)))
        except db.NoBuild:
            continue  # dropped in the meantime
    return found


def timeline(build: Build, customer_id: str, page: int) -> tuple[list[dict[str, Any]], int]:
    """What happened up to as-of, newest first, 50 a page, and how much there is in all (0 beyond the last page).

    kind (order, return, ticket, visit, campaign), happened_at, reference, status, channel, subject, amount (money),
    units (of orders; events of visits), rating, ended_at. Raises NoRight where the source may not be read.
    """
    start = (page - 1) * PAGE_SIZE
    rows = _asked_of(build, "customer.timeline", customer_id, row_limit=PAGE_SIZE, row_offset=start)
    return rows, rows[0]["total"] if rows else 0


def _asked_of(build: Build, name: str, customer_id: str, **parameters: int) -> list[dict[str, Any]]:
    kind = _id_type(build)
    if not _is_of(kind, customer_id):
        return []
    return db.read_records(name + db.of_type(kind), build, customer_id=customer_id, **parameters)


def _id_type(build: Build) -> str:
    """How the build compares ids: whole numbers as bigint, uuid, everything else as text."""
    kind = str(db.read_records("customer.id_type", build)[0]["id_type"])
    if kind in ("smallint", "integer", "bigint"):
        return "bigint"
    return kind if kind in db.ID_TYPES else "text"


def _is_of(kind: str, customer_id: str) -> bool:
    """Whether PostgreSQL can read the text as an id of that type."""
    if len(customer_id) > LONGEST_ID or "\0" in customer_id or not customer_id:
        return False
    if kind == "text":
        return True
    try:
        number = uuid.UUID(customer_id).int if kind == "uuid" else int(customer_id)
    except ValueError:
        return False
    return kind == "uuid" or (
        customer_id.lstrip("-").isascii() and "_" not in customer_id and SMALLEST <= number <= LARGEST
    )
