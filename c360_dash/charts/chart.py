"""What a chart is: title, questions, figure, sentence, table columns and what is defined beneath."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from c360_dash.db import Build
from c360_dash.figures import Figure
from c360_dash.figures.marks import Mark
from c360_dash.filters import Filters
from c360_dash.writer import Writer

Ask = Callable[..., pd.DataFrame]
Counted = Callable[[pd.DataFrame], Mapping[str, float]]


def totals(**words: str) -> Counted:
    """The sums of columns whose rows may be added, each with what it counts: `totals(orders="orders")`."""
    return lambda frame: {word: frame[column].sum() for column, word in words.items()}


def rows_of(word: str) -> Counted:
    """The number of rows, with what a row is."""
    return lambda frame: {word: len(frame)}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. The first answer is drawn, all are told in words.

    `rests_on`: how many of what the first answer counts, or the answer of `counted` where the first does not tell;
    `table` adds columns to the first answer; `links` are the addresses of its rows; `marks` say, of all answers, which
    customers stand behind each row (figures/marks.py), and its rows and points lead to them; `shows_table`: on a page
    the table stands in the place of the figure; `over_time`: it heeds dates; `ignores`: the dimensions that it cannot
    be filtered by, which its sentence says; `compares`: it looks at an earlier build too, named as `since` if any is;
    `limit`: how many rows there are when nobody says, and `every` streams all of them; `row`: the columns of the first
    answer where the table shows others; `needs`: what the data lack where all of them give no row, unless its sentence
    says so.
    """

    title: str
    asks: tuple[Ask, ...]
    say: Callable[..., str]
    columns: tuple[str, ...]
    explains: tuple[str, ...]
    draw: Callable[[pd.DataFrame, Writer], Figure]
    rests_on: Counted
    counted: Ask | None = None
    table: Callable[[pd.DataFrame], pd.DataFrame] = pd.DataFrame
    links: Callable[[pd.DataFrame], list[str]] | None = None
    marks: Callable[..., list[Mark]] | None = None
    shows_table: bool = False
    over_time: bool = False
    ignores: tuple[str, ...] = ()
    compares: bool = False
    limit: int | None = None
    every: Callable[[Build, Filters], Iterator[list[dict[str, Any]]]] | None = None
    row: tuple[str, ...] = ()
    needs: str = "completed order"
