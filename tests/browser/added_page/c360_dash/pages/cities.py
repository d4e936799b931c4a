"""Cities: where the customers live."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "cities"
CHARTS = {"customers-by-city": "full"}

register_page(__name__, path="/cities", name="Cities", title="Cities · Customer 360", order=35)


def layout(**address: str) -> Component:
    """The page, with cards that are filled or fill themselves."""
    bodies = cards.kept(PAGE, address)
    return html.Div(
        [
            page_header("Cities", "Where the customers live.", cards.workbook(PAGE)),
            cards.filter_bar(PAGE, CHARTS, address),
            cards.grid(PAGE, CHARTS, address, bodies),
        ]
    )


for chart in CHARTS:
    cards.chart(PAGE, chart)
