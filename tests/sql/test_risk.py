"""The questions of the risk page about the seven people of named_people.sql."""

import pandas as pd
import pytest

from c360_dash import charts, db
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.queries import risk

EVERYBODY = Filters()


@pytest.fixture
def build(named_people: Settings) -> Build:
    db.init(named_people)
    return db.current_build()


@pytest.fixture
def build_to_call(own_named_people: Settings) -> Build:
    """The build in which Ben is at high risk too."""
    with db.owner_connection(own_named_people) as connection, connection.cursor() as cursor:
        for table in ("customer_360", "customer_cells"):
            cursor.execute(
                f"update c360_b1.{table} set churn_band = 'High' where value_segment = 'High' and churn_band = 'Medium'"
            )
    db.init(own_named_people)
    return db.current_build()


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


def test_value_by_risk_holds_every_customer_with_an_order(build: Build) -> None:
    assert rows(risk.get_value_risk(build, EVERYBODY)) == [
        ("High", "Low", 1, 900.00),
        ("High", "Medium", 1, 700.50),
        ("Medium", "Low", 1, 200.25),
        ("Low", "Low", 1, 50.00),
        ("Low", "High", 2, 80.00),
    ]
    assert rows(risk.get_value_risk(build, Filters(country=("Italy",)))) == [("Low", "Low", 1, 50.00)]


def test_what_is_predicted_stands_beside_what_was(build: Build) -> None:
    assert rows(risk.get_expected_value(build, EVERYBODY)) == [
        ("High", 2, 1600.50, 900.00, 150.00, None),
        ("Medium", 1, 200.25, 80.00, 8.00, None),
        ("Low", 3, 130.00, 24.00, 8.60, None),
    ]
    shown = charts.answer("expected-value", build, Filters(country=("Italy",)), "en")
    assert shown["sentence"] == (
        "SEK 20.00 are predicted within 3 years, SEK 5.00 of it at risk. "
        "Low value customers brought 100 % of the lifetime value and are predicted to bring 100 %."
    )
    addresses = {"/customers?value_segment=Low&country=Italy"}
    assert set(shown["links"]) == addresses
    assert {mark for trace in shown["figure"]["data"] for mark in trace["meta"]} == addresses


def test_csat_hides_under_the_least_number_of_ratings(build: Build) -> None:
    shown = charts.answer("satisfaction-gauge", build, EVERYBODY, "en")
    assert shown["rows"] == [["50.0 %", "4", "3.00"]]
    assert shown["sentence"] == "50 % of 4 ratings are 4 or 5."
    few = charts.answer("satisfaction-gauge", build, Filters(country=("unknown",)), "en")
    assert (few["rows"], few["sentence"]) == ([], "1 of the 3 ratings that CSAT needs.")
    assert (shown["nothing"], few["nothing"]) == (None, {"filters": ["Country: unknown"], "lack": ""})


def test_nobody_to_call_is_said_in_words(build: Build) -> None:
    shown = charts.answer("customers-to-call", build, EVERYBODY, "en")
    assert (shown["rows"], shown["sentence"]) == ([], "No High or Medium value customer is at high risk.")


def test_whom_to_call_and_why(build_to_call: Build) -> None:
    found = risk.get_customers_to_call(build_to_call, EVERYBODY)
    assert rows(found[["first_name", "lifetime_value", "churn_risk_score"]]) == [("Ben", 700.50, 60.0)]
    assert found["reason"].tolist() == [
        "Last order 80 days ago, usually every 21 days; 1 of 2 recent ratings low; no visit or response for 120 days"
    ]
    shown = charts.answer("customers-to-call", build_to_call, EVERYBODY, "en")
    assert shown["sentence"] == "One High or Medium value customer is at high risk, worth SEK 700."
    assert risk.get_customers_to_call(build_to_call, Filters(country=("France",))).empty
    with pytest.raises(FilterError, match="from 1 to 1000"):
        risk.get_customers_to_call(build_to_call, EVERYBODY, limit=1001)
