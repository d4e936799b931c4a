"""What all figures share: colours that hold on light and dark ground and for colour-blind eyes, margins, axes.

A figure is a plain dict `{"data": […], "layout": {…}}` without a template: it can be cached as JSON, weighs a few kB,
and the browser gives it the ground, grid and font of the theme (assets/c360.js reads assets/tokens.css).
"""

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


def money_axis(writer: Writer, title: str) -> dict[str, Any]:
    """A value axis that counts in the currency of the build: €200k, €1.2M."""
    return {"title": {"text": title}, "tickprefix": writer.symbol, "tickformat": "~s", "rangemode": "tozero"}


def count_axis(title: str) -> dict[str, Any]:
    """A value axis that counts people or things."""
    return {"title": {"text": title}, "tickformat": "~s", "rangemode": "tozero"}
