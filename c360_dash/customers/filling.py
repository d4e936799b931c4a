"""What fills the pages about customers: address → questions → components.

What a page asks stands in its address alone. The browser repeats it in the store `<page>-asked` when it changes
(assets/c360.js), and that is what the server answers; Back, reload and a shared link therefore show the same.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.development.base_component import Component

from c360_dash import auth, charts, db
from c360_dash.components import data
from c360_dash.customers import grid, profile
from c360_dash.db import Build
from c360_dash.errors import C360Error
from c360_dash.figures import customers as figures
from c360_dash.figures import forecasts
from c360_dash.filters import FilterError
from c360_dash.queries import customer, customers, other_ids
from c360_dash.queries.customers import Asked
from c360_dash.writer import Writer

BUILD = Input("shell-build", "data")


def asked_here(page: str, search: str | None = None) -> Component:
    """The place of what the page asks; without a text it waits until the browser says it."""
    return html.Div(dcc.Store(id=f"{page}-asked", data=search), **data(c360_asked=f"{page}-asked"))


def address_of(parameters: Mapping[str, object]) -> str:
    """The part of an address behind the question mark."""
    return urlencode(parameters, doseq=True)


def asked_in(parameters: Mapping[str, object]) -> Asked:
    """What an address asks of the customers; nothing special where it cannot be understood, which the table says."""
    try:
        return Asked.from_query_string(address_of(parameters))
    except FilterError:
        return Asked()


def customers_table() -> None:
    """Fills `customers-grid` with the page of customers that the address asks for."""
    clientside_callback(
        ClientsideFunction("c360", "askCustomers"),
        Output("customers-asked", "data"),
        Input("customers-search", "value"),
        Input("customers-columns", "value"),
        Input("shell-filters", "data"),
    )

    @callback(Output("customers-grid", "children"), Input("customers-asked", "data"), BUILD)
    def fill(search: str | None, _: str | None) -> list[Component]:
        build = db.current_build()
        asked = Asked.from_query_string(search)
        page = customers.page(build, asked)
        return grid.grid(asked, page, _writer(build), other_ids.found_by(build, asked.words, page.rows))


def this_customer(customer_id: str) -> Component:
    """Which customer the page is about; in an address ids are written with %."""
    return dcc.Store(id="customer-id", data=unquote(customer_id))


def title(customer_id: str) -> str:
    """The title of the page about a customer: the name, as whoever asks may see it."""
    try:
        found = customer.profile(db.current_build(), unquote(customer_id))
    except C360Error:
        found = None  # the page says what is wrong
    return f"{figures.name(found) if found else 'Customer'} · Customer 360"


def one_customer() -> None:
    """Fills `customer-profile`, `customer-history` and `customer-timeline`."""
    this = Input("customer-id", "data")

    @callback(Output("customer-profile", "children"), Output("customer-more", "hidden"), this, BUILD)
    def fill_profile(customer_id: str, _: str | None) -> tuple[Any, bool]:
        build = db.current_build()
        found = customer.profile(build, customer_id)
        if found is None:
            return profile.unknown(customer_id), True
        auth.audit("view customer", customer_id, build=build.id, by="page")
        likely = customer.likely_order_days(build, found, forecasts.DAYS, forecasts.PERCENT)
        who = profile.who(found, customer.other_ids(build, found), customer_id, _writer(build))
        return [*who, *profile.profile(found, customer.cutoffs(build), likely, _writer(build))], False

    @callback(Output("customer-history", "children"), this, BUILD)
    def fill_history(customer_id: str, _: str | None) -> list[Component]:
        build = db.current_build()
        found = [(kept.as_of, kept.id, said) for kept, said in customer.history(build, customer_id)]
        return profile.history(found, _writer(build))

    @callback(
        Output("customer-timeline", "children"), Input("customer-asked", "data"), BUILD, State("customer-id", "data")
    )
    def fill_timeline(search: str | None, _: str | None, customer_id: str) -> list[Component]:
        build = db.current_build()
        page = Asked.from_query_string(search).page
        rows, total = customer.timeline(build, customer_id, page)
        return profile.timeline(rows, total, page, _writer(build))


def _writer(build: Build) -> Writer:
    return charts.writer_of(build, db.reader().settings.locale)
