"""What customers did besides buying: service tickets, web events, answers to campaigns."""

from datetime import timedelta
from typing import Any

from .days import Clock
from .definitions import STAGES, Parameters
from .rows import Row

RESPONSES = ("opened_at", "clicked_at", "converted_at")


def _no_data(stage: str) -> Row:
    return {column: None for column, its_stage in STAGES.items() if its_stage == stage}


def service(tickets: list[Row], clock: Clock, settings: Parameters) -> Row:
    """The columns of the stage service; all None for a customer without a ticket."""
    tickets = [ticket for ticket in tickets if clock.has_come(ticket["opened_at"])]
    if not tickets:
        return _no_data("service")
    closed = [ticket for ticket in tickets if clock.has_come(ticket["closed_at"])]
    open_time = sum((ticket["closed_at"] - ticket["opened_at"] for ticket in closed), timedelta())
    return {
        "tickets": len(tickets),
        "open_tickets": len(tickets) - len(closed),
        "last_ticket_at": max(ticket["opened_at"] for ticket in tickets),
        "resolution_hours": open_time / timedelta(hours=1) / len(closed) if closed else None,
    } | _ratings(tickets, clock, settings.whole("service_window_days"))


def _ratings(tickets: list[Row], clock: Clock, window_days: int) -> Row:
    rated = [
        ticket
        for ticket in tickets
        if ticket["satisfaction"] in range(1, 6) and clock.has_come(ticket["closed_at"] or ticket["opened_at"])
    ]
    scores = [ticket["satisfaction"] for ticket in rated]
    recent = [ticket["satisfaction"] for ticket in rated if ticket["opened_at"] > clock.days_ago(window_days)]
    return {
        "ratings": len(scores),
        "satisfied_ratings": sum(score >= 4 for score in scores),
        "satisfaction_mean": sum(scores) / len(scores) if scores else None,
        "recent_ratings": len(recent),
        "recent_low_ratings": sum(score <= 2 for score in recent),
    }


def web_behaviour(events: list[Row], clock: Clock, settings: Parameters) -> Row:
    """The columns of the stage web_behaviour; all None for a customer without an event."""
    events = [event for event in events if clock.has_come(event["occurred_at"])]
    if not events:
        return _no_data("web_behaviour")
    recent_from = clock.days_ago(settings.whole("engagement_window_days"))
    types = [event["event_type"] for event in events]
    return {
        "web_sessions": _sessions(events),
        "recent_web_sessions": _sessions([event for event in events if event["occurred_at"] > recent_from]),
        "web_events": len(events),
        "product_views": types.count("view"),
        "cart_additions": types.count("cart"),
        "web_purchases": types.count("purchase"),
        "last_visit_at": max(event["occurred_at"] for event in events),
    }


def _sessions(events: list[Row]) -> int:
    return len({event["session_id"] for event in events} - {None})


def campaign_response(responses: list[Row], clock: Clock) -> Row:
    """The columns of the stage campaign_response; all None for a customer who received no campaign."""
    received = [row for row in responses if row["sent_at"] is None or clock.has_come(row["sent_at"])]
    if not received:
        return _no_data("campaign_response")
    answered: dict[str, list[Any]] = {
        kind: [row[kind] for row in received if clock.has_come(row[kind])] for kind in RESPONSES
    }
    opened, clicked, converted = (len(answered[kind]) for kind in RESPONSES)
    return {
        "campaigns_received": len(received),
        "campaigns_opened": opened,
        "campaigns_clicked": clicked,
        "campaigns_converted": converted,
        "campaign_conversion_rate": converted / len(received),
        "last_campaign_response_at": max((at for moments in answered.values() for at in moments), default=None),
    }


def leave_out_what_nobody_notes(customers: list[Row]) -> None:
    """Openings and clicks that the shop notes of nobody are not known, and nobody's are 0."""
    for column in ("campaigns_opened", "campaigns_clicked"):
        if not any(customer[column] for customer in customers):
            for customer in customers:
                customer[column] = None


def last_engaged(profile: Row, clock: Clock) -> Row:
    """The later of the last visit and the last campaign response."""
    moments = [profile[column] for column in ("last_visit_at", "last_campaign_response_at")]
    latest = max((at for at in moments if at is not None), default=None)
    return {"last_engaged_at": latest, "days_since_engaged": clock.days_since(latest)}
