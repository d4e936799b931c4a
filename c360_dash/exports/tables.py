"""What is exported: tables with their columns, whose rows come when somebody asks for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from c360_dash import charts, columns
from c360_dash.columns import Column
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.metrics import METRICS
from c360_dash.queries import customers as found
from c360_dash.queries.customers import Asked
from c360_dash.questions import KPIS, QUESTIONS, Question

Rows = Iterator[list[dict[str, Any]]]
KPI_FORMAT_OF = ("value", "comparison_value")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file. `rows` gives parts of the rows as dicts.

    `notes` say what is chosen and what is not heeded, `terms` explain values, as columns are explained.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Callable[[], Rows]
    notes: Sequence[str] = ()
    terms: Sequence[Column] = ()

    def format_of(self, column: Column, row: dict[str, Any]) -> str:
        """The format of a value: each key figure has its own."""
        if self.name == KPIS.name and column.name in KPI_FORMAT_OF:
            return METRICS[row["metric"]].format
        return column.format


def customers(build: Build, asked: Asked) -> Table:
    """Everybody who is found, in the order that is asked for, with id, name and the columns asked for."""
    words = [f"Search: {asked.words}"] if asked.words else []
    return Table(
        name="customers",
        title="Customers",
        columns=columns.of_customers(found.shown(asked), build.settings),
        rows=lambda: found.everybody(build, asked),
        notes=[*words, *asked.filters.in_words(), f"Sorted by: {_sorted_by(asked.sort)}"],
    )


def question(
    build: Build, asked: Question, filters: Filters, limit: int | None = None, since: int | None = None
) -> Table:
    """The answer to a question: all rows, or the first ones when there is a limit; `since` names an earlier build."""
    heeded = asked.heeded(filters)
    cut = [] if limit is None else [f"The first {limit} rows at most"]
    cut += [] if since is None else [f"Compared with build {since}"]
    ignored = [] if asked.name == KPIS.name else [charts.not_heeded(charts.CHARTS[asked.name])]
    return Table(
        name=asked.name,
        title=asked.title,
        columns=columns.of_answer(asked.columns, build.settings),
        rows=_rows(build, asked, heeded, {"limit": limit, "since": since}),
        notes=[*heeded.in_words(), *cut, *filter(None, ignored)],
        terms=columns.of_metrics(build.settings) if asked.name == KPIS.name else (),
    )


def page(build: Build, name: str, filters: Filters) -> list[Table]:
    """What the page of that name shows: its charts in their order, long tables with as many rows as there."""
    return [question(build, asked, filters, asked.limit) for asked in (QUESTIONS[key] for key in charts.PAGES[name])]


def _rows(build: Build, asked: Question, heeded: Filters, chosen: dict[str, int | None]) -> Callable[[], Rows]:
    """Streamed when all rows are asked for that could be many; else read here and now, as the API has them."""
    if asked.every and chosen["limit"] is None:
        return partial(asked.every, build, heeded)
    options = {name: value for name, value in chosen.items() if value is not None}
    held = orjson.loads(asked.rows(build, heeded, **options))
    return lambda: iter([held])


def _sorted_by(sort: str) -> str:
    (column,) = columns.of_customers([sort.removeprefix("-")], {})
    return f"{column.label}, {'descending' if sort.startswith('-') else 'ascending'}"
