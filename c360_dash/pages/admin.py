"""Admin: rebuild, publish and go back, what became of each run, the source, the settings, and who did what."""

from dash import html, register_page
from dash.development.base_component import Component

from c360_dash import auth
from c360_dash.admin import filling, parts, places
from c360_dash.components import message, page_header

register_page(__name__, path="/admin", name="Admin", title="Admin · Customer 360", order=100, role="admin")


def layout(run: str | None = None, **_: str) -> Component:
    """The places of the cards, which fill themselves; `run` shows the details of one."""
    if not auth.may("admin"):
        return message("This page is for administrators", "Somebody who is one can give you the role.")
    return html.Div(
        [
            page_header("Admin", "What is shown, how it was made, and how it is made anew."),
            places.stores(run),
            places.answers(),
            html.Div(
                [
                    places.one_run(run),
                    places.rebuild(),
                    parts.card("admin-published", "Published", width="half"),
                    parts.card("admin-builds", "Other builds"),
                    parts.card("admin-history", "History"),
                    places.source(),
                    places.settings(),
                    places.erasure(),
                    parts.card("admin-audit", "Audit"),
                ],
                className="c360-grid c360-admin",
            ),
        ]
    )


filling.everything()
