"""What a customer will probably do, in words that say how sure that is."""

from collections.abc import Mapping
from typing import Any

from c360_dash.writer import Writer

DAYS = 90
"""The days ahead that the likely range is about."""

PERCENT = 90
"""The probability of the likely range."""

LEVELS = ((0.9, "Very probably active"), (0.6, "Probably active"), (0.4, "As likely active as gone"))
LOWEST_LEVEL = "Probably gone"

Likely = tuple[int, int] | None
"""Fewest and most days with an order."""


def sentence(customer: Mapping[str, Any], likely: Likely, writer: Writer) -> str:
    """`Probably active (84 %). Orders on 2.3 of the next 90 days are expected; …`, or why there is no forecast."""
    active = customer.get("probability_active")
    if active is None:
        return str(customer.get("forecast_reason") or "This build has no forecast.")
    level = next((words for least, words in LEVELS if active >= least), LOWEST_LEVEL)
    expected = f"{_orders(customer['expected_orders_90_days'], DAYS, writer)} are expected"
    return f"{level} ({writer(active, 'percent')}). {expected}{_range(likely, writer)}."


def lines(customer: Mapping[str, Any], likely: Likely, writer: Writer) -> list[tuple[str, float | None, str]]:
    """The parts of the forecast: head, percent where there is a bar, and words; none without a forecast."""
    active = customer.get("probability_active")
    if active is None:
        return []
    return [
        (f"Active {writer(active, 'percent')}", 100 * active, _seen(customer, writer)),
        (f"Within {DAYS} days", None, _expected(customer, DAYS, writer)),
        ("Within 365 days", None, _expected(customer, 365, writer)),
        ("Predicted lifetime value", None, _value(customer, writer)),
    ]


def _range(likely: Likely, writer: Writer) -> str:
    if likely is None:
        return ""
    lowest, highest = (writer(number, "count") for number in likely)
    between = "none" if likely == (0, 0) else lowest if lowest == highest else f"{lowest} to {highest}"
    return f"; nine times in ten it will be {between}, if customers go on as they did"


def _seen(customer: Mapping[str, Any], writer: Writer) -> str:
    days = "one day" if customer["order_days"] == 1 else f"{writer(customer['order_days'], 'count')} days"
    return f"Ordered on {days}, the last one {writer(customer['recency_days'], 'days')} ago."


def _expected(customer: Mapping[str, Any], days: int, writer: Writer) -> str:
    said = _orders(customer[f"expected_orders_{days}_days"], days, writer)
    sales = customer[f"expected_sales_{days}_days"]
    return f"{said}." if sales is None else f"{said}, net sales of {writer(sales, 'money')}."


def _value(customer: Mapping[str, Any], writer: Writer) -> str:
    predicted = customer["predicted_lifetime_value"]
    if predicted is None:
        return str(customer["forecast_reason"])
    years, rate = (writer.settings.get(f"forecast_{name}") for name in ("years", "discount_rate"))
    ahead = (
        f"{writer(predicted, 'money')} within {writer(years, 'count')} years, discounted by {writer(rate, 'percent')}"
    )
    return f"{ahead} a year; {writer(customer['lifetime_value'], 'money')} so far."


def _orders(number: float, days: int, writer: Writer) -> str:
    """What rounds to nothing is called so."""
    shown = writer(number, "decimal")
    return f"Orders on {shown} of the next {days} days" if number >= 0.05 else f"No orders in the next {days} days"
