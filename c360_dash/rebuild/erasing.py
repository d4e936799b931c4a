"""Erasing a customer for good: from all builds at once, and from every later one."""

import psycopg2

from c360_dash.config import Settings
from c360_dash.db import owner_connection
from c360_dash.errors import C360Error


class NoSuchId(C360Error):
    """What was given cannot be the id of a customer."""


def erase(settings: Settings, customer_id: str) -> int:
    """Erases the customer; in how many builds there was one. Raises NoSuchId.

    The id is kept, so that nobody of that id returns with the next rebuild; the source is its owner's.
    """
    try:
        with owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute("select c360.erase_customer(%s)", [customer_id])
            row = cursor.fetchone()
    except (psycopg2.errors.InvalidTextRepresentation, psycopg2.errors.NumericValueOutOfRange, ValueError) as error:
        raise NoSuchId(f"“{customer_id[:60]}” cannot be the id of a customer here; nothing was changed.") from error
    assert row is not None  # a function always has a row
    return int(row[0])
