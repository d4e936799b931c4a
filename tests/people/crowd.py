"""A crowd of customers by lot: nearly every cell may be odd, and equal values are frequent, so that ties decide."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pandas as pd

AS_OF = datetime(2026, 3, 31, 21, 30, tzinfo=UTC)
BORDERS = [AS_OF - timedelta(days=days) for days in (0, 1, 28, 30, 31, 59, 60, 90, 365, 366, 730)]
MOMENTS = [at + step for at in BORDERS for step in (-timedelta(microseconds=1), timedelta(), timedelta(hours=1))]
NUMBERS = [None, Decimal(-1), Decimal(0), *map(Decimal, ("0.5", "1", "1", "2", "2", "3", "9.99"))]
DISCOUNTS = [None, Decimal(0), Decimal(0), Decimal("0.5"), Decimal("0.5"), Decimal("1"), Decimal(-1)]
CUSTOMERS = [str(number) for number in range(1, 161)]
ORDERS = [f"o{number}" for number in range(1, 601)]
PRODUCTS = [str(number) for number in range(1, 16)]
NAMES = [None, "", "a", "B", "b", "Ä", "é", "a b", "ab", "a-b"]

RELATIONS: dict[str, tuple[int, dict[str, Sequence[Any]]]] = {
    "customers": (
        150,
        {
            "first_name": NAMES,
            "country": NAMES,
            "birth_date": [None, date(2000, 2, 29), date(1990, 3, 31), date(1990, 4, 1), date(1990, 3, 30)],
            "signup_at": [None, *MOMENTS],
            "marketing_consent": [None, True, False],
        },
    ),
    "products": (12, {"name": NAMES, "category": NAMES[:5], "brand": [*NAMES[5:], None]}),
    "orders": (
        600,
        {
            "customer_id": [None, *CUSTOMERS],
            "ordered_at": [None, *MOMENTS],
            "status": ["completed"] * 8 + ["cancelled", "pending", "lost", None],
            "currency": ["EUR"] * 6 + [None, "USD"],
        },
    ),
    "returns": (
        400,
        {
            "customer_id": [None, *CUSTOMERS],
            "order_id": [None] * 300 + ORDERS,
            "returned_at": [None, *MOMENTS],
            "amount": NUMBERS,
        },
    ),
    "service_tickets": (
        300,
        {
            "customer_id": [None, *CUSTOMERS],
            "opened_at": [None, *MOMENTS],
            "closed_at": [None, *MOMENTS],
            "satisfaction": [None, -1, 0, 1, 2, 3, 4, 5, 6],
        },
    ),
    "web_events": (
        400,
        {
            "customer_id": [None, *CUSTOMERS],
            "session_id": [None, "1", "2", "3"],
            "occurred_at": [None, *MOMENTS],
            "event_type": [None, "view", "view", "cart", "purchase", "View", "search"],
        },
    ),
}
KEYS = {
    "customers": "customer_id",
    "products": "product_id",
    "orders": "order_id",
    "returns": "return_id",
    "service_tickets": "ticket_id",
    "web_events": "event_id",
}


def crowd(seed: int) -> dict[str, pd.DataFrame]:
    """The source relations of a crowd; the same for the same seed."""
    lot = Random(seed)
    source = {
        relation: pd.DataFrame([_row(lot, relation, number, columns) for number in range(1, rows + 1)], dtype=object)
        for relation, (rows, columns) in RELATIONS.items()
    }
    source["order_items"] = _items(lot, source["orders"])
    source["campaigns"] = pd.DataFrame({"campaign_id": ["1", "2", "3"]}, dtype=object)
    source["campaign_responses"] = _responses(lot)
    return source


def _row(lot: Random, relation: str, number: int, columns: dict[str, Sequence[Any]]) -> dict[str, Any]:
    key = f"o{number}" if relation == "orders" else str(number)
    return {KEYS[relation]: key} | {column: lot.choice(values) for column, values in columns.items()}


def _items(lot: Random, orders: pd.DataFrame) -> pd.DataFrame:
    """None to five lines an order, a few of them with another customer, some of unknown products."""
    lines = []
    for order_id, customer_id in zip(orders["order_id"], orders["customer_id"], strict=True):
        for line_no in range(lot.choice((0, 1, 1, 2, 3, 5))):
            line = {"order_id": order_id, "line_no": line_no}
            line["customer_id"] = customer_id if lot.random() < 0.9 else lot.choice(CUSTOMERS)
            line["product_id"] = lot.choice([None, *PRODUCTS])
            line |= {"quantity": lot.choice(NUMBERS), "unit_price": lot.choice(NUMBERS)}
            lines.append(line | {"discount": lot.choice(DISCOUNTS)})
    return pd.DataFrame(lines, dtype=object)


def _responses(lot: Random) -> pd.DataFrame:
    moments = ("sent_at", "opened_at", "clicked_at", "converted_at")
    rows = [
        {"campaign_id": campaign, "customer_id": customer} | {name: lot.choice([None, *MOMENTS]) for name in moments}
        for customer in CUSTOMERS
        for campaign in "123"
        if lot.random() < 0.4
    ]
    return pd.DataFrame(rows, dtype=object)
