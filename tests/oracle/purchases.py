"""Counted orders, what was bought in them, what came back, and what a customer likes most."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from .days import Clock
from .definitions import STAGES, Parameters
from .rows import Row, by_customer, rows

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZERO = Decimal(0)


def counted_orders(
    source: Mapping[str, pd.DataFrame], known: Mapping[Any, Row], clock: Clock, currency: str
) -> dict[Any, list[Row]]:
    """The counted orders of each customer, each with its counted `items`."""
    orders = [
        order | {"items": []}
        for order in rows(source, "orders")
        if order["status"] == "completed"
        and order["customer_id"] in known
        and clock.has_come(order["ordered_at"])
        and order["currency"] in (None, currency)
    ]
    by_key = {(order["order_id"], order["customer_id"]): order for order in orders}
    for item in rows(source, "order_items"):
        order = by_key.get((item["order_id"], item["customer_id"]))
        if order is not None and _is_counted_item(item):
            order["items"].append(item)
    return dict(by_customer(orders))


def _is_counted_item(item: Row) -> bool:
    amounts = (item["quantity"], item["unit_price"], item["discount"] or ZERO)
    return all(amount is not None and amount >= 0 for amount in amounts)


def counted_returns(
    source: Mapping[str, pd.DataFrame], orders: Mapping[Any, list[Row]], clock: Clock
) -> dict[Any, list[Row]]:
    """The counted returns of each customer who has a counted order."""
    order_ids = {customer_id: {order["order_id"] for order in own} for customer_id, own in orders.items()}
    return by_customer(
        row
        for row in rows(source, "returns")
        if row["amount"] is not None
        and row["amount"] > 0
        and clock.has_come(row["returned_at"])
        and row["customer_id"] in order_ids
        and (row["order_id"] is None or row["order_id"] in order_ids[row["customer_id"]])
    )


def purchase_statistics(orders: list[Row], returns: list[Row], clock: Clock, settings: Parameters) -> Row:
    """The columns of the stage purchase_statistics; all None for a customer without a counted order."""
    if not orders:
        return {column: None for column, stage in STAGES.items() if stage == "purchase_statistics"}
    return _moments(orders, clock, settings) | _sales(orders, returns)


def _moments(orders: list[Row], clock: Clock, settings: Parameters) -> Row:
    window_months = settings.whole("retention_window_months")
    moments = [order["ordered_at"] for order in orders]
    days = {clock.day(at) for at in moments}
    span = (max(days) - min(days)).days
    frequency_start = clock.days_ago(settings.whole("churn_frequency_window_days"))
    window_start, previous_start = clock.months_ago(window_months), clock.months_ago(2 * window_months)
    return {
        "orders": len(orders),
        "order_days": len(days),
        "first_order_at": min(moments),
        "last_order_at": max(moments),
        "recency_days": clock.days_since(max(moments)),
        "span_days": span,
        "typical_gap_days": span / (len(days) - 1) if len(days) > 1 else None,
        "orders_current_window": sum(at > window_start for at in moments),
        "orders_previous_window": sum(previous_start < at <= window_start for at in moments),
        "recent_order_days": len({clock.day(at) for at in moments if at > frequency_start}),
    }


def _sales(orders: list[Row], returns: list[Row]) -> Row:
    items = [item for order in orders for item in order["items"]]
    gross_sales = sum((item["quantity"] * item["unit_price"] for item in items), ZERO)
    discounts = sum((item["discount"] or ZERO for item in items), ZERO)
    returned_amount = sum((row["amount"] for row in returns), ZERO)
    sold = gross_sales - discounts
    lifetime_value = sold - returned_amount
    return {
        "units": sum((item["quantity"] for item in items), ZERO),
        "gross_sales": gross_sales,
        "discounts": discounts,
        "returns": len(returns),
        "returned_amount": returned_amount,
        "lifetime_value": lifetime_value,
        "average_order_value": float(lifetime_value / len(orders)),
        "return_rate": float(returned_amount / sold) if sold else None,
    }


def favourites(orders: list[Row], products: Mapping[Any, Row]) -> Row:
    """Favourite product, category and brand; None where nothing bought has one."""
    lines = [
        item | {"ordered_at": order["ordered_at"], "product": products.get(item["product_id"], {})}
        for order in orders
        for item in order["items"]
    ]
    names = {line["product_id"]: line["product"].get("name") for line in lines}
    product_id = _favourite(lines, [line["product_id"] for line in lines], names)
    name = names.get(product_id)
    return {
        "favourite_product_id": product_id,
        "favourite_product": str(product_id) if name is None and product_id is not None else name,
        "favourite_category": _favourite_word(lines, "category"),
        "favourite_brand": _favourite_word(lines, "brand"),
    }


def _favourite_word(lines: list[Row], column: str) -> Any:
    words = [line["product"].get(column) for line in lines]
    return _favourite(lines, words, {word: word for word in words})


def _favourite(lines: Iterable[Row], keys: Iterable[Any], names: Mapping[Any, str | None]) -> Any:
    """The key with the most units, then most spent, then bought last, then first by name, then by key."""
    totals: dict[Any, tuple[Decimal, Decimal, datetime]] = {}
    for line, key in zip(lines, keys, strict=True):
        units, spent, latest = totals.get(key, (ZERO, ZERO, line["ordered_at"]))
        spent += line["quantity"] * line["unit_price"] - (line["discount"] or ZERO)
        totals[key] = (units + line["quantity"], spent, max(latest, line["ordered_at"]))
    totals.pop(None, None)

    def place(key: Any) -> tuple[Any, ...]:
        units, spent, latest = totals[key]
        name = names[key]
        return -units, -spent, EPOCH - latest, name is None, (name or "").encode(), str(key).encode()

    return min(totals, key=place, default=None)
