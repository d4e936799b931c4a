"""Why a customer has the scores that they have, and what happened, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from c360_dash.formats import plain_number
from c360_dash.writer import Writer

Customer = Mapping[str, Any]
Cutoffs = Mapping[tuple[str, int], float]
MEASURES = {
    "recency": ("recency_days", "days", "since the last order", "or fewer"),
    "frequency": ("orders", "count", "orders", "or more"),
    "monetary": ("lifetime_value", "money", "lifetime value", "or more"),
}
VISITS = {"purchase": "bought something", "cart": "put something into the cart", None: "looked around"}
ANSWERS = {"converted": "converted", "clicked": "clicked", "opened": "opened", None: "no answer known"}


def score(measure: str, customer: Customer, cutoffs: Cutoffs, writer: Writer) -> str:
    """`74 days since the last order; 5 means 21 or fewer`."""
    column, kind, words, direction = MEASURES[measure]
    if customer.get(f"{measure}_score") is None:
        return "No order yet, so no score"
    value = writer(customer[column], kind)
    said = f"{value} {'order' if words == 'orders' and customer[column] == 1 else words}"
    best = max((number for name, number in cutoffs if name == measure), default=None)
    if best is None:
        return said
    limit = writer(cutoffs[measure, best], "count" if kind == "days" else kind)
    return f"{said}; {best} means {limit} {direction}"


def churn(customer: Customer, writer: Writer) -> list[tuple[str, float | None, str]]:
    """The parts of the churn risk: name, 0–100 or None where it does not count, and why."""
    return [
        ("Recency", customer.get("churn_recency_part"), _late(customer, writer)),
        ("Frequency", customer.get("churn_frequency_part"), _seldom(customer, writer)),
        ("Service", customer.get("churn_service_part"), _unhappy(customer, writer)),
        ("Engagement", customer.get("churn_engagement_part"), _away(customer, writer)),
    ]


def history(said: Sequence[tuple[str, Customer | None]], writer: Writer) -> str:
    """What became of the customer between the oldest and the newest of the kept builds, which come newest first."""
    known = [(day, customer) for day, customer in said if customer is not None]
    if len(known) < 2:
        return "No other kept build knows this customer; the history grows with each rebuild."
    (_, now), (day, before) = known[0], known[-1]
    names = {"value_segment": "value segment", "rfm_segment": "RFM segment", "churn_band": "churn risk"}
    changes = [
        f"{label} was {before.get(key) or 'none'} and is {now.get(key) or 'none'}"
        for key, label in names.items()
        if before.get(key) != now.get(key)
    ]
    if not changes:
        return f"The same segments in all {writer(len(known), 'count')} kept builds since {day}."
    return f"Since {day}: {'; '.join(changes)}."


def event(row: Mapping[str, Any], writer: Writer) -> list[str]:
    """A line of the time line: when, what, details, amount."""
    moment = writer(datetime.fromisoformat(row["happened_at"]), "datetime")
    what, details = EVENTS[row["kind"]](row, writer)
    amount = row["amount"] if row["kind"] != "return" or row["amount"] is None else -row["amount"]
    return [moment, what, " · ".join(filter(None, details)), writer(amount, "money", short=False)]


def _late(customer: Customer, writer: Writer) -> str:
    if customer.get("recency_days") is None:
        return "No order yet."
    since, gap = (writer(customer[name], "days") for name in ("recency_days", "expected_gap_days"))
    return f"{since} since the last order; the next was expected after {gap}."


def _seldom(customer: Customer, writer: Writer) -> str:
    days = customer.get("recent_order_days")
    if days is None:
        return "No order yet."
    window, half = (writer.settings.get(f"churn_frequency_{name}") for name in ("window_days", "half"))
    ordered = f"{writer(days, 'count')} {'day' if days == 1 else 'days'} with an order"
    return f"{ordered} in the last {writer(window, 'days')}; {plain_number(half)} would make this part 50."


def _unhappy(customer: Customer, writer: Writer) -> str:
    ratings = customer.get("recent_ratings")
    window = writer(writer.settings.get("service_window_days"), "days")
    if not ratings:
        return f"No rating in the last {window}, so this part does not count."
    low = writer(customer.get("recent_low_ratings"), "count")
    return f"{low} of {writer(ratings, 'count')} ratings in the last {window} are 1 or 2."


def _away(customer: Customer, writer: Writer) -> str:
    if customer.get("days_since_engaged") is None:
        return "No visit and no answer to a campaign is known, so this part does not count."
    return f"{writer(customer['days_since_engaged'], 'days')} since the last visit or answer to a campaign."


Told = tuple[str, list[str | None]]


def _order(row: Mapping[str, Any], writer: Writer) -> Told:
    counted = row["status"] == "completed"
    units = (
        "" if row["units"] is None else f"{writer(row['units'], 'count')} {'unit' if row['units'] == 1 else 'units'}"
    )
    return f"Order {row['reference']}", [row["subject"], units, row["channel"], None if counted else _status(row)]


def _return(row: Mapping[str, Any], _: Writer) -> Told:
    return f"Return {row['reference']}", [row["subject"]]


def _ticket(row: Mapping[str, Any], _: Writer) -> Told:
    rated = None if row["rating"] is None else f"rated {row['rating']} of 5"
    return f"Ticket {row['reference']}", [row["subject"], row["channel"], row["status"], rated]


def _visit(row: Mapping[str, Any], writer: Writer) -> Told:
    events = f"{writer(row['units'], 'count')} {'event' if row['units'] == 1 else 'events'}"
    return "Web visit", [events, VISITS[row["status"]]]


def _campaign(row: Mapping[str, Any], _: Writer) -> Told:
    return "Campaign", [row["subject"], row["channel"], ANSWERS[row["status"]]]


def _status(row: Mapping[str, Any]) -> str:
    return f"{row['status'] or 'without status'}, not counted"


EVENTS = {"order": _order, "return": _return, "ticket": _ticket, "visit": _visit, "campaign": _campaign}
