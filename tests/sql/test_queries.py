"""The questions about the seven people of named_people.sql: each number can be added up there by hand."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from flask import Flask

from c360_dash import db, queries, rebuild
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import FilterError
from c360_dash.queries import Filters

Switch = Callable[[Settings], None]
EVERYBODY = Filters()
GERMANS = Filters(country=("Germany",))
NOBODY = Filters(country=("Italy",), value_segment=("High",))


@pytest.fixture
def build(named_people: Settings) -> Build:
    db.init(named_people)
    return db.current_build()


def run(settings: Settings, statement: str) -> None:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(statement)


def publish_a_second_build(settings: Settings) -> None:
    """Build 2 holds Anna only."""
    columns = "kind, trigger, requested_by, as_of"
    run(settings, f"insert into c360.run ({columns}, state) select {columns}, 'held' from c360.run")
    run(settings, "create schema c360_b2")
    run(settings, "create table c360_b2.settings as select * from c360_b1.settings")
    run(settings, "create table c360_b2.customer_360 as select * from c360_b1.customer_360 where first_name = 'Anna'")
    run(settings, "create table c360_b2.customer_cells as select * from c360_b1.customer_cells")
    run(settings, "select c360.publish(2)")


def kpis(build: Build, filters: Filters) -> pd.DataFrame:
    return queries.get_kpis(build, filters).set_index("metric")


def is_hidden(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


def test_the_build_tells_what_it_is(build: Build) -> None:
    assert (build.id, build.schema, build.currency, build.timezone) == (1, "c360_b1", "SEK", "Europe/Berlin")
    assert build.as_of.isoformat() == "2026-03-31T23:00:00+02:00"
    assert build.built_at.isoformat() == "2026-04-01T06:05:00+02:00"
    assert build.settings["active_days"] == 365
    assert not build.stale


def test_kpis_of_everybody(build: Build) -> None:
    found = kpis(build, EVERYBODY)
    assert found["value"].to_dict() == pytest.approx(
        {
            "customers": 7,
            "active_customers": 4,
            "total_lifetime_value": 1930.75,
            "average_order_value": 1930.75 / 18,
            "retention_rate": 2 / 3,
            "repeat_purchase_rate": 4 / 6,
            "csat": 2 / 4,
            "value_at_risk": 80,
        }
    )
    assert found.loc["customers", "comparison_value"] == 6
    assert found.loc["retention_rate", "comparison_value"] == pytest.approx(2 / 4)
    assert found["n"].dropna().to_dict() == {
        "average_order_value": 18,
        "retention_rate": 3,
        "repeat_purchase_rate": 6,
        "csat": 4,
    }


def test_csat_is_hidden_where_it_rests_on_too_few_ratings(build: Build) -> None:
    unknown_country = kpis(build, Filters(country=("unknown",)))
    assert unknown_country.loc["customers", "value"] == 1
    assert unknown_country.loc["csat", "n"] == 1
    assert is_hidden(unknown_country.loc["csat", "value"])
    assert kpis(build, GERMANS).loc["csat", "value"] == pytest.approx(2 / 3)


def test_csat_of_the_comparison_is_hidden_by_its_own_ratings(build: Build) -> None:
    germans = kpis(build, GERMANS)
    assert germans.loc["csat", "n"] == 3
    assert is_hidden(germans.loc["csat", "comparison_value"])


def test_nobody_is_zero_customers_and_no_rate(build: Build) -> None:
    found = kpis(build, NOBODY)["value"]
    assert found["customers"] == 0
    assert found.drop(["customers", "active_customers"]).isna().all()


def test_customer_segments(build: Build) -> None:
    found = queries.get_customer_segments(build, EVERYBODY)
    assert found["value_segment"].tolist() == ["High", "Medium", "Low", "Prospect"]
    assert found["customers"].tolist() == [2, 1, 3, 1]
    assert found["lifetime_value"].tolist() == [1600.50, 200.25, 130.00, 0.00]
    assert found["share_of_customers"].tolist() == pytest.approx([2 / 7, 1 / 7, 3 / 7, 1 / 7], abs=1e-6)
    assert found["share_of_value"].sum() == pytest.approx(1, abs=1e-5)


def test_months_without_a_sale_are_zero_and_the_last_is_incomplete(build: Build) -> None:
    assert rows(queries.get_monthly_revenue(build, EVERYBODY)) == [
        (pd.Timestamp("2026-01-01"), 420.50, 3, 2, 1, True),
        (pd.Timestamp("2026-02-01"), 0.00, 0, 0, 0, True),
        (pd.Timestamp("2026-03-01"), 129.75, 2, 2, 1, False),
    ]


def test_the_months_of_some_customers_are_the_months_of_all(build: Build) -> None:
    italians = queries.get_monthly_revenue(build, Filters(country=("Italy",)))
    assert italians["net_sales"].tolist() == [0, 0, 50]
    assert italians["is_complete"].tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("date_from", "date_to", "months"),
    [
        (date(2026, 2, 14), None, [2, 3]),
        (None, date(2026, 2, 14), [1, 2]),
        (date(2026, 2, 1), date(2026, 2, 28), [2]),
        (date(2027, 1, 1), None, []),
    ],
)
def test_dates_choose_whole_months(build: Build, date_from: date, date_to: date, months: list[int]) -> None:
    found = queries.get_monthly_revenue(build, Filters(date_from=date_from, date_to=date_to))
    assert found["month"].dt.month.tolist() == months


def test_top_customers_are_those_with_an_order(build: Build) -> None:
    found = queries.get_top_customers(build, EVERYBODY)
    assert found["first_name"].tolist() == ["Anna", "Ben", "Clara", "Dario", "Eva", "Felix"]
    assert found["customer_id"].tolist() == ["1", "2", "3", "4", "5", "6"]
    assert found["lifetime_value"].tolist() == [900.00, 700.50, 200.25, 50.00, 40.00, 40.00]
    assert rows(found[["country"]])[4] == (None,)


def test_moments_are_told_in_the_time_zone_of_the_build(build: Build) -> None:
    anna = queries.get_top_customers(build, EVERYBODY, limit=1)
    assert anna["last_order_at"].tolist() == [pd.Timestamp("2026-03-21 00:30", tz="Europe/Berlin")]


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_that_is_no_page_is_refused(build: Build, limit: int) -> None:
    with pytest.raises(FilterError, match="from 1 to 1000"):
        queries.get_top_customers(build, EVERYBODY, limit=limit)


def test_categories_by_sales_and_what_has_none(build: Build) -> None:
    assert rows(queries.get_product_category_performance(build, EVERYBODY)) == [
        ("Coffee", 200.00, 5.0, 3, 1),
        ("Tea", 80.00, 4.0, 3, 2),
        (None, 50.00, 2.0, 1, 1),
    ]


def test_satisfaction_has_always_five_scores(build: Build) -> None:
    assert rows(queries.get_customer_satisfaction(build, EVERYBODY)) == [
        (1, 1, 1),
        (2, 1, 1),
        (3, 0, 0),
        (4, 1, 1),
        (5, 1, 1),
    ]
    assert rows(queries.get_customer_satisfaction(build, NOBODY)) == [
        (1, 0, 0),
        (2, 0, 0),
        (3, 0, 0),
        (4, 0, 0),
        (5, 0, 0),
    ]


def test_satisfaction_in_one_row(build: Build) -> None:
    assert rows(queries.get_satisfaction_summary(build, EVERYBODY)) == [(4, 0.5, 3.0)]
    assert rows(queries.get_satisfaction_summary(build, Filters(country=("unknown",)))) == [(1, None, None)]
    assert rows(queries.get_satisfaction_summary(build, NOBODY)) == [(0, None, None)]


def test_churn_risk_is_of_customers_with_an_order(build: Build) -> None:
    assert rows(queries.get_churn_risk(build, EVERYBODY)) == [
        ("Low", 3, 1150.25),
        ("Medium", 1, 700.50),
        ("High", 2, 80.00),
    ]


def test_rfm_cells(build: Build) -> None:
    found = queries.get_rfm_segmentation(build, EVERYBODY)
    assert rows(found)[0] == (5, 5, 5, "Champions", 1, 900.00)
    assert found["customers"].sum() == 6


@pytest.mark.parametrize(
    ("filters", "first_names"),
    [
        (Filters(value_segment=("High", "Medium")), ["Anna", "Ben", "Clara"]),
        (Filters(rfm_segment=("New", "At Risk")), ["Dario", "Felix"]),
        (Filters(churn_band=("High",)), ["Eva", "Felix"]),
        (Filters(country=("Germany", "unknown")), ["Anna", "Ben", "Eva", "Felix"]),
        (Filters(acquisition_channel=("unknown",)), ["Dario"]),
        (Filters(country=("Germany",), acquisition_channel=("Paid",)), ["Ben"]),
        (NOBODY, []),
    ],
)
def test_every_filter_keeps_whom_it_names(build: Build, filters: Filters, first_names: list[str]) -> None:
    assert queries.get_top_customers(build, filters)["first_name"].tolist() == first_names


def test_answers_without_rows_have_the_types_of_those_with_rows(build: Build) -> None:
    nobody, everybody = (queries.get_top_customers(build, filters) for filters in (NOBODY, EVERYBODY))
    assert nobody.dtypes.to_dict() == everybody.dtypes.to_dict()


def test_filter_values_name_the_customers_without_one(build: Build) -> None:
    choices = queries.filter_choices(build)
    assert choices["country"] == ["Germany", "France", "Italy", "unknown"]
    assert choices["churn_band"] == ["Low", "High", "Medium", "unknown"]


def test_a_country_without_customers_is_refused_by_name(build: Build) -> None:
    queries.refuse_unknown_values(build, Filters(country=("Italy", "unknown")))
    with pytest.raises(FilterError, match=r"country cannot be “Atlantis”: no customer of build 1 has it\."):
        queries.refuse_unknown_values(build, Filters(country=("Atlantis",)))


def test_a_changed_frame_does_not_change_the_next_answer(build: Build) -> None:
    first = queries.get_churn_risk(build, EVERYBODY)
    first["customers"] = 0
    assert queries.get_churn_risk(build, EVERYBODY)["customers"].tolist() == [3, 1, 2]


def test_parameters_that_a_question_does_not_take_are_refused(build: Build) -> None:
    with pytest.raises(TypeError, match=r"filters\.choices takes the parameters none; given were colour\."):
        db.read("filters.choices", build, colour="red")
    with pytest.raises(LookupError, match=r"sql/queries/overview\.sql has no block `-- name: weather`"):
        db.read("overview.weather", build)


def test_a_request_sees_one_build_even_when_another_is_published(own_named_people: Settings) -> None:
    server = Flask(__name__)
    reader = db.init(own_named_people, server)
    with server.test_request_context():
        before = db.current_build()
        publish_a_second_build(own_named_people)
        reader.builds.forget_current()
        assert db.current_build() is before
        assert queries.get_top_customers(before, EVERYBODY)["first_name"].size == 6
    with server.test_request_context():
        after = db.current_build()
        assert after.id == 2
        assert queries.get_top_customers(after, EVERYBODY)["first_name"].tolist() == ["Anna"]
        assert queries.get_top_customers(db.build_by_id(1), EVERYBODY)["first_name"].size == 6


def test_answers_of_a_build_that_is_gone_are_thrown_away(own_named_people: Settings) -> None:
    reader = db.init(own_named_people)
    first = db.current_build()
    queries.get_churn_risk(first, EVERYBODY)
    folder = own_named_people.data_dir / "cache" / first.token
    assert folder.is_dir()
    publish_a_second_build(own_named_people)
    run(own_named_people, "select c360.discard(1)")
    reader.builds.forget_current()
    assert db.current_build().id == 2
    assert not folder.exists()
    with pytest.raises(db.NoBuild, match="Build 1 is gone"):
        queries.get_churn_risk(first, EVERYBODY)
    with pytest.raises(db.NoBuild, match="Build 1 is not in the database"):
        db.build_by_id(1)


@pytest.mark.parametrize("installed", [False, True])
def test_nothing_published_is_said_with_the_way_out(fresh_database: Settings, installed: bool) -> None:
    if installed:
        rebuild.install(fresh_database)
    db.init(fresh_database)
    with pytest.raises(db.NoBuild, match="Nothing is published yet; run `c360 rebuild`"):
        db.current_build()


def test_a_database_away_still_gives_known_answers(own_named_people: Settings, close: Switch, reopen: Switch) -> None:
    reader = db.init(own_named_people)
    build = db.current_build()
    known = queries.get_churn_risk(build, EVERYBODY)
    close(own_named_people)
    reader.builds.forget_current()
    stale = db.current_build()
    assert stale.stale
    assert stale.id == build.id
    pd.testing.assert_frame_equal(queries.get_churn_risk(stale, EVERYBODY), known)
    with pytest.raises(db.DatabaseAway):
        queries.get_rfm_segmentation(stale, EVERYBODY)
    reopen(own_named_people)
    reader.builds.forget_current()
    assert not db.current_build().stale
    assert len(queries.get_rfm_segmentation(stale, EVERYBODY)) == 6


def test_a_question_over_the_time_limit_is_told_apart(own_named_people: Settings) -> None:
    run(own_named_people, "alter table c360_b1.settings rename to kept")
    run(own_named_people, "create view c360_b1.settings as select kept.*, pg_sleep(60)::text from c360_b1.kept")
    run(own_named_people, "select c360.grant_reading('c360_b1')")
    hurried = replace(own_named_people, statement_timeout_ms=50)
    db.init(hurried)
    with pytest.raises(db.QueryTooSlow, match="C360_STATEMENT_TIMEOUT_MS"):
        db.current_build()
    db.reader_engine(hurried).dispose()
