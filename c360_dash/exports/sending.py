"""A file as a response: streamed, with build and moment in its name and headers, and kept by nobody on its way."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from flask import Response, stream_with_context

from c360_dash import charts
from c360_dash.db import Build
from c360_dash.downloads import file_name
from c360_dash.exports import csv_text, workbook
from c360_dash.exports.about import about
from c360_dash.exports.tables import Table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of one build; a CSV file has one table."""

    build: Build
    name: str
    title: str
    tables: Sequence[Table]
    kind: str
    locale: str

    @property
    def file_name(self) -> str:
        """`customers_build-41_2026-11-20.csv`."""
        return file_name(self.name, self.build.id, self.build.as_of, self.kind)

    def parts(self) -> Generator[bytes, None, None]:
        """The bytes."""
        if self.kind == "csv":
            return csv_text.written(self.tables[0])
        writer = charts.writer_of(self.build, self.locale)
        return workbook.written(self.tables, partial(about, self.build, self.title), writer)


def response(file: File) -> Response:
    """The file on its way. What can be said about a failure is said before: the first rows are read here.

    A failure after that breaks the connection off, so that nobody takes half a file for the whole.
    """
    parts = file.parts()
    first = [next(parts, b""), next(parts, b"")]
    sent = Response(stream_with_context(chain(first, parts)), content_type=TYPES[file.kind])
    sent.call_on_close(parts.close)
    sent.headers["Content-Disposition"] = f'attachment; filename="{file.file_name}"'
    sent.headers["C360-Build"] = str(file.build.id)
    sent.headers["C360-As-Of"] = file.build.as_of.isoformat()
    sent.headers["C360-Currency"] = file.build.currency
    sent.headers["C360-Time-Zone"] = file.build.timezone
    sent.cache_control.private = True
    sent.cache_control.no_store = True
    return sent
