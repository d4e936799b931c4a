"""Products: what sells, how few products bring how much, and what is bought together."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import cards
from c360_dash.components import page_header

PAGE = "products"
CHARTS = {
    "product-category-performance": "third",
    "brand-performance": "third",
    "product-concentration": "third",
    "category-brand-tree": "full",
    "top-products": "full",
    "bought-together": "full",
}

register_page(__name__, path="/products", name="Products", title="Products · Customer 360", order=30)


def layout(**address: str) -> Component:
    """The page, with cards that are filled or fill themselves."""
    bodies = cards.kept(PAGE, address)
    return html.Div(
        [
            page_header("Products", "What sells, and what is bought together.", cards.workbook(PAGE)),
            cards.filter_bar(PAGE, CHARTS, address),
            cards.grid(PAGE, CHARTS, address, bodies),
        ]
    )


for chart in CHARTS:
    cards.chart(PAGE, chart)
