"""What the page of a customer says of the forecast."""

from typing import Any

import pytest

from c360_dash.figures import forecasts
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {"forecast_years": 3, "forecast_discount_rate": 0.1})
ADA: dict[str, Any] = {
    "order_days": 12,
    "recency_days": 20,
    "lifetime_value": 900.0,
    "probability_active": 0.842,
    "expected_orders_90_days": 2.31,
    "expected_orders_365_days": 8.04,
    "expected_sales_90_days": 120.4,
    "expected_sales_365_days": 410.0,
    "predicted_lifetime_value": 812.0,
    "forecast_reason": None,
}


def test_a_forecast_is_told_with_how_sure_it_is() -> None:
    assert forecasts.sentence(ADA, (0, 5), WRITER) == (
        "Probably active (84 %). Orders on 2.3 of the next 90 days are expected; "
        "nine times in ten it will be 0 to 5, if customers go on as they did."
    )
    assert forecasts.seen(ADA, WRITER) == "Ordered on 12 days, the last one 20 days ago."
    assert forecasts.facts(ADA, WRITER) == [
        ("Within 90 days", "orders on 2.3 days, €120"),
        ("Within 365 days", "orders on 8.0 days, €410"),
        ("Net sales within 3 years, discounted by 10 % a year", "€812"),
        ("Net sales so far", "€900"),
    ]


@pytest.mark.parametrize(
    ("active", "words"),
    [
        (1.0, "Very probably active (100 %)."),
        (0.99999, "Very probably active (over 99.9 %)."),
        (0.6, "Probably active (60 %)."),
        (0.5, "As likely active as gone (50 %)."),
        (0.2, "Probably gone (20 %)."),
        (1e-130, "Very probably gone (under 0.1 %)."),
    ],
)
def test_a_probability_has_a_word(active: float, words: str) -> None:
    assert forecasts.sentence(ADA | {"probability_active": active}, None, WRITER).startswith(words)


def test_who_is_gone_brings_nothing() -> None:
    gone = ADA | {"order_days": 1, "probability_active": 0.004, "expected_orders_90_days": 0.0004}
    assert forecasts.sentence(gone, (0, 0), WRITER) == (
        "Very probably gone (0.4 %). No orders in the next 90 days are expected; "
        "nine times in ten it will be none, if customers go on as they did."
    )
    assert forecasts.seen(gone, WRITER) == "Ordered on one day, the last one 20 days ago."
    assert forecasts.facts(gone, WRITER)[0] == ("Within 90 days", "no orders")


def test_a_range_of_one_number_is_that_number() -> None:
    assert "it will be 90, if" in forecasts.sentence(ADA, (90, 90), WRITER)


def test_without_a_forecast_the_reason_is_told() -> None:
    reason = "120 of the 180 days of orders that a forecast needs."
    assert forecasts.sentence(dict.fromkeys(ADA) | {"forecast_reason": reason}, None, WRITER) == reason
    assert forecasts.sentence({}, None, WRITER) == "This build has no forecast."


def test_without_a_forecast_of_sales_orders_are_told_all_the_same() -> None:
    reason = "Order values scatter too widely for the value model, so there is no forecast of sales."
    sales = {name: None for name in ADA if "sales" in name or name.startswith("predicted")}
    without = ADA | sales | {"forecast_reason": reason}
    assert forecasts.sentence(without, (0, 5), WRITER).endswith(f"as they did. {reason}")
    assert [words for _, words in forecasts.facts(without, WRITER)[:3]] == [
        "orders on 2.3 days",
        "orders on 8.0 days",
        "–",
    ]
