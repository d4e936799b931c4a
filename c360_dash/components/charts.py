"""The cards of the charts."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from c360_dash.components.basics import aria, data_table, folded, skeleton
from c360_dash.components.definitions import define_button
from c360_dash.components.filters import clear_button

# "Share chart" would send the data to another company's server.
GRAPH_CONFIG: dcc.Graph.Config = {
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": False,
    # The wheel scrolls the page, also over a chart in three dimensions.
    "scrollZoom": False,
    "responsive": True,
}


def chart_card(identity: str, title: str, width: str = "half", filled: Sequence[Component] | None = None) -> Component:
    """The card of a chart, without a content with a skeleton in it; `width` is third, half, wide or full."""
    heading = f"{identity}-title"
    body = html.Div(filled or skeleton(), id=identity, className="c360-body")
    return html.Section(
        [html.H2(title, id=heading), body], className=f"c360-card c360-{width}", **aria(labelledby=heading)
    )


def chart_body(answer: Mapping[str, Any], title: str, key: str, *more_folds: Component) -> list[Component]:
    """What an answer of charts.py shows inside its card: sentence, figure, table, definition and what else folds.

    An answer without a figure shows its table at once. Where there is nothing to see, what may be the reason stands
    beneath the sentence, and the card is as high as its words.
    """
    table = data_table(answer["columns"], answer["rows"], title, links=answer.get("links"))
    sentence = html.P(answer["sentence"], className="c360-summary")
    shown = _figure(answer) if answer["figure"] else table
    more = [folded("Table", table)] if answer["figure"] and answer["rows"] else []
    return [
        sentence,
        _nothing(**answer["nothing"]) if answer.get("nothing") else shown,
        html.Div(
            [*more, define_button(title, chart=key, since=answer.get("since")), *more_folds], className="c360-more"
        ),
    ]


def _nothing(filters: Sequence[str], lack: str) -> Component:
    words = f"Filtered by {'; '.join(filters)}." if filters else f"The data have no {lack}." if lack else ""
    said = [html.P(words), *([clear_button(True)] if filters else [])] if words else []
    return html.Div(said, className="c360-nothing", role="status")


def _figure(answer: Mapping[str, Any]) -> Component:
    graph = dcc.Graph(figure=answer["figure"], config=GRAPH_CONFIG, responsive=True)
    return html.Div(graph, className="c360-figure", role="img", **aria(label=answer["sentence"]))
