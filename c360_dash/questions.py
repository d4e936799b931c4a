"""The questions by the name they have in addresses: how each is asked, and the figure that draws the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import orjson
import pandas as pd

from c360_dash import db, figures, queries
from c360_dash.charts import CHARTS, KPI_COLUMNS
from c360_dash.charts.chart import Chart
from c360_dash.db import Build
from c360_dash.figures import Figure
from c360_dash.figures.texts import as_written
from c360_dash.filters import DATE_NAMES, FILTER_NAMES, Filters
from c360_dash.writer import Writer


@dataclass(frozen=True, slots=True)
class Question:
    """A question of queries.

    `columns` are those of a row; `over_time` says whether it heeds dates, `ignores` which other filters it does not,
    `limit` its default number of rows, of which `every` streams all; `compares` whether it takes the number of an
    earlier build as `since`.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    ask: Callable[..., pd.DataFrame]
    draw: Callable[[pd.DataFrame, Writer], Figure]
    over_time: bool = False
    limit: int | None = None
    ignores: tuple[str, ...] = ()
    every: Callable[[Build, Filters], Iterator[list[dict[str, Any]]]] | None = None
    compares: bool = False

    def heeds(self, name: str) -> bool:
        """Whether the filter of that name changes the answer."""
        return self.over_time if name in DATE_NAMES else name not in self.ignores

    def heeded(self, filters: Filters) -> Filters:
        """Those of the filters that change the answer."""
        nothing = Filters()
        return replace(filters, **{name: getattr(nothing, name) for name in FILTER_NAMES if not self.heeds(name)})

    def rows(self, build: Build, filters: Filters, **options: int) -> bytes:
        """The answer as a JSON list with an object a row: dates and moments as ISO text, no data as null."""
        return self._kept("rows", build, filters, options, self._records)

    def figure(self, build: Build, filters: Filters, **options: int) -> Figure:
        """The Plotly figure of the answer as a plain dict, without a template."""
        found: Figure = orjson.loads(self.figure_json(build, filters, **options))
        return found

    def figure_json(self, build: Build, filters: Filters, **options: int) -> bytes:
        """As `figure`, as JSON text."""
        writer = Writer(build.currency, db.reader().settings.locale, build.settings)
        return self._kept("figure", build, filters, options, lambda frame: self.draw(as_written(frame), writer))

    def _records(self, frame: pd.DataFrame) -> list[dict[Any, Any]]:
        return records(frame[list(self.columns)])

    def _kept(
        self, kind: str, build: Build, filters: Filters, options: dict[str, int], make: Callable[[pd.DataFrame], object]
    ) -> bytes:
        heeded = filters if self.over_time else replace(filters, date_from=None, date_to=None)
        key = {**heeded.parameters(), **options}
        return db.reader().remembered(
            f"{kind} {self.name}", build, key, lambda: make(self.ask(build, heeded, **options))
        )


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows as dicts that JSON can hold; days without a time as 2026-11-22."""
    days = frame.select_dtypes("datetime64").columns
    return frame.assign(**{day: frame[day].dt.strftime("%Y-%m-%d") for day in days}).to_dict("records")


def _question(name: str, chart: Chart) -> Question:
    return Question(
        name=name,
        title=chart.title,
        columns=chart.row or chart.columns,
        ask=chart.asks[0],
        draw=chart.draw,
        over_time=chart.over_time,
        limit=chart.limit,
        ignores=chart.ignores,
        every=chart.every,
        compares=chart.compares,
    )


KPIS = Question("kpis", "Key figures", ("metric", *KPI_COLUMNS), queries.get_kpis, figures.kpis)
QUESTIONS = {"kpis": KPIS} | {name: _question(name, chart) for name, chart in CHARTS.items()}
