"""Why Ada has her scores, in words."""

from typing import Any

import pytest

from c360_dash.figures import customers, reasons
from c360_dash.writer import Writer

SETTINGS = {"service_window_days": 365, "churn_frequency_window_days": 180, "churn_frequency_half": 3}
WRITER = Writer("EUR", "en", SETTINGS)
CUTOFFS = {("recency", 5): 21.0, ("recency", 4): 40.0, ("frequency", 3): 2.0, ("monetary", 5): 900.0}
ADA: dict[str, Any] = {
    "customer_id": "ada", "first_name": "Ada", "last_name": "Rossi",
    "recency_score": 3, "recency_days": 74, "frequency_score": 1, "orders": 1, "monetary_score": 4,
    "lifetime_value": 850.5, "last_order_at": "2026-03-01T11:00:00+01:00", "birth_date": "1990-04-01",
    "expected_gap_days": 30.2, "recent_ratings": 5, "recent_low_ratings": 2, "days_since_engaged": 1,
    "recent_order_days": 2,
    "churn_recency_part": 55.4, "churn_frequency_part": 60.0, "churn_service_part": 40.0, "churn_engagement_part": 1.1,
    "value_segment": "High", "rfm_segment": "Loyal", "churn_band": "Low",
}  # fmt: skip
PROSPECT = {"customer_id": "a/b c", "first_name": None, "last_name": None, "rfm_segment": "Prospect"}


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("recency", "74 days since the last order; 5 means 21 or fewer"),
        ("frequency", "1 order; 3 means 2 or more"),
        ("monetary", "€850 lifetime value; 5 means €900 or more"),
    ],
)
def test_a_score_is_told_with_what_the_best_one_needs(measure: str, words: str) -> None:
    assert reasons.score(measure, ADA, CUTOFFS, WRITER) == words
    assert reasons.score(measure, PROSPECT, CUTOFFS, WRITER) == "No order yet, so no score"


def test_each_part_of_the_churn_risk_says_what_it_rests_on() -> None:
    assert reasons.churn(ADA, WRITER) == [
        ("Recency", 55.4, "74 days since the last order; the next was expected after 30 days."),
        ("Frequency", 60.0, "2 days with an order in the last 180 days; 3 would make this part 50."),
        ("Service", 40.0, "2 of 5 ratings in the last 365 days are 1 or 2."),
        ("Engagement", 1.1, "1 day since the last visit or answer to a campaign."),
    ]
    assert [
        (part, "does not count" in words or "No order" in words) for _, part, words in reasons.churn(PROSPECT, WRITER)
    ] == [(None, True)] * 4


def test_the_history_names_what_changed() -> None:
    before = ADA | {"value_segment": "Low"}
    assert reasons.history([("2026-03", ADA), ("2026-02", ADA)], WRITER).startswith("The same segments in all 2")
    assert reasons.history([("2026-03", ADA), ("2026-02", None)], WRITER).startswith("No other kept build")
    said = reasons.history([("2026-03", ADA), ("2026-02", before), ("2026-01", None)], WRITER)
    assert said == "Since 2026-02: value segment was Low and is High."


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {"kind": "order", "reference": "7", "status": "cancelled", "subject": "Tea", "units": 2, "amount": 9.5},
            ["Order 7", "Tea · 2 units · cancelled, not counted", "€9.50"],
        ),
        ({"kind": "return", "reference": "8", "subject": "Tea", "amount": 9.5}, ["Return 8", "Tea", "−€9.50"]),
        (
            {"kind": "ticket", "reference": "9", "status": "open", "channel": "phone", "rating": None},
            ["Ticket 9", "phone · open", "–"],
        ),
        ({"kind": "visit", "status": "cart", "units": 1}, ["Web visit", "1 event · put something into the cart", "–"]),
        ({"kind": "campaign", "subject": "Spring", "status": None}, ["Campaign", "Spring · no answer known", "–"]),
    ],
)
def test_a_line_of_the_time_line(row: dict[str, Any], words: list[str]) -> None:
    empty = dict.fromkeys(("reference", "status", "channel", "subject", "amount", "units", "rating"))
    line = reasons.event({"happened_at": "2026-03-01T11:00:00+01:00", **empty, **row}, WRITER)
    assert line == ["1 Mar 2026, 11:00", *words]


def test_a_customer_in_a_table() -> None:
    assert [customers.name(person) for person in (ADA, PROSPECT)] == ["Ada Rossi", "a/b c"]
    assert customers.address("a/b c") == "/customer/a%2Fb%20c"
    written = [customers.written(ADA, name, WRITER) for name in ("last_order_at", "birth_date", "orders", "email")]
    assert written == ["1 Mar 2026, 11:00", "1 Apr 1990", "1", "–"]
