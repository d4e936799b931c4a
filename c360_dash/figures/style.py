"""What all figures share: colours that hold on light and dark ground and for colour-blind eyes, margins, axes.

A figure is a plain dict `{"data": […], "layout": {…}}` without a template: it can be cached as JSON, weighs a few kB,
and the browser gives it the ground, grid and font of the theme (assets/c360.js reads assets/tokens.css).
"""

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from c360_dash.writer import Writer

Figure = dict[str, Any]

BLUE = "#3b7dd8"
BLUE_SOFT = "rgba(59,125,216,0.12)"
AMBER = "#c98219"
AMBER_SOFT = "rgba(201,130,25,0.12)"
TEAL = "#2a9d8f"
CRIMSON = "#c0446c"
GREY = "#7d8797"

BANDS = {"Low": TEAL, "Medium": AMBER, "High": CRIMSON}

TICKS = 5
ROUND_SHARES = (0.02, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
FEW_MONTHS = 9
MARGIN = {"l": 4, "r": 12, "t": 8, "b": 4}


def figure(data: list[dict[str, Any]], writer: Writer, **layout: Any) -> Figure:
    """A figure in the shape of all our figures; `layout` adds to it or replaces parts of it."""
    shared = {"margin": MARGIN, "showlegend": False, "separators": writer.separators, "dragmode": False}
    return {"data": data, "layout": shared | layout}


def empty(message: str) -> Figure:
    """A figure that says in words why there is nothing to draw."""
    words = {"text": message, "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = {"visible": False}
    return {"data": [], "layout": {"annotations": [words], "xaxis": hidden, "yaxis": hidden}}


def month_axis(frame: pd.DataFrame) -> dict[str, Any]:
    """A time axis over the months of the frame: a tick a month where there are few, never two in one."""
    few = {"dtick": "M1"} if len(frame) <= FEW_MONTHS else {}
    return {"type": "date", "tickformat": "%b\n%Y", "showgrid": False, "hoverformat": "%b %Y"} | few


def money_axis(writer: Writer, title: str, values: Iterable[float]) -> dict[str, Any]:
    """A value axis that counts in the currency of the build: €200 k, 1,2 Mio. €."""
    return _amounts(writer, title, values, "money")


def count_axis(writer: Writer, title: str, values: Iterable[float]) -> dict[str, Any]:
    """A value axis that counts people or things."""
    return _amounts(writer, title, values, "count")


def share_axis(writer: Writer, title: str, values: Iterable[float] = (1.0,)) -> dict[str, Any]:
    """A value axis of shares from 0 to the next round one, with a tick in the middle: 0 %, 50 %, 100 %."""
    most = max((value for value in values if value == value), default=1.0)
    end = next((share for share in ROUND_SHARES if share >= most), 1.0)
    ticks = [0.0, end / 2, end]
    return {
        "title": {"text": title},
        "range": [0, 1.02 * end],
        "tickvals": ticks,
        "ticktext": [writer(tick, "percent") for tick in ticks],
    }


def _amounts(writer: Writer, title: str, values: Iterable[float], kind: str) -> dict[str, Any]:
    """Ticks in the words of the locale: Plotly's own would be €1.2G, whatever the language."""
    known = [0.0, *(float(value) for value in values if value == value)]
    ticks, more = _round_steps(min(known), max(known)), {}
    if len(ticks) == 1:
        # Plotly finds no place for the title of an axis whose only label stands at its end.
        ticks, more = [0.0, 1.0], {"range": [min(known), 1]}
    words = [writer(tick, kind) for tick in ticks]
    return {"title": {"text": title}, "rangemode": "tozero", "tickvals": ticks, "ticktext": words} | more


def _round_steps(least: float, most: float) -> list[float]:
    """About five round numbers from the one to the other, 0 among them."""
    if least == most:
        return [0.0]
    raw = max(1.0, (most - least) / TICKS)
    unit: float = 10 ** math.floor(math.log10(raw))
    step = next(unit * part for part in (1, 2, 5, 10) if unit * part >= raw)
    return [step * place for place in range(math.ceil(least / step), math.floor(most / step) + 1)]
