"""One file into one table by COPY; what goes wrong is told with file, line, column and reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from c360_dash.sources.errors import SourceError
from c360_dash.sources.mapping import RawFile
from c360_dash.sources.statements import Statements, name, names
from c360_dash.sources.streams import CHUNK, Stream, open_stream

# "COPY orders, line 7, column price: "abc""; the words differ with the server's language.
CONTEXT = re.compile(r'COPY [^,]+, \D+(\d+)(?:, \S+ ([^,:]+))?(?:: "(.*?)"$)?', re.MULTILINE | re.DOTALL)
SHOWN = 80
WRONG_BYTES = ("22021", "22P05")


@dataclass(frozen=True)
class Target:
    """The table a kind of file is copied into. `freeze`: it was emptied in this very transaction."""

    schema: str
    table: str
    columns: tuple[str, ...]
    freeze: bool = False

    @property
    def identifier(self) -> sql.Composable:
        """The table's quoted name."""
        return name(self.schema, self.table)


def copy_file(run: Statements, path: Path, raw: RawFile, target: Target, on_position: Callable[[float], None]) -> int:
    """Copy the file, whose columns may stand in any order; the number of its rows."""
    with open_stream(path, raw) as stream, run.connection.cursor() as cursor:
        columns = matched_columns(stream, path, target.columns)
        statement = run.compose(
            "copy",
            table=target.identifier,
            columns=names(columns),
            header=sql.SQL("true" if stream.has_header else "false"),
            delimiter=sql.Literal(raw.delimiter if stream.has_header else ","),
            null=sql.Literal(raw.null if stream.has_header else ""),
            freeze=sql.SQL("true" if target.freeze else "false"),
        )
        try:
            cursor.copy_expert(statement, _Watched(stream, on_position), CHUNK)
        except psycopg2.Error as error:
            raise stream.problem or _copy_error(error, path, stream.unit) from None
        return int(cursor.rowcount)


def matched_columns(stream: Stream, path: Path, wanted: tuple[str, ...]) -> list[str]:
    """The table's columns in the order of the file's header. Raises SourceError for a missing or repeated one."""
    found = [column if column in wanted else column.lower() for column in stream.header]
    missing = [column for column in wanted if column not in found]
    if missing:
        raise SourceError(
            f"the header has no column {', '.join(missing)}; it has {', '.join(stream.header) or 'nothing'}",
            path.name,
            1,
        )
    twice = sorted({column for column in found if found.count(column) > 1})
    if twice:
        raise SourceError(f"the header has the column {', '.join(twice)} more than once", path.name, 1)
    return found


class _Watched:
    """The stream as COPY reads it, with progress told at each chunk."""

    def __init__(self, stream: Stream, on_position: Callable[[float], None]) -> None:
        self._stream = stream
        self._on_position = on_position

    def read(self, size: int = CHUNK) -> bytes:
        chunk = self._stream.read(size)
        self._on_position(self._stream.position())
        return chunk

    def readline(self, size: int = -1) -> bytes:
        """Asked for by the type of psycopg2's argument, never called by COPY."""
        raise NotImplementedError


def _copy_error(error: psycopg2.Error, path: Path, unit: str) -> SourceError:
    reason = (error.diag.message_primary or str(error)).strip()
    place = CONTEXT.search(error.diag.context or "")
    if place is None:
        return SourceError(reason, path.name)
    line, column, value = place.groups()
    if error.pgcode in WRONG_BYTES:
        reason += "; save the file as UTF-8, or name its encoding in the mapping: -- file: … (encoding latin1)"
    elif value and value not in reason:
        reason += f": “{value[:SHOWN]}{'…' if len(value) > SHOWN else ''}”"
    return SourceError(f"column {column}: {reason}" if column else reason, path.name, int(line), unit)
