"""Overview: how many customers, how active, worth how much, and how that changes."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "overview"
CHARTS = {
    "monthly-revenue": "wide",
    "customer-segments": "third",
    "product-category-performance": "third",
    "churn-risk": "third",
    "customer-satisfaction": "third",
    "rfm-segmentation": "third",
    "top-customers": "wide",
}

register_page(__name__, path="/", name="Overview", title="Overview · Customer 360", order=0)


def layout(**address: str) -> Component:
    """The page, with cards that are filled or fill themselves."""
    bodies = cards.kept(PAGE, address)
    return html.Div(
        [
            page_header("Overview", "How many customers, how active, worth how much.", cards.workbook(PAGE)),
            cards.filter_bar(PAGE, CHARTS, address),
            cards.place_of_kpis(PAGE, bodies),
            cards.grid(PAGE, CHARTS, address, bodies),
        ]
    )


cards.kpis(PAGE)
for chart in CHARTS:
    cards.chart(PAGE, chart)
