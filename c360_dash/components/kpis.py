"""The cards of the key figures."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from c360_dash import metrics
from c360_dash.components.basics import aria, data, skeleton
from c360_dash.components.definitions import define_button
from c360_dash.formats import NO_VALUE
from c360_dash.metrics import Metric
from c360_dash.writer import Writer


def kpi_row(identity: str, filled: Sequence[Component] | None = None) -> Component:
    """The place of the KPI cards; without them as many skeletons as there are metrics."""
    cards = filled or skeleton(len(metrics.METRICS), "c360-card c360-kpi c360-skeleton")
    return html.Section(cards, id=identity, className="c360-kpis", **aria(label="Key figures"))


def kpi_card(
    metric: Metric,
    value: float | None,
    comparison: float | None,
    n: int | None,
    writer: Writer,
    address: str = "",
) -> Component:
    """A metric: label, number, its change in words, and its definition behind a button.

    The number leads to the address of the customers behind it, where there is one.
    """
    number = writer(value, metric.format)
    link = html.A(number, href=address, className="c360-link", title="Show these customers")
    tone, change = change_in_words(metric, value, comparison, writer)
    if value is None and n is not None and metric.minimum_n:
        least = writer(writer.settings.get(metric.minimum_n), "count")
        tone, change = "none", [f"Only {writer(n, 'count')} of the {least} ratings needed"]
    return html.Article(
        [
            html.H2(metric.label),
            define_button(metric.label, "c360-info", metric=metric.key),
            html.P(link if address and value else number, className="c360-number"),
            html.P(change, className="c360-change", **data(tone=tone)),
        ],
        className="c360-card c360-kpi",
    )


def change_in_words(
    metric: Metric, value: float | None, comparison: float | None, writer: Writer
) -> tuple[str, list[Any]]:
    """Tone (good, bad, none) and words of a change: rates in points, amounts in percent."""
    days = writer(writer.settings.get("comparison_days"), "days")
    before = f" vs {days} before"
    if value is None or comparison is None:
        return "none", [NO_VALUE if value is None else f"No number {days} before"]
    words = _difference(metric, value, comparison, writer)
    if words is None:
        return "none", [html.Strong("No change"), before]
    up = value > comparison
    tone = "good" if up == (metric.better == "up") else "bad"
    return tone, [html.Strong(f"{'▲ up' if up else '▼ down'} {words}"), before]


def _difference(metric: Metric, value: float, comparison: float, writer: Writer) -> str | None:
    """How much, without direction; None where it would be shown as nothing."""
    if metric.format == "percent":
        points = abs(value - comparison) * 100
        return f"{writer(points, 'decimal')} points" if round(points, 1) else None
    if not comparison:
        return writer(abs(value), metric.format) if value else None
    share = abs(value / comparison - 1)
    return writer(share, "percent") if round(share, 3) else None
