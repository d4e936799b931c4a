"""Cards that fill themselves: filters → questions → components, for whichever page names them.

A card is filled when the page opens, when the filters in the address change (store `shell-filters`) and when another
build is published or the database is back (store `shell-build`). Each is its own callback, so that the browser asks
for all of them at once; one that fails says so in its own place (app.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback
from dash.development.base_component import Component

from c360_dash import charts, components, db, metrics, queries
from c360_dash.components import chart_body, chart_card, kpi_card
from c360_dash.errors import C360Error
from c360_dash.filters import Filters, whole_number
from c360_dash.formats import format_value
from c360_dash.glossary import sections

Chosen = Mapping[str, Sequence[str]] | None
CHANGES = (Input("shell-filters", "data"), Input("shell-build", "data"))


def kpis(page: str) -> None:
    """Fills `{page}-kpis` with a card for each metric."""

    @callback(Output(f"{page}-kpis", "children"), *CHANGES)
    def fill(chosen: Chosen, _: str | None) -> list[Component]:
        build = db.current_build()
        writer = charts.writer_of(build, db.reader().settings.locale)
        return [
            kpi_card(metrics.METRICS[key], value, before, n, writer)
            for key, value, before, n in charts.kpis(build, filters_of(chosen))
        ]


def chart(page: str, key: str) -> None:
    """Fills `{page}-{key}` with the chart of that name; one that compares asks `comparison` with which build."""
    compared = [Input(f"{page}-compared", "data")] if charts.CHARTS[key].compares else []

    @callback(Output(f"{page}-{key}", "children"), *CHANGES, *compared)
    def fill(chosen: Chosen, _: str | None, since: str | None = None) -> list[Component]:
        number = whole_number("since", since)
        answer = charts.answer(key, db.current_build(), filters_of(chosen), db.reader().settings.locale, number)
        return chart_body(answer, charts.CHARTS[key].title, key)


def glossary(page: str, beneath: Sequence[str]) -> None:
    """Fills `{page}-glossary` with all definitions, in the words of the build, and links to the charts beneath them."""
    more = [(charts.CHARTS[key].title, f"{page}-{key}-title") for key in beneath]

    @callback(Output(f"{page}-glossary", "children"), Input("shell-build", "data"))
    def fill(_: str | None) -> list[Component]:
        writer = charts.writer_of(db.current_build(), db.reader().settings.locale)
        return components.glossary(sections(writer), more)


def definition(asked: Mapping[str, Any] | None, chosen: Chosen) -> list[Component]:
    """What the drawer of definitions says about what somebody points at; raises FilterError."""
    if not asked:
        return []
    build = db.current_build()
    found = charts.meaning(asked, build, filters_of(chosen), db.reader().settings.locale)
    return components.definition(found)


def place_of_glossary(page: str) -> Component:
    """The place of the definitions, still empty."""
    return components.glossary_place(f"{page}-glossary")


def place(page: str, key: str, width: str) -> Component:
    """The card of a chart, still empty."""
    return chart_card(f"{page}-{key}", charts.CHARTS[key].title, width)


def filters_of(chosen: Chosen) -> Filters:
    """The filters of a store or of the address of a page; raises FilterError."""
    return Filters.from_args(
        {name: [values] if isinstance(values, str) else values for name, values in (chosen or {}).items()}
    )


def chosen_values(address: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What the address chooses in each dimension; raises FilterError."""
    filters = filters_of(address)
    return {name: getattr(filters, name) for name in metrics.DIMENSIONS}


def filter_values() -> dict[str, list[str]]:
    """The values that each filter can have, most customers first; none while the database cannot say."""
    try:
        return queries.filter_choices(db.current_build())
    except C360Error:
        return {}


def compared_with(page: str, address: Mapping[str, Any]) -> Component:
    """Where an earlier build is chosen; what the address names is chosen."""
    named = str(address.get("since") or "")
    return components.build_choice(page, _builds_to_compare([named] if named else []), named or None)


def comparison(page: str) -> None:
    """Puts what is chosen into the address and into `{page}-compared`, and keeps the choices those of the database."""
    identity = f"{page}-since"
    clientside_callback(
        ClientsideFunction("c360", "chooseBuild"), Output(f"{page}-compared", "data"), Input(identity, "value")
    )

    @callback(
        Output(identity, "options"), Input("shell-build", "data"), State(identity, "value"), prevent_initial_call=True
    )
    def refresh(_: str | None, chosen: str | None) -> list[dict[str, str]]:
        return _builds_to_compare([chosen] if chosen else [])


def _builds_to_compare(named: Sequence[str]) -> list[dict[str, str]]:
    try:
        build = db.current_build()
        locale = db.reader().settings.locale
        words = {
            str(other.id): f"Build {other.id}, as of {format_value(other.as_of, 'date', locale=locale)}"
            for other in db.comparable_builds(build)
        }
    except C360Error:
        words = {}
    return [{"value": value, "label": label} for value, label in ({name: name for name in named} | words).items()]
