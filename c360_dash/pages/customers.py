"""Customers: who they are, found by name, e-mail, id and filters, sorted by any column."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header, skeleton
from c360_dash.customers import filling, grid

register_page(__name__, path="/customers", name="Customers", title="Customers · Customer 360", order=60)


def layout(**address: str) -> Component:
    """Search, filters and columns as the address has them; the table fills itself."""
    asked = filling.asked_in(address)
    return html.Div(
        [
            page_header("Customers", "Find somebody, or everybody who is alike."),
            filling.asked_here("customers"),
            cards.customer_filter_bar(address),
            html.Div(
                [
                    grid.search_field(asked.words),
                    grid.column_choice(asked.columns),
                    grid.download(),
                    cards.clear_button(address),
                ],
                className="c360-tools",
            ),
            html.Section(skeleton(), id="customers-grid", className="c360-card c360-tall c360-body"),
        ]
    )


filling.customers_table()
