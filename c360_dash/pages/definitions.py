"""Definitions: every number and name that the other pages show, in words."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "definitions"
CHARTS = ("exclusions",)

register_page(__name__, path="/definitions", name="Definitions", title="Definitions · Customer 360", order=90)


def layout(**_: str) -> Component:
    """The page with its skeletons; the glossary and the exclusions fill themselves."""
    return html.Div(
        [
            page_header("Definitions", "What each number means in this build, and what it leaves out."),
            cards.place_of_glossary(PAGE),
            html.Div([cards.place(PAGE, key, "full c360-tall") for key in CHARTS], className="c360-grid"),
        ]
    )


cards.glossary(PAGE, CHARTS)
for chart in CHARTS:
    cards.chart(PAGE, chart)
