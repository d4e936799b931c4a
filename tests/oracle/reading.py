"""Tables of a database as the oracle takes them: exact numbers, aware datetimes, None."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from psycopg2 import sql

from c360_dash import db
from c360_dash.config import Settings

from .rows import RELATIONS


def read_table(settings: Settings, schema: str, table: str) -> pd.DataFrame:
    """All rows of a table, as psycopg2 gives them."""
    statement = sql.SQL("select * from {}").format(sql.Identifier(schema, table))
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        columns = [column.name for column in cursor.description or ()]
        return pd.DataFrame(cursor.fetchall(), columns=columns, dtype=object)


def read_source(settings: Settings) -> dict[str, pd.DataFrame]:
    """The relations of the source contract."""
    return {relation: read_table(settings, "source", relation) for relation in RELATIONS}


def read_parameters(settings: Settings, build: int) -> dict[str, Any]:
    """The parameters that a build was made with."""
    (record,) = read_table(settings, f"c360_b{build}", "settings").to_dict("records")
    return {str(name): value for name, value in record.items()}


def change_parameters(settings: Settings, parameters: Mapping[str, object]) -> None:
    """Set parameters for the builds to come, as an administrator would."""
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        for name, value in parameters.items():
            cursor.execute("update c360.setting set value = %s where name = %s", [str(value), name])
