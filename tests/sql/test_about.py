"""What the drawer of definitions says, about the seven people of named_people.sql."""

from collections.abc import Callable

import pytest

from c360_dash import charts, db
from c360_dash.charts import CHARTS
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.glossary import About, sections

EVERYBODY = Filters()
ITALY = Filters(country=("Italy",))


@pytest.fixture
def build(named_people: Settings) -> Build:
    db.init(named_people)
    return db.current_build()


def about(build: Build, filters: Filters = EVERYBODY, **asked: object) -> About:
    return charts.meaning(asked, build, filters, "en")


def test_a_chart_tells_what_it_means_and_rests_on(build: Build) -> None:
    found = about(build, chart="churn-risk")

    assert found.title == "Churn risk"
    assert [(meaning.label, meaning.anchor) for meaning in found.meanings] == [
        ("Churn risk score", "churn_risk_score"),
        ("Churn risk band", "churn_band"),
    ]
    assert found.rests_on == "6 customers."
    assert found.filtered.endswith("not by dates: it is about the as-of moment.")
    assert found.computed.startswith("Build 1, made ")
    assert "It looks from 31 Mar 2026" in found.computed


def test_what_it_rests_on_heeds_the_filters_that_the_chart_heeds(build: Build) -> None:
    assert about(build, ITALY, chart="churn-risk").rests_on == "1 customer."
    assert about(build, ITALY, chart="score-cutoffs").rests_on == about(build, chart="score-cutoffs").rests_on
    assert about(build, chart="score-cutoffs").filtered == "No filter applies here."


def test_a_metric_tells_its_formula_and_its_n(build: Build) -> None:
    csat = about(build, metric="csat")
    (meaning,) = csat.meanings
    assert (meaning.formula, meaning.unit) == ("sum(satisfied_ratings) / nullif(sum(ratings), 0)", "%")
    assert csat.rests_on == "4 ratings."
    assert about(build, metric="total_lifetime_value").rests_on == "7 customers."
    assert about(build, ITALY, metric="customers").rests_on == "1 customer."


def test_only_the_exclusions_that_concern_a_number_are_told(
    own_named_people: Settings, rows: Callable[..., list[tuple[object, ...]]]
) -> None:
    rows(own_named_people, "truncate c360_b1.exclusions")
    rows(
        own_named_people,
        "insert into c360_b1.exclusions (relation, reason, treatment, rows) values"
        " ('orders', 'cancelled', 'exclude', 202), ('orders', 'pending', 'exclude', 87),"
        " ('service_tickets', 'after as-of', 'exclude', 5)",
    )
    db.init(own_named_people)
    build = db.current_build()

    assert about(build, chart="monthly-revenue").not_counted == [
        "Orders, 202: The order was cancelled.",
        "Orders, 87: The order is still pending.",
    ]
    assert about(build, metric="csat").not_counted == ["Service tickets, 5: It happened after the as-of moment."]
    assert about(build, metric="customers").not_counted == ["Every row of the source that this depends on counts."]
    assert len(about(build, title="Churn risk", columns=["churn_risk_score"]).not_counted) == 3


@pytest.mark.parametrize("key", CHARTS)
def test_every_chart_has_its_definitions_and_they_are_on_the_page_of_definitions(build: Build, key: str) -> None:
    found = about(build, chart=key)

    anchors = {anchor for section in sections(charts.writer_of(build, "en")) for anchor in section.anchors}
    assert found.meanings
    assert {meaning.anchor for meaning in found.meanings} <= anchors
    assert found.rests_on[0].isdigit()
