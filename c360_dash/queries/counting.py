"""How many customers there are, from the small tables of a build: of filters always, of conditions where a chart knows.

A mark of a chart leads to the customers behind it, by conditions that the chart has a number for. Other combinations
are counted customer by customer (customers.py). As the numbers of the charts, these still count who was erased since.
"""

from typing import Any

from c360_dash import db, metrics
from c360_dash.conditions import CONDITION_NAMES, Conditions, Months
from c360_dash.db import Build
from c360_dash.filters import UNKNOWN, Filters
from c360_dash.queries.segmentation import is_kept

SCORES = frozenset({"recency_score", "frequency_score", "monetary_score"})
SEGMENTS_BEFORE = frozenset({"value_segment_before", "rfm_segment_before"})
OF_COHORTS = frozenset({"country", "acquisition_channel"})


def of_filters(build: Build, filters: Filters) -> int:
    """How many customers the filters leave."""
    return int(db.read_records("customers.counted", build, **dimensions(filters))[0]["customers"])


def cells(build: Build, filters: Filters) -> str | None:
    """The numbers of the cells that the filters leave, as PostgreSQL writes an array; None where there are none."""
    if not filters.chosen:
        return None
    return str(db.read_records("customers.cells", build, **dimensions(filters))[0]["cells"])


def of_conditions(build: Build, filters: Filters, conditions: Conditions, earlier: Build) -> int | None:
    """How many of them meet the conditions, `earlier` being the build compared with; None where no chart knows."""
    question = _question(build, filters, conditions, earlier)
    if question is None:
        return None
    given = dimensions(filters) | conditions.parameters() | {"build_id": build.id, "since": earlier.id}
    parameters = {name: value for name, value in given.items() if name in db.parameters_of(question)}
    return int(db.read_records(question, build, **parameters)[0]["customers"])


def dimensions(filters: Filters) -> dict[str, Any]:
    """The parameters of the filters that customers have, which is all but the dates."""
    return {name: value for name, value in filters.parameters().items() if name in metrics.DIMENSIONS}


def _question(build: Build, filters: Filters, conditions: Conditions, earlier: Build) -> str | None:
    given = frozenset(name for name in CONDITION_NAMES if getattr(conditions, name) is not None) - {"since"}
    if given and given <= SCORES:
        return "counted.scores"
    if given and given <= SEGMENTS_BEFORE:
        return "counted.segments_before" if is_kept(build, earlier) else None
    if given == {"first_order_month", "order_month"}:
        return "counted.cohort" if _is_of_a_cohort(filters, conditions) else None
    return _of_one(next(iter(given)), conditions) if len(given) == 1 else None


def _of_one(name: str, conditions: Conditions) -> str | None:
    """The question of a condition that is the only one."""
    unknown = {
        "orders_at_least": conditions.orders_at_least not in (1, 2),
        "order_month": not _is_one(conditions.order_month),
        # Nothing may be written unknown, and something may be called that.
        "category": conditions.category == UNKNOWN,
        "brand": conditions.brand == UNKNOWN,
    }
    return None if unknown.get(name) else f"counted.{name}"


def _is_of_a_cohort(filters: Filters, conditions: Conditions) -> bool:
    """Cohorts are filtered by what was known of customers at the start, and have one month on either side."""
    chosen = {name for name, value in dimensions(filters).items() if value is not None}
    return chosen <= OF_COHORTS and _is_one(conditions.first_order_month) and _is_one(conditions.order_month)


def _is_one(months: Months | None) -> bool:
    return months is not None and months.first is not None and months.first == months.last
