"""The few things that are written while people look: each a function in the database that the reading role may call.

The web application has no right to write to a table. What it must write (an audit line, a failed login, the last use
of a token) are functions of sql/schema that run with the rights of their owner and can do nothing else.
"""

from typing import Any

from sqlalchemy import Engine, text

from c360_dash.db.engines import owner_engine, reader_engine
from c360_dash.db.errors import NoBuild, told_apart
from c360_dash.db.reading import reader
from c360_dash.errors import C360Error

NO_SUCH_FUNCTION = "42883"
NOT_INSTALLED = "The database lacks what this version needs; run `c360 install`."


class NotInstalled(C360Error):
    """The SQL in the database is older than this program."""


def call(name: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of the block `file.name`, which calls a function that writes.

    Raises DatabaseAway, QueryTooSlow, NoRight and NotInstalled.
    """
    return _called(reader_engine(reader().settings), name, parameters)


def call_as_owner(name: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """As `call`, with the rights of the owner: for administrators, at the command line or in the application."""
    return _called(owner_engine(reader().settings), name, parameters)


def _called(engine: Engine, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    sql = text(reader().block(name).sql)
    try:
        with told_apart(NOT_INSTALLED), engine.connect() as connection:
            connection.exec_driver_sql("set transaction read write")
            rows = connection.execute(sql, parameters).mappings().all()
            connection.commit()
    except NoBuild as error:
        raise NotInstalled(NOT_INSTALLED) from error
    return [dict(row) for row in rows]
