"""What a chart is: title, questions, figure, sentence, table columns and what is defined beneath."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from c360_dash.figures import Figure
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
    `table` adds columns to the first answer; `links` are the addresses of its rows; `shows_table`: on a page the table
    stands in the place of the figure; `over_time`: it heeds dates; `ignores`: the dimensions that it cannot be filtered
    by, which its sentence says; `compares`: it looks at an earlier build too, which may be named as `since`; `limit`:
    how many rows there are when nobody says.
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
    shows_table: bool = False
    over_time: bool = False
    ignores: tuple[str, ...] = ()
    compares: bool = False
    limit: int | None = None
