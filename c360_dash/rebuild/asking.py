"""What administrators ask of all builds, also of those that are not published, as the owner and read only.

The questions are blocks in sql/admin/*.sql, in the form of sql/queries; one about two builds writes the tables of the
other one as `earlier_build.customer_360`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from c360_dash.config import Settings
from c360_dash.db import owner_engine
from c360_dash.db.blocks import Block, load_blocks
from c360_dash.db.calling import NO_SUCH_FUNCTION, NOT_INSTALLED, NotInstalled
from c360_dash.db.errors import told_apart

NO_SUCH_COLUMN = "42703"
EARLIER = "earlier_build."
GONE = "That build is gone, or an earlier version made it, without what is asked; `c360 rebuild` makes one that has it."

Row = dict[str, Any]


def ask(
    settings: Settings,
    name: str,
    parameters: Mapping[str, object] | None = None,
    build: int | None = None,
    earlier: int | None = None,
) -> list[Row]:
    """The rows of the block `file.name`; with a build its tables are meant by their bare names.

    Raises NoBuild when a build is gone, DatabaseAway, and QueryTooSlow after the statement timeout.
    """
    sql = blocks(settings.sql_dir)[name].sql
    if earlier is not None:
        sql = sql.replace(EARLIER, f"c360_b{earlier:d}.")
    with told_apart(GONE), _installed(), owner_engine(settings).connect() as connection:
        connection.exec_driver_sql("set transaction read only")
        connection.exec_driver_sql(f"set local statement_timeout = {settings.statement_timeout_ms:d}")
        if build is not None:
            connection.exec_driver_sql(f"set local search_path = c360_b{build:d}")
        return [dict(row) for row in connection.execute(text(sql), dict(parameters or {})).mappings()]


@contextmanager
def _installed() -> Iterator[None]:
    """After an upgrade the SQL in the database may still be of the version before."""
    try:
        yield
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", None) in (NO_SUCH_FUNCTION, NO_SUCH_COLUMN):
            raise NotInstalled(NOT_INSTALLED) from error
        raise


@cache
def blocks(sql_dir: Path) -> dict[str, Block]:
    """The questions, read and checked once."""
    return load_blocks(sql_dir / "admin")
