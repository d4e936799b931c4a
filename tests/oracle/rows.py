"""Relations as plain rows: None where nothing is known, datetimes in UTC, Decimals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
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
    columns = RELATIONS[relation]
    frame = source[relation].reindex(columns=list(columns))
    values = [plain(column, frame[column]) for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def plain(name: str, column: pd.Series) -> list[Any]:
    """A column without pandas: None for every kind of null, aware datetimes, dates, Decimals, or as it was."""
    convert = _converter(name)
    return [None if is_null else convert(value) for value, is_null in zip(column, column.isna(), strict=True)]


def _converter(column: str) -> Callable[[Any], Any]:
    if column.endswith("_at"):
        return moment
    if column == "birth_date":
        return lambda value: value.date() if isinstance(value, datetime) else value
    if column in NUMBERS:
        return lambda value: value if isinstance(value, Decimal) else Decimal(str(value))
    return int if column in ("satisfaction", "line_no") else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def moment(value: Any) -> datetime:
    """An aware datetime in UTC, to the microsecond as PostgreSQL keeps it."""
    at: datetime = value if type(value) is datetime else pd.Timestamp(value).to_pydatetime()
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone: moments of the source contract are timestamptz")
    return at.astimezone(UTC)


def by_customer(relation: Iterable[Row]) -> dict[Any, list[Row]]:
    """The rows of each customer."""
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in relation:
        grouped[row["customer_id"]].append(row)
    return grouped
