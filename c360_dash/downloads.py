"""Links to files and pictures of what is shown. The browser adds the filters of the address when one is followed."""

from collections.abc import Iterable
from datetime import datetime

import orjson
from dash import html
from dash.development.base_component import Component

from c360_dash.components import data

KINDS = ("csv", "xlsx")


def file_name(name: str, build: int, as_of: datetime, kind: str) -> str:
    """`customers_build-41_2026-11-20.csv`: a file says which build it is of, and which moment."""
    return f"{name}_build-{build}_{as_of:%Y-%m-%d}.{kind}"


def fold(carried: Iterable[str], name: str, build: int, picture: Component | None = None) -> Component:
    """A fold with links to an answer about a build as CSV and XLSX, and the button of its picture.

    `carried` are the parameters of the address that the answer heeds.
    """
    links = [_link(kind.upper(), f"/api/v1/{name}?format={kind}&build={build}", carried) for kind in KINDS]
    shown = [*links, picture] if picture else links
    return html.Details([html.Summary("Download"), html.Div(shown, className="c360-downloads")])


def of_customers(carried: Iterable[str]) -> Component:
    """Links to everybody who is found."""
    links = [_link(f"Download {kind.upper()}", f"/api/v1/customers?format={kind}", carried) for kind in KINDS]
    return html.Div(links, className="c360-downloads")


def picture(file: str, title: str, foot: str) -> Component:
    """The button that makes a PNG of the chart in its card: title above, sentence below it, and at the foot a line."""
    said = orjson.dumps({"file": file, "title": title, "foot": foot}).decode()
    return html.Button("PNG", type="button", title="PNG: a picture", **data(c360_picture=said))


def of_page(page: str, carried: Iterable[str]) -> Component:
    """A link to the page as a workbook."""
    return html.Div(_link("Download page (XLSX)", f"/api/v1/pages/{page}.xlsx", carried), className="c360-downloads")


def _link(words: str, address: str, carried: Iterable[str]) -> Component:
    return html.A(words, href=address, download="", **data(c360_carries=",".join(carried)))
