"""Risk: who may be lost, how much that would cost, whom to call first, and how right earlier scores were."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "risk"
CHARTS = {
    "churn-risk": "half",
    "value-risk": "half",
    "expected-value": "full",
    "satisfaction-gauge": "third",
    "customer-satisfaction": "wide",
    "customers-to-call": "full",
    "back-test": "half",
    "back-test-deciles": "half",
    "back-test-groups": "full",
}

register_page(__name__, path="/risk", name="Risk", title="Risk · Customer 360", order=40)


def layout(**address: str) -> Component:
    """The page, with cards that are filled or fill themselves."""
    bodies = cards.kept(PAGE, address)
    return html.Div(
        [
            page_header("Risk", "Who may be lost, what they are worth, and whom to call first.", cards.workbook(PAGE)),
            cards.filter_bar(PAGE, CHARTS, address),
            cards.grid(PAGE, CHARTS, address, bodies),
        ]
    )


for chart in CHARTS:
    cards.chart(PAGE, chart)
