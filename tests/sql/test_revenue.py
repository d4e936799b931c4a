"""The questions of the revenue page and of the definitions: named people, and what a build makes of a source."""

from collections.abc import Callable

import pandas as pd
import pytest

from c360_dash import db, rebuild
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.queries import Filters, definitions, revenue
from tests.people import AS_OF

EVERYBODY = Filters()
GERMANS = Filters(country=("Germany",))
NOBODY = Filters(country=("Italy",), value_segment=("High",))
Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def build(named_people: Settings) -> Build:
    db.init(named_people)
    return db.current_build()


def rows_of(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


def test_new_and_returning_customers_of_each_month(build: Build) -> None:
    assert rows_of(revenue.get_new_and_returning(build, EVERYBODY)) == [
        (pd.Timestamp("2026-01-01"), 2, 1, 1, 0.5, True),
        (pd.Timestamp("2026-02-01"), 0, 0, 0, None, True),
        (pd.Timestamp("2026-03-01"), 2, 1, 1, 0.5, False),
    ]


def test_nobody_is_neither_new_nor_returning(build: Build) -> None:
    found = revenue.get_new_and_returning(build, NOBODY)

    assert found["customers"].tolist() == [0, 0, 0]
    assert found["share_of_new"].isna().all()


def test_campaigns_run_in_the_months_between_their_first_and_last_day(build: Build) -> None:
    found = revenue.get_revenue_and_campaigns(build, GERMANS)

    assert found["net_sales"].tolist() == [420.50, 0.00, 79.75]
    assert found["campaigns"].tolist() == [1, 0, 1]
    assert [campaign["campaign"] for campaign in found.attrs["campaigns"]] == ["New Year", "Winter sale"]
    assert found.attrs["campaigns"][1]["ended_at"] == "2026-03-31 23:00"


def test_every_campaign_is_listed_even_without_a_date_or_a_name(build: Build) -> None:
    found = revenue.get_campaign_results(build, NOBODY)

    assert found["campaign"].tolist() == ["Winter sale", "New Year", "13"]
    assert found["conversion_rate"].tolist()[:2] == [0, 0.25]
    assert found["conversion_rate"].isna().tolist() == [False, False, True]


def test_net_sales_by_country_and_channel(build: Build) -> None:
    assert rows_of(revenue.get_revenue_by_country(build, EVERYBODY)) == [
        ("Germany", 500.25, 0.909132, 4),
        ("Italy", 50.00, 0.090868, 1),
    ]
    assert rows_of(revenue.get_revenue_by_acquisition_channel(build, EVERYBODY)) == [
        ("Organic", 400.00, 0.726942, 3),
        ("Paid", 100.25, 0.18219, 1),
        (None, 50.00, 0.090868, 1),
    ]


def test_net_sales_by_country_heed_dates_and_filters(build: Build) -> None:
    march = Filters(date_from=pd.Timestamp("2026-03-15").date())

    assert revenue.get_revenue_by_country(build, march)["net_sales"].tolist() == [79.75, 50.00]
    assert revenue.get_revenue_by_country(build, NOBODY).empty


def test_orders_by_the_channel_they_came_through(build: Build) -> None:
    assert rows_of(revenue.get_orders_by_channel(build, EVERYBODY)) == [
        ("web", 3, 0.6),
        ("shop", 1, 0.2),
        (None, 1, 0.2),
    ]
    assert rows_of(revenue.get_orders_by_channel(build, Filters(country=("Italy",)))) == [(None, 1, 1.0)]
    assert revenue.get_orders_by_channel(build, NOBODY).empty


def test_cohorts_have_a_cell_for_every_month_up_to_as_of(build: Build) -> None:
    january, march = pd.Timestamp("2026-01-01"), pd.Timestamp("2026-03-01")

    assert rows_of(revenue.get_cohort_retention(build, EVERYBODY)) == [
        (january, 0, 2, 2, 1.0, True),
        (january, 1, 2, 1, 0.5, True),
        (january, 2, 2, 1, 0.5, False),
        (march, 0, 1, 1, 1.0, False),
    ]


def test_a_cohort_that_never_came_back_has_zeros(build: Build) -> None:
    paid = revenue.get_cohort_retention(build, Filters(acquisition_channel=("Paid",)))

    assert paid["share_who_ordered"].tolist() == [1, 0, 0]
    assert paid["is_complete"].tolist() == [True, True, False]


def test_cohorts_heed_country_and_channel_only(build: Build) -> None:
    champions = revenue.get_cohort_retention(build, Filters(rfm_segment=("Champions",)))

    pd.testing.assert_frame_equal(champions, revenue.get_cohort_retention(build, EVERYBODY))
    assert revenue.get_cohort_retention(build, Filters(country=("unknown",))).empty


def test_what_is_expected_of_each_cohort(build: Build) -> None:
    january, march = pd.Timestamp("2026-01-01"), pd.Timestamp("2026-03-01")

    # Anna and Ben: 3.25 + 0.5 order days, active with 100 and 50 %, 310.00 + 40.50.
    assert rows_of(revenue.get_cohort_forecast(build, EVERYBODY)) == [
        (january, 2, 3.75, 1.875, 0.75, 350.50, None),
        (march, 1, 0.80, 0.8, 0.75, 12.25, None),
    ]


def test_expectations_heed_country_and_channel_only(build: Build) -> None:
    paid = revenue.get_cohort_forecast(build, Filters(acquisition_channel=("Paid",)))
    unknown = revenue.get_cohort_forecast(build, Filters(acquisition_channel=("unknown",)))
    champions = revenue.get_cohort_forecast(build, Filters(rfm_segment=("Champions",)))

    assert (paid["customers"].tolist(), paid["expected_order_days"].tolist()) == ([1], [0.5])
    assert unknown["cohort_month"].tolist() == [pd.Timestamp("2026-03-01")]
    pd.testing.assert_frame_equal(champions, revenue.get_cohort_forecast(build, EVERYBODY))
    assert revenue.get_cohort_forecast(build, Filters(country=("Norway",))).empty


def test_exclusions_are_those_of_the_build(build: Build) -> None:
    assert rows_of(definitions.get_exclusions(build, NOBODY)) == [
        ("orders", "cancelled", 2),
        ("orders", "after as-of", 1),
        ("returns", "no time", 4),
    ]


@pytest.fixture
def people(own_database: Callable[..., Settings], loaded_people: Settings, rows: Rows) -> Settings:
    """A build of the people in tests/people, and of a campaign that begins after as-of."""
    own: Settings = own_database(loaded_people)
    rows(own, "insert into source.campaigns (campaign_id, started_at) values ('next', '2026-04-01')")
    assert rebuild.run(own, AS_OF).state == "published"
    return own


def test_channels_hold_every_order_once(people: Settings, rows: Rows) -> None:
    by_channel = rows(people, "select channel, sum(orders) from c360.channel_sales group by channel order by channel")
    other_orders = rows(people, "select sum(orders) - 1 from c360.customer_360")

    assert by_channel == [("shop", 1), ("web", *other_orders[0])]


def test_campaigns_count_customers_and_answers_up_to_as_of(people: Settings, rows: Rows) -> None:
    columns = "campaign_id, ended_at, sent, opened, clicked, converted"
    assert rows(people, f"select {columns} from c360.campaign_results order by campaign_id") == [
        ("spring", None, 2, 1, 1, 0),
        ("winter", None, 3, 2, 0, 1),
    ]


def test_without_a_forecast_cohorts_have_their_customers_and_the_reason(people: Settings) -> None:
    db.init(people)
    found = revenue.get_cohort_forecast(db.current_build(), EVERYBODY)

    assert found["customers"].sum() == 11
    expectations = ["expected_order_days", "expected_order_days_each", "mean_probability_active", "expected_net_sales"]
    assert found[expectations].isna().all(axis=None)
    assert set(found["forecast_reason"]) == {"11 of the 500 customers with an order that a forecast needs."}
    # Bruno and Irene.
    assert found.set_index("cohort_month")["customers"][pd.Timestamp("2026-02-01")] == 2


def test_what_a_shop_notes_of_no_campaign_is_no_data(people: Settings, rows: Rows) -> None:
    rows(people, "update source.campaign_responses set clicked_at = null")
    assert rebuild.run(people, AS_OF).state == "published"

    columns = "campaign_id, sent, opened, clicked, converted"
    assert rows(people, f"select {columns} from c360.campaign_results order by campaign_id") == [
        ("spring", 2, 1, None, 0),
        ("winter", 3, 2, None, 1),
    ]
    columns = "customer_id, campaigns_received, campaigns_opened, campaigns_clicked"
    assert rows(people, f"select {columns} from c360.customer_360 where campaigns_received > 0 order by 1") == [
        ("ada", 2, 2, None),
        ("dario", 1, 0, None),
        ("jacopo", 1, 1, None),
        ("marta", 1, 0, None),
    ]
