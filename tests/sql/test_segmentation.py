"""The questions of the segmentation page about the seven people of named_people.sql, and about two builds of them."""

from dataclasses import replace

import pandas as pd
import pytest

from c360_dash import charts, db
from c360_dash.app import create_app
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.queries import segmentation

EVERYBODY = Filters()
SECOND_BUILD = """
    insert into c360.run (kind, trigger, requested_by, as_of, state)
    select kind, trigger, requested_by, '2026-04-30 23:00:00+02', 'held' from c360.run;
    create schema c360_b2;
    create table c360_b2.settings as select * from c360_b1.settings;
    create table c360_b2.customer_360 as select * from c360_b1.customer_360 where first_name <> 'Felix';
    update c360_b2.customer_360 set value_segment = 'Medium', rfm_segment = 'Need Attention' where first_name = 'Ben';
    insert into c360_b2.customer_360 (customer_id, first_name, value_segment, rfm_segment, country)
    values (8, 'Ina', 'Prospect', 'Prospect', 'Italy');
    create table c360_b1.customer_list as select * from c360_b1.customer_360;
    create table c360_b2.customer_list as select * from c360_b2.customer_360;
    create table c360_b2.customer_cells as
    select value_segment, rfm_segment, churn_band, country, acquisition_channel, 'as_of' as moment,
        count(*) as customers, coalesce(sum(lifetime_value), 0) as lifetime_value
    from c360_b2.customer_360
    group by 1, 2, 3, 4, 5;
    select c360.publish(2);
"""


@pytest.fixture
def build(named_people: Settings) -> Build:
    db.init(named_people)
    return db.current_build()


def run(settings: Settings, statement: str) -> None:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(statement)


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


def second_build(settings: Settings, is_counted: bool = False) -> Build:
    """Build 2; `is_counted`: movement was counted when it was made, as a run does."""
    run(settings, SECOND_BUILD)
    if is_counted:
        run(settings, "select c360.keep_movements(2)")
    db.init(replace(settings, cache="none"))
    return db.current_build()


def test_rfm_segments_say_who_is_in_them(build: Build) -> None:
    found = segmentation.get_rfm_segments(build, EVERYBODY).set_index("rfm_segment")
    assert list(found.index)[:3] == ["Champions", "Loyal", "Potential Loyalists"]
    assert found["customers"].sum() == 7
    assert found.loc["Champions", "meaning"] == "Bought just now and buy often."
    assert found.loc["Champions", "mean_orders"] == 6
    assert found["high_churn_share"].dropna().to_dict() == {
        "Champions": 0, "Loyal": 0, "Potential Loyalists": 0, "New": 0, "At Risk": 1, "Hibernating": 1,
    }  # fmt: skip
    assert found["mean_orders"].isna().sum() == 1
    assert found["share_of_value"].sum() == pytest.approx(1, abs=1e-5)


def test_rfm_segments_of_some_customers(build: Build) -> None:
    found = segmentation.get_rfm_segments(build, Filters(country=("Germany",)))
    assert found["rfm_segment"].tolist() == ["Champions", "Loyal", "At Risk"]
    assert segmentation.get_rfm_segments(build, Filters(country=("Atlantis",))).empty


def test_cutoffs_are_those_of_the_build(build: Build) -> None:
    found = segmentation.get_score_cutoffs(build, EVERYBODY)
    assert rows(found[found["measure"] == "recency"]) == [("recency", 5, 10), ("recency", 4, 80), ("recency", 1, 700)]
    shown = charts.answer("score-cutoffs", build, EVERYBODY, "en")
    assert shown["rows"][0] == ["5", "10 days", "6", "SEK 700.50"]
    assert shown["rows"][2] == ["3", "–", "3", "–"]
    assert shown["sentence"].startswith(
        "Recency 5 means 10 days or fewer since the last order. High value is SEK 700.50"
    )


def test_without_a_build_before_the_card_says_so(build: Build) -> None:
    assert db.build_before(build) is None
    assert segmentation.get_value_movement(build, EVERYBODY).empty
    for chart in ("value-segment-movement", "rfm-segment-movement"):
        for filters in (EVERYBODY, Filters(country=("Italy",))):
            shown = charts.answer(chart, build, filters, "en")
            assert shown["rows"] == []
            assert "no build before" in shown["sentence"]
            assert shown["nothing"] == {"filters": [], "lack": ""}  # without filters there would be none either


@pytest.mark.parametrize("is_counted", [False, True])
def test_movement_counts_every_customer_of_both_builds_once(own_named_people: Settings, is_counted: bool) -> None:
    build = second_build(own_named_people, is_counted)
    assert (build.id, getattr(db.build_before(build), "id", None)) == (2, 1)
    assert rows(segmentation.get_value_movement(build, EVERYBODY)) == [
        ("High", "High", 1, 900.00),
        ("High", "Medium", 1, 700.50),
        ("Medium", "Medium", 1, 200.25),
        ("Low", "Low", 2, 90.00),
        ("Low", None, 1, 40.00),
        ("Prospect", "Prospect", 1, 0.00),
        (None, "Prospect", 1, 0.00),
    ]
    shown = charts.answer("rfm-segment-movement", build, EVERYBODY, "en")
    assert shown["rows"] == [
        ["Loyal", "Need Attention", "1", "SEK 700.50"],
        ["At Risk", "Left", "1", "SEK 40.00"],
        ["New customer", "Prospect", "1", "SEK 0.00"],
    ]
    assert shown["sentence"] == (
        "Since build 1 (data as of 31 Mar 2026) 1 of 6 customers (17 %) moved; most, 1, from Loyal to Need Attention. "
        "1 is new. 1 left."
    )


@pytest.mark.parametrize("is_counted", [False, True])
def test_movement_of_some_customers_is_of_those_they_are_now(own_named_people: Settings, is_counted: bool) -> None:
    build = second_build(own_named_people, is_counted)
    assert rows(segmentation.get_value_movement(build, Filters(value_segment=("Medium",)))) == [
        ("High", "Medium", 1, 700.50),
        ("Medium", "Medium", 1, 200.25),
    ]


@pytest.mark.parametrize("is_counted", [False, True])
def test_those_who_left_are_chosen_by_what_they_were(own_named_people: Settings, is_counted: bool) -> None:
    build = second_build(own_named_people, is_counted)
    assert rows(segmentation.get_value_movement(build, Filters(value_segment=("Low",), country=("Germany",)))) == [
        ("Low", None, 1, 40.00),
    ]


def test_movement_keeps_its_numbers_when_somebody_is_erased_and_goes_with_a_build(own_named_people: Settings) -> None:
    build = second_build(own_named_people, is_counted=True)
    before = rows(segmentation.get_rfm_movement(build, EVERYBODY))
    run(own_named_people, "select c360.erase_from('c360_b1', '1'), c360.erase_from('c360_b2', '1')")
    assert rows(segmentation.get_rfm_movement(build, EVERYBODY)) == before
    run(own_named_people, "delete from c360.run_movement")
    assert rows(segmentation.get_rfm_movement(build, EVERYBODY)) == before[1:]
    run(own_named_people, "select c360.keep_movements(2), c360.discard(1)")
    with db.owner_connection(own_named_people) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from c360.run_movement")
        assert cursor.fetchone() == (0,)


def test_movement_is_counted_since_builds_that_will_stay_and_have_such_ids(own_named_people: Settings) -> None:
    def counted() -> list[tuple[object, ...]]:
        with db.owner_connection(own_named_people) as connection, connection.cursor() as cursor:
            cursor.execute("delete from c360.run_movement; select c360.keep_movements(2)")
            cursor.execute("select since, sum(customers) from c360.run_movement group by since")
            return list(cursor.fetchall())

    second_build(own_named_people)
    assert counted() == [(1, 8)]
    run(own_named_people, "alter table c360_b1.customer_list rename to away")
    assert counted() == []
    run(own_named_people, "alter table c360_b1.away rename to customer_list")
    run(own_named_people, "update c360.setting set value = '1' where name = 'builds_kept'")
    assert counted() == []
    run(own_named_people, "update c360.setting set value = '3' where name = 'builds_kept'")
    assert counted() == [(1, 8)]
    run(own_named_people, "alter table c360_b1.customer_360 alter column customer_id type text")
    assert counted() == []


def test_a_build_that_cannot_be_compared_is_refused_with_those_that_can(own_named_people: Settings) -> None:
    build = second_build(own_named_people)
    assert segmentation.get_earlier_build(build, EVERYBODY, 1)["build_id"].tolist() == [1]
    for since in (2, 7):
        with pytest.raises(FilterError, match=rf"since cannot be {since}; builds to compare build 2 with: 1\."):
            segmentation.get_value_movement(build, EVERYBODY, since)
    client = create_app(own_named_people).server.test_client()
    question = "/api/v1/value-segment-movement?since="
    assert len(client.get(f"{question}1").get_json()["data"]) == 7
    for named, reason in [("7", "with: 1."), ("x", "whole number"), ("1&since=1", "given 2 times")]:
        problem = client.get(f"{question}{named}")
        assert (problem.status_code, problem.get_json()["parameter"]) == (400, "since")
        assert reason in problem.get_json()["detail"]
    assert client.get("/api/v1/churn-risk?since=1").status_code == 400


def test_a_build_before_with_other_ids_or_never_published_is_passed_over(own_named_people: Settings) -> None:
    build = second_build(own_named_people)
    run(own_named_people, "update c360.run set state = 'held' where run_id = 1")
    assert db.build_before(build) is None
    run(own_named_people, "update c360.run set state = 'replaced' where run_id = 1")
    assert db.build_before(build) is not None
    run(own_named_people, "alter table c360_b1.customer_360 alter column customer_id type text")
    assert db.build_before(build) is None
    assert segmentation.get_rfm_movement(build, EVERYBODY).empty
