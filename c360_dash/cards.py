"""Cards that fill themselves: filters → questions → components, for whichever page names them.

A card is filled when the page opens, when the filters in the address change (store `shell-filters`) and when another
build is published or the database is back (store `shell-build`). Each is its own callback, so that the browser asks
for all of them at once; one that fails says so in its own place (app.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Input, Output, callback
from dash.development.base_component import Component

from c360_dash import charts, components, db, metrics, queries
from c360_dash.components import chart_body, chart_card, kpi_card
from c360_dash.errors import C360Error
from c360_dash.filters import Filters
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
    """Fills `{page}-{key}` with the chart of that name."""

    @callback(Output(f"{page}-{key}", "children"), *CHANGES)
    def fill(chosen: Chosen, _: str | None) -> list[Component]:
        answer = charts.answer(key, db.current_build(), filters_of(chosen), db.reader().settings.locale)
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
