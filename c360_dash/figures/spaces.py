"""The RFM cells in space: recency, frequency and monetary score as the three directions."""

from typing import Any

import pandas as pd

from c360_dash.figures.marks import marks_in
from c360_dash.figures.style import Figure, empty, figure
from c360_dash.writer import Writer

LARGEST = 46
SMALLEST = 5
CAMERA = {"eye": {"x": 1.54, "y": -1.65, "z": 0.88}, "center": {"x": 0, "y": 0, "z": -0.12}}
TITLES = {"xaxis": "Recency", "yaxis": "Frequency", "zaxis": "Monetary"}


def rfm_space(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """A ball for each of the at most 125 cells: its area is its customers, its colour their lifetime value."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No customer has ordered.")
    values = frame["lifetime_value"].clip(lower=0)
    balls = {
        "type": "scatter3d",
        "mode": "markers",
        "x": frame["recency_score"].tolist(),
        "y": frame["frequency_score"].tolist(),
        "z": frame["monetary_score"].tolist(),
        "marker": {
            "size": _sizes(frame["customers"]),
            "color": values.round(2).tolist(),
            # The scale begins with the ground of the card: a ball worth little starts further up.
            "cmin": -0.4 * float(values.max() or 1),
            "cmax": float(values.max() or 1),
            "opacity": 0.9,
        },
        "customdata": [_words(row, writer) for row in frame.to_dict("records")],
        "meta": marks_in(frame),
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    score = {"range": [0.4, 5.6], "dtick": 1, "tick0": 1, "showspikes": False, "showbackground": False}
    scene = {key: score | {"title": {"text": title}} for key, title in TITLES.items()}
    return figure(
        [balls],
        writer,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene=scene | {"dragmode": "turntable", "camera": CAMERA},
    )


def say_rfm_space(frame: pd.DataFrame, writer: Writer) -> str:
    """The cell that is worth most: how many customers bring how much."""
    total = frame["lifetime_value"].sum()
    if frame.empty or total <= 0:
        return "None of these customers has ordered."
    best = frame.iloc[int(frame["lifetime_value"].argmax())]
    people = writer(best["customers"] / frame["customers"].sum(), "percent")
    value = writer(best["lifetime_value"] / total, "percent")
    return (
        f"Most value lies at recency {best['recency_score']}, frequency {best['frequency_score']} and monetary "
        f"{best['monetary_score']}: {people} of the customers who ordered bring {value} of it. Drag to turn; 5 is best."
    )


def _sizes(customers: "pd.Series[int]") -> list[float]:
    """Diameters whose squares are as the customers, none too small to point at."""
    found = LARGEST * (customers / customers.max()) ** 0.5
    return found.clip(lower=SMALLEST).round(1).tolist()


def _words(row: dict[Any, Any], writer: Writer) -> str:
    people, value = writer(row["customers"], "count", short=False), writer(row["lifetime_value"], "money")
    return (
        f"<b>{row['rfm_segment']}</b><br>Recency {row['recency_score']}, frequency {row['frequency_score']}, "
        f"monetary {row['monetary_score']}<br>{people} customers, {value}"
    )
