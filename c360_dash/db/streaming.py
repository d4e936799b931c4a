"""Answers too long to be held: read in parts, in one transaction, with a cursor of the server; never kept.

Memory stays the same however many rows there are. Whoever stops reading ends the query: closing the iterator rolls
back. Half of a process's connections are for streams at most, so that pages answer while exports run.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text

from c360_dash.db.builds import Build, look_at
from c360_dash.db.engines import reader_engine
from c360_dash.db.errors import TooManyExports, told_apart
from c360_dash.db.reading import Parameter, Reader, about, gone, reader

ROWS_AT_ONCE = 2_000
STALLED_AFTER = "60s"
ALL_COLUMNS = re.compile(r"\bcustomer_360\.\*")


def stream(
    name: str, build: Build, columns: Sequence[str] = (), earlier: Build | None = None, /, **parameters: Parameter
) -> Iterator[list[dict[str, Any]]]:
    """The rows of the block `file.name` about a build, as dicts of Python values, 2,000 at a time.

    `columns` are those of customer_360 that stand in the place of `customer_360.*` in the block, `earlier` is the other
    build of a block about two. Moments are in the build's time zone. Raises, before the first row, what `read` raises,
    and TooManyExports.
    """
    found = reader()
    block = found.asked(name, parameters)
    sql = ALL_COLUMNS.sub(_selected(found, columns), about(block, earlier))
    if not found.streams.acquire(blocking=False):
        raise TooManyExports("As many exports are running as may at once; try again in a minute.")
    try:
        with told_apart(gone(build)), reader_engine(found.settings).connect() as connection:
            look_at(connection, build.schema, build.timezone)
            # Somebody who stops listening without going away must not hold the connection.
            stalled = text("select set_config('idle_in_transaction_session_timeout', :after, true)")
            connection.execute(stalled, {"after": STALLED_AFTER})
            by_parts = {"stream_results": True, "max_row_buffer": ROWS_AT_ONCE}
            result = connection.execute(text(sql), parameters, execution_options=by_parts)
            names = tuple(result.keys())
            for rows in result.partitions(ROWS_AT_ONCE):
                yield [dict(zip(names, row, strict=True)) for row in rows]
    finally:
        found.streams.release()


def _selected(found: Reader, columns: Sequence[str]) -> str:
    """A select list. Text of a request must never become SQL: what is no column of metrics.toml is refused."""
    unknown = [name for name in columns if name not in found.columns]
    if unknown:
        raise LookupError(f"customer_360 has no column {', '.join(unknown)}.")
    return ", ".join(
        f"customer_360.{name}::text as {name}" if name == "customer_id" else f"customer_360.{name}" for name in columns
    )
