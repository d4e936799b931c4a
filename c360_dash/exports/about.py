"""The sheet About of a workbook: which build and moment, what is chosen, how many rows, and what the columns mean."""

from collections.abc import Sequence

from c360_dash.db import Build
from c360_dash.exports.workbook import MOST_ROWS, Cell, Sheet

Rows = list[list[Cell]]


def about(build: Build, title: str, sheets: Sequence[Sheet]) -> Rows:
    """All rows of the sheet."""
    return [[(title, "heading")], *_of_build(build), [], *_of_sheets(sheets), [], *_of_columns(sheets)]


def _of_build(build: Build) -> Rows:
    said: list[tuple[str, object, str]] = [
        ("Build", build.id, "days"),
        ("As of", build.as_of, "datetime"),
        ("Data to", build.data_to, "datetime"),
        ("Built", build.built_at, "datetime"),
        ("Time zone of all days and moments", build.timezone, "text"),
        ("Currency of all money", build.currency, "text"),
    ]
    return [[(label, "text"), (value, kind)] for label, value, kind in said]


def _of_sheets(sheets: Sequence[Sheet]) -> Rows:
    rows: Rows = [[(label, "heading") for label in ("Sheet", "Rows", "What is chosen")]]
    for sheet in sheets:
        chosen = "; ".join(sheet.table.notes) or "No filter: all customers"
        rows.append([(sheet.name, "text"), (sheet.rows, "count"), (chosen, "text")])
    if len({sheet.table.name for sheet in sheets}) < len(sheets):
        rows.append(
            [(f"A worksheet holds {MOST_ROWS:,} rows at most; more rows go on in a sheet of their own.", "text")]
        )
    return rows


def _of_columns(sheets: Sequence[Sheet]) -> Rows:
    heads = ("Sheet", "Column", "Name in the API", "Unit", "What it means")
    rows: Rows = [[(label, "heading") for label in heads]]
    tables = {sheet.table.name: sheet for sheet in reversed(sheets)}
    for sheet in reversed(tables.values()):
        for column in (*sheet.table.columns, *sheet.table.terms):
            said = (sheet.name, column.label, column.name, column.unit, column.definition)
            rows.append([(words, "text") for words in said])
    return rows
