"""Segmentation: who the customers are by value and by recency and frequency, and who moved."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "segmentation"
CHARTS = {
    "rfm-segmentation": "half",
    "rfm-3d": "half",
    "customer-segments": "half",
    "score-cutoffs": "half",
    "rfm-segments": "full",
    "value-segment-movement": "half",
    "rfm-segment-movement": "half",
}

register_page(__name__, path="/segmentation", name="Segmentation", title="Segmentation · Customer 360", order=10)


def layout(**address: str) -> Component:
    """The page, with cards that are filled or fill themselves."""
    bodies = cards.kept(PAGE, address)
    return html.Div(
        [
            page_header(
                "Segmentation", "Who is worth how much, who buys how often, and who moved.", cards.workbook(PAGE)
            ),
            cards.filter_bar(PAGE, CHARTS, address),
            cards.compared_with(PAGE, address),
            cards.grid(PAGE, CHARTS, address, bodies),
        ]
    )


cards.comparison(PAGE)
for chart in CHARTS:
    cards.chart(PAGE, chart)
