"""One customer: who, worth what, why the scores are as they are, and what happened when."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash.components import chart_card, skeleton
from c360_dash.customers import filling

register_page(__name__, path_template="/customer/<customer_id>", name="Customer", title=filling.title)


def layout(customer_id: str = "", **address: str) -> Component:
    """The places of the profile, the score history and the time line, which fill themselves."""
    return html.Div(
        [
            filling.asked_here("customer", filling.address_of(address)),
            filling.this_customer(customer_id),
            html.A("Customers", href="/customers", className="c360-link c360-back"),
            html.Div(skeleton(), id="customer-profile"),
            html.Div(
                [
                    chart_card("customer-history", "Score history", "full"),
                    chart_card("customer-timeline", "Time line", "full"),
                ],
                id="customer-more",
                className="c360-grid",
            ),
        ]
    )


filling.one_customer()
