"""Which filters a chart or a page does not heed, in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from c360_dash import metrics
from c360_dash.charts.chart import Chart
from c360_dash.filters import DATE_NAMES, FILTER_NAMES, Filters

EVERYBODY = Filters()


def not_heeded(chart: Chart, filters: Filters = EVERYBODY) -> str:
    """Which filters the chart does not heed, dates only where some are chosen; empty when it heeds them all."""
    if _ignores_all(chart):
        return "No filter applies here."
    dates = (filters.date_from or filters.date_to) and not chart.over_time
    said = [f"Not filtered by {_labels(chart.ignores)}." if chart.ignores else ""]
    return " ".join(filter(None, [*said, "Dates do not change this." if dates else ""]))


def narrowed_to(chart: Chart, filters: Filters) -> list[str]:
    """What is chosen in the filters that the chart heeds: `Country: Germany, Italy`."""
    ignored = (*chart.ignores, *(() if chart.over_time else DATE_NAMES))
    return replace(filters, **{name: getattr(EVERYBODY, name) for name in FILTER_NAMES if name in ignored}).in_words()


def heeded(charts: Iterable[Chart]) -> list[str]:
    """The dimensions that at least one of the charts heeds."""
    found = list(charts)
    return [name for name in metrics.DIMENSIONS if any(name not in chart.ignores for chart in found)]


def heed_dates(charts: Iterable[Chart]) -> bool:
    """Whether at least one of the charts heeds dates."""
    return any(chart.over_time for chart in charts)


def not_heeded_among(charts: Sequence[Chart]) -> str:
    """Which of the charts of a page heed which filters not, in the fewest words; empty when all heed all."""
    ignored = dict.fromkeys(chart.ignores for chart in charts if chart.ignores)
    said = [_said(names, [chart.title for chart in charts if chart.ignores == names]) for names in ignored]
    timeless = [chart.title for chart in charts if not (chart.over_time or _ignores_all(chart))]
    over_time = [chart.title for chart in charts if chart.over_time]
    if timeless and over_time:
        fewer = len(over_time) < len(timeless)
        said.append(
            f"Dates change only {_quoted(over_time)}." if fewer else f"Dates do not change {_quoted(timeless)}."
        )
    return " ".join(said)


def joined(words: Sequence[str]) -> str:
    """`Orders, returns and visits`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _ignores_all(chart: Chart) -> bool:
    return len(chart.ignores) == len(metrics.DIMENSIONS)


def _said(names: tuple[str, ...], titles: Sequence[str]) -> str:
    quoted = _quoted(titles)
    if len(names) == len(metrics.DIMENSIONS):
        return f"No filter changes {quoted}."
    return f"{_labels(names)} {'do' if len(names) > 1 else 'does'} not change {quoted}."


def _labels(names: tuple[str, ...]) -> str:
    return joined([metrics.DIMENSIONS[name].label for name in names])


def _quoted(titles: Sequence[str]) -> str:
    return joined([f"“{title}”" for title in titles])
