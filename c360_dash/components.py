"""The parts of pages: arguments in, Dash components out; nothing here asks the database or keeps anything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from dash import dcc, html
from dash.development.base_component import Component

from c360_dash import metrics
from c360_dash.filters import UNKNOWN
from c360_dash.formats import NO_VALUE
from c360_dash.glossary import About, Meaning, Section
from c360_dash.metrics import Metric
from c360_dash.writer import Writer

DATE_LABELS = {"date_from": "From month", "date_to": "To month"}

# "Share chart" would send the data to another company's server.
GRAPH_CONFIG: dcc.Graph.Config = {
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": False,
    # The wheel scrolls the page, also over a chart in three dimensions.
    "scrollZoom": False,
    "responsive": True,
}


def page_header(title: str, sentence: str, *more: Component) -> Component:
    """The heading of a page, what the page answers, and what can be done with all of it."""
    return html.Div([html.H1(title), html.P(sentence), *more], className="c360-heading")


def skeleton(count: int = 1, class_name: str = "c360-skeleton") -> list[Component]:
    """What holds the place of parts that are on their way."""
    return [html.Div(className=class_name, **aria(hidden="true")) for _ in range(count)]


def message(title: str, sentence: str = "") -> Component:
    """A state in words, where a chart or a number would stand: nothing there, or something went wrong."""
    words = [html.P(title), *([html.P(sentence)] if sentence else [])]
    return html.Div(words, className="c360-state", role="status")


def aria(**words: str) -> dict[str, Any]:
    """Attributes for those who hear the page: `aria(label="Pages")` is `aria-label="Pages"`."""
    return {f"aria-{name.replace('_', '-')}": value for name, value in words.items()}


def data(**words: str) -> dict[str, Any]:
    """Attributes for css and script: `data(tone="good")` is `data-tone="good"`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in words.items()}


# ------------------------------------------------------------------------------------------------------------ KPIs


def kpi_row(identity: str, filled: Sequence[Component] | None = None) -> Component:
    """The place of the KPI cards; without them as many skeletons as there are metrics."""
    cards = filled or skeleton(len(metrics.METRICS), "c360-card c360-kpi c360-skeleton")
    return html.Section(cards, id=identity, className="c360-kpis", **aria(label="Key figures"))


def kpi_card(
    metric: Metric,
    value: float | None,
    comparison: float | None,
    n: int | None,
    writer: Writer,
    address: str = "",
) -> Component:
    """A metric: label, number, its change in words, and its definition behind a button.

    The number leads to the address of the customers behind it, where there is one.
    """
    number = writer(value, metric.format)
    link = html.A(number, href=address, className="c360-link", title="Show these customers")
    tone, change = change_in_words(metric, value, comparison, writer)
    if value is None and n is not None and metric.minimum_n:
        least = writer(writer.settings.get(metric.minimum_n), "count")
        tone, change = "none", [f"Only {writer(n, 'count')} of the {least} ratings needed"]
    return html.Article(
        [
            html.H2(metric.label),
            define_button(metric.label, "c360-info", metric=metric.key),
            html.P(link if address and value else number, className="c360-number"),
            html.P(change, className="c360-change", **data(tone=tone)),
        ],
        className="c360-card c360-kpi",
    )


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


def change_in_words(
    metric: Metric, value: float | None, comparison: float | None, writer: Writer
) -> tuple[str, list[Any]]:
    """Tone (good, bad, none) and words of a change: rates in points, amounts in percent."""
    days = writer(writer.settings.get("comparison_days"), "days")
    before = f" vs {days} before"
    if value is None or comparison is None:
        return "none", [NO_VALUE if value is None else f"No number {days} before"]
    words = _difference(metric, value, comparison, writer)
    if words is None:
        return "none", [html.Strong("No change"), before]
    up = value > comparison
    tone = "good" if up == (metric.better == "up") else "bad"
    return tone, [html.Strong(f"{'▲ up' if up else '▼ down'} {words}"), before]


def _difference(metric: Metric, value: float, comparison: float, writer: Writer) -> str | None:
    """How much, without direction; None where it would be shown as nothing."""
    if metric.format == "percent":
        points = abs(value - comparison) * 100
        return f"{writer(points, 'decimal')} points" if round(points, 1) else None
    if not comparison:
        return writer(abs(value), metric.format) if value else None
    share = abs(value / comparison - 1)
    return writer(share, "percent") if round(share, 3) else None


# ---------------------------------------------------------------------------------------------------------- charts


def chart_card(identity: str, title: str, width: str = "half", filled: Sequence[Component] | None = None) -> Component:
    """The card of a chart, without a content with a skeleton in it; `width` is third, half, wide or full."""
    heading = f"{identity}-title"
    body = html.Div(filled or skeleton(), id=identity, className="c360-body")
    return html.Section(
        [html.H2(title, id=heading), body], className=f"c360-card c360-{width}", **aria(labelledby=heading)
    )


def chart_body(answer: Mapping[str, Any], title: str, key: str, *more_folds: Component) -> list[Component]:
    """What an answer of charts.py shows inside its card: sentence, figure, table, definition and what else folds.

    An answer without a figure shows its table at once.
    """
    table = data_table(answer["columns"], answer["rows"], title, links=answer.get("links"))
    sentence = html.P(answer["sentence"], className="c360-summary")
    shown = _figure(answer) if answer["figure"] else table
    more = [_folded("Table", table)] if answer["figure"] else []
    return [
        sentence,
        shown if answer["rows"] else message("Nothing to show"),
        html.Div(
            [*more, define_button(title, chart=key, since=answer.get("since")), *more_folds], className="c360-more"
        ),
    ]


def data_table(
    columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]], label: str, **more: object
) -> Component:
    """A table of formatted values; `columns` are labels and whether they stand right-aligned.

    `links` are addresses for the first cell of each row; `anchors` make the first cell a link to its row, which
    an address that ends in it shows; `sort` makes the headings buttons: `by`, the names of the columns, and `now`, the
    one that sorts, with a minus from high to low.

    The browser builds it when it is seen (assets/c360.js): as Dash components, the 750 cells of one table kept the
    renderer busy for ten seconds, because each of them is asked about at each change of the page.
    """
    cells = orjson.dumps({"columns": columns, "rows": rows, **more}).decode()
    # A region that scrolls must be reachable with the keyboard.
    attributes = aria(label=f"{label}: table") | data(c360_table=cells)
    return html.Div(className="c360-scroll", tabIndex=0, role="region", **attributes)


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


def _figure(answer: Mapping[str, Any]) -> Component:
    graph = dcc.Graph(figure=answer["figure"], config=GRAPH_CONFIG, responsive=True)
    return html.Div(graph, className="c360-figure", role="img", **aria(label=answer["sentence"]))


def _folded(label: str, content: Component) -> Component:
    return html.Details([html.Summary(label), content])


# --------------------------------------------------------------------------------------------------------- filters


def filter_bar(
    names: Iterable[str],
    options: Mapping[str, Mapping[str, str]],
    chosen: Mapping[str, Sequence[str]],
    beneath: Sequence[Component] = (),
) -> Component:
    """One dropdown a filter; what is chosen is also kept in the address (see shell.py).

    `options` are labels by value. Beneath stands what is given, and after the first the button that clears all filters.
    """
    fields = [filter_field(name, options.get(name, {}), chosen.get(name, ())) for name in names]
    clear = html.Button("Clear filters", type="button", hidden=not any(chosen.values()), className="c360-clear")
    return html.Section(
        [
            html.Div(fields, className="c360-filters"),
            html.Div([*beneath[:1], clear, *beneath[1:]], className="c360-chosen"),
        ],
        **aria(label="Filters"),
    )


def build_choice(page: str, options: Sequence[dict[str, str]], chosen: str | None) -> Component:
    """The dropdown `{page}-since` of builds to compare with; nothing chosen is the build before."""
    identity = f"{page}-since"
    dropdown = dcc.Dropdown(id=identity, options=list(options), value=chosen, placeholder="The build before")
    store = dcc.Store(id=f"{page}-compared", data=chosen)
    words = html.Label("Movement since", htmlFor=identity)
    return html.Div([html.Div([words, dropdown], className="c360-since", **data(c360_since=identity)), store])


def filter_field(name: str, options: Mapping[str, str], chosen: Sequence[str]) -> Component:
    """The dropdown of a dimension, or of the first or last month of the dates."""
    label = DATE_LABELS.get(name) or metrics.DIMENSIONS[name].label
    several = name not in DATE_LABELS
    dropdown = dcc.Dropdown(
        id={"filter": name},
        options=filter_options(options, chosen),
        value=list(chosen) if several else next(iter(chosen), None),
        multi=several,
        placeholder="All" if several else "Any",
    )
    return html.Div([html.Label(label, htmlFor=f'{{"filter":"{name}"}}'), dropdown], **data(c360_filter=name))


def filter_options(options: Mapping[str, str], chosen: Iterable[str]) -> list[dict[str, str]]:
    """The choices of a dropdown, in the given order; what is chosen stays one even where no customer has it."""
    names = dict.fromkeys([*options, *chosen])
    return [{"label": "Not known" if name == UNKNOWN else options.get(name, name), "value": name} for name in names]


def counted_place(page: str, words: str) -> Component:
    """The place of how many customers the filters leave."""
    return html.Span(words, id={"counted": page}, role="status")
