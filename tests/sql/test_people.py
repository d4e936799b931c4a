"""The build against the named people, whose values were worked out by hand."""

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from c360_dash import rebuild
from c360_dash.config import Settings
from tests.oracle import COLUMNS, customer_360
from tests.oracle.comparing import differences
from tests.oracle.reading import change_parameters, read_parameters, read_source, read_table
from tests.people import AS_OF, EXPECTED, PARAMETERS, SOURCE

VARIANTS: list[Mapping[str, object]] = [
    {"retention_window_months": 12, "active_days": 31, "timezone": "Asia/Tokyo"},
    {"value_cutoff_kind": "amount", "high_value_amount": 100, "medium_value_amount": 60},
    {"high_value_share": 0, "medium_value_share": 0},
    {"high_value_share": 0.5, "medium_value_share": 0.5},
    {"high_value_share": 0.6, "medium_value_share": 0.6},
    {"gap_shrinkage": 0, "churn_recency_half": 0.5, "churn_engagement_half_days": 7},
    {"gap_shrinkage": 2.5, "service_window_days": 1, "engagement_window_days": 1},
    {"churn_weight_recency": 0, "churn_weight_service": 0, "churn_frequency_half": 0.5},
    {"churn_weight_recency": 0, "churn_weight_frequency": 0, "churn_frequency_window_days": 30},
    {"churn_medium_from": 0, "churn_high_above": 0},
    {"currency": "USD"},
    {"currency": "JPY"},
]


@pytest.fixture
def people(own_database: Callable[..., Settings], loaded_people: Settings) -> Settings:
    """A database with the people in its source."""
    return own_database(loaded_people)


def test_the_build_says_of_the_people_what_was_worked_out_by_hand(people: Settings) -> None:
    run = rebuild.run(people, AS_OF)
    assert run.state == "published", run.failed_checks
    difference = differences(EXPECTED[COLUMNS], read_table(people, "c360", "customer_360"), SOURCE)
    assert not difference, difference


def test_the_people_reach_the_database_as_they_are(
    people: Settings, rows: Callable[..., list[tuple[object, ...]]]
) -> None:
    loaded = read_source(people)
    assert {name: len(frame) for name, frame in loaded.items()} == {name: len(frame) for name, frame in SOURCE.items()}
    expected, actual = (customer_360(source, pd.Timestamp(AS_OF), PARAMETERS) for source in (SOURCE, loaded))
    assert not differences(expected, actual, SOURCE)


@pytest.mark.parametrize("parameters", VARIANTS, ids=lambda parameters: ", ".join(parameters))
def test_the_build_agrees_with_the_oracle_about_the_people(people: Settings, parameters: Mapping[str, object]) -> None:
    change_parameters(people, parameters)
    run = rebuild.run(people, AS_OF)
    expected = customer_360(SOURCE, pd.Timestamp(AS_OF), read_parameters(people, run.id))
    difference = differences(expected, read_table(people, f"c360_b{run.id}", "customer_360"), SOURCE)
    assert not difference, difference
