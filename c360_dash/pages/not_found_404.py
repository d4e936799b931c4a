"""What stands where there is no page."""

from dash import register_page
from dash.development.base_component import Component

from c360_dash.components import page_header

register_page(__name__, name="Not found", title="Not found · Customer 360")


def layout(**_: str) -> Component:
    """The way back."""
    return page_header("There is no page at this address", "The pages are listed at the top.")
