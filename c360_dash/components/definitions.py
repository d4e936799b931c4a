"""What numbers mean: the drawer of definitions, its buttons, and the glossary."""

from collections.abc import Iterable, Sequence

import orjson
from dash import html
from dash.development.base_component import Component

from c360_dash.components.basics import aria, data, data_table, skeleton
from c360_dash.glossary import About, Meaning, Section


def define_button(label: str, class_name: str = "c360-define", **asked: object) -> Component:
    """A button that opens the drawer of definitions; `asked` is what charts.meaning understands."""
    attributes = aria(label=f"Definition: {label}", haspopup="dialog") | data(c360_define=orjson.dumps(asked).decode())
    words = [] if class_name == "c360-info" else ["Definition"]
    return html.Button(words, type="button", className=class_name, **attributes)


def definition_drawer(identity: str) -> Component:
    """The drawer of definitions, closed; the browser opens it (assets/c360.js), the element of that id is filled."""
    close = html.Button("Close", type="button", className="c360-close", **data(c360_close="true"))
    content = html.Div(id=identity)
    return html.Dialog(html.Div([close, content]), className="c360-drawer", **aria(labelledby=f"{identity}-title"))


def definition(about: About) -> list[Component]:
    """What is known about something shown (charts/about.py): meanings, n, filters, what is left out, and when."""
    lines: list[tuple[str, list[Component]]] = [
        ("Rests on", [html.P(about.rests_on)]),
        ("Filters", [html.P(about.filtered)] if about.filtered else []),
        ("Not counted in this build", [html.Ul([html.Li(line) for line in about.not_counted])]),
        ("Computed", [html.P(about.computed)]),
    ]
    return [
        html.H2(about.title, id="shell-definition-title"),
        *(_meaning(found) for found in about.meanings),
        *(html.Section([html.H3(label), *content]) for label, content in lines if content),
        html.P(html.A("All definitions", href="/definitions", className="c360-link")),
    ]


def _meaning(found: Meaning) -> Component:
    link = html.A(found.label, href=f"/definitions#{found.anchor}", className="c360-link")
    formula = [html.Code(found.formula)] if found.formula else []
    unit = [html.P(f"Unit: {found.unit}")] if found.unit else []
    return html.Section([html.H3(link), html.P(found.sentence), *formula, *unit])


def glossary_place(identity: str) -> Component:
    """The place of a glossary, with a skeleton in it."""
    return html.Div(skeleton(), id=identity, className="c360-glossary")


def glossary(sections: Iterable[Section], beneath: Iterable[tuple[str, str]] = ()) -> list[Component]:
    """The tables of a glossary, and above them links to each and to what stands beneath (title, id)."""
    found = list(sections)
    places = [*((section.title, section.key) for section in found), *beneath]
    links = [html.A(title, href=f"#{identity}") for title, identity in places]
    return [
        html.Nav(links, className="c360-contents", **aria(label="Definitions")),
        *(_glossary_section(section) for section in found),
    ]


def _glossary_section(section: Section) -> Component:
    heading = f"{section.key}-title"
    columns = [(label, False) for label in section.columns]
    return html.Section(
        [
            html.H2(section.title, id=heading),
            html.P(section.sentence, className="c360-summary"),
            data_table(columns, section.rows, section.title, anchors=section.anchors),
        ],
        id=section.key,
        className="c360-card c360-words",
        **aria(labelledby=heading),
    )


def explained(title: str, columns: Sequence[str]) -> Component:
    """The way to the definitions of columns of a customer."""
    return html.Div(define_button(title, title=title, columns=columns), className="c360-more")
