"""All rows of the questions that pages cut off after the first ones, for exports: streamed, never held.

Functions take build and filters as everywhere in queries, and give lists of dicts with the columns of the question they
are named after. Customers pass `customers.seen`, like all that leaves the database about them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from c360_dash import db
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.queries.asking import taken
from c360_dash.queries.customers import seen
from c360_dash.queries.risk import TO_CALL, reason, to_call

Rows = Iterator[list[dict[str, Any]]]


def top_customers(build: Build, filters: Filters) -> Rows:
    """As `get_top_customers`: every customer with an order."""
    question = "overview.top_customers"
    for rows in db.stream(question, build, **taken(question, filters), row_limit=None):
        yield [_seen(row) for row in rows]


def customers_to_call(build: Build, filters: Filters) -> Rows:
    """As `get_customers_to_call`: every customer to call."""
    for rows in db.stream(TO_CALL, build, **to_call(filters), row_limit=None):
        yield [_seen({**row, "reason": reason(row)}) for row in rows]


def top_products(build: Build, _: Filters) -> Rows:
    """As `get_top_products`: every product that was sold."""
    return db.stream("products.top_products", build, row_limit=None)


def bought_together(build: Build, _: Filters) -> Rows:
    """As `get_bought_together`: every pair."""
    return db.stream("products.bought_together", build, row_limit=None)


def _seen(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the question adds to a customer stays."""
    return {**row, **seen(row)}
