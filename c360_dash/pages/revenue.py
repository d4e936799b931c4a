"""Revenue: what is sold when, to whom, where, and who comes back."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "revenue"
CHARTS = {
    "revenue-and-campaigns": "full",
    "new-and-returning": "wide",
    "revenue-by-country": "third",
    "revenue-by-acquisition-channel": "half",
    "orders-by-channel": "half",
    "cohort-retention": "full c360-high",
    "cohort-forecast": "full",
    "campaign-results": "full",
}

register_page(__name__, path="/revenue", name="Revenue", title="Revenue · Customer 360", order=20)


def layout(**address: str) -> Component:
    """The page, with cards that are filled or fill themselves."""
    bodies = cards.kept(PAGE, address)
    return html.Div(
        [
            page_header("Revenue", "What is sold when, to whom, where, and who comes back.", cards.workbook(PAGE)),
            cards.filter_bar(PAGE, CHARTS, address),
            cards.grid(PAGE, CHARTS, address, bodies),
        ]
    )


for chart in CHARTS:
    cards.chart(PAGE, chart)
