"""Figures and sentences from hand-made answers, as they come from queries."""

import json
from typing import Any

import pandas as pd
import pytest

from c360_dash import figures
from c360_dash.figures import sentences
from c360_dash.figures.style import count_axis, share_axis
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {})
MONTHS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2026-09-01", "2026-10-01", "2026-11-01"]),
        "net_sales": [2000.004, 1500.0, 20.0],
        "orders": [20, 15, 1],
        "customers": [18, 12, 1],
        "new_customers": [3, 2, 0],
        "is_complete": [True, True, False],
    }
)
FRENCH = Writer("EUR", "fr", {})
SEGMENTS = pd.DataFrame(
    {
        "value_segment": ["High", "Low", "Prospect"],
        "customers": [2, 7, 1],
        "lifetime_value": [900.0, 100.0, 0.0],
        "share_of_customers": [0.2, 0.7, 0.1],
        "share_of_value": [0.9, 0.1, 0.0],
    }
)
CATEGORIES = pd.DataFrame(
    {
        "category": [*(f"Category {number}" for number in range(12)), None],
        "net_sales": [float(1300 - 100 * number) for number in range(13)],
        "units": [1] * 13,
        "orders": [1] * 13,
        "customers": [1] * 13,
    }
)
SCORES = pd.DataFrame({"score": [1, 2, 3, 4, 5], "ratings": [10, 0, 10, 30, 50], "customers": [9, 0, 8, 20, 40]})
BANDS = pd.DataFrame(
    {"churn_band": ["Low", "Medium", "High"], "customers": [6, 2, 2], "lifetime_value": [600.0, 200.0, 50.0]}
)
CELLS = pd.DataFrame(
    {
        "recency_score": [5, 5, 1],
        "frequency_score": [5, 5, 1],
        "monetary_score": [5, 4, 1],
        "rfm_segment": ["Champions", "Champions", "Hibernating"],
        "customers": [2, 1, 4],
        "lifetime_value": [500.0, 100.0, 40.0],
    }
)
PEOPLE = pd.DataFrame(
    {
        "customer_id": ["1", "2", "3"],
        "first_name": ["Ada", "Ada", None],
        "last_name": ["Byron", "Byron", None],
        "lifetime_value": [300.0, 200.0, 100.0],
    }
)
KPIS = pd.DataFrame(
    {"metric": ["customers", "csat"], "value": [10.0, None], "comparison_value": [8.0, None], "n": [None, 3]}
)
FIGURES = {
    figures.monthly_revenue: MONTHS,
    figures.customer_segments: SEGMENTS,
    figures.product_category_performance: CATEGORIES,
    figures.customer_satisfaction: SCORES,
    figures.churn_risk: BANDS,
    figures.rfm_segmentation: CELLS,
    figures.top_customers: PEOPLE,
    figures.kpis: KPIS,
}


@pytest.mark.parametrize(("draw", "frame"), FIGURES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_figure_is_small_plain_json_without_a_template(draw: Any, frame: pd.DataFrame) -> None:
    text = json.dumps(draw(frame, WRITER), allow_nan=False)

    assert len(text) < 8_000
    assert "template" not in json.loads(text)["layout"]
    assert json.loads(text)["data"]


@pytest.mark.parametrize(
    ("draw", "frame"),
    [pair for pair in FIGURES.items() if pair[0] is not figures.kpis],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_nothing_to_draw_is_said_in_words_and_not_drawn(draw: Any, frame: pd.DataFrame) -> None:
    figure = draw(frame.iloc[:0], WRITER)

    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"].endswith(".")


def test_the_unfinished_month_hangs_on_by_a_dashed_line() -> None:
    finished, running = figures.monthly_revenue(MONTHS, WRITER)["data"]

    assert finished["x"] == ["2026-09-01", "2026-10-01"]
    assert "dash" not in finished["line"]
    assert running["x"] == ["2026-10-01", "2026-11-01"]
    assert running["line"]["dash"] == "dot"
    assert running["customdata"] == ["", "€20.00 · 1 orders · month not finished"]


def test_the_unfinished_month_is_in_no_trend() -> None:
    assert sentences.monthly_revenue(MONTHS, WRITER) == (
        "Oct 2026 brought €1,500, 25 % less than the month before; the best month was Sep 2026 with €2,000. "
        "Nov 2026 is not finished and drawn dashed."
    )


def test_a_shop_in_its_first_month_has_no_trend() -> None:
    assert sentences.monthly_revenue(MONTHS.iloc[2:], WRITER) == "No month has ended yet."
    assert len(figures.monthly_revenue(MONTHS.iloc[2:], WRITER)["data"]) == 2


def test_small_categories_are_one_bar_so_that_nothing_is_left_out() -> None:
    bar = figures.product_category_performance(CATEGORIES, WRITER)["data"][0]

    assert sum(bar["x"]) == CATEGORIES["net_sales"].sum()
    assert bar["customdata"][0] == "3 others"


def test_a_missing_category_has_a_name() -> None:
    bar = figures.product_category_performance(CATEGORIES.tail(1), WRITER)["data"][0]

    assert bar["customdata"] == ["Without category"]


def test_two_customers_of_one_name_are_two_bars_and_one_without_a_name_shows_the_id() -> None:
    bar = figures.top_customers(PEOPLE, WRITER)["data"][0]

    assert bar["customdata"] == ["3", "Ada Byron", "Ada Byron"]
    assert len(set(bar["y"])) == 3


def test_the_grid_of_scores_adds_the_monetary_scores_up_and_leaves_empty_cells_empty() -> None:
    heat = figures.rfm_segmentation(CELLS, WRITER)["data"][0]

    assert heat["z"][4][4] == 3
    assert heat["z"][0][0] == 4
    assert heat["z"][0][4] is None
    assert heat["customdata"][4][4] == "<b>Champions</b><br>Recency 5, frequency 5<br>3 customers, €600"


def test_satisfaction_is_told_with_csat_mean_and_number() -> None:
    summary = pd.DataFrame({"csat": [0.8], "mean_score": [4.1], "ratings": [100]})

    said = sentences.customer_satisfaction(SCORES, summary, writer=WRITER)

    assert said == "CSAT 80 %: that share of 100 ratings is 4 or 5. The mean is 4.10."


def test_too_few_ratings_give_no_csat() -> None:
    hidden = pd.DataFrame({"csat": [float("nan")], "mean_score": [float("nan")], "ratings": [100]})

    assert sentences.customer_satisfaction(SCORES, hidden, writer=WRITER) == "100 ratings: too few for a CSAT."


@pytest.mark.parametrize(
    ("say", "frame", "sentence"),
    [
        (
            sentences.customer_segments,
            SEGMENTS,
            "High value customers are 20 % of the customers and bring 90 % of the value.",
        ),
        (sentences.churn_risk, BANDS, "2 customers (20 %) are at high risk; they were worth €50.00."),
        (
            sentences.rfm_segmentation,
            CELLS,
            "Hibernating is the largest segment with 57 % of the customers who ordered. Seldom, and long ago.",
        ),
        (sentences.top_customers, PEOPLE, "These 3 are worth €600 together, the first one €300."),
        (
            sentences.product_category_performance,
            CATEGORIES,
            "Category 0 sells most, 14 % of the net sales of 13 categories (before returns).",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_figure_is_told_in_a_sentence(say: Any, frame: pd.DataFrame, sentence: str) -> None:
    assert say(frame, WRITER) == sentence


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], ["0", "1"]),
        ([0, 0], ["0", "1"]),
        ([-0.25, 0.5], ["0", "1"]),
        ([float("nan"), 3.0], ["0", "1", "2", "3"]),
        ([-120, 470], ["0", "200", "400"]),
        ([1_700_000], ["0", "500 k", "1.0 M", "1.5 M"]),
    ],
)
def test_axes_count_in_round_steps_from_zero(values: list[float], words: list[str]) -> None:
    assert count_axis(WRITER, "Orders", values)["ticktext"] == words


@pytest.mark.parametrize("values", [[], [0, 0], [-0.25, 0.5]])
def test_an_axis_of_next_to_nothing_shows_both_its_labels(values: list[float]) -> None:
    least, most = count_axis(WRITER, "Orders", values)["range"]
    assert least == min([0, *values])
    assert most == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], ["0 %", "50 %", "100 %"]),
        ([0.81], ["0 %", "50 %", "100 %"]),
        ([float("nan"), 1.0], ["0 %", "50 %", "100 %"]),
        ([0.31, 0.12], ["0 %", "20 %", "40 %"]),
        ([0.1], ["0 %", "5 %", "10 %"]),
        ([0.0], ["0 %", "1 %", "2 %"]),
    ],
)
def test_axes_of_shares_end_at_a_round_one_that_is_in_view(values: list[float], words: list[str]) -> None:
    axis = share_axis(WRITER, "New", values)
    assert axis["ticktext"] == words
    assert all(value != value or value <= axis["tickvals"][-1] for value in values)
    assert axis["tickvals"][-1] < axis["range"][1]


def test_money_on_axes_is_in_the_currency_and_habits_of_the_shop() -> None:
    layout = figures.monthly_revenue(MONTHS, Writer("BRL", "de"))["layout"]

    assert layout["yaxis"]["ticktext"] == ["0 R$", "500 R$", "1.000 R$", "1.500 R$", "2.000 R$"]
    assert layout["yaxis"]["tickvals"] == [0, 500, 1000, 1500, 2000]
    assert layout["separators"] == ",."


def test_a_french_month_is_capital_where_a_sentence_begins() -> None:
    said = sentences.monthly_revenue(MONTHS, FRENCH)

    assert said.startswith(
        "Oct. 2026 brought 1\u202f500 €, 25 % less than the month before; the best month was sept. 2026"
    )
    assert said.endswith(". Nov. 2026 is not finished and drawn dashed.")


def test_months_in_which_nothing_was_sold_are_no_line_along_nought() -> None:
    idle = MONTHS.assign(net_sales=0.0, orders=0)

    assert sentences.monthly_revenue(idle, WRITER) == sentences.NOTHING_SOLD
    assert figures.monthly_revenue(idle, WRITER)["data"] == []
