"""The parts of the page about one customer: arguments in, components out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from c360_dash import metrics
from c360_dash.charts.heeding import joined
from c360_dash.components import aria, data_table, explained, message, page_header
from c360_dash.customers.grid import label_of, pages
from c360_dash.figures import customers as figures
from c360_dash.figures import forecasts, reasons
from c360_dash.formats import NO_VALUE
from c360_dash.queries.customers import PAGE_SIZE, Customer
from c360_dash.writer import Writer

HEADLINES = ("lifetime_value", "orders", "value_segment", "rfm_segment", "churn_band", "last_order_at")
STAGES = {
    "Purchases": "purchase_statistics",
    "Favourites": "favourites",
    "Service": "service",
    "Web": "web_behaviour",
    "Campaigns": "campaign_response",
    "Person": "basic_information",
}
HISTORY = ("value_segment", "rfm_score", "rfm_segment", "churn_risk_score", "churn_band", "orders", "lifetime_value")


def unknown(customer_id: str) -> Component:
    """What stands where the build has no such customer."""
    link = html.A("Look among the customers", href="/customers", className="c360-link")
    words = (
        f"The build has nobody with the id “{customer_id[:60]}”. The person may be new, removed, or written otherwise."
    )
    return html.Div([page_header("There is no such customer", words), html.P(link)])


def who(customer: Customer, other_ids: Sequence[str], asked: str, writer: Writer) -> list[Component]:
    """Who it is under which ids, and a word to whoever asked for one that is not the person's own."""
    place = ", ".join(str(customer[name]) for name in ("city", "region", "country") if customer.get(name))
    since, own = figures.day(customer, "signup_at", writer), customer["customer_id"]
    said = [
        place,
        customer.get("email"),
        customer.get("phone"),
        f"signed up {since}" if since != NO_VALUE else None,
        f"id {own}" + (f", also {joined(other_ids)}" if other_ids else ""),
    ]
    words = f"“{asked}” is another id of this person: what happened under it counts here, under {own}."
    return [
        html.Div([html.H1(figures.name(customer)), html.P(" · ".join(filter(None, said)))], className="c360-heading"),
        *([html.P(words, className="c360-found", role="status")] if asked in other_ids else []),
    ]


def profile(customer: Customer, cutoffs: reasons.Cutoffs, likely: forecasts.Likely, writer: Writer) -> list[Component]:
    """The headlines, the scores with their reasons, the forecast, and everything else that is known."""
    scores = [_scores(customer, cutoffs, writer), _churn(customer, writer), _forecast(customer, likely, writer)]
    facts = [_facts(title, stage, customer, writer) for title, stage in STAGES.items()]
    headlines = [_headline(name, customer, writer) for name in HEADLINES]
    return [
        html.Section(headlines, className="c360-kpis c360-six", **aria(label="Headlines")),
        html.Div(scores, className="c360-grid"),
        html.Div(facts, className="c360-columns"),
    ]


def history(said: Sequence[tuple[datetime, int, Customer | None]], writer: Writer) -> list[Component]:
    """The scores in each kept build: as-of, number of the build, and what it says; newest first."""
    columns = [("As of", False), ("Build", True), *((label_of(name), _is_number(name)) for name in HISTORY)]
    days = [writer(as_of, "date") for as_of, _, _ in said]
    rows = [
        [day, str(build), *(figures.written(customer or {}, name, writer) for name in HISTORY)]
        for day, (_, build, customer) in zip(days, said, strict=True)
    ]
    customers = [customer for _, _, customer in said]
    return [
        html.P(reasons.history(list(zip(days, customers, strict=True)), writer), className="c360-summary"),
        data_table(columns, rows, "Scores in the kept builds"),
        explained("Score history", HISTORY),
    ]


def timeline(rows: Sequence[Mapping[str, Any]], total: int, page: int, writer: Writer) -> list[Component]:
    """What happened, newest first, and the way to the other pages."""
    if not rows:
        words = (
            "No order, return, ticket, visit or campaign is known." if page == 1 else "The time line ends before it."
        )
        return [message("Nothing here", words)]
    columns = [("When", False), ("What", False), ("Details", False), ("Amount", True)]
    things = "thing" if total == 1 else "things"
    sentence = f"{writer(total, 'count', short=False)} {things} up to the as-of moment, the newest first."
    table = data_table(columns, [reasons.event(row, writer) for row in rows], "Time line")
    last = -(-total // PAGE_SIZE)
    return [html.P(sentence, className="c360-summary"), table, *([pages(page, last, writer)] if last > 1 else [])]


def _headline(name: str, customer: Customer, writer: Writer) -> Component:
    is_moment = metrics.COLUMNS[name].format == "datetime"
    words = (figures.day if is_moment else figures.written)(customer, name, writer)
    return html.Article(
        [html.H2(label_of(name)), html.P(words, className="c360-number")], className="c360-card c360-kpi"
    )


def _scores(customer: Customer, cutoffs: reasons.Cutoffs, writer: Writer) -> Component:
    lines: list[Component] = []
    for measure in reasons.MEASURES:
        number = customer.get(f"{measure}_score")
        words = reasons.score(measure, customer, cutoffs, writer)
        head = f"{measure.capitalize()} {NO_VALUE if number is None else number}"
        lines.append(_bar(head, None if number is None else number * 20, f"{words}."))
    names = ("rfm_segment", "recency_score", "frequency_score", "monetary_score")
    sentence = f"{customer.get('rfm_score') or 'No RFM score'}: {customer.get('rfm_segment')}."
    meaning = next((part.meaning for part in metrics.RFM_SEGMENTS if part.name == customer.get("rfm_segment")), "")
    return _card("RFM scores", f"{sentence} {meaning}", [*lines, explained("RFM scores", names)], "half")


def _churn(customer: Customer, writer: Writer) -> Component:
    lines = [
        _bar(f"{name} {writer(part, 'score')}", part, reason) for name, part, reason in reasons.churn(customer, writer)
    ]
    names = (
        "churn_risk_score",
        "churn_recency_part",
        "churn_frequency_part",
        "churn_service_part",
        "churn_engagement_part",
    )
    found = customer.get("churn_risk_score")
    sentence = (
        "No order yet, so no churn risk."
        if found is None
        else f"{writer(found, 'score')} of 100: {customer.get('churn_band')}. "
        "The mean of the parts that have data, by their weights."
    )
    return _card("Churn risk", sentence, [*lines, explained("Churn risk", names)], "half")


def _forecast(customer: Customer, likely: forecasts.Likely, writer: Writer) -> Component:
    names = [name for name, column in metrics.COLUMNS.items() if column.stage == "customer_forecast"]
    sentence, active = forecasts.sentence(customer, likely, writer), customer.get("probability_active")
    known: list[Component] = []
    if active is not None:
        bar = _bar(f"Active {writer(active, 'percent')}", 100 * active, forecasts.seen(customer, writer))
        known = [bar, _pairs(forecasts.facts(customer, writer))]
    return _card("Forecast", sentence, [*known, explained("Forecast", names)], "full")


def _bar(head: str, percent: float | None, words: str) -> Component:
    filled = html.Span(style={"width": f"{percent or 0:.0f}%"})
    bar = html.Div(filled, className="c360-part-bar", **aria(hidden="true"))
    return html.Div([html.Strong(head), bar, html.P(words)], className="c360-part")


def _facts(title: str, stage: str, customer: Customer, writer: Writer) -> Component:
    names = [name for name, column in metrics.COLUMNS.items() if column.stage == stage and name != "customer_id"]
    known = any(customer.get(name) is not None for name in names)
    pairs = [(label_of(name), figures.written(customer, name, writer, short=False)) for name in names]
    sentence = "" if known else "No data about this customer."
    return _card(title, sentence, [_pairs(pairs), explained(title, names)], "third")


def _pairs(pairs: Sequence[tuple[str, str]]) -> Component:
    return html.Dl([html.Div([html.Dt(label), html.Dd(words)]) for label, words in pairs], className="c360-facts")


def _card(title: str, sentence: str, children: list[Component], width: str) -> Component:
    said = [html.P(sentence, className="c360-summary")] if sentence else []
    return html.Section([html.H2(title), *said, *children], className=f"c360-card c360-{width}")


def _is_number(name: str) -> bool:
    return metrics.COLUMNS[name].format in ("count", "money", "score")
