"""Bars: rankings by amount, and shares side by side."""

import pandas as pd

from c360_dash.figures.marks import Mark, marks_in
from c360_dash.figures.style import BLUE, Figure, figure
from c360_dash.writer import Writer


def ranking(
    names: list[str],
    values: "pd.Series[float]",
    writer: Writer,
    title: str,
    kind: str = "money",
    marks: list[Mark] | None = None,
) -> Figure:
    """Horizontal bars, the first name at the bottom, each with its amount; `kind` is the format of the amounts."""
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": values.round(2).tolist(),
        # Two customers may share a name: bars are told apart by position, and labelled by name.
        "y": list(range(len(names))),
        "text": [writer(value, kind) for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": BLUE},
        "customdata": names,
        "meta": marks,
        "hovertemplate": f"<b>%{{customdata}}</b><br>{title}: %{{text}}<extra></extra>",
    }
    return figure(
        [bar],
        writer,
        bargap=0.35,
        margin={"l": 4, "r": 56, "t": 4, "b": 4},
        xaxis={"rangemode": "tozero", "showticklabels": False, "showgrid": False},
        yaxis={
            "range": slots(len(names), 8),
            "tickvals": list(range(len(names))),
            "ticktext": [_clipped(name) for name in names],
            "showgrid": False,
            "ticklabelstandoff": 6,
        },
    )


def share_bars(rows: pd.DataFrame, column: str, name: str, colour: str, writer: Writer) -> dict[str, object]:
    """One series of shares, 0–1, over value segments, with the people and money behind each."""
    return _segment_bars(rows, column, name, colour, writer, "percent")


def money_bars(rows: pd.DataFrame, column: str, name: str, colour: str, writer: Writer) -> dict[str, object]:
    """One series of amounts over value segments, with the people and money behind each."""
    return _segment_bars(rows, column, name, colour, writer, "money")


def _segment_bars(
    rows: pd.DataFrame, column: str, name: str, colour: str, writer: Writer, kind: str
) -> dict[str, object]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [None if pd.isna(value) else round(value, 4) for value in rows[column]],
        "y": rows["value_segment"].tolist(),
        "text": [writer(value, kind) for value in rows[column]],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colour},
        "customdata": people_and_value(rows, writer),
        "meta": marks_in(rows),
        "hovertemplate": f"<b>%{{y}}</b><br>{name}: %{{text}}<br>%{{customdata}}<extra></extra>",
    }


def slots(bars: int, least: int) -> list[float]:
    """The range of an axis on which a few bars stay slim and stand at the top."""
    return [bars - max(bars, least) - 0.5, bars - 0.5]


def people_and_value(rows: pd.DataFrame, writer: Writer) -> list[str]:
    """What hovering says of each row."""
    return [
        f"{writer(row['customers'], 'count', short=False)} customers, {writer(row['lifetime_value'], 'money')}"
        for row in rows.to_dict("records")
    ]


def _clipped(name: str, longest: int = 22) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
