"""Definitions: every number and name that the other pages show, in words."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "definitions"
CHARTS = {"exclusions": "full c360-tall"}

register_page(__name__, path="/definitions", name="Definitions", title="Definitions · Customer 360", order=90)


def layout(**address: str) -> Component:
    """The page; what is not filled fills itself."""
    return html.Div(
        [
            page_header("Definitions", "What each number means in this build, and what it leaves out."),
            cards.place_of_glossary(PAGE),
            cards.grid(PAGE, CHARTS, address, cards.kept(PAGE, address)),
        ]
    )


cards.glossary(PAGE, CHARTS)
for chart in CHARTS:
    cards.chart(PAGE, chart)
