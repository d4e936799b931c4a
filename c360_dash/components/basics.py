"""What all parts of pages are made with: states in words, attributes, folds, tables."""

from collections.abc import Sequence
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component


def page_header(title: str, sentence: str, *more: Component) -> Component:
    """The heading of a page, what the page answers, and what can be done with all of it."""
    return html.Div([html.H1(title), html.P(sentence), *more], className="c360-heading")


def skeleton(count: int = 1, class_name: str = "c360-skeleton") -> list[Component]:
    """What holds the place of parts that are on their way."""
    return [html.Div(className=class_name, **aria(hidden="true")) for _ in range(count)]


def message(title: str, sentence: str = "") -> Component:
    """A state in words, where a chart or a number would stand: nothing there, or something went wrong."""
    words = [html.P(title), *([html.P(sentence)] if sentence else [])]
    return html.Div(words, className="c360-state", role="status")


def aria(**words: str) -> dict[str, Any]:
    """Attributes for those who hear the page: `aria(label="Pages")` is `aria-label="Pages"`."""
    return {f"aria-{name.replace('_', '-')}": value for name, value in words.items()}


def data(**words: str) -> dict[str, Any]:
    """Attributes for css and script: `data(tone="good")` is `data-tone="good"`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in words.items()}


def folded(label: str, content: Component) -> Component:
    """Something that stands behind its label until somebody opens it."""
    return html.Details([html.Summary(label), content])


def data_table(
    columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]], label: str, **more: object
) -> Component:
    """A table of formatted values; `columns` are labels and whether they stand right-aligned.

    `links` are addresses for the first cell of each row; `anchors` make the first cell a link to its row, which
    an address that ends in it shows; `sort` makes the headings buttons: `by`, the names of the columns, and `now`, the
    one that sorts, with a minus from high to low.

    The browser builds it when it is seen (assets/c360.js): as Dash components, the 750 cells of one table kept the
    renderer busy for ten seconds, because each of them is asked about at each change of the page.
    """
    cells = orjson.dumps({"columns": columns, "rows": rows, **more}).decode()
    # A region that scrolls must be reachable with the keyboard.
    attributes = aria(label=f"{label}: table") | data(c360_table=cells)
    return html.Div(className="c360-scroll", tabIndex=0, role="region", **attributes)
