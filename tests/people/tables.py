"""Rows written as aligned text, read as tables; and tables written into PostgreSQL."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import psycopg2.extensions
from psycopg2 import sql
from psycopg2.extras import execute_values

MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:[\d.]+)?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
INTEGER = re.compile(r"-?\d+")
DECIMAL = re.compile(r"-?\d+\.\d+")
FRACTION = re.compile(r"-?\d+/\d+")
WORDS = {"": None, "true": True, "false": False}


def table(text: str, words: tuple[str, ...] = ()) -> pd.DataFrame:
    """A table from lines of cells between bars, the first line being the header; an empty cell is None.

    Columns named in `words` stay text; the cells of the others are read as what they look like.
    """
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    records = [
        [(cell or None) if column in words else value(cell) for column, cell in zip(header, line, strict=True)]
        for line in lines
    ]
    return pd.DataFrame(records, columns=header, dtype=object)


def value(cell: str) -> Any:
    """A moment, a day, an integer, a Decimal, a ratio (as float), a truth, None, or the text itself."""
    if cell in WORDS:
        return WORDS[cell]
    if MOMENT.fullmatch(cell):
        return datetime.fromisoformat(cell)
    if DAY.fullmatch(cell):
        return date.fromisoformat(cell)
    if FRACTION.fullmatch(cell):
        return float(Fraction(cell))
    if DECIMAL.fullmatch(cell):
        return Decimal(cell)
    return int(cell) if INTEGER.fullmatch(cell) else cell


def beside(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """The columns of both tables for the customers of the left one; None for those whom the right one lacks."""
    joined = left.merge(right, on="customer_id", how="left", validate="one_to_one").astype(object)
    return joined.where(joined.notna(), None)


def fill(connection: psycopg2.extensions.connection, source: Mapping[str, pd.DataFrame]) -> None:
    """Insert the rows of each relation into the table of that name in the schema `source`."""
    with connection.cursor() as cursor:
        for relation, frame in source.items():
            statement = sql.SQL("insert into source.{} ({}) values %s").format(
                sql.Identifier(relation), sql.SQL(", ").join(map(sql.Identifier, frame.columns))
            )
            execute_values(cursor, statement, frame.to_numpy(dtype=object).tolist())
