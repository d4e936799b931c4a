"""Files as they are written, without a database: what a spreadsheet could misread, and what it must be able to read."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from c360_dash.columns import Column
from c360_dash.exports import csv_text, workbook
from c360_dash.exports.tables import Table
from c360_dash.exports.workbook import Cell, Sheet
from c360_dash.writer import Writer

DANGEROUS = ["=1+1", "+49 30 1234", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://example.com")']
HARMLESS = ["Anna", "a=b", "1-2", " =1+1", "", "O'Neil", "–5"]
ALL_KINDS = {
    "name": ("text", "Ünal & <Söhne>"),
    "orders": ("count", 1_234_567),
    "value": ("money", Decimal("1234.50")),
    "share": ("percent", 0.125),
    "born": ("date", date(1985, 2, 28)),
    "last": ("datetime", datetime(2026, 3, 1, 12, 30, tzinfo=UTC)),
    "month": ("month", "2026-03-01"),
    "consent": ("boolean", False),
    "age": ("count", None),
}


def table(rows: list[dict[str, Any]], kinds: dict[str, str], title: str = "People") -> Table:
    columns = [Column(name, name.capitalize(), kind, "") for name, kind in kinds.items()]
    return Table("people", title, columns, lambda: iter([rows]))


def texts(values: list[str]) -> Table:
    return table([{"name": value} for value in values], {"name": "text"})


def one_of_each_kind() -> Table:
    values = {name: value for name, (_, value) in ALL_KINDS.items()}
    return table([values], {name: kind for name, (kind, _) in ALL_KINDS.items()})


def read_csv(shown: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(csv_text.written(shown)).decode(), newline="")))


def about(sheets: Any) -> list[list[Cell]]:
    return [[(sheet.name, "text"), (sheet.rows, "count")] for sheet in sheets]


def read_workbook(*tables: Table, currency: str = "EUR") -> Workbook:
    parts = workbook.written(tables, about, Writer(currency))
    return openpyxl.load_workbook(io.BytesIO(b"".join(parts)))


@pytest.mark.parametrize("value", DANGEROUS)
def test_text_that_a_spreadsheet_would_calculate_is_disarmed(value: str) -> None:
    assert read_csv(texts([value]))[1:] == [["'" + value]]
    cell = read_workbook(texts([value]))["People"]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == value.replace("\r", "_x000D_")


@pytest.mark.parametrize("value", HARMLESS)
def test_other_text_stays_as_it_is(value: str) -> None:
    assert csv_text.text(value) == value
    assert (read_workbook(texts([value]))["People"]["A2"].value or "") == value


def test_negative_numbers_stay_numbers() -> None:
    shown = table([{"value": Decimal("-5.50")}, {"value": -3}], {"value": "money"})
    assert read_csv(shown)[1:] == [["-5.50"], ["-3"]]
    assert [cell.value for cell in read_workbook(shown)["People"]["A"][1:]] == [-5.5, -3]


def test_a_csv_file_is_one_line_of_names_and_values_as_programs_read_them() -> None:
    assert read_csv(one_of_each_kind()) == [
        list(ALL_KINDS),
        [
            "Ünal & <Söhne>",
            "1234567",
            "1234.50",
            "0.125",
            "1985-02-28",
            "2026-03-01T12:30:00+00:00",
            "2026-03-01",
            "false",
            "",
        ],
    ]


def test_a_workbook_has_real_numbers_days_and_moments_with_their_formats() -> None:
    sheet = read_workbook(one_of_each_kind())["People"]
    assert [(cell.value, cell.number_format) for cell in sheet[2]] == [
        ("Ünal & <Söhne>", "General"),
        (1_234_567, "#,##0"),
        (1234.5, "[$€]#,##0.00"),
        (0.125, "0.0%"),
        (datetime(1985, 2, 28), "yyyy-mm-dd"),
        (datetime(2026, 3, 1, 12, 30), "yyyy-mm-dd hh:mm"),
        (datetime(2026, 3, 1), "yyyy-mm"),
        (False, "General"),
        (None, "General"),
    ]
    assert [cell.value for cell in sheet[1]] == [name.capitalize() for name in ALL_KINDS]


def test_what_xml_cannot_hold_is_written_out_and_nothing_breaks_the_file() -> None:
    shown = texts(["bell \x07", "half \ud83d", "_x0041_", "x" * 40_000, "line\nline", "&<>\"'"])
    values = [cell.value for cell in read_workbook(shown)["People"]["A"][1:]]
    assert values[:3] == ["bell _x0007_", "half _xD83D_", "_x005F_x0041_"]
    assert values[3:] == ["x" * 32_767, "line\nline", "&<>\"'"]


def test_days_that_spreadsheets_disagree_about_stay_text() -> None:
    assert read_workbook(table([{"born": date(1899, 5, 1)}], {"born": "date"}))["People"]["A2"].value == "1899-05-01"


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    monkeypatch.setattr(workbook, "ROWS_AT_ONCE", 2)
    shown = table([{"n": number} for number in range(7)], {"n": "count"})

    found = read_workbook(shown)

    assert found.sheetnames == ["About", "People", "People (2)", "People (3)"]
    assert [[cell.value for cell in found[name]["A"]] for name in found.sheetnames[1:]] == [
        ["N", 0, 1, 2],
        ["N", 3, 4, 5],
        ["N", 6],
    ]
    assert [[cell.value for cell in row] for row in found["About"]] == [
        ["People", 3],
        ["People (2)", 3],
        ["People (3)", 1],
    ]


def test_sheets_have_names_that_are_allowed_and_their_own() -> None:
    long = "Who [buys] what: and/or when, and why in the world"
    found = read_workbook(table([], {"n": "count"}, long), table([], {"n": "count"}, long), texts([]))
    assert found.sheetnames == ["About", "Who buys what and or when, and…", "Who buys what and or when,… (2)", "People"]
    assert [cell.value for cell in found["People"][1]] == ["Name"]


def test_whoever_goes_away_ends_what_is_read() -> None:
    ended = []

    def rows() -> Iterator[list[dict[str, Any]]]:
        try:
            while True:
                yield [{"n": 1}] * 1_000
        finally:
            ended.append(True)

    endless = Table("people", "People", [Column("n", "N", "count", "")], rows)
    for parts in (csv_text.written(endless), workbook.written([endless], about, Writer())):
        assert next(parts)
        next(parts)
        parts.close()
    assert ended == [True, True]


def test_parts_of_a_workbook_leave_before_the_last_row_is_known() -> None:
    read = []

    def rows() -> Iterator[list[dict[str, Any]]]:
        for number in range(100):
            read.append(number)
            yield [{"name": f"{number} {place} {number * place}"} for place in range(1_000)]

    parts = workbook.written([Table("p", "P", [Column("name", "Name", "text", "")], rows)], about, Writer())
    assert sum(len(next(parts)) for _ in range(20)) > 10_000
    assert len(read) < 20


def test_a_sheet_says_what_it_is_of() -> None:
    sheets: list[Sheet] = []

    def seen(found: Any) -> list[list[Cell]]:
        sheets.extend(found)
        return [[("Title", "heading")]]

    shown = texts(["Anna", "Ben"])
    b"".join(workbook.written([shown], seen, Writer()))
    assert sheets == [Sheet("People", shown, 2)]
