"""The parts of pages, as text and as what they are made of."""

import json
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from c360_dash import components, metrics
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {"comparison_days": 30, "csat_minimum_n": 30, "active_days": 365})
UP_IS_BETTER = metrics.METRICS["customers"]
DOWN_IS_BETTER = metrics.METRICS["value_at_risk"]
RATE = metrics.METRICS["retention_rate"]
CSAT = metrics.METRICS["csat"]


def words(part: Any) -> str:
    """The text of a component and of all in it, one space between."""
    if isinstance(part, (list, tuple)):
        return " ".join(filter(None, map(words, part)))
    if isinstance(part, Component):
        return words(getattr(part, "children", None))
    return "" if part is None else str(part).strip()


@pytest.mark.parametrize(
    ("metric", "value", "comparison", "tone", "change"),
    [
        (UP_IS_BETTER, 110, 100, "good", "▲ up 10 % vs 30 days before"),
        (UP_IS_BETTER, 90, 100, "bad", "▼ down 10 % vs 30 days before"),
        (DOWN_IS_BETTER, 110, 100, "bad", "▲ up 10 % vs 30 days before"),
        (DOWN_IS_BETTER, 90, 100, "good", "▼ down 10 % vs 30 days before"),
        (RATE, 0.63, 0.65, "bad", "▼ down 2.0 points vs 30 days before"),
        (UP_IS_BETTER, 100, 100, "none", "No change vs 30 days before"),
        (RATE, 0.63, 0.6301, "none", "No change vs 30 days before"),
        (UP_IS_BETTER, 5, 0, "good", "▲ up 5 vs 30 days before"),
        (UP_IS_BETTER, 0, 0, "none", "No change vs 30 days before"),
        (UP_IS_BETTER, 5, None, "none", "No number 30 days before"),
        (RATE, None, 0.5, "none", "–"),
    ],
)
def test_a_change_is_told_in_words_and_coloured_by_what_is_better(
    metric: metrics.Metric, value: float | None, comparison: float | None, tone: str, change: str
) -> None:
    found = components.change_in_words(metric, value, comparison, WRITER)

    assert (found[0], words(found[1])) == (tone, change)


def test_a_card_shows_label_and_number() -> None:
    card = words(components.kpi_card(metrics.METRICS["active_customers"], 12_345, None, None, WRITER))

    assert "Active customers" in card
    assert "12.3 k" in card


def test_a_rate_of_too_few_says_how_many_it_needs() -> None:
    card = words(components.kpi_card(CSAT, None, 0.5, 12, WRITER))

    assert "–" in card
    assert "Only 12 of the 30 ratings needed" in card


def test_a_table_aligns_numbers_right_and_can_be_reached_with_the_keyboard() -> None:
    region: Any = components.data_table([("Band", False), ("Customers", True)], [["High", "7"]], "Churn risk")

    cells = json.loads(getattr(region, "data-c360-table"))
    assert cells == {"columns": [["Band", False], ["Customers", True]], "rows": [["High", "7"]]}
    assert region.tabIndex == 0
    assert getattr(region, "aria-label") == "Churn risk: table"


def answer(rows: list[list[str]], nothing: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "nothing": nothing,
        "figure": {"data": [], "layout": {}},
        "sentence": "Seven are at high risk.",
        "columns": [("Band", False)],
        "rows": rows,
    }


def graphs(part: Any) -> list[Any]:
    found = [part] if isinstance(part, dcc.Graph) else []
    children = part if isinstance(part, list) else getattr(part, "children", None)
    inside = children if isinstance(children, list) else [children] if isinstance(children, Component) else []
    return found + [graph for child in inside for graph in graphs(child)]


def test_a_chart_comes_with_sentence_table_and_definition_and_sends_nothing_away() -> None:
    body = components.chart_body(answer([["High"]]), "Churn risk", "churn-risk")

    assert words(body) == "Seven are at high risk. Table Definition"
    (graph,) = graphs(body)
    assert graph.config["showSendToCloud"] is False


@pytest.mark.parametrize(
    ("filters", "lack", "said"),
    [
        (["Country: Italy", "Churn risk: Low"], "", "Filtered by Country: Italy; Churn risk: Low. Clear filters "),
        ([], "completed order", "The data have no completed order. "),
        ([], "", ""),
    ],
    ids=["filtered", "not in the data", "the sentence says it"],
)
def test_a_chart_with_nothing_to_see_says_why_instead_of_drawing(filters: list[str], lack: str, said: str) -> None:
    nothing = {"filters": filters, "lack": lack}
    body = components.chart_body(answer([], nothing), "Churn risk", "churn-risk")

    assert words(body) == f"Seven are at high risk. {said}Definition"
    assert graphs(body) == []


def test_months_in_which_nothing_happened_are_still_a_table() -> None:
    body = components.chart_body(answer([["0"]], {"filters": [], "lack": ""}), "Churn risk", "churn-risk")

    assert words(body) == "Seven are at high risk. Table Definition"
    assert graphs(body) == []


def test_a_chosen_value_stays_a_choice_where_nobody_has_it() -> None:
    options = components.filter_options({"DE": "DE", "unknown": "unknown"}, ["FR"])

    assert [option["label"] for option in options] == ["DE", "Not known", "FR"]


def test_beneath_the_filters_stands_no_empty_line() -> None:
    def classes(bar: Component) -> list[str]:
        return [child.className for child in bar.children]

    assert classes(components.filter_bar(["country"], {}, {}, [html.Span("12 customers")])) == [
        "c360-filters",
        "c360-chosen",
    ]
    assert classes(components.filter_bar(["country"], {}, {})) == ["c360-filters"]
