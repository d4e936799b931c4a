"""From marks to addresses, and what charts and pages say of the filters that they do not heed."""

from datetime import date

import pandas as pd
import pytest

from c360_dash.charts import CHARTS, not_heeded, not_heeded_among
from c360_dash.charts.heeding import narrowed_to
from c360_dash.charts.marks import KPIS, address, addressed, addresses, marked
from c360_dash.conditions import CONDITION_NAMES
from c360_dash.figures.marks import Mark, by, cohort, moved, new, ordered_by, returning
from c360_dash.filters import FILTER_NAMES, Filters
from c360_dash.metrics import METRICS

SEGMENTS = "value_segment=High&value_segment=Low"
ITALIANS = Filters(country=("Italy",), value_segment=("High", "Low"), date_to=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ({"rating": "5"}, f"rating=5&{SEGMENTS}&country=Italy&date_to=2026-03-31"),
        ({"value_segment": "High"}, "value_segment=High&country=Italy&date_to=2026-03-31"),
        ({"order_month": ".."}, f"order_month=..2026-03&{SEGMENTS}&country=Italy&date_to=2026-03-31"),
        ({"rating": "5", "country": "Italy"}, f"rating=5&country=Italy&{SEGMENTS}&date_to=2026-03-31"),
    ],
)
def test_an_address_has_the_mark_and_the_filters_that_it_does_not_say(mark: Mark, expected: str) -> None:
    assert address(mark, ITALIANS) == f"/customers?{expected}"


def test_a_mark_that_the_filters_leave_out_leads_nowhere() -> None:
    assert address({"value_segment": "Medium"}, ITALIANS) == ""
    assert address({}, Filters()) == "/customers"


def test_a_chart_keeps_only_the_filters_that_it_heeds() -> None:
    chart = CHARTS["cohort-retention"]
    assert addresses(chart, ITALIANS)({"rating": "1"}) == "/customers?rating=1&country=Italy&date_to=2026-03-31"


def test_marks_are_made_of_columns() -> None:
    frame = pd.DataFrame({"country": ["Italy", None], "month": pd.to_datetime(["2026-01-01", "2026-02-01"])})
    assert by("country", order_month="month")(frame) == [
        {"country": "Italy", "order_month": "2026-01"},
        {"country": "unknown", "order_month": "2026-02"},
    ]
    assert ordered_by("country")(frame)[1] == {"country": "unknown", "order_month": ".."}
    assert by(rating="score")(pd.DataFrame({"score": [4]})) == [{"rating": "4"}]


def test_marks_of_months_and_of_movement() -> None:
    assert cohort(pd.Timestamp("2025-11-01"), 3) == {"first_order_month": "2025-11", "order_month": "2026-02"}
    ordered = {"order_month": "2026-01"}
    assert new(ordered) == {"first_order_month": "2026-01"}
    assert returning(ordered) == {"order_month": "2026-01", "first_order_month": "..2025-12"}
    assert new({}) == returning({}) == {}
    frame = pd.DataFrame({"segment_before": [None], "segment_now": ["High"]})
    before = pd.DataFrame({"build_id": [7]})
    assert moved("value_segment")(frame, before) == [
        {"value_segment_before": "unknown", "value_segment": "High", "since": "7"}
    ]


def test_a_row_of_nobody_has_no_mark_and_points_keep_their_shape() -> None:
    frame = pd.DataFrame({"churn_band": ["Low", "High"], "customers": [0, 3], "lifetime_value": [0.0, 1.0]})
    assert list(marked(CHARTS["churn-risk"], [frame])["mark"]) == [{}, {"churn_band": "High"}]
    figure = {"data": [{"meta": [[{"rating": "1"}, None], []]}, {"x": [1]}], "layout": {}}
    found = addressed(figure, lambda mark: mark.get("rating", ""))
    assert found["data"] == [{"meta": [["1", ""], []]}, {"x": [1]}]


def test_marks_use_parameters_that_addresses_have() -> None:
    assert KPIS.keys() <= METRICS.keys()
    assert {name for mark in KPIS.values() for name in mark} <= {*CONDITION_NAMES, *FILTER_NAMES}


def test_a_page_says_in_few_words_what_does_not_change() -> None:
    def said(*keys: str) -> str:
        return not_heeded_among([CHARTS[key] for key in keys])

    assert said("churn-risk", "value-risk") == ""
    assert said("churn-risk", "score-cutoffs") == "No filter changes “What a score means”."
    assert said("cohort-retention") == (
        "Value segment, RFM segment and Churn risk do not change “Cohorts: who orders again”."
    )
    assert said("monthly-revenue", "churn-risk", "value-risk") == "Dates change only “Net sales by month”."
    assert said("monthly-revenue", "new-and-returning", "churn-risk") == "Dates do not change “Churn risk”."


def test_a_chart_knows_what_it_is_filtered_by() -> None:
    assert narrowed_to(CHARTS["churn-risk"], ITALIANS) == ["Value segment: High, Low", "Country: Italy"]
    assert narrowed_to(CHARTS["cohort-retention"], ITALIANS) == ["Country: Italy"]
    assert narrowed_to(CHARTS["monthly-revenue"], ITALIANS)[2:] == ["To: 2026-03-31"]
    assert narrowed_to(CHARTS["score-cutoffs"], ITALIANS) == []


def test_a_chart_speaks_of_dates_when_some_are_chosen() -> None:
    dated = Filters(date_from=date(2026, 1, 1))
    assert not_heeded(CHARTS["churn-risk"], dated) == "Dates do not change this."
    assert not_heeded(CHARTS["monthly-revenue"], dated) == ""
    assert not_heeded(CHARTS["score-cutoffs"], dated) == "No filter applies here."
