"""What a customer will probably do, in words that say how sure that is."""

from collections.abc import Mapping
from typing import Any

from c360_dash.writer import Writer

DAYS = 90
"""The days ahead that the likely range is about."""

PERCENT = 90
"""The probability of the likely range."""

LEVELS = (
    (0.9, "Very probably active"),
    (0.6, "Probably active"),
    (0.4, "As likely active as gone"),
    (0.1, "Probably gone"),
)
LOWEST_LEVEL = "Very probably gone"
HARDLY = 0.05
"""Fewer orders than this are called none, as which they would be rounded."""

Likely = tuple[int, int] | None
"""Fewest and most days with an order."""


def sentence(customer: Mapping[str, Any], likely: Likely, writer: Writer) -> str:
    """`Probably active (84 %). Orders on 2.3 of the next 90 days are expected; …`, or why there is no forecast."""
    active, orders = customer.get("probability_active"), customer.get("expected_orders_90_days")
    if active is None or orders is None:
        return str(customer.get("forecast_reason") or "This build has no forecast.")
    level = next((words for least, words in LEVELS if active >= least), LOWEST_LEVEL)
    days = f"Orders on {writer(orders, 'decimal')} of" if orders >= HARDLY else "No orders in"
    said = f"{level} ({percent(active, writer)}). {days} the next {DAYS} days are expected{_range(likely, writer)}."
    return said if customer["forecast_reason"] is None else f"{said} {customer['forecast_reason']}"


def seen(customer: Mapping[str, Any], writer: Writer) -> str:
    """What the probability to be active rests on."""
    days = "one day" if customer["order_days"] == 1 else f"{writer(customer['order_days'], 'count')} days"
    return f"Ordered on {days}, the last one {writer(customer['recency_days'], 'days')} ago."


def facts(customer: Mapping[str, Any], writer: Writer) -> list[tuple[str, str]]:
    """Label and words of what is expected."""
    years, rate = (writer.settings.get(f"forecast_{name}") for name in ("years", "discount_rate"))
    ahead = f"Net sales within {writer(years, 'count')} years, discounted by {writer(rate, 'percent')} a year"
    return [
        *((f"Within {days} days", _expected(customer, days, writer)) for days in (DAYS, 365)),
        (ahead, writer(customer["predicted_lifetime_value"], "money")),
        ("Net sales so far", writer(customer["lifetime_value"], "money")),
    ]


def percent(active: float, writer: Writer) -> str:
    """The probability; never 0 or 100 % of what is not certain."""
    if 0 < active < 0.0005:
        return f"under {writer(0.001, 'percent')}"
    return f"over {writer(0.999, 'percent')}" if 0.9995 < active < 1 else writer(active, "percent")


def _range(likely: Likely, writer: Writer) -> str:
    if likely is None:
        return ""
    lowest, highest = (writer(number, "count") for number in likely)
    between = "none" if likely == (0, 0) else lowest if lowest == highest else f"{lowest} to {highest}"
    return f"; nine times in ten it will be {between}, if customers go on as they did"


def _expected(customer: Mapping[str, Any], days: int, writer: Writer) -> str:
    orders, sales = customer[f"expected_orders_{days}_days"], customer[f"expected_sales_{days}_days"]
    if orders < HARDLY:
        return "no orders"
    said = f"orders on {writer(orders, 'decimal')} days"
    return said if sales is None else f"{said}, {writer(sales, 'money')}"
