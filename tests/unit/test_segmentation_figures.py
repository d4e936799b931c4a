"""Figures and sentences of the segmentation page from hand-made answers."""

import json
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from c360_dash.figures import segmentation
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {})
SEGMENTS = pd.DataFrame(
    {
        "rfm_segment": ["Champions", "At Risk", "Prospect"],
        "meaning": ["a", "b", "c"],
        "customers": [20, 70, 10],
        "share_of_customers": [0.2, 0.7, 0.1],
        "lifetime_value": [900.0, 100.0, 0.0],
        "share_of_value": [0.9, 0.1, 0.0],
        "mean_orders": [6.0, 3.0, float("nan")],
        "high_churn_share": [0.0, 0.5, float("nan")],
    }
)
CUTOFFS = pd.DataFrame(
    {
        "measure": ["recency", "recency", "frequency", "monetary", "value", "value"],
        "score": [5, 1, 5, 5, 2, 1],
        "from_value": [21.0, 900.0, 6.0, 512.3, 512.3, 100.0],
    }
)
MOVES = pd.DataFrame(
    {
        "segment_before": ["High", "High", "Low", None],
        "segment_now": ["High", "Medium", "High", "Prospect"],
        "customers": [90, 10, 30, 5],
        "lifetime_value": [900.0, 10.0, 300.0, 0.0],
    }
)
BEFORE = pd.DataFrame({"build_id": [40], "as_of": [datetime(2026, 10, 23)]})
DRAWN = {segmentation.rfm_segments: SEGMENTS, segmentation.score_cutoffs: CUTOFFS, segmentation.movement: MOVES}


@pytest.mark.parametrize(("draw", "frame"), DRAWN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_figure_is_plain_json_and_says_in_words_when_there_is_nothing(draw: Any, frame: pd.DataFrame) -> None:
    figure = json.loads(json.dumps(draw(frame, WRITER), allow_nan=False))
    assert figure["data"]
    assert "template" not in figure["layout"]
    assert draw(frame.iloc[:0], WRITER)["layout"]["annotations"][0]["text"].endswith(".")


def test_movement_is_coloured_by_the_share_of_those_who_were_there() -> None:
    heat = segmentation.movement(MOVES, WRITER)["data"][0]
    assert heat["y"] == ["High", "Low", "New customer"]
    assert heat["x"] == ["High", "Medium", "Prospect"]
    assert heat["z"][0] == [0.9, 0.1, None]
    assert heat["text"][2] == ["", "", "5"]
    assert heat["customdata"][0][1] == ("<b>High → Medium</b><br>10 customers, 10 % of High<br>€10.00 lifetime value")


def test_movement_is_told_with_the_build_it_starts_from() -> None:
    assert segmentation.say_movement(MOVES, BEFORE, writer=WRITER) == (
        "Since build 40 (data as of 23 Oct 2026) 40 of 130 customers (31 %) moved; most, 30, from Low to High. "
        "5 are new."
    )
    nobody = segmentation.say_movement(MOVES.iloc[:1], BEFORE, writer=WRITER)
    assert nobody == "Since build 40 (data as of 23 Oct 2026) none of 90 customers moved."
    assert "no build before" in segmentation.say_movement(MOVES.iloc[:0], BEFORE.iloc[:0], writer=WRITER)


def test_changes_leave_out_who_stayed() -> None:
    assert segmentation.changes(MOVES)["customers"].tolist() == [30, 10, 5]


def test_the_segment_worth_most_and_the_one_most_at_risk_are_named() -> None:
    assert segmentation.say_rfm_segments(SEGMENTS, WRITER) == (
        "Champions: 20 % of the customers bring 90 % of the value. "
        "The highest churn risk is in At Risk, where 50 % are at high risk."
    )
    assert segmentation.say_rfm_segments(SEGMENTS.tail(1), WRITER) == "None of these customers has ordered."


def test_cutoffs_are_told_in_words() -> None:
    assert segmentation.say_score_cutoffs(CUTOFFS, WRITER) == (
        "Recency 5 means 21 days or fewer since the last order. High value is €512.30 or more, Medium €100.00 or more."
    )
    assert segmentation.say_score_cutoffs(CUTOFFS.iloc[:0], WRITER) == "No customer has ordered."


def test_a_score_that_nobody_has_stands_in_the_table_without_a_cutoff() -> None:
    table = segmentation.cutoff_table(CUTOFFS)
    assert table["given_score"].tolist() == [5, 4, 3, 2, 1]
    assert table["recency_cutoff"].isna().tolist() == [False, True, True, True, False]
    assert segmentation.cutoff_table(CUTOFFS.iloc[:0]).empty
