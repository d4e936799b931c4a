"""What is asked of the customers besides words and filters, in words, each with a button that takes it away."""

from collections.abc import Iterator
from datetime import date

import orjson
from dash import html
from dash.development.base_component import Component

from c360_dash.components import aria, data
from c360_dash.conditions import Conditions, Months
from c360_dash.filters import UNKNOWN
from c360_dash.writer import Writer

Said = tuple[str, tuple[str, ...]]
"""A condition in words, and the parameters that make it."""


def chips(conditions: Conditions, writer: Writer) -> list[Component]:
    """A chip for each condition; nothing where there is none."""
    found = [_chip(words, names) for words, names in said(conditions, writer)]
    return [html.Ul(found, className="c360-chips", **aria(label="Only these customers"))] if found else []


def said(conditions: Conditions, writer: Writer) -> Iterator[Said]:
    """The conditions in words, in the order of their names."""
    for name, words in SCORES.items():
        if (score := getattr(conditions, name)) is not None:
            yield f"{words} {score}", (name,)
    if conditions.orders_at_least is not None:
        few = conditions.orders_at_least == 1
        yield (
            f"{writer(conditions.orders_at_least, 'count')} {'order' if few else 'orders'} or more",
            ("orders_at_least",),
        )
    if conditions.is_active is not None:
        yield "Active" if conditions.is_active else "Not active", ("is_active",)
    for name, words in MONTHS.items():
        if (months := getattr(conditions, name)) is not None:
            yield f"{words} {_span(months, writer)}".strip(), (name,)
    for name, words in TEXTS.items():
        if (text := getattr(conditions, name)) is not None:
            yield f"{words}: {'Not known' if text == UNKNOWN else text}", (name,)
    yield from _before(conditions)


SCORES = {
    "recency_score": "Recency score",
    "frequency_score": "Frequency score",
    "monetary_score": "Monetary score",
    "rating": "Gave the rating",
}
MONTHS = {"first_order_month": "First order", "order_month": "Ordered"}
TEXTS = {"category": "Bought in category", "brand": "Bought of brand"}
BEFORE = {"value_segment_before": "value segment", "rfm_segment_before": "RFM segment"}


def _before(conditions: Conditions) -> Iterator[Said]:
    build = f"In build {conditions.since}" if conditions.since else "In the build before"
    for name, words in BEFORE.items():
        if (segment := getattr(conditions, name)) is not None:
            yield f"{build}: {'no customer yet' if segment == UNKNOWN else f'{words} {segment}'}", (name, "since")


def _span(months: Months, writer: Writer) -> str:
    first, last = (_month(day, writer) for day in (months.first, months.last))
    if first and last:
        return f"in {first}" if first == last else f"from {first} to {last}"
    return f"from {first} on" if first else f"up to {last}" if last else ""


def _month(day: date | None, writer: Writer) -> str:
    return writer(day, "month") if day else ""


def _chip(words: str, names: tuple[str, ...]) -> Component:
    ask = orjson.dumps(dict.fromkeys(names, "")).decode()
    button = html.Button("×", type="button", title="Remove", **aria(label=f"Remove: {words}"), **data(c360_ask=ask))
    return html.Li([html.Span(words), button])
