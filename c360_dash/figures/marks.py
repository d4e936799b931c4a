"""Marks: which customers stand behind a row, a bar or a cell, as parameters of the page of customers.

A chart of charts/ names how its rows become marks; they ride along in the column `mark`, and a figure puts those of its
points into `meta` of the trace, in the shape of its points. An empty mark stands for nobody who can be listed.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from c360_dash.filters import UNKNOWN

Mark = dict[str, str]
EVER = ".."
"""The months of an order at any time; the addresses of marks narrow them to the dates that are chosen."""


def by(*columns: str, **more: str) -> Callable[..., list[Mark]]:
    """Marks by columns of the answer; in `more` under another name: `by("country", order_month="month")`."""
    names = {name: name for name in columns} | more

    def marks(frame: pd.DataFrame, *_: pd.DataFrame) -> list[Mark]:
        rows = frame.to_dict("records")
        return [{name: _written(row[column]) for name, column in names.items()} for row in rows]

    return marks


def ordered_by(column: str) -> Callable[..., list[Mark]]:
    """As `by`, of those who ordered in the dates of the page: for marks that are money or orders."""

    def marks(frame: pd.DataFrame, *_: pd.DataFrame) -> list[Mark]:
        return [mark | {"order_month": EVER} for mark in by(column)(frame)]

    return marks


def cohorts(frame: pd.DataFrame, *_: pd.DataFrame) -> list[Mark]:
    """Of a cohort, those who ordered in the month of the row."""
    return [cohort(month, after) for month, after in zip(frame["cohort_month"], frame["months_after"], strict=True)]


def cohort(month: pd.Timestamp, after: int) -> Mark:
    """Those whose first order was in the month, and who ordered so many months after."""
    return {
        "first_order_month": _written(month),
        "order_month": _written(month + pd.DateOffset(months=int(after))),
    }


def moved(segment: str) -> Callable[..., list[Mark]]:
    """Those who were in one segment in the earlier build and are in another now; `segment` is the dimension.

    Who left is in no segment now, and cannot be listed.
    """

    def marks(frame: pd.DataFrame, before: pd.DataFrame) -> list[Mark]:
        names = {f"{segment}_before": "segment_before", segment: "segment_now"}
        found = zip(by(**names)(frame), frame["segment_now"].isna(), strict=True)
        return [{} if left else mark | {"since": str(before["build_id"].iloc[0])} for mark, left in found]

    return marks


def marks_in(rows: pd.DataFrame) -> list[Mark] | None:
    """The marks of the rows, empty for a row of several; None where nobody named any."""
    if "mark" not in rows:
        return None
    return [mark if isinstance(mark, dict) else {} for mark in rows["mark"]]


def new(mark: Mark) -> Mark:
    """Of those who ordered in a month, the ones whose first order it was."""
    return mark and {"first_order_month": mark["order_month"]}


def returning(mark: Mark) -> Mark:
    """Of those who ordered in a month, the ones who had ordered in an earlier one."""
    return mark and mark | {"first_order_month": f"..{pd.Period(mark['order_month']) - 1}"}


def _written(value: Any) -> str:
    if pd.isna(value):
        return UNKNOWN
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m}"
    return str(value) if isinstance(value, str) else f"{value:.0f}"
