"""The charts by name: title, questions, figure, sentence, table columns and what is defined beneath.

A page names charts; this is where a chart's parts are put together once and kept with the build they are about.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pandas as pd

from c360_dash import db, metrics, queries
from c360_dash.charts import about, marks
from c360_dash.charts.chart import Chart
from c360_dash.charts.heeding import heed_dates, heeded, narrowed_to, not_heeded, not_heeded_among
from c360_dash.db import Build
from c360_dash.figures.marks import marks_in
from c360_dash.figures.texts import as_written
from c360_dash.filters import Filters
from c360_dash.glossary import About
from c360_dash.writer import Writer

__all__ = [
    "CHARTS",
    "HEADINGS",
    "Answer",
    "answer",
    "heading",
    "heed_dates",
    "heeded",
    "kpi_address",
    "kpis",
    "not_heeded",
    "not_heeded_among",
    "writer_of",
]

Answer = dict[str, Any]
"""What a chart shows, as plain JSON: figure (or None), sentence, columns, rows, links, and `nothing`.

`nothing` is None where there is something to see, else what may be the reason: `filters`, those that are chosen, in
words, and what the data `lack`.
"""

KPI_COLUMNS = ("value", "comparison_value", "n")
RIGHT_ALIGNED = ("count", "money", "percent", "decimal", "score", "days")

# Columns of answers that are neither a metric, a dimension nor a column of customer_360: label, format.
HEADINGS = {
    "customer": ("Customer", "text"),
    "month": ("Month", "month"),
    "net_sales": ("Net sales", "money"),
    "new_customers": ("New customers", "count"),
    "is_complete": ("Month finished", "boolean"),
    "share_of_customers": ("Share of customers", "percent"),
    "share_of_value": ("Share of value", "percent"),
    "category": ("Category", "text"),
    "units": ("Units", "count"),
    "score": ("Score", "count"),
    "ratings": ("Ratings", "count"),
    "mean_score": ("Mean rating", "decimal"),
    "last_order_at": ("Last order", "date"),
    "meaning": ("Meaning", "text"),
    "given_score": ("Score", "count"),
    "recency_cutoff": ("Recency ≤", "days"),
    "frequency_cutoff": ("Orders ≥", "count"),
    "monetary_cutoff": ("Value ≥", "money"),
    "segment_before": ("Before", "text"),
    "segment_now": ("Now", "text"),
    "brand": ("Brand", "text"),
    "product": ("Product", "text"),
    "first_product": ("Who buys", "text"),
    "second_product": ("also buys", "text"),
    "support_per_thousand": ("Support, ‰", "decimal"),
    "products": ("Best products", "count"),
    "share_of_products": ("Share of products", "percent"),
    "reason": ("Why", "text"),
    "relation_name": ("Part of the data", "text"),
    "because": ("Not counted because", "text"),
    "rows": ("Rows", "count"),
    "campaigns": ("Campaigns", "count"),
    "returning_customers": ("Returning customers", "count"),
    "share_of_new": ("Share of new", "percent"),
    "order_channel": ("Channel of the order", "text"),
    "share_of_orders": ("Share of orders", "percent"),
    "share_of_sales": ("Share of net sales", "percent"),
    "cohort_month": ("First order in", "month"),
    "months_after": ("Months after", "count"),
    "cohort_size": ("Customers of the cohort", "count"),
    "share_who_ordered": ("Share who ordered", "percent"),
    "campaign": ("Campaign", "text"),
    "campaign_channel": ("Channel", "text"),
    "started_at": ("From", "date"),
    "ended_at": ("To", "date"),
    "cost": ("Cost", "money"),
    "sent": ("Sent", "count"),
    "opened": ("Opened", "count"),
    "clicked": ("Clicked", "count"),
    "converted": ("Converted", "count"),
    "conversion_rate": ("Rate", "percent"),
    "rule_name": ("Rule", "text"),
    "decile": ("Tenth by risk", "count"),
    "group": ("Group", "text"),
    "order_days_before": ("Order days before", "count"),
    "sales": ("Net sales", "money"),
    "sales_before": ("Net sales before", "money"),
    # Only in files and in the API.
    "rule": ("Rule", "text"),
    "grouping": ("Grouped by", "text"),
    "group_name": ("Group", "text"),
    "as_of": ("Looked from", "datetime"),
    "until": ("Until", "datetime"),
    "days": ("Over so many days", "days"),
    "returned": ("Ordered again", "count"),
    "measure": ("Measure", "text"),
    "from_value": ("Score from", "decimal"),
    "product_id": ("Product id", "text"),
    "name": ("Product", "text"),
    "product_a": ("Id of the first product", "text"),
    "product_b": ("Id of the second product", "text"),
    "name_a": ("Who buys", "text"),
    "name_b": ("also buys", "text"),
    "campaign_id": ("Campaign id", "text"),
    "relation": ("Part of the data", "text"),
    "metric": ("Metric", "text"),
    "value": ("Value", "decimal"),
    "comparison_value": ("Value before", "decimal"),
    "n": ("Rests on", "count"),
}


def _of_all_modules() -> dict[str, Chart]:
    """What the modules of this package call CHARTS: a new one needs its file and no other."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {key: chart for module in modules for key, chart in getattr(module, "CHARTS", {}).items()}


CHARTS: dict[str, Chart] = _of_all_modules()

PAGES: dict[str, list[str]] = {}
"""The questions that each page shows, in their order; pages say it of themselves (cards.py)."""


def shows(page: str, key: str) -> None:
    """Notes that a page shows a question: a chart, or the key figures."""
    questions = PAGES.setdefault(page, [])
    if key not in questions:
        questions.append(key)


def answer(key: str, build: Build, filters: Filters, locale: str, since: int | None = None) -> Answer:
    """What the chart of that name shows about the customers of the filters; made once, then kept with the build.

    `since` is the earlier build of a chart that compares; without it, the one before.
    """
    compared = {"since": since} if CHARTS[key].compares else {}
    parameters = filters.parameters() | compared

    def make() -> Answer:
        return _made(CHARTS[key], build, filters, locale, compared)

    return db.remembered(f"chart {key} {locale}", build, parameters, make)


def kpis(build: Build, filters: Filters) -> list[tuple[str, float | None, float | None, int | None]]:
    """Each metric's key, value, value before, and n; None where there is none."""
    frame = queries.get_kpis(build, filters)
    numbers = [frame[name].astype(object).where(frame[name].notna(), None) for name in KPI_COLUMNS]
    return list(zip(frame["metric"], *numbers, strict=True))


def kpi_address(key: str, filters: Filters) -> str:
    """The customers behind a metric; empty where they cannot be listed."""
    return marks.address(marks.KPIS[key], filters) if key in marks.KPIS else ""


def writer_of(build: Build, locale: str) -> Writer:
    """How values of the build are written."""
    return Writer(build.currency, locale, build.settings)


def heading(name: str) -> tuple[str, str]:
    """Label and format of a column of an answer."""
    if name in HEADINGS:
        return HEADINGS[name]
    if name in metrics.DIMENSIONS:
        return metrics.DIMENSIONS[name].label, "text"
    found = about.defined(name)
    return found.label, found.format


def meaning(asked: Mapping[str, Any], build: Build, filters: Filters, locale: str) -> About:
    """What is known about what somebody points at: a chart by its key, a metric by its key, or columns with a title.

    Raises LookupError for what there is not.
    """
    writer = writer_of(build, locale)
    if "chart" in asked:
        since = asked.get("since")
        return about.of_chart(
            CHARTS[str(asked["chart"])], build, filters, writer, since if isinstance(since, int) else None
        )
    if "metric" in asked:
        return about.of_metric(str(asked["metric"]), build, filters, writer)
    return about.of_columns(str(asked["title"]), asked["columns"], build, writer)


def _made(chart: Chart, build: Build, filters: Filters, locale: str, compared: Mapping[str, int | None]) -> Answer:
    writer = writer_of(build, locale)
    frames = [ask(build, filters, **compared) for ask in chart.asks]
    marked, address_of = marks.marked(chart, frames), marks.addresses(chart, filters)
    table = chart.table(marked)
    figure = None if chart.shows_table else marks.addressed(chart.draw(as_written(marked), writer), address_of)
    return {
        "figure": figure,
        "sentence": f"{chart.say(*frames, writer=writer)} {not_heeded(chart, filters)}".strip(),
        "columns": [(heading(name)[0], heading(name)[1] in RIGHT_ALIGNED) for name in chart.columns],
        "rows": _rows(table, chart.columns, writer),
        "nothing": None if len(table) and (figure is None or figure["data"]) else _nothing(chart, filters, frames),
        "since": compared.get("since"),
        "links": chart.links(table) if chart.links else [address_of(mark) for mark in marks_in(table) or []],
    }


def _nothing(chart: Chart, filters: Filters, frames: Sequence[pd.DataFrame]) -> dict[str, Any]:
    has_no_other = chart.compares and frames[-1].empty  # whatever is chosen
    narrowed = [] if has_no_other else narrowed_to(chart, filters)
    return {"filters": narrowed, "lack": "" if narrowed or len(frames[0]) else chart.needs}


def _rows(frame: pd.DataFrame, columns: tuple[str, ...], writer: Writer) -> list[list[str]]:
    kinds = [heading(name)[1] for name in columns]
    return [
        [writer(value, kind, short=False) for value, kind in zip(row, kinds, strict=True)]
        for row in frame[list(columns)].itertuples(index=False)
    ]
