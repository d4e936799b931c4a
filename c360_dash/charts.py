"""The charts by name: title, questions, figure, sentence, table columns and what is defined beneath.

A page names charts; this is where a chart's parts are put together once and kept with the build they are about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from c360_dash import db, figures, metrics, queries
from c360_dash.db import Build
from c360_dash.figures import Figure, sentences
from c360_dash.filters import Filters
from c360_dash.writer import Writer

Ask = Callable[[Build, Filters], pd.DataFrame]
Answer = dict[str, Any]
"""What a chart shows, as plain JSON: figure (or None), sentence, columns, rows, explained."""

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
    "score": ("Rating", "count"),
    "ratings": ("Ratings", "count"),
    "last_order_at": ("Last order", "date"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; without `draw` the table is what it shows; `table` adds
    columns to it. The first answer is drawn, all are told in words."""

    title: str
    asks: tuple[Ask, ...]
    say: Callable[..., str]
    columns: tuple[str, ...]
    explains: tuple[str, ...]
    draw: Callable[[pd.DataFrame, Writer], Figure] | None = None
    table: Callable[[pd.DataFrame], pd.DataFrame] = pd.DataFrame


CHARTS = {
    "monthly-revenue": Chart(
        title="Net sales by month",
        asks=(queries.get_monthly_revenue,),
        draw=figures.monthly_revenue,
        say=sentences.monthly_revenue,
        columns=("month", "net_sales", "orders", "customers", "new_customers", "is_complete"),
        explains=("lifetime_value",),
    ),
    "customer-segments": Chart(
        title="Value segments",
        asks=(queries.get_customer_segments,),
        draw=figures.customer_segments,
        say=sentences.customer_segments,
        columns=("value_segment", "customers", "share_of_customers", "lifetime_value", "share_of_value"),
        explains=("value_segment", "lifetime_value"),
    ),
    "top-customers": Chart(
        title="Top customers",
        asks=(queries.get_top_customers,),
        say=sentences.top_customers,
        table=figures.named_customers,
        columns=(
            "customer",
            "country",
            "rfm_segment",
            "churn_band",
            "orders",
            "last_order_at",
            "lifetime_value",
        ),
        explains=("lifetime_value", "orders", "churn_band"),
    ),
    "product-category-performance": Chart(
        title="Product categories",
        asks=(queries.get_product_category_performance,),
        draw=figures.product_category_performance,
        say=sentences.product_category_performance,
        columns=("category", "net_sales", "units", "orders", "customers"),
        explains=("gross_sales", "discounts"),
    ),
    "customer-satisfaction": Chart(
        title="Customer satisfaction",
        asks=(queries.get_customer_satisfaction, queries.get_satisfaction_summary),
        draw=figures.customer_satisfaction,
        say=sentences.customer_satisfaction,
        columns=("score", "ratings"),
        explains=("csat",),
    ),
    "churn-risk": Chart(
        title="Churn risk",
        asks=(queries.get_churn_risk,),
        draw=figures.churn_risk,
        say=sentences.churn_risk,
        columns=("churn_band", "customers", "lifetime_value"),
        explains=("churn_risk_score", "churn_band"),
    ),
    "rfm-segmentation": Chart(
        title="Recency × frequency",
        asks=(queries.get_rfm_segmentation,),
        draw=figures.rfm_segmentation,
        say=sentences.rfm_segmentation,
        columns=("rfm_segment", "recency_score", "frequency_score", "monetary_score", "customers", "lifetime_value"),
        explains=("rfm_segment", "recency_score", "frequency_score"),
    ),
}


def answer(key: str, build: Build, filters: Filters, locale: str) -> Answer:
    """What the chart of that name shows about the customers of the filters; made once, then kept with the build."""
    name = f"chart {key} {locale}"
    return db.remembered(name, build, filters.parameters(), lambda: _made(CHARTS[key], build, filters, locale))


def kpis(build: Build, filters: Filters) -> list[tuple[str, float | None, float | None, int | None]]:
    """Each metric's key, value, value before, and n; None where there is none."""
    frame = queries.get_kpis(build, filters)
    numbers = [frame[name].astype(object).where(frame[name].notna(), None) for name in KPI_COLUMNS]
    return list(zip(frame["metric"], *numbers, strict=True))


def writer_of(build: Build, locale: str) -> Writer:
    """How values of the build are written."""
    return Writer(build.currency, locale, build.settings)


def heading(name: str) -> tuple[str, str]:
    """Label and format of a column of an answer."""
    if name in HEADINGS:
        return HEADINGS[name]
    if name in metrics.DIMENSIONS:
        return metrics.DIMENSIONS[name].label, "text"
    found = metrics.METRICS.get(name) or metrics.COLUMNS[name]
    return found.label, found.format


def explanation(name: str, settings: Mapping[str, object]) -> tuple[str, str]:
    """Label and definition of a metric or column, with the settings of a build in the sentence."""
    found = metrics.METRICS.get(name) or metrics.COLUMNS[name]
    return found.label, found.sentence(settings)


def _made(chart: Chart, build: Build, filters: Filters, locale: str) -> Answer:
    writer = writer_of(build, locale)
    frames = [ask(build, filters) for ask in chart.asks]
    return {
        "figure": chart.draw(frames[0], writer) if chart.draw else None,
        "sentence": chart.say(*frames, writer=writer),
        "columns": [(heading(name)[0], heading(name)[1] in RIGHT_ALIGNED) for name in chart.columns],
        "rows": _rows(chart.table(frames[0]), chart.columns, writer),
        "explained": [explanation(name, build.settings) for name in chart.explains],
    }


def _rows(frame: pd.DataFrame, columns: tuple[str, ...], writer: Writer) -> list[list[str]]:
    kinds = [heading(name)[1] for name in columns]
    return [
        [writer(value, kind, short=False) for value, kind in zip(row, kinds, strict=True)]
        for row in frame[list(columns)].itertuples(index=False)
    ]
