"""The filters of a page and the choice of an earlier build."""

from collections.abc import Iterable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from c360_dash import metrics
from c360_dash.components.basics import aria, data
from c360_dash.filters import UNKNOWN

DATE_LABELS = {"date_from": "From month", "date_to": "To month"}


def filter_bar(
    names: Iterable[str],
    options: Mapping[str, Mapping[str, str]],
    chosen: Mapping[str, Sequence[str]],
    beneath: Sequence[Component] = (),
) -> Component:
    """One dropdown a filter; what is chosen is also kept in the address (see shell.py).

    `options` are labels by value. Beneath stands what is given, and after the first the button that clears all filters;
    where nothing is given, nothing stands there, and the page has the button elsewhere.
    """
    fields = [filter_field(name, options.get(name, {}), chosen.get(name, ())) for name in names]
    clear = clear_button(any(chosen.values()))
    strip = html.Div([*beneath[:1], clear, *beneath[1:]], className="c360-chosen")
    return html.Section(
        [html.Div(fields, className="c360-filters"), *([strip] if beneath else [])], **aria(label="Filters")
    )


def clear_button(is_shown: bool) -> Component:
    """The button that clears all filters of the page, wherever it stands."""
    return html.Button("Clear filters", type="button", hidden=not is_shown, className="c360-clear")


def build_choice(page: str, options: Sequence[dict[str, str]], chosen: str | None) -> Component:
    """The dropdown `{page}-since` of builds to compare with; nothing chosen is the build before."""
    identity = f"{page}-since"
    dropdown = dcc.Dropdown(id=identity, options=list(options), value=chosen, placeholder="The build before")
    # A store that is given nothing takes that for a change.
    compared = f"{page}-compared"
    store = dcc.Store(id=compared, data=chosen) if chosen else dcc.Store(id=compared)
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
