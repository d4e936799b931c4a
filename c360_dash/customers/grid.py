"""The table of customers with what is asked of it: arguments in, components out.

It is our own table, built in the browser from data like all others (components.data_table), 50 rows at a time: sorting,
filters and paging happen in the database. AG Grid would do that too, but its 1.3 MB load on every page of the
application once it is imported, and a page of 50 rows needs none of it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from dash import dcc, html
from dash.development.base_component import Component

from c360_dash import downloads, metrics
from c360_dash.charts.heeding import joined
from c360_dash.components import aria, data, data_table, message
from c360_dash.customers.chips import chips
from c360_dash.figures import customers as figures
from c360_dash.filters import DIMENSION_NAMES
from c360_dash.queries.customers import DEFAULT_COLUMNS, Asked, Customer, Page, hidden_columns
from c360_dash.writer import Writer

CARRIED = ("q", "sort", "columns", *DIMENSION_NAMES)
RIGHT_ALIGNED = ("count", "money", "percent", "decimal", "score", "days")


def search_field(words: str | None) -> Component:
    """Where the words are written; it asks half a second after the last key."""
    field = dcc.Input(
        id="customers-search",
        type="search",
        value=words or "",
        debounce=0.5,
        placeholder="The beginning of an id" if hidden_columns() else "Name, e-mail or id",
        maxLength=200,
        autoComplete="off",
    )
    return html.Div([html.Label("Search", htmlFor="customers-search"), field], className="c360-search")


def column_choice(chosen: Iterable[str]) -> Component:
    """The columns to choose from: all of the table customer_360 but the id, which is always shown."""
    options = [{"label": label_of(name), "value": name} for name in metrics.COLUMNS if name != "customer_id"]
    boxes = dcc.Checklist(id="customers-columns", options=options, value=list(chosen), className="c360-choices")
    return html.Details(
        [html.Summary("Columns"), boxes],
        id="customers-choice",
        className="c360-choice",
        **data(usual=",".join(DEFAULT_COLUMNS)),
    )


def download() -> Component:
    """Everybody who is found, as a file: with the words, filters, order and columns of the address."""
    return downloads.of_customers(CARRIED)


def label_of(column: str) -> str:
    """The label of a column; in a table about customers no column needs to say that it is one of the customer."""
    return metrics.COLUMNS[column].label.removesuffix(" of the customer")


def grid(asked: Asked, page: Page, writer: Writer, by_other_id: Sequence[Customer] = ()) -> list[Component]:
    """What is asked and how many are found, the rows of the page, and the way to the other pages."""
    counted = html.P(found_in_words(asked, page, writer, by_other_id), className="c360-found", role="status")
    above = [*chips(asked.conditions, writer), counted]
    if not page.rows:
        return [*above, _nothing(asked, page)]
    columns = [("customer_id", "Customer", False), *((name, label_of(name), is_right(name)) for name in asked.columns)]
    rows = [
        [figures.name(row), *(figures.written(row, name, writer, short=False) for name in asked.columns)]
        for row in page.rows
    ]
    table = data_table(
        [(label, right) for _, label, right in columns],
        rows,
        "Customers",
        links=[figures.address(row["customer_id"]) for row in page.rows],
        sort={"by": [_sort_of(name) for name in ("last_name", *asked.columns)], "now": asked.sort},
    )
    return [*above, table, pages(asked.page, -(-page.found // asked.page_size), writer, page.is_exact)]


def found_in_words(asked: Asked, page: Page, writer: Writer, by_other_id: Sequence[Customer] = ()) -> str:
    """`1,234 of 20,000 customers`, and what was looked for where nobody was found by the words.

    `by_other_id`: the customers of the page of whom the words are another id; what is listed does not show it.
    """
    found, everybody = (writer(number, "count", short=False) for number in (page.found, page.all))
    said = f"{'' if page.is_exact else 'More than '}{found} of {everybody} customers"
    if page.instead:
        return f"{said}: nobody is found by “{asked.words}”, these by “{page.instead}”"
    if by_other_id:
        return f"{said}: “{asked.words}” is another id of {joined([figures.name(row) for row in by_other_id])}"
    return said


def pages(page: int, last: int, writer: Writer, is_exact: bool = True) -> Component:
    """Buttons to the first, previous, next and last page; where more are found than counted, no page is the last."""
    steps = [
        ("First", 1, page > 1),
        ("Previous", page - 1, page > 1),
        ("Next", page + 1, page < last),
        ("Last", last, page < last and is_exact),
    ]
    buttons = [_step(label, number, enabled) for label, number, enabled in steps]
    of = f" of {writer(last, 'count', short=False)}" if is_exact else ""
    here = f"Page {writer(page, 'count', short=False)}{of}"
    return html.Nav(
        [*buttons[:2], html.Span(here), *buttons[2:]], className="c360-pages", **aria(label="Pages of rows")
    )


def _sort_of(column: str) -> str:
    """What the heading of a column sorts by; what is hidden cannot be sorted by, and the id stands for it."""
    return "customer_id" if column in hidden_columns() else column


def is_right(column: str) -> bool:
    """Whether numbers of the column stand beneath each other."""
    return metrics.COLUMNS[column].format in RIGHT_ALIGNED


def _step(label: str, page: int, enabled: bool) -> Component:
    ask: dict[str, Any] = {"page": str(page) if page > 1 else ""}
    return html.Button(label, type="button", disabled=not enabled, **data(c360_ask=orjson.dumps(ask).decode()))


def _nothing(asked: Asked, page: Page) -> Component:
    if page.found:
        return message("There is no such page", "The customers that are found end before it.")
    if not page.all:
        return message("There are no customers", "Load a shop, then run `c360 rebuild`.")
    return message(
        "Nobody is found", "Fewer words or filters find more." if asked.words else "Other filters find more."
    )
