"""Rows of the database as plain JSON that a cache can keep, and the DataFrame made of it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import orjson
import pandas as pd

# Type numbers of PostgreSQL's catalogue; they are the same in every installation.
KINDS = {
    16: "boolean",
    20: "integer",
    21: "integer",
    23: "integer",
    700: "number",
    701: "number",
    1700: "number",
    1082: "date",
    1114: "moment",
    1184: "moment",
}


def as_json(description: Sequence[Sequence[Any]], rows: Sequence[Sequence[Any]]) -> bytes:
    """A result with the cursor's description as JSON: names, kinds and one list of values a column."""
    table = {
        "names": [column[0] for column in description],
        "kinds": [KINDS.get(column[1], "text") for column in description],
        "columns": [[row[position] for row in rows] for position in range(len(description))],
    }
    return plain(table)


def as_frame(table: bytes, timezone: str) -> pd.DataFrame:
    """The DataFrame of `as_json`: the same column types whether there are rows or not, moments in the time zone."""
    found = orjson.loads(table)
    columns = zip(found["names"], found["kinds"], found["columns"], strict=True)
    return pd.DataFrame({name: _typed(kind, values, timezone) for name, kind, values in columns}, copy=False)


def as_records(table: bytes) -> list[dict[str, Any]]:
    """The rows of `as_json` as dicts, without the cost of a DataFrame."""
    found = orjson.loads(table)
    return [dict(zip(found["names"], row, strict=True)) for row in zip(*found["columns"], strict=True)]


def plain(value: object) -> bytes:
    """Lists, dicts, numbers (numpy's and Decimal too), dates and text as JSON, keys sorted; NaN and NaT are null."""
    return orjson.dumps(value, default=_plainer, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_SORT_KEYS)


def _plainer(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    raise TypeError(f"{value!r} has no place in JSON.")


def _typed(kind: str, values: list[Any], timezone: str) -> Any:
    """Arrays rather than Series, whose indexes pandas would align at three times the cost."""
    if kind == "integer":
        return pd.array(values, dtype="Int64") if None in values else np.array(values, dtype="int64")
    if kind == "number":
        return np.array(values, dtype="float64")
    if kind == "boolean":
        return pd.array(values, dtype="boolean") if None in values else np.array(values, dtype="bool")
    if kind == "date":
        return np.array(values, dtype="datetime64[s]")
    if kind == "moment":
        return pd.to_datetime(values, format="ISO8601", utc=True).as_unit("us").tz_convert(timezone)
    return pd.array(values, dtype="str")
