"""Grids of cells with words in them: two groupings of the same customers, one across and one down."""

from collections.abc import Sequence
from dataclasses import dataclass

from c360_dash.figures.marks import Mark
from c360_dash.figures.style import Figure, figure
from c360_dash.writer import Writer


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the number that colours it, what stands in it, what hovering says, and the customers behind it."""

    number: float
    words: str
    hover: str
    mark: Mark | None = None


def grid(
    cells: dict[tuple[str, str], Cell],
    down: Sequence[str],
    across: Sequence[str],
    writer: Writer,
    titles: tuple[str, str],
) -> Figure:
    """Cells by (down, across), the first of `down` at the top; `titles` are those of down and across."""
    found = [[cells.get((row, column)) for column in across] for row in down]
    heat = {
        "type": "heatmap",
        "x": list(across),
        "y": list(down),
        "z": [[cell and round(cell.number, 4) for cell in row] for row in found],
        "text": [[cell.words if cell else "" for cell in row] for row in found],
        "texttemplate": "%{text}",
        "customdata": [[cell.hover if cell else "" for cell in row] for row in found],
        "meta": [[cell.mark if cell else None for cell in row] for row in found],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showscale": False,
        "autocolorscale": True,
        "zmin": 0,
        "xgap": 3,
        "ygap": 3,
        "hoverongaps": False,
    }
    axis = {"type": "category", "showgrid": False, "showline": False, "ticks": ""}
    return figure(
        [heat],
        writer,
        xaxis=axis | {"title": {"text": titles[1]}},
        yaxis=axis | {"title": {"text": titles[0]}, "autorange": "reversed", "ticklabelstandoff": 6},
    )
