"""From a mark to the address of the customers behind it: the filters that the chart heeds, and what the mark means.

The address is complete, so that a link, a click and a program follow the same one, and the customers that it lists are
as many as the mark says.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from c360_dash.charts.chart import Chart
from c360_dash.figures import Figure
from c360_dash.figures.marks import EVER, Mark
from c360_dash.filters import DIMENSION_NAMES, Filters

CUSTOMERS = "/customers"

KPIS: dict[str, Mark] = {
    "customers": {},
    "active_customers": {"is_active": "true"},
    "repeat_purchase_rate": {"orders_at_least": "2"},
    "value_at_risk": {"churn_band": "High"},
}
"""The metrics behind which there are customers to list."""

Address = Callable[[Mark], str]


def marked(chart: Chart, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The first answer with a column `mark`, empty where no customer stands behind a row."""
    first = frames[0]
    if chart.marks is None or first.empty:
        return first
    people = first["customers"] if "customers" in first else [None] * len(first)
    found = [{} if number == 0 else mark for mark, number in zip(chart.marks(*frames), people, strict=True)]
    return first.assign(mark=pd.Series(found, index=first.index, dtype="object"))


def addresses(chart: Chart, filters: Filters) -> Address:
    """From a mark of the chart to the address of its customers; empty for an empty mark."""
    heeded = _without(filters, chart.ignores)
    return lambda mark: address(mark, heeded) if mark else ""


def address(mark: Mark, filters: Filters) -> str:
    """The customers of the filters behind the mark; empty where the filters leave none of them."""
    said = [name for name in DIMENSION_NAMES if name in mark]
    if any(getattr(filters, name) and mark[name] not in getattr(filters, name) for name in said):
        return ""
    rest = _without(filters, said).to_query_string()
    asked = "&".join(filter(None, [urlencode(_dated(mark, filters)), rest]))
    return f"{CUSTOMERS}?{asked}" if asked else CUSTOMERS


def addressed(figure: Figure, address_of: Address) -> Figure:
    """The figure with the addresses of its marks in `meta` of its traces."""
    traces = [
        trace | ({"meta": _each(trace["meta"], address_of)} if trace.get("meta") else {}) for trace in figure["data"]
    ]
    return figure | {"data": traces}


def _without(filters: Filters, names: Iterable[str]) -> Filters:
    nothing: dict[str, Any] = dict.fromkeys(names, ())
    return replace(filters, **nothing)


def _dated(mark: Mark, filters: Filters) -> Mark:
    if mark.get("order_month") != EVER:
        return mark
    ends = (f"{day:%Y-%m}" if day else "" for day in (filters.date_from, filters.date_to))
    return mark | {"order_month": EVER.join(ends)}


def _each(marks: Any, address_of: Address) -> Any:
    return [_each(part, address_of) if isinstance(part, list) else address_of(part or {}) for part in marks]
