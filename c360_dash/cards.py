"""Cards that fill themselves: filters → questions → components, for whichever page names them.

A page comes with its cards filled when all their answers are kept; otherwise with skeletons. The browser fills those,
and fills cards anew when the filters in the address change (store `shell-asked`) or when another build is published or
the database is back (store `shell-build`). Each is its own callback, so that the browser asks for all of them at once;
one that fails says so in its own place (app.py). Measured on the overview: filled, it needs no request after the first,
and the browser computes a third less.
"""

import secrets
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.development.base_component import Component

from c360_dash import charts, components, db, downloads, finished, metrics, queries
from c360_dash.components import chart_body, chart_card, kpi_card
from c360_dash.db import Build
from c360_dash.errors import C360Error
from c360_dash.filters import DATE_NAMES, FILTER_NAMES, FilterError, Filters, whole_number
from c360_dash.formats import format_value
from c360_dash.glossary import sections
from c360_dash.queries import customers
from c360_dash.questions import QUESTIONS

Chosen = Mapping[str, Sequence[str]] | None
Bodies = Mapping[str, list[Component]]
"""What stands in the cards of a page, by question; empty while it is not known."""

CHOSEN = State("shell-filters", "data")
CHANGES = (Input("shell-asked", "data"), Input("shell-build", "data"))
KPIS = "kpis"


def kpis(page: str) -> None:
    """Fills `{page}-kpis` with a card for each metric."""
    charts.shows(page, KPIS)

    @callback(Output(f"{page}-{KPIS}", "children"), *CHANGES, CHOSEN, prevent_initial_call=True)
    def fill(_asked: Chosen, _build: str | None, chosen: Chosen) -> list[Component]:
        return _finished(_kpi_cards(chosen))


def chart(page: str, key: str) -> None:
    """Fills `{page}-{key}` with the chart of that name; one that compares asks `comparison` with which build."""
    charts.shows(page, key)
    place = Output(f"{page}-{key}", "children")
    if charts.CHARTS[key].compares:

        @callback(place, *CHANGES, Input(f"{page}-compared", "data"), CHOSEN, prevent_initial_call=True)
        def fill_compared(_asked: Chosen, _build: str | None, since: str | None, chosen: Chosen) -> list[Component]:
            return _finished(_chart_body(key, chosen, since))

    else:

        @callback(place, *CHANGES, CHOSEN, prevent_initial_call=True)
        def fill(_asked: Chosen, _build: str | None, chosen: Chosen) -> list[Component]:
            return _finished(_chart_body(key, chosen))


def _finished(filled: list[Component]) -> list[Component]:
    finished.keep()
    return filled


def kept(page: str, address: Mapping[str, Any]) -> Bodies:
    """The cards that the page shows at this address where all their answers are kept already, else nothing."""
    try:
        with db.only_kept():
            return {key: _body(key, address) for key in charts.PAGES[page]}
    except (C360Error, db.NotKept):
        return {}  # the browser asks for each, which then says itself what is wrong


def place_of_kpis(page: str, bodies: Bodies) -> Component:
    """The place of the key figures, filled where they are known."""
    return components.kpi_row(f"{page}-{KPIS}", bodies.get(KPIS))


def grid(page: str, widths: Mapping[str, str], address: Mapping[str, Any], bodies: Bodies) -> Component:
    """The cards of the charts, filled where they are known, and for which filters they are."""
    cards = [
        chart_card(f"{page}-{key}", charts.CHARTS[key].title, width, bodies.get(key)) for key, width in widths.items()
    ]
    chosen = {name: list(values) for name, values in chosen_values(address).items() if values}
    opened = {"opened": secrets.token_hex(4), "chosen": chosen if bodies else None}
    return html.Div([*cards, dcc.Store(id={"filled": page}, data=opened)], className="c360-grid")


def _body(key: str, address: Mapping[str, Any]) -> list[Component]:
    chosen = {name: address[name] for name in FILTER_NAMES if name in address}
    return _kpi_cards(chosen) if key == KPIS else _chart_body(key, chosen, address.get("since"))


def _kpi_cards(chosen: Chosen) -> list[Component]:
    build, filters = db.current_build(), filters_of(chosen)
    writer = charts.writer_of(build, db.reader().settings.locale)
    return [
        kpi_card(metrics.METRICS[key], value, before, n, writer, charts.kpi_address(key, filters))
        for key, value, before, n in charts.kpis(build, filters)
    ]


def _chart_body(key: str, chosen: Chosen, since: str | None = None) -> list[Component]:
    build, filters = db.current_build(), filters_of(chosen)
    answer = charts.answer(key, build, filters, db.reader().settings.locale, whole_number("since", since))
    return chart_body(answer, charts.CHARTS[key].title, key, _download(key, build, filters, answer))


def workbook(page: str) -> Component:
    """The link to all charts of a page in one file."""
    return downloads.of_page(page, FILTER_NAMES)


def _download(key: str, build: Build, filters: Filters, answer: charts.Answer) -> Component:
    """The files of a chart, of the build that is shown; a picture where there is a figure."""
    question = QUESTIONS[key]
    carried = [*(name for name in FILTER_NAMES if question.heeds(name)), *(["since"] if question.compares else [])]
    if not (answer["figure"] and answer["rows"]):
        return downloads.fold(carried, key, build.id)
    file = downloads.file_name(key, build.id, build.as_of, "png")
    as_of = charts.writer_of(build, db.reader().settings.locale)(build.as_of, "date")
    said = [f"Customer 360 · build {build.id} · as of {as_of}", *question.heeded(filters).in_words()]
    picture = downloads.picture(file, question.title, " · ".join(said))
    return downloads.fold(carried, key, build.id, picture)


def glossary(page: str, beneath: Iterable[str]) -> None:
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
    try:
        found = charts.meaning(asked, build, filters_of(chosen), db.reader().settings.locale)
    except LookupError:
        raise FilterError("definition", "There is nothing of that name to explain.") from None
    return components.definition(found)


def place_of_glossary(page: str) -> Component:
    """The place of the definitions, still empty."""
    return components.glossary_place(f"{page}-glossary")


def filters_of(chosen: Chosen) -> Filters:
    """The filters of a store or of the address of a page; raises FilterError."""
    return Filters.from_args(
        {name: [values] if isinstance(values, str) else values for name, values in (chosen or {}).items()}
    )


def filter_bar(page: str, keys: Iterable[str], address: Mapping[str, Any]) -> Component:
    """The filters that the charts of the page heed, how many customers they leave, and what they do not change."""
    shown = [charts.CHARTS[key] for key in keys]
    names = [*charts.heeded(shown), *(DATE_NAMES if charts.heed_dates(shown) else ())]
    counted = counted_in_words({name: address[name] for name in FILTER_NAMES if name in address})
    beneath = [components.counted_place(page, counted), html.Span(charts.not_heeded_among(shown))]
    return components.filter_bar(names, filter_values(), chosen_values(address), beneath)


def customer_filter_bar(address: Mapping[str, Any]) -> Component:
    """The filters of a list of customers, which says itself how many there are."""
    return components.filter_bar(metrics.DIMENSIONS, filter_values(), chosen_values(address))


def clear_button(address: Mapping[str, Any]) -> Component:
    """The button that clears all filters, for a page without a line beneath them."""
    return components.clear_button(any(chosen_values(address).values()))


def counted_in_words(chosen: Chosen) -> str:
    """`1,204 of 20,000 customers`; nothing where the cards say what is wrong."""
    try:
        build = db.current_build()
        numbers = customers.counted(build, filters_of(chosen))
    except C360Error:
        return ""
    writer = charts.writer_of(build, db.reader().settings.locale)
    found, everybody = (writer(number, "count", short=False) for number in numbers)
    return f"{found} of {everybody} customers"


def chosen_values(address: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What the address chooses in each filter; raises FilterError."""
    filters = filters_of(address)
    days = {name: getattr(filters, name) for name in DATE_NAMES}
    dates = {name: (day.isoformat(),) if day else () for name, day in days.items()}
    return {name: getattr(filters, name) for name in metrics.DIMENSIONS} | dates


def filter_values() -> dict[str, dict[str, str]]:
    """The values that each filter can have and their labels, most customers or newest month first.

    None while the database cannot say.
    """
    try:
        build = db.current_build()
        found = {name: {value: value for value in values} for name, values in queries.filter_choices(build).items()}
        months, writer = queries.months(build), charts.writer_of(build, db.reader().settings.locale)
    except C360Error:
        return {}
    first = {month.isoformat(): writer(month, "month") for month in months}
    last = {_last_day(month).isoformat(): writer(month, "month") for month in months}
    return found | dict(zip(DATE_NAMES, (first, last), strict=True))


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def compared_with(page: str, address: Mapping[str, Any]) -> Component:
    """Where an earlier build is chosen; what the address names is chosen."""
    named = str(address.get("since") or "")
    return components.build_choice(page, _builds_to_compare([named] if named else []), named or None)


def comparison(page: str) -> None:
    """Puts what is chosen into the address and into `{page}-compared`, and keeps the choices those of the database."""
    identity = f"{page}-since"
    clientside_callback(
        ClientsideFunction("c360", "chooseBuild"),
        Output(f"{page}-compared", "data"),
        Input(identity, "value"),
        State(f"{page}-compared", "data"),
        prevent_initial_call=True,
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
