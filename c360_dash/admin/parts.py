"""The small parts that the cards of the admin page are made of."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from c360_dash.components import aria, data, skeleton


def card(identity: str, title: str, *beside: Component, width: str = "full") -> Component:
    """A card that is filled later, and what stands in it from the start."""
    heading = f"{identity}-title"
    place = html.Div(skeleton(), id=identity, className="c360-admin-body")
    return html.Section(
        [html.H2(title, id=heading), *beside, place],
        className=f"c360-card c360-{width}",
        **aria(labelledby=heading),
    )


def button(words: str, identity: str | dict[str, Any], tone: str = "plain", **more: Any) -> Component:
    """A button with words in it; `tone` main is what the card is for, bad takes something away."""
    return html.Button(words, id=identity, type="button", className="c360-act", **data(tone=tone), **more)


def action(name: str, run: int) -> dict[str, Any]:
    """The id of a button that does something to a run."""
    return {"admin-act": name, "run": run}


def asked_once(label: str, sentence: str, confirm: Component, **more: Any) -> Component:
    """What should not happen by accident: opened by its label, it says what will happen, and has the button for it."""
    return html.Details([html.Summary(label), html.P(sentence), confirm], className="c360-sure", **more)


def said(words: str, tone: str = "good") -> Component:
    """The answer to a click."""
    return html.P(words, className="c360-said", **data(tone=tone))


def facts(pairs: Sequence[tuple[str, str]]) -> Component:
    """Names and values, one pair a line."""
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="c360-facts")
