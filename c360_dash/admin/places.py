"""The parts of the admin page that stand there from the start: the rebuild form, progress, settings, source."""

from dash import dcc, html
from dash.development.base_component import Component

from c360_dash.admin import parts
from c360_dash.components import aria

KINDS = {"full": "Full", "incremental": "Only what changed"}


def stores(run: str | None) -> Component:
    """What the page remembers between two looks."""
    return html.Div(
        [
            dcc.Store(id="admin-news"),
            dcc.Store(id="admin-settings-news"),
            dcc.Store(id="admin-acted", data=0),
            dcc.Store(id="admin-running"),
            dcc.Store(id="admin-proposed"),
            dcc.Store(id="admin-run-id", data=run),
            dcc.Interval(id="admin-poll", interval=1_000),
        ]
    )


def answers() -> Component:
    """Where the answer to a click is said, also to those who hear the page."""
    return html.Div(id="admin-said", role="status")


def rebuild() -> Component:
    """The form, the progress of the run under way, and the way to end it."""
    as_of = [
        html.Label("As of, if not now", htmlFor="admin-as-of"),
        dcc.Input(id="admin-as-of", type="text", placeholder="2026-01-31", autoComplete="off", maxLength=10),
    ]
    start = parts.button("Rebuild", "admin-start", "main")
    kind = dcc.RadioItems(KINDS, "full", id="admin-kind", inline=True)
    kinds = html.Div(kind, role="radiogroup", **aria(label="Kind of rebuild"))
    form = html.Div([html.Div(as_of, className="c360-search"), kinds, start], className="c360-tools")
    heading = "admin-rebuild-title"
    return html.Section(
        [html.H2("Rebuild", id=heading), form, _progress(), html.P(id="admin-outcome", role="status")],
        className="c360-card c360-half",
        **aria(labelledby=heading),
    )


def source() -> Component:
    """The card that measures the source when asked."""
    words = html.P("Measures what the contract's rows are like and what a build does about it; nothing is changed.")
    return _card("admin-source", "Source", [words, parts.button("Check the source", "admin-check")])


def settings() -> Component:
    """The form of the settings; what it would do is shown before it can be saved."""
    show = html.Div(parts.button("Show the effect", "admin-preview", "main"), className="c360-acts")
    effect = html.Div(id="admin-effect", role="status")
    return _card("admin-settings", "Settings of the build", [], [show, effect])


def erasure() -> Component:
    """Erasing a customer for good."""
    field = [
        html.Label("Id of the customer", htmlFor="admin-erase-id"),
        dcc.Input(id="admin-erase-id", type="text", autoComplete="off", maxLength=200),
    ]
    sure = parts.asked_once(
        "Erase the customer",
        "The customer disappears from the published and all kept builds at once and never returns. Nobody can undo it.",
        parts.button("Erase for good", "admin-erase", "bad"),
    )
    tools = html.Div([html.Div(field, className="c360-search"), sure], className="c360-tools")
    return _card("admin-erasure", "Erasure", [tools])


def one_run(run: str | None) -> Component:
    """The card of the run that the address names; nothing without one."""
    if run is None:
        return html.Div(id="admin-run", hidden=True)
    back = dcc.Link("All runs", href="/admin", className="c360-link")
    return parts.card("admin-run", f"Run {run[:18]}", back)


def _progress() -> Component:
    cancel = parts.asked_once(
        "Cancel the rebuild",
        "The run ends, and what it has made so far is dropped. What is published stays as it is.",
        parts.button("Cancel it", "admin-cancel", "bad"),
        id="admin-cancel-place",
        hidden=True,
    )
    bar = html.Progress(id="admin-bar", max="100", value="0", **aria(label="Share of the rebuild that is done"))
    return html.Div(
        [html.P(id="admin-stage"), bar, html.P(id="admin-numbers"), cancel],
        id="admin-progress",
        className="c360-progress",
        hidden=True,
    )


def _card(identity: str, title: str, above: list[Component], beneath: list[Component] | None = None) -> Component:
    heading = f"{identity}-title"
    return html.Section(
        [html.H2(title, id=heading), *above, html.Div(id=identity), *(beneath or [])],
        className="c360-card c360-full",
        **aria(labelledby=heading),
    )
