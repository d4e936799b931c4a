"""Relations as plain rows: None where nothing is known, datetimes in UTC, Decimals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

Row = dict[str, Any]

RELATIONS: dict[str, tuple[str, ...]] = {
    "customers": (
        "customer_id", "first_name", "last_name", "email", "phone", "city", "region", "country", "birth_date",
        "gender", "signup_at", "acquisition_channel", "marketing_consent",
    ),
    "products": ("product_id", "name", "category", "brand"),
    "orders": ("order_id", "customer_id", "ordered_at", "status", "channel", "currency"),
    "order_items": ("order_id", "line_no", "customer_id", "product_id", "quantity", "unit_price", "discount"),
    "returns": ("return_id", "customer_id", "order_id", "product_id", "returned_at", "amount"),
    "service_tickets": (
        "ticket_id", "customer_id", "opened_at", "closed_at", "channel", "category", "priority", "satisfaction",
    ),
    "web_events": ("event_id", "customer_id", "session_id", "occurred_at", "event_type", "page", "product_id"),
    "campaigns": ("campaign_id", "name", "channel", "started_at", "ended_at", "cost"),
    "campaign_responses": ("campaign_id", "customer_id", "sent_at", "opened_at", "clicked_at", "converted_at"),
}  # fmt: skip
NUMBERS = {"quantity", "unit_price", "discount", "amount", "cost"}


def rows(source: Mapping[str, pd.DataFrame], relation: str) -> list[Row]:
    """The rows of a relation of the contract, each with all its columns; none where the relation is missing."""
    if relation not in source:
        return []
    records = source[relation].to_dict("records")
    return [{column: plain(column, record.get(column)) for column in RELATIONS[relation]} for record in records]


def plain(column: str, value: Any) -> Any:
    """One value without pandas: None for every kind of null, an aware datetime, a date, a Decimal, or as it was."""
    if value is None or pd.isna(value):
        return None
    if column.endswith("_at"):
        return moment(value)
    if column == "birth_date":
        return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value))
    if column in NUMBERS:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    if column in ("satisfaction", "line_no"):
        return int(value)
    return value


def moment(value: Any) -> datetime:
    """An aware datetime in UTC, to the microsecond as PostgreSQL keeps it."""
    is_plain = isinstance(value, datetime) and not isinstance(value, pd.Timestamp)
    at: datetime = value if is_plain else pd.Timestamp(value).to_pydatetime()
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone: moments of the source contract are timestamptz")
    return at.astimezone(UTC)


def by_customer(relation: Iterable[Row]) -> dict[Any, list[Row]]:
    """The rows of each customer."""
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in relation:
        grouped[row["customer_id"]].append(row)
    return grouped
