"""What stands around every page: brand, navigation, how fresh the data is, the theme; and the filters' address.

The page that is shown and the freshness line are two answers of the server; all else happens in the browser
(assets/c360.js). The line is asked again at intervals, and when it finds another build than before, or the database
back again, the store `shell-build` changes and every card draws itself anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from c360_dash import auth, cards, components, db
from c360_dash.auth import Person, Role
from c360_dash.components import aria, data, filter_options
from c360_dash.conditions import CONDITION_NAMES
from c360_dash.errors import C360Error
from c360_dash.filters import FILTER_NAMES
from c360_dash.formats import format_value

MAIN = "shell-main"
OUTCOMES = {
    "failed": "failed",
    "lost": "was interrupted",
    "rejected": "did not pass its checks",
    "held": "waits for a decision",
}
KEPT = data(filters=",".join(FILTER_NAMES), conditions=",".join(CONDITION_NAMES))
"""Which parameters of an address links keep, and which are also taken away with them."""

Badge = tuple[Person, bool] | None
"""Who is in, and whether they can log out."""

MASKED = Role.VIEWER
CALM_POLL = 60_000
ANXIOUS_POLL = 5_000


@dataclass(frozen=True, slots=True)
class Freshness:
    """What can be said about the data: words, whether they are a warning, and the published build (None: none)."""

    words: tuple[str, ...]
    warning: bool = False
    build: str | None = None

    @property
    def poll(self) -> int:
        """Milliseconds until it is worth asking again."""
        return CALM_POLL if self.build and not self.warning else ANXIOUS_POLL


def layout(freshness: Freshness, page: Component, pages: Iterable[dict[str, Any]], badge: Badge = None) -> Component:
    """The shell around the place where Dash puts the page, with links to all pages, and who is in."""
    return html.Div(
        [
            html.A("Skip to the content", href=f"#{MAIN}", className="c360-skip"),
            html.Header(_bar(pages, badge), className="c360-top"),
            html.Main(
                [html.Div(_line(freshness), id="shell-freshness", role="status"), page],
                id=MAIN,
                className="c360-main",
                tabIndex=-1,
            ),
            components.definition_drawer("shell-definition"),
            dcc.Store(id="shell-asked-definition"),
            dcc.Store(id="shell-build", data=freshness.build),
            dcc.Store(id="shell-filters"),
            dcc.Store(id="shell-asked"),
            dcc.Interval(id="shell-poll", interval=freshness.poll),
        ]
    )


def freshness(locale: str) -> Freshness:
    """How fresh the data is, now. Never raises for what can be said in words."""
    try:
        build = db.current_build()
    except C360Error as error:
        return Freshness((str(error),), warning=True)
    data_to = format_value(build.data_to, "date", locale=locale)
    built_at = format_value(build.built_at, "datetime", locale=locale)
    line = f"Data to {data_to} · built {built_at} · build {build.id}"
    if build.stale:
        away = "The database cannot be reached; what was asked before is still shown. This page tries again by itself."
        return Freshness((away, line), warning=True, build=f"{build.token} stale")
    failure = db.reader().builds.last_failure()
    if failure:
        day = format_value(failure.started_at, "datetime", locale=locale)
        said = f"Showing build {build.id}; the rebuild of {day} {OUTCOMES[failure.state]}"
        return Freshness((f"{said}: {failure.error}" if failure.error else f"{said}.", line), True, build.token)
    return Freshness((line,), build=build.token)


def register_callbacks(app: Dash, look: Callable[[], Freshness]) -> None:
    """The callbacks of the shell; `look` finds the freshness."""

    @app.callback(
        Output("shell-freshness", "children"),
        Output("shell-build", "data"),
        Output("shell-poll", "interval"),
        Input("shell-poll", "n_intervals"),
        State("shell-build", "data"),
        prevent_initial_call=True,
    )
    def refresh(_: int | None, shown: str | None) -> tuple[Component, Any, int]:
        found = look()
        return _line(found), dash.no_update if found.build == shown else found.build, found.poll

    _register_filters(app)

    @app.callback(
        Output("shell-definition", "children"),
        Input("shell-asked-definition", "data"),
        State("shell-filters", "data"),
        prevent_initial_call=True,
    )
    def define(asked: dict[str, str | int | list[str] | None] | None, chosen: cards.Chosen) -> list[Component]:
        return cards.definition(asked, chosen)

    app.clientside_callback(
        ClientsideFunction("c360", "markCurrentPage"),
        Output("shell-navigation", "data-path"),
        Input("_pages_location", "pathname"),
    )


def _register_filters(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("c360", "chooseFilters"),
        Output("shell-filters", "data"),
        Input({"filter": ALL}, "value"),
        State({"filter": ALL}, "id"),
    )

    app.clientside_callback(
        ClientsideFunction("c360", "askCards"),
        Output("shell-asked", "data"),
        Input("shell-filters", "data"),
        Input({"filled": ALL}, "data"),
    )

    @app.callback(
        Output({"filter": ALL}, "options"),
        Input("shell-build", "data"),
        State({"filter": ALL}, "value"),
        State({"filter": ALL}, "id"),
        prevent_initial_call=True,
    )
    def refresh_options(
        _: str | None, chosen: list[list[str] | str | None], ids: list[dict[str, str]]
    ) -> list[list[dict[str, str]]]:
        values = cards.filter_values()
        return [
            filter_options(values.get(identity["filter"], {}), [picked] if isinstance(picked, str) else picked or ())
            for identity, picked in zip(ids, chosen, strict=True)
        ]

    @app.callback(
        Output({"counted": ALL}, "children"),
        *cards.CHANGES,
        cards.CHOSEN,
        State({"counted": ALL}, "id"),
        prevent_initial_call=True,
    )
    def count(_asked: Any, _build: str | None, chosen: cards.Chosen, ids: list[dict[str, str]]) -> list[str]:
        words = cards.counted_in_words(chosen)
        return [words for _ in ids]


def _bar(pages: Iterable[dict[str, Any]], badge: Badge) -> Component:
    links = [dcc.Link(page["name"], href=page["relative_path"]) for page in pages if _is_in_navigation(page)]
    brand: list[str | Component] = [html.Img(src=dash.get_asset_url("icons/c360.svg"), alt=""), "Customer 360"]
    menu = aria(label="Pages", expanded="false", controls="shell-navigation")
    return html.Div(
        [
            dcc.Link(brand, href=dash.get_relative_path("/"), className="c360-brand"),
            html.Button(type="button", className="c360-button c360-menu", **menu),
            html.Nav(links, id="shell-navigation", className="c360-nav", **aria(label="Pages"), **KEPT),
            *_who(badge),
            html.Button(type="button", className="c360-button c360-theme", **aria(label="Switch colours")),
        ],
        className="c360-bar",
    )


def _who(badge: Badge) -> list[Component]:
    """Name and role of who is in, and the way out; nothing where nobody is asked who they are."""
    if badge is None:
        return []
    person, can_log_out = badge
    role = f"{person.role}, names hidden" if person.role == MASKED else str(person.role)
    words = html.Span([person.name, " ", html.Span(role)], className="c360-person")
    way_out = html.Form(html.Button("Log out", type="submit"), action="/logout", method="POST")
    return [html.Div([words, *([way_out] if can_log_out else [])], className="c360-who")]


def _is_in_navigation(page: dict[str, Any]) -> bool:
    is_page = page["path_template"] is None and not page["module"].endswith("not_found_404")
    return is_page and auth.may(page.get("role") or "viewer")


def _line(found: Freshness) -> Component:
    tone = data(tone="warning") if found.warning else {}
    return html.Div([html.P(words) for words in found.words], className="c360-freshness", **tone)
