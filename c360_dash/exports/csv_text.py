"""A table as CSV (RFC 4180, UTF-8): one line with the names of the columns, then the rows, as programs read them.

Days and moments are ISO text, numbers have a point, yes and no are true and false, no data is nothing. Text that a
spreadsheet would take for a formula has an apostrophe before it; numbers stay numbers.
"""

import csv
import io
from collections.abc import Generator
from datetime import date
from decimal import Decimal
from typing import Any

from c360_dash.exports.tables import Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def written(table: Table) -> Generator[bytes, None, None]:
    """The file in parts."""
    names = [column.name for column in table.columns]
    yield _lines([names])
    for rows in table.rows():
        yield _lines([[text(row[name]) for name in names] for row in rows])


def text(value: Any) -> str:
    """A value as it stands in the file."""
    if isinstance(value, str):
        return harmless(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def harmless(value: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def _lines(rows: list[list[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()
