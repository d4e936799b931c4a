"""What a build does not count, in words and as bars."""

import json

import pandas as pd

from c360_dash.charts import CHARTS, not_heeded
from c360_dash.figures import definitions as figures
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {})
LEFT_OUT = pd.DataFrame(
    {
        "relation": ["order_items", "orders", "returns"],
        "reason": ["order not counted", "cancelled", "lost in the post"],
        "rows": [20, 1200, 3],
    }
)


def test_reasons_are_told_in_words_and_unknown_ones_as_they_are() -> None:
    found = figures.exclusions_in_words(LEFT_OUT)

    assert found["relation_name"].tolist() == ["Order items", "Orders", "Returns"]
    assert found["because"].tolist() == ["Its order does not count.", "The order was cancelled.", "lost in the post"]


def test_the_most_frequent_reason_is_told() -> None:
    assert figures.exclusions_sentence(LEFT_OUT, WRITER) == (
        "1,223 rows of the source do not count in this build; "
        "the most frequent reason: Orders: The order was cancelled."
    )


def test_bars_count_rows_and_the_largest_stands_on_top() -> None:
    bar = figures.exclusions(LEFT_OUT, WRITER)["data"][0]

    assert bar["x"] == [3, 20, 1200]
    assert bar["text"] == ["3", "20", "1,200"]
    assert len(json.dumps(bar)) < 4_000


def test_a_build_that_counts_everything_says_so() -> None:
    nothing = LEFT_OUT.iloc[:0]

    assert figures.exclusions_sentence(nothing, WRITER) == figures.ALL_COUNT
    assert figures.exclusions(nothing, WRITER)["layout"]["annotations"][0]["text"] == figures.ALL_COUNT


def test_a_chart_that_heeds_no_filter_says_so() -> None:
    assert not_heeded(CHARTS["exclusions"]) == "No filter applies here."
    assert not_heeded(CHARTS["churn-risk"]) == ""
