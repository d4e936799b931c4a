"""Cohorts: of the customers who first ordered in a month, how many ordered in each month after."""

import pandas as pd

from c360_dash.figures.marks import Mark, marks_in
from c360_dash.figures.style import Figure, empty, figure
from c360_dash.writer import Writer

LAST_MONTH = 12
FEW = 0.05
MOST_COHORTS = 24
NAMED_MONTHS = (1, 3, 6, 9, 12)  # with more, Plotly turns all of them upright on a narrow screen
SIZE_EDGES = [-1.9, 0.5]  # the column of sizes is wider than those of the months: it holds longer numbers


def cohort_customers(frame: pd.DataFrame) -> dict[str, float]:
    """How many customers all cohorts have together."""
    return {"customers": frame.loc[frame["months_after"] == 0, "cohort_size"].sum()}


def cohort_retention(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The latest cohorts by the month of the first order: how many it has, and the share that ordered in months 1–12.

    Months that are not finished are left blank: they would look like falls.
    """
    writer = writer or Writer()
    cells = drawn_cells(frame)
    if cells.empty:
        return empty("No month with a first order has ended yet.")
    traces = [_sizes(cells[cells["months_after"] == 0], writer)]
    if cells["months_after"].any():
        traces.append(_shares(cells, writer))
    quiet = {"showgrid": False, "showline": False, "ticks": ""}
    months = {
        "title": {"text": "Months after the first order"},
        "range": [SIZE_EDGES[0], LAST_MONTH + 0.5],
        "tickvals": [sum(SIZE_EDGES) / 2, *NAMED_MONTHS],
        "ticktext": ["Size", *map(str, NAMED_MONTHS)],
    }
    return figure(
        traces,
        writer,
        xaxis=quiet | months,
        yaxis=quiet | {"type": "category", "autorange": "reversed", "ticklabelstandoff": 4},
    )


def drawn_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells of the latest 24 cohorts whose month has ended, to the twelfth month after."""
    finished = frame[frame["is_complete"] & (frame["months_after"] <= LAST_MONTH)]
    latest = finished["cohort_month"].drop_duplicates().nlargest(MOST_COHORTS)
    return finished[finished["cohort_month"].isin(latest)]


def _sizes(cells: pd.DataFrame, writer: Writer) -> dict[str, object]:
    """Month 0: everybody ordered, so the size of the cohort is told, on the ground of the scale."""
    people = [writer(size, "count") for size in cells["cohort_size"]]
    return _heat(
        [writer(month, "month") for month in cells["cohort_month"]],
        SIZE_EDGES,
        [[0.0] for _ in people],
        [[words] for words in people],
        [
            [f"{writer(row.cohort_month, 'month')}: {writer(row.cohort_size, 'count', short=False)} first orders"]
            for row in cells.itertuples()
        ],
        _marks(cells),
        1.0,
    )


def _shares(cells: pd.DataFrame, writer: Writer) -> dict[str, object]:
    # Plotly wants a row for every cohort on the axis, also for one of which no month after has ended.
    grid = cells.pivot(index="cohort_month", columns="months_after", values="share_who_ordered").drop(columns=0)
    people = cells.pivot(index="cohort_month", columns="months_after", values="customers")
    known = [[not pd.isna(share) for share in row] for row in grid.to_numpy()]
    words = [
        [
            f"{writer(month, 'month')}, month {after}: {writer(people.at[month, after], 'count', short=False)} "
            f"ordered, {writer(grid.at[month, after], 'percent')}"
            if there
            else ""
            for after, there in zip(grid.columns, row, strict=True)
        ]
        for month, row in zip(grid.index, known, strict=True)
    ]
    shares = [[None if pd.isna(share) else round(share, 4) for share in row] for row in grid.to_numpy()]
    most = float(grid.max().max())
    texts = [["" if share is None else _percent(share, most, writer) for share in row] for row in shares]
    return _heat(
        [writer(month, "month") for month in grid.index],
        [int(month) for month in grid.columns],
        shares,
        texts,
        words,
        _marks(cells),
        most,
    )


def _percent(share: float, most: float, writer: Writer) -> str:
    """In whole percent; with a decimal where nobody gets beyond a few, and all would read 0 or 1."""
    return writer(100 * share, "decimal") if most < FEW and share else f"{100 * share:.0f}"


def _marks(cells: pd.DataFrame) -> list[list[Mark]] | None:
    """By cohort and month, in their order; the month of the first order stands alone."""
    if marks_in(cells) is None:
        return None
    grid = cells.pivot(index="cohort_month", columns="months_after", values="mark")
    if len(grid.columns) > 1:
        grid = grid.drop(columns=0)
    return [[mark if isinstance(mark, dict) else {} for mark in row] for row in grid.to_numpy()]


def _heat(
    cohorts: list[str],
    months: list[int] | list[float],
    shares: list[list[float | None]] | list[list[float]],
    texts: list[list[str]],
    words: list[list[str]],
    marks: list[list[Mark]] | None,
    most: float,
) -> dict[str, object]:
    return {
        "type": "heatmap",
        "x": months,
        "y": cohorts,
        "z": shares,
        "zmin": 0,
        "zmax": most or 1.0,
        "text": texts,
        "texttemplate": "%{text}",
        "customdata": words,
        "meta": marks,
        "hovertemplate": "%{customdata}<extra></extra>",
        "showscale": False,
        "autocolorscale": True,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
    }
