"""Figures and sentences of the revenue page from hand-made answers, as they come from queries/revenue.py."""

import json
from typing import Any

import pandas as pd
import pytest

from c360_dash.charts import CHARTS, not_heeded
from c360_dash.figures import cohort_forecast
from c360_dash.figures import revenue as figures
from c360_dash.figures import revenue_sentences as sentences
from c360_dash.figures.cohorts import cohort_retention
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {})
SPRING = {"campaign": "Spring", "started_at": "2026-09-10 09:00", "ended_at": "2026-09-24 09:00"}
SUMMER = {"campaign": "Summer", "started_at": "2026-09-20 09:00", "ended_at": "2026-10-04 09:00"}
BEFORE = {"campaign": "Before", "started_at": "2025-09-20 09:00", "ended_at": "2025-10-04 09:00"}


def months() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-09-01", "2026-10-01", "2026-11-01"]),
            "net_sales": [2000.0, 1500.0, 20.0],
            "orders": [20, 15, 1],
            "customers": [18, 12, 1],
            "campaigns": [2, 1, 0],
            "is_complete": [True, True, False],
        }
    )
    frame.attrs["campaigns"] = [campaign | {"sent": 1200, "converted": 40} for campaign in (BEFORE, SPRING, SUMMER)]
    return frame


PEOPLE = pd.DataFrame(
    {
        "month": pd.to_datetime(["2026-09-01", "2026-10-01", "2026-11-01"]),
        "customers": [10, 30, 4],
        "new_customers": [5, 3, 4],
        "returning_customers": [5, 27, 0],
        "share_of_new": [0.5, 0.1, 1.0],
        "is_complete": [True, True, False],
    }
)
COUNTRIES = pd.DataFrame(
    {
        "country": ["Sweden", None, *(f"Country {number}" for number in range(11))],
        "net_sales": [500.0, 400.0, *([10.0] * 11)],
        "share_of_sales": [0.5, 0.4, *([0.01] * 11)],
        "orders": [5, 4, *([1] * 11)],
    }
)
CHANNELS = COUNTRIES.rename(columns={"country": "acquisition_channel"}).iloc[:2]
ORDERS = pd.DataFrame(
    {"order_channel": ["web", None, "shop"], "orders": [1500, 300, 200], "share_of_orders": [0.75, 0.15, 0.1]}
)
COHORTS = pd.DataFrame(
    {
        "cohort_month": pd.to_datetime(["2026-01-01"] * 3 + ["2026-02-01"] * 2 + ["2026-03-01"]),
        "months_after": [0, 1, 2, 0, 1, 0],
        "cohort_size": [10, 10, 10, 30, 30, 5],
        "customers": [10, 4, 1, 30, 2, 5],
        "share_who_ordered": [1.0, 0.4, 0.1, 1.0, 0.0667, 1.0],
        "is_complete": [True, True, False, True, False, False],
    }
)
CAMPAIGNS = pd.DataFrame({"campaign": ["Winter", "Spring", "Letter"], "sent": [1200, 900, 0], "converted": [12, 40, 0]})
EXPECTED = pd.DataFrame(
    {
        "cohort_month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-04-01"]),
        "customers": [1000, 30, 50],
        "expected_order_days": [250.25, 15.3, 40.0],
        "expected_order_days_each": [0.25025, 0.51, 0.8],
        "mean_probability_active": [0.4, 0.55, 0.9],
        "expected_net_sales": [12_000.0, 500.0, 1500.0],
        "forecast_reason": [None, None, None],
    }
)
NO_FORECAST = ["expected_order_days", "expected_order_days_each", "mean_probability_active", "expected_net_sales"]
FIGURES = [
    (figures.revenue_and_campaigns, months()),
    (figures.new_and_returning, PEOPLE),
    (figures.revenue_by_country, COUNTRIES),
    (figures.revenue_by_acquisition_channel, CHANNELS),
    (figures.orders_by_channel, ORDERS),
    (cohort_retention, COHORTS),
    (cohort_forecast.expected_orders, EXPECTED),
    (figures.campaign_results, CAMPAIGNS),
]


def name_of(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize(("draw", "frame"), FIGURES, ids=name_of)
def test_a_figure_is_small_plain_json_without_a_template(draw: Any, frame: pd.DataFrame) -> None:
    text = json.dumps(draw(frame, WRITER), allow_nan=False)

    assert len(text) < 8_000
    assert "template" not in json.loads(text)["layout"]
    assert json.loads(text)["data"]


@pytest.mark.parametrize(("draw", "frame"), FIGURES, ids=name_of)
def test_nothing_to_draw_is_said_in_words_and_not_drawn(draw: Any, frame: pd.DataFrame) -> None:
    figure = draw(frame.iloc[:0], WRITER)

    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"].endswith(".")


def test_campaigns_lie_above_the_line_in_lanes_that_do_not_overlap() -> None:
    finished, running, spans = figures.revenue_and_campaigns(months(), WRITER)["data"]

    assert "dash" not in finished["line"]
    assert running["line"]["dash"] == "dot"
    assert spans["base"] == [SPRING["started_at"], SUMMER["started_at"]]
    assert spans["x"] == [14 * 24 * 3600 * 1000] * 2
    assert spans["y"] == [0, 1]
    assert spans["customdata"][0] == (
        "<b>Spring</b><br>10 Sep 2026 to 24 Sep 2026<br>Sent to 1,200 customers, 40 converted"
    )


def test_a_campaign_outside_the_months_is_not_marked() -> None:
    shown = figures.campaigns_shown(months())

    assert [campaign["campaign"] for campaign in shown] == ["Spring", "Summer"]
    assert sentences.revenue_and_campaigns(months(), WRITER).endswith(
        "The 2 campaigns that reached most customers are marked, whatever the filters."
    )


def test_a_shop_without_campaigns_has_the_plain_line_and_says_so() -> None:
    frame = months()
    frame.attrs.clear()

    assert len(figures.revenue_and_campaigns(frame, WRITER)["data"]) == 2
    assert sentences.revenue_and_campaigns(frame, WRITER).endswith("No campaign ran in these months.")
    assert sentences.campaign_results(CAMPAIGNS.iloc[:0], WRITER) == "No campaign is known."


def test_where_nothing_was_sold_no_campaign_is_drawn_or_called_marked() -> None:
    frame = months().assign(net_sales=0.0, orders=0, customers=0)

    assert figures.revenue_and_campaigns(frame, WRITER)["data"] == []
    assert sentences.revenue_and_campaigns(frame, WRITER) == "Nothing was sold to these customers."


def test_the_unfinished_month_of_new_customers_is_pale_and_in_no_trend() -> None:
    returning, new, finished, running = figures.new_and_returning(PEOPLE, WRITER)["data"]

    assert [line["y"] for line in (returning, new)] == [[5, 27, 0], [5, 3, 4]]
    assert new["marker"]["opacity"] == [1, 1, 0.5]
    assert finished["y"] == [0.5, 0.1]
    assert (running["y"], running["line"]["dash"]) == ([0.1, 1.0], "dot")
    assert sentences.new_and_returning(PEOPLE, WRITER) == (
        "In Oct 2026 30 customers ordered, 10 % for the first time; over all finished months it was 20 %. "
        "Nov 2026 is not finished and drawn pale."
    )


def test_small_countries_are_one_bar_so_that_nothing_is_left_out() -> None:
    bar = figures.revenue_by_country(COUNTRIES, WRITER)["data"][0]

    assert sum(bar["x"]) == COUNTRIES["net_sales"].sum()
    assert bar["customdata"][0] == "3 others"
    assert bar["customdata"][-2:] == ["Not known", "Sweden"]
    assert sentences.revenue_by_country(COUNTRIES, WRITER) == (
        "Sweden brings most: 50 % of the net sales of 13 countries."
    )


def test_orders_are_counted_and_a_shop_without_channels_says_so() -> None:
    bar = figures.orders_by_channel(ORDERS, WRITER)["data"][0]

    assert (bar["customdata"], bar["text"]) == (["shop", "Not known", "web"], ["200", "300", "1,500"])
    assert sentences.orders_by_channel(ORDERS, WRITER) == ("Most orders came through the channel web: 75 % of 2,000.")
    assert sentences.orders_by_channel(ORDERS.iloc[1:2], WRITER) == (
        "The shop does not tell through which channel an order came."
    )


def test_unfinished_months_of_a_cohort_are_not_drawn_as_falls() -> None:
    sizes, shares = cohort_retention(COHORTS, WRITER)["data"]

    assert (sizes["y"], sizes["text"]) == (["Jan 2026", "Feb 2026"], [["10"], ["30"]])
    assert (shares["y"], shares["x"], shares["z"]) == (["Jan 2026", "Feb 2026"], [1], [[0.4], [None]])
    assert shares["customdata"] == [["Jan 2026, month 1: 4 ordered, 40 %"], [""]]
    assert sentences.cohort_retention(COHORTS, WRITER) == (
        "Of the customers of all cohorts, 40 % ordered in month 1 after the first order. Cells are in percent."
    )


def test_a_long_history_draws_the_latest_cohorts_and_says_so() -> None:
    cohorts = pd.date_range("2023-01-01", periods=30, freq="MS").repeat(2)
    frame = pd.DataFrame({"cohort_month": cohorts, "months_after": [0, 1] * 30, "cohort_size": 4}).assign(
        customers=[4, 1] * 30, share_who_ordered=[1.0, 0.25] * 30, is_complete=True
    )

    assert len(cohort_retention(frame, WRITER)["data"][0]["y"]) == 24
    assert sentences.cohort_retention(frame, WRITER).endswith(
        "drawn are the latest 24 cohorts to month 12, the table holds all."
    )


def test_what_is_expected_of_cohorts_is_drawn_by_month_and_told_of_all() -> None:
    bar = cohort_forecast.expected_orders(EXPECTED, WRITER)["data"][0]

    assert (bar["x"], bar["y"]) == (["2026-01-01", "2026-02-01", "2026-04-01"], [0.2502, 0.51, 0.8])
    assert bar["customdata"][0] == (
        "<b>Jan 2026</b><br>1,000 customers, 40 % probably active<br>"
        "Expected within 90 days: 250.2 order days, 0.25 each, €12.0 k"
    )
    # 305.55 order days of 1,080 customers.
    assert cohort_forecast.say_expected_orders(EXPECTED, WRITER) == (
        "Of 1,080 customers 305.6 order days are expected within 90 days, 0.28 each, with net sales of €14.0 k. "
        "Most is expected of those who first ordered in Apr 2026: 0.80 each."
    )
    assert cohort_forecast.say_expected_orders(EXPECTED.iloc[1:2], WRITER) == (
        "Of 30 customers 15.3 order days are expected within 90 days, 0.51 each, with net sales of €500."
    )


def test_why_nothing_or_no_sales_are_expected_is_said() -> None:
    reason = "11 of the 500 customers with an order that a forecast needs."
    nothing = EXPECTED.assign(forecast_reason=reason, **dict.fromkeys(NO_FORECAST, float("nan")))
    without_sales = EXPECTED.assign(forecast_reason="Values did not settle.", expected_net_sales=float("nan"))

    assert cohort_forecast.say_expected_orders(nothing, WRITER) == reason
    assert cohort_forecast.expected_orders(nothing, WRITER)["layout"]["annotations"][0]["text"] == reason
    assert cohort_forecast.say_expected_orders(EXPECTED.iloc[:0], WRITER) == "None of these customers has ordered."
    assert cohort_forecast.say_expected_orders(without_sales.iloc[1:2], WRITER) == (
        "Of 30 customers 15.3 order days are expected within 90 days, 0.51 each. Values did not settle."
    )
    assert cohort_forecast.expected_orders(without_sales, WRITER)["data"][0]["customdata"][1].endswith("0.51 each")


def test_the_campaign_that_converted_most_is_told() -> None:
    assert sentences.campaign_results(CAMPAIGNS, WRITER) == (
        "3 campaigns; Spring converted most: 40 of the 900 customers it was sent to."
    )
    assert figures.campaign_results(CAMPAIGNS, WRITER)["data"][0]["text"][-1] == "40"


def test_charts_say_which_filters_they_do_not_heed() -> None:
    assert not_heeded(CHARTS["cohort-retention"]) == "Not filtered by Value segment, RFM segment and Churn risk."
    assert not_heeded(CHARTS["campaign-results"]) == "No filter applies here."
    assert not_heeded(CHARTS["revenue-by-country"]) == ""
