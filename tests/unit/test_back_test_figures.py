"""Figures and sentences of the back-test from hand-made answers: also honest ones."""

import json
from typing import Any

import pandas as pd
import pytest

from c360_dash.figures import back_test as figures
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {})
RANKING = pd.DataFrame(
    {
        "rule": ["churn_risk_score", "recency_days"],
        "auc": [0.894, 0.882],
        "lead": [0.012, 0.0],
        "lead_error": [0.001, 0.0],
        "as_of": pd.Timestamp("2026-08-27 12:00", tz="UTC"),
        "days": 90,
        "customers": 16107,
        "returned": 6323,
    }
)
DECILES = pd.DataFrame(
    {
        "rule": ["churn_risk_score", "churn_risk_score", "recency_days"],
        "decile": [1, 10, 1],
        "customers": [10, 10, 20],
        "foretold_share": [0.15, 0.94, float("nan")],
        "not_returned_share": [0.1, 0.9, 0.5],
        "risk_lift": [0.2, 1.8, 1.0],
    }
)
GROUPS = pd.DataFrame(
    {
        "grouping": ["all", "churn_band", "churn_band", "value_segment"],
        "group_name": ["All", "Low", "High", "High"],
        "not_returned_share": [0.5, 0.2, 0.95, 0.4],
        "order_days": [1500, 1400, 100, 900],
        "order_days_before": [1600, 1600, 0, 1000],
        "order_days_foretold": [float("nan")] * 4,
        "days": 90,
    }
)
DRAWN = {figures.back_test: RANKING, figures.deciles: DECILES, figures.groups: GROUPS}
SAID = (
    "Looking from 27 Aug 2026: of 16,107 customers with an order, 6,323 ordered again within 90 days. Shown one of "
    "each, the churn risk score tells which is which in 89.4 % of cases, the plain rule of days since the last order "
    "in 88.2 %: "
)


@pytest.mark.parametrize(("draw", "frame"), DRAWN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_figure_is_plain_json_and_says_how_to_get_a_back_test(draw: Any, frame: pd.DataFrame) -> None:
    figure = json.loads(json.dumps(draw(frame, WRITER), allow_nan=False))
    assert figure["data"]
    assert "`c360 backtest`" in draw(frame.iloc[:0], WRITER)["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize(
    ("lead", "error", "verdict"),
    [
        (0.012, 0.001, "the score beats the plain rule on these data."),
        (-0.012, 0.001, "the score does not beat the plain rule on these data."),
        (0.012, 0.006, "too close to tell which is better on these data."),
        (0.0, 0.0, "too close to tell which is better on these data."),
        (0.012, float("nan"), "too close to tell which is better on these data."),
    ],
)
def test_the_verdict_is_as_the_numbers_are(lead: float, error: float, verdict: str) -> None:
    frame = RANKING.assign(lead=[lead, 0.0], lead_error=[error, 0.0])
    assert figures.say_back_test(frame, WRITER) == f"{SAID}{verdict}"


def test_a_forecast_is_told_after_the_verdict() -> None:
    forecast = RANKING.iloc[:1].assign(rule="expected_orders", auc=0.9)
    frame = pd.concat([RANKING.iloc[:1], forecast, RANKING.iloc[1:]])
    assert figures.say_back_test(frame, WRITER).endswith("on these data. Expected orders: 90.0 % of cases.")
    assert figures.back_test(frame, WRITER)["data"][0]["customdata"] == [
        "Days since last order",
        "Expected orders",
        "Churn risk score",
    ]


def test_where_all_return_there_is_nobody_to_tell_apart() -> None:
    frame = RANKING.assign(auc=float("nan"), returned=16107)
    assert figures.say_back_test(frame, WRITER).endswith("within 90 days. So there is nobody to tell apart by risk.")


def test_tenths_and_groups_are_told_in_sentences() -> None:
    assert figures.say_deciles(DECILES, WRITER) == (
        "Of the tenth at the lowest risk 10 % did not return, of the tenth at the highest 90 %, 1.8 times as many as "
        "of all."
    )
    said = (
        "Of customers at Low risk 20 %, at High risk 95 % did not return. Together they had 1,500 order days in 90 "
        "days, after 1,600 in the 90 days before"
    )
    assert figures.say_groups(GROUPS, WRITER) == f"{said}."
    foretold = GROUPS.assign(order_days_foretold=1450.4)
    assert figures.say_groups(foretold, WRITER) == f"{said}; 1,450 were foretold."
    assert list(figures.named_groups(GROUPS)["group"]) == [
        "All customers",
        "Low churn risk",
        "High churn risk",
        "High value",
    ]
