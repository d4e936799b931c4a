"""Tables as an XLSX workbook that is sent while it is written: a sheet for each table, before them the sheet About.

The parts of the file go into the archive one after the other and leave at once, so neither memory nor disk grows with
the rows, the download begins with the first row, and whoever goes away ends the query. That is why it is written here:
openpyxl and XlsxWriter keep all sheets in temporary files until the last cell is known.

A worksheet holds 1,048,576 rows at most; what is longer goes on in a sheet `Customers (2)`, and About says so.
"""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from c360_dash.exports import cells
from c360_dash.exports.tables import Table
from c360_dash.writer import Writer

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 1_500_000_000
"""A part of an archive under 2 GB needs no format that spreadsheets do not read."""

ROWS_AT_ONCE = 500
COMPRESSION = 3
LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTHS = {"text": 22, "datetime": 17, "date": 12, "month": 12}
USUAL_WIDTH = 14

Row = dict[str, Any]
Cell = tuple[Any, str]
"""A value and its format word, or `heading`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is written: its name, the table it is of, and how many rows of it it holds."""

    name: str
    table: Table
    rows: int


About = Callable[[Sequence[Sheet]], list[list[Cell]]]


def written(tables: Sequence[Table], about: About, writer: Writer) -> Generator[bytes, None, None]:
    """The workbook in parts; `about` makes the first sheet when all others are written."""
    return _Workbook(writer).parts(tables, about)


@dataclass(slots=True)
class _Sink:
    """What the archive writes into, and what is taken from it."""

    parts: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        found = b"".join(self.parts)
        self.parts.clear()
        return found


class _Workbook:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._sink = _Sink()
        self._sheets: list[Sheet] = []

    def parts(self, tables: Sequence[Table], about: About) -> Generator[bytes, None, None]:
        with ZipFile(self._sink, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:  # type: ignore[call-overload]
            archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
            archive.writestr("xl/styles.xml", START + cells.styles(self._writer))
            for table in tables:
                yield from self._table(archive, table)
            archive.writestr("xl/worksheets/sheet1.xml", _about_sheet(about(self._sheets)))
            names = ["About", *(sheet.name for sheet in self._sheets)]
            archive.writestr("xl/workbook.xml", _workbook(names))
            archive.writestr("xl/_rels/workbook.xml.rels", _workbook_relations(len(names)))
            archive.writestr("[Content_Types].xml", _content_types(len(names)))
        yield self._sink.taken()

    def _table(self, archive: ZipFile, table: Table) -> Iterator[bytes]:
        """One sheet, or as many as the rows need."""
        rows = chain.from_iterable(table.rows())
        waiting = next(rows, None)
        number = 0
        while waiting is not None or number == 0:
            number += 1
            waiting = yield from self._sheet(archive, table, number, waiting, rows)

    def _sheet(
        self, archive: ZipFile, table: Table, number: int, waiting: Row | None, rows: Iterator[Row]
    ) -> Generator[bytes, None, Row | None]:
        """Writes rows until the sheet is full; returns the first that has no place in it."""
        count = size = 0
        with archive.open(f"xl/worksheets/sheet{len(self._sheets) + 2}.xml", "w") as part:
            part.write(_head(table).encode())
            while waiting is not None and count < MOST_ROWS - 1 and size < MOST_CHARACTERS:
                lines: list[str] = []
                while waiting is not None and len(lines) < min(ROWS_AT_ONCE, MOST_ROWS - 1 - count):
                    lines.append(_line(table, waiting, count + len(lines) + 2))
                    waiting = next(rows, None)
                written = "".join(lines).encode()
                part.write(written)
                count, size = count + len(lines), size + len(written)
                if self._sink.parts:
                    yield self._sink.taken()
            part.write(b"</sheetData></worksheet>")
        self._sheets.append(Sheet(self._name(table.title, number), table, count))
        return waiting

    def _name(self, title: str, number: int) -> str:
        """A name that no other sheet has, in the letters and length that are allowed."""
        taken = {sheet.name.lower() for sheet in self._sheets} | {"about"}
        words = " ".join(FORBIDDEN_IN_NAMES.sub(" ", title).split())
        while True:
            ending = f" ({number})" if number > 1 else ""
            name = _cut(words, LONGEST_NAME - len(ending)) + ending
            if name.lower() not in taken:
                return name
            number += 1


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1].strip()}…"


def _head(table: Table) -> str:
    widths = [max(WIDTHS.get(column.format, USUAL_WIDTH), len(column.label) + 3) for column in table.columns]
    labels = [
        cells.text(f"{_letters(place)}1", column.label, cells.HEADING) for place, column in enumerate(table.columns)
    ]
    frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{frozen}</sheetView></sheetViews>'
    return f'{_sheet_start(views, widths)}<row r="1">{"".join(labels)}</row>'


def _line(table: Table, row: Row, number: int) -> str:
    written = [
        cells.cell(f"{_letters(place)}{number}", row[column.name], table.format_of(column, row))
        for place, column in enumerate(table.columns)
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _about_sheet(rows: list[list[Cell]]) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        written = [_about_cell(f"{_letters(place)}{number}", *found) for place, found in enumerate(row)]
        lines.append(f'<row r="{number}">{"".join(written)}</row>')
    views = '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
    return f"{_sheet_start(views, [30, 30, 26, 24, 90])}{''.join(lines)}</sheetData></worksheet>"


def _about_cell(place: str, value: Any, kind: str) -> str:
    if kind in ("heading", "text") and value:
        return cells.text(place, str(value), cells.HEADING if kind == "heading" else cells.WRAPPED)
    return cells.cell(place, value, kind) if value != "" else ""


def _sheet_start(views: str, widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return f'{START}<worksheet xmlns="{MAIN}">{views}<cols>{columns}</cols><sheetData>'


@cache
def _letters(place: int) -> str:
    """0 is A, 26 is AA."""
    more, last = divmod(place, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(names, 1)
    )
    return f'{START}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def _workbook_relations(sheets: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, sheets + 1)]
    return _relations([*targets, ("styles", "styles.xml")])


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/{kind}" Target="{escape(target)}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'{START}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{place}.xml", "worksheet") for place in range(1, sheets + 1)]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in parts)
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{START}<Types xmlns="{PACKAGE}/content-types">{default}{xml}{overrides}</Types>'
