"""What a number means and what it rests on: what the drawer of definitions says of a chart, a metric or columns.

It is made when somebody opens it: a page does not carry what nobody reads.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from c360_dash import lineage, metrics, queries
from c360_dash.charts.chart import Chart
from c360_dash.db import Build
from c360_dash.figures.definitions import exclusions_in_words
from c360_dash.filters import Filters
from c360_dash.glossary import About, Meaning, anchor_of_column, unit
from c360_dash.queries.definitions import get_exclusions
from c360_dash.writer import Writer

Defined = metrics.Metric | metrics.Term | metrics.Column
WITHOUT_UNIT = ("text", "date", "datetime", "boolean")
PLURAL = re.compile(r"(?<=[a-z])s\b")
ALL_COUNT = "Every row of the source that this depends on counts."


def of_chart(chart: Chart, build: Build, filters: Filters, writer: Writer, since: int | None = None) -> About:
    """About a chart as it is shown with the filters; `since`, the earlier build that it compares with."""
    terms = [defined(name) for name in chart.explains]
    ignored: dict[str, Any] = dict.fromkeys(chart.ignores, ())
    heeded = replace(filters, **ignored)
    counted = chart.rests_on(
        (chart.counted or chart.asks[0])(build, heeded, **({"since": since} if chart.compares else {}))
    )
    return _about(chart.title, terms, _numbers(counted, writer), filters_in_words(chart), build, writer)


def of_metric(key: str, build: Build, filters: Filters, writer: Writer) -> About:
    """About the card of a metric as it is shown with the filters."""
    metric = metrics.METRICS[key]
    kpis = queries.get_kpis(build, filters).set_index("metric")
    n: Any = kpis.loc[key, "n"] if metric.n else kpis.loc["customers", "value"]
    filtered = "All filters but the dates change it: it is about the as-of moment."
    return _about(metric.label, [metric], _numbers({metric.counted: n}, writer), filtered, build, writer)


def of_columns(title: str, names: Iterable[str], build: Build, writer: Writer) -> About:
    """About columns of one customer."""
    return _about(title, [metrics.COLUMNS[name] for name in names], "This customer.", "", build, writer)


def defined(name: str) -> Defined:
    """The metric, term or column of that name, in this order."""
    return metrics.METRICS.get(name) or metrics.TERMS.get(name) or metrics.COLUMNS[name]


def filters_in_words(chart: Chart) -> str:
    """Which filters change the chart, in a sentence or two."""
    if len(chart.ignores) == len(metrics.DIMENSIONS):
        return "No filter applies here."
    heeded = [dimension.label for name, dimension in metrics.DIMENSIONS.items() if name not in chart.ignores]
    dates = "the dates too" if chart.over_time else "not by dates: it is about the as-of moment"
    return f"Filtered by {', '.join(heeded)}; {dates}."


def _about(title: str, terms: Sequence[Defined], rests_on: str, filtered: str, build: Build, writer: Writer) -> About:
    as_of, built_at = (writer(moment, "datetime") for moment in (build.as_of, build.built_at))
    computed = f"Build {build.id}, made {built_at}. It looks from {as_of} and knows nothing later."
    meanings = [_meaning(term, writer) for term in terms]
    return About(title, meanings, rests_on, filtered, _not_counted(terms, build, writer), computed)


def _meaning(term: Defined, writer: Writer) -> Meaning:
    formula = term.sql if isinstance(term, metrics.Metric) else ""
    anchor = anchor_of_column(term.key) if isinstance(term, metrics.Column) else term.key
    measured = "" if term.format in WITHOUT_UNIT else unit(term.format, writer)
    return Meaning(term.label, term.sentence(writer.settings), formula, measured, anchor)


def _not_counted(terms: Sequence[Defined], build: Build, writer: Writer) -> list[str]:
    """The exclusions of the build that concern the terms, most rows first."""
    relations = frozenset().union(*(lineage.relations_of(term.stage) for term in terms))
    found = exclusions_in_words(get_exclusions(build, Filters()))
    concerned = found[found["relation"].isin(relations)].sort_values("rows", ascending=False, kind="stable")
    return [_exclusion(row, writer) for row in concerned.to_dict("records")] or [ALL_COUNT]


def _exclusion(row: Mapping[Any, Any], writer: Writer) -> str:
    return f"{row['relation_name']}, {writer(row['rows'], 'count', short=False)}: {row['because']}"


def _numbers(counted: Mapping[str, float], writer: Writer) -> str:
    said = [_number(0 if pd.isna(n) else n, words, writer) for words, n in counted.items()]
    return f"{', '.join(said)}."


def _number(n: float, words: str, writer: Writer) -> str:
    """`1 customer`, `2 customers`."""
    return f"{writer(n, 'count', short=False)} {PLURAL.sub('', words, count=1) if n == 1 else words}"
