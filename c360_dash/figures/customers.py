"""Customers in tables: their addresses, and their values as people read them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import pandas as pd

from c360_dash import metrics
from c360_dash.formats import NO_VALUE
from c360_dash.writer import Writer

MOMENTS = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def address(customer_id: str) -> str:
    """The page of a customer."""
    return f"/customer/{quote(customer_id, safe='')}"


def addresses(frame: pd.DataFrame) -> list[str]:
    """The pages of the customers of a frame with a column customer_id."""
    return [address(str(customer_id)) for customer_id in frame["customer_id"]]


def name(customer: Mapping[str, Any]) -> str:
    """First and last name, or the id of a customer without a name."""
    parts = [str(customer[key]) for key in ("first_name", "last_name") if customer.get(key)]
    return " ".join(parts) or str(customer["customer_id"])


def written(customer: Mapping[str, Any], column: str, writer: Writer, short: bool = True) -> str:
    """A column of a customer as JSON has it, in words; – where there is no data."""
    value, kind = customer.get(column), metrics.COLUMNS[column].format
    if value is None:
        return NO_VALUE
    return writer(MOMENTS[kind](value) if kind in MOMENTS else value, kind, short)


def day(customer: Mapping[str, Any], column: str, writer: Writer) -> str:
    """The day of a moment of a customer; – where there is no data."""
    value = customer.get(column)
    return NO_VALUE if value is None else writer(datetime.fromisoformat(value), "date")
