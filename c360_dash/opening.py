"""What a browser gets with the document: the shell with the page of its address, and the callbacks.

Dash would ask for the layout and the callbacks once its scripts run, and for the page once they have drawn the shell.
On a line with 40 ms to and fro that is an eighth of a second, and the page is drawn twice. So the document carries the
three as JSON, which is no script to a browser, and assets/c360.js hands them to Dash when it asks.
"""

import logging
import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import dash
from dash._pages import _parse_query_string, _path_to_page
from dash.development.base_component import Component
from flask import request
from plotly.io.json import to_json_plotly

from c360_dash.components import message
from c360_dash.errors import C360Error

LOGGER = logging.getLogger("c360_dash")
ELEMENT = '<script type="application/json" data-c360-carried="_dash-{name}">{text}</script>'
NOWHERE = "not_found_404"


@dataclass(frozen=True, slots=True)
class Opened:
    """The page of an address, and its title."""

    pathname: str
    search: str
    title: str
    content: Any

    def container(self) -> Component:
        """Dash's place of pages with this one in it, as if it had just been opened."""
        place: Any = deepcopy(dash.page_container)
        place["_pages_location"].pathname, place["_pages_location"].search = self.pathname, self.search
        place["_pages_content"].children = self.content
        place["_pages_store"].data = {"title": self.title}
        return place  # type: ignore[no-any-return]


def opened() -> Opened:
    """The page that the request is for."""
    query = request.query_string.decode(errors="replace")
    page, variables = _path_to_page(request.path.strip("/"))
    variables = variables or {}
    page = page or next(page for page in dash.page_registry.values() if page["module"].endswith(NOWHERE))
    parameters = variables | _parse_query_string(f"?{query}")
    return Opened(
        pathname=quote(request.path, safe="/:@!$&'()*+,;=~"),
        search=f"?{query}" if query else "",
        title=str(_called(page["title"], variables)),
        content=_content(page["layout"], parameters),
    )


def said(error: Exception) -> Component:
    """What stands in the place of something that failed: the reason where it can be shown, else where to look."""
    if isinstance(error, C360Error):
        return message("This cannot be shown now", str(error))
    number = uuid.uuid4().hex[:8]
    LOGGER.error("Callback failed (%s)", number, exc_info=error)
    return message("Something went wrong here", f"The log says more under the number {number}.")


def carried(layout: Component, callbacks: list[dict[str, Any]]) -> str:
    """Layout and callbacks as elements of a document, in which no text of theirs can end an element."""
    parts = {"layout": layout, "dependencies": callbacks}
    return "".join(ELEMENT.format(name=name, text=to_json_plotly(part)) for name, part in parts.items())


def _content(layout: Any, parameters: dict[str, Any]) -> Any:
    try:
        return _called(layout, parameters)
    except Exception as error:
        return said(error)


def _called(part: Callable[..., Any] | Any, parameters: dict[str, Any]) -> Any:
    return part(**parameters) if callable(part) else part
