"""What a build does not count: figure, words and sentence."""

import pandas as pd

from c360_dash.figures.bars import ranking
from c360_dash.figures.style import Figure, empty
from c360_dash.writer import Writer

ALL_COUNT = "Every row of the source counts in this build."

BECAUSE = {
    "after as-of": "It happened after the as-of moment.",
    "amount missing or not positive": "Its amount is missing, or not above 0.",
    "cancelled": "The order was cancelled.",
    "customer differs from order": "It names another customer than its order does.",
    "customer without counted order": "The customer has no counted order.",
    "negative discount": "Its discount is negative.",
    "no customer": "It names no customer.",
    "no time": "It has no date.",
    "not a customer at as-of, erased or test": "Not a customer yet at the as-of moment, erased, or a test customer.",
    "order not counted": "Its order does not count.",
    "other currency": "The order is in another currency.",
    "pending": "The order is still pending.",
    "quantity missing or negative": "Its quantity is missing or negative.",
    "unit price missing or negative": "Its unit price is missing or negative.",
    "unknown customer": "It names a customer that is not in the data or does not count.",
    "unknown order": "It names an order that is not in the data.",
    "unknown status": "The status of the order is missing or not known.",
}


def exclusions(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Rows that are not counted, by relation and reason, most at the top."""
    if frame.empty:
        return empty(ALL_COUNT)
    writer = writer or Writer()
    rows = exclusions_in_words(frame).sort_values("rows")
    names = [f"{name}: {reason}" for name, reason in zip(rows["relation"], rows["reason"], strict=True)]
    return ranking(names, rows["rows"], writer, "Rows not counted", kind="count")


def exclusions_in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """With the columns relation_name and because, in words."""
    return frame.assign(
        relation_name=frame["relation"].str.replace("_", " ").str.capitalize(),
        because=frame["reason"].map(lambda reason: BECAUSE.get(reason, reason)),
    )


def exclusions_sentence(frame: pd.DataFrame, writer: Writer) -> str:
    """How many rows are not counted, and the most frequent reason."""
    if frame.empty:
        return ALL_COUNT
    first = exclusions_in_words(frame).sort_values("rows").iloc[-1]
    total = writer(frame["rows"].sum(), "count", short=False)
    most = f"{first['relation_name']}: {first['because']}"
    return f"{total} rows of the source do not count in this build; the most frequent reason: {most}"
