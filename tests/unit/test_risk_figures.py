"""Reasons, figures and sentences of the risk page from hand-made answers."""

import json
from typing import Any

import pandas as pd
import pytest

from c360_dash.figures import risk
from c360_dash.queries.risk import reason
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {"forecast_years": 3})
CELLS = pd.DataFrame(
    {
        "value_segment": ["High", "High", "Medium", "Low"],
        "churn_band": ["Low", "High", "High", "High"],
        "customers": [30, 10, 5, 100],
        "lifetime_value": [9000.0, 2000.0, 500.0, 1000.0],
    }
)
EXPECTED = pd.DataFrame(
    {
        "value_segment": ["High", "Low"],
        "customers": [30, 100],
        "lifetime_value": [9000.0, 1000.0],
        "predicted_value": [1500.0, 500.0],
        "predicted_value_at_risk": [300.0, 200.0],
        "forecast_reason": [None, None],
    }
)
PEOPLE = pd.DataFrame(
    {"customer_id": ["1", "2"], "first_name": ["Ada", None], "last_name": ["Byron", None], "lifetime_value": [300.0, 9]}
)
DRAWN = {risk.value_risk: CELLS, risk.expected_value: EXPECTED, risk.customers_to_call: PEOPLE}
NOTHING = float("nan")
CALM = {
    "orders": 4,
    "recency_days": 74,
    "typical_gap_days": 20.6,
    "recent_ratings": 3,
    "recent_low_ratings": 0,
    "churn_engagement_part": 10.0,
    "days_since_engaged": 10,
}


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "Last order 74 days ago, usually every 21 days"),
        ({"recent_low_ratings": 2.0}, "Last order 74 days ago, usually every 21 days; 2 of 3 recent ratings low"),
        (
            {"churn_engagement_part": 57.0, "days_since_engaged": 120},
            "Last order 74 days ago, usually every 21 days; no visit or response for 120 days",
        ),
        ({"orders": 1, "typical_gap_days": NOTHING}, "Last order 74 days ago, the only one"),
        ({"orders": 2, "typical_gap_days": NOTHING}, "Last order 74 days ago"),
        ({"recency_days": 1, "typical_gap_days": 1.2}, "Last order 1 day ago, usually every day"),
        (
            {"recent_ratings": NOTHING, "recent_low_ratings": NOTHING, "churn_engagement_part": None},
            "Last order 74 days ago, usually every 21 days",
        ),
        ({"recent_low_ratings": pd.NA}, "Last order 74 days ago, usually every 21 days"),
    ],
)
def test_the_reason_tells_what_the_score_was_made_from(known: dict[str, Any], words: str) -> None:
    assert reason(CALM | known) == words


@pytest.mark.parametrize(("draw", "frame"), DRAWN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_figure_is_plain_json_and_says_in_words_when_there_is_nothing(draw: Any, frame: pd.DataFrame) -> None:
    figure = json.loads(json.dumps(draw(frame, WRITER), allow_nan=False))
    assert figure["data"]
    assert "template" not in figure["layout"]
    assert draw(frame.iloc[:0], WRITER)["layout"]["annotations"][0]["text"].endswith(".")


def test_a_cell_shows_people_and_money_and_missing_ones_are_empty() -> None:
    heat = risk.value_risk(CELLS, WRITER)["data"][0]
    assert (heat["x"], heat["y"]) == (["Low", "Medium", "High"], ["High", "Medium", "Low"])
    assert heat["text"][0] == ["30<br>€9,000", "", "10<br>€2,000"]
    assert heat["customdata"][0][2] == "<b>High value, high risk</b><br>10 customers, €2,000"


def test_each_figure_is_told_in_a_sentence() -> None:
    assert risk.say_value_risk(CELLS, WRITER) == (
        "10 High value customers (25 % of them) are at high risk; they were worth €2,000."
    )
    assert risk.say_value_risk(CELLS.iloc[:1], WRITER) == "No High value customer is at high risk."
    assert risk.say_value_risk(CELLS.iloc[:0], WRITER) == "None of these customers has ordered."
    assert risk.say_customers_to_call(PEOPLE, CELLS, WRITER) == (
        "15 High and Medium value customers are at high risk, together worth €2,500; the 2 worth most are listed."
    )
    assert risk.say_expected_value(EXPECTED, WRITER) == (
        "€2,000 are predicted within 3 years, €500 of it at risk. "
        "High value customers brought 90 % of the lifetime value and are predicted to bring 75 %."
    )


def test_worth_so_far_and_predicted_stand_beside_each_other() -> None:
    at_risk, predicted, so_far = risk.expected_value(EXPECTED, WRITER)["data"]
    assert so_far["y"] == ["Low", "High"]
    assert (so_far["x"], predicted["x"], at_risk["x"]) == ([1000, 9000], [500, 1500], [200, 300])
    assert predicted["text"] == ["€500", "€1,500"]


def test_without_a_forecast_the_reason_is_drawn_and_told() -> None:
    words = "11 of the 500 customers with an order that a forecast needs."
    frame = EXPECTED.assign(predicted_value=NOTHING, predicted_value_at_risk=NOTHING, forecast_reason=words)
    assert risk.expected_value(frame, WRITER)["layout"]["annotations"][0]["text"] == words
    assert risk.say_expected_value(frame, WRITER) == words
