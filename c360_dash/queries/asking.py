"""How the questions of a page reach the database."""

from datetime import date

from c360_dash import db
from c360_dash.filters import FilterError, Filters

MOST_ROWS = 1_000


def taken(name: str, filters: Filters) -> dict[str, list[str] | date | None]:
    """Those of the filters that the question takes, as its parameters."""
    known = db.parameters_of(name)
    return {key: value for key, value in filters.parameters().items() if key in known}


def checked_limit(limit: int) -> int:
    """The limit, where it is one of 1–1000; else raises FilterError."""
    if not 1 <= limit <= MOST_ROWS:
        raise FilterError("limit", f"limit cannot be {limit}; it is a whole number from 1 to {MOST_ROWS}.")
    return limit
