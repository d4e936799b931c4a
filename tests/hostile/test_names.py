"""Names that a spreadsheet would calculate, through every file that leaves."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from c360_dash import api, charts, db, rebuild
from c360_dash.config import Settings
from c360_dash.questions import QUESTIONS
from tests.hostile.nasty import FILL, NAMES

CALCULATED = ("=", "+", "-", "@", "\t", "\r")
PAGES = {"sample": list(QUESTIONS)}
FILES = ("customers?columns=all", "customers?q=cmd", *QUESTIONS)


@pytest.fixture(scope="module")
def client(make_database: Callable[[], Settings]) -> FlaskClient:
    """A program that may see everything of that shop."""
    own = make_database()
    rebuild.install(own)
    with db.owner_connection(own) as connection, connection.cursor() as cursor:
        cursor.execute(FILL, {"names": list(NAMES)})
    assert rebuild.run(own).state == "published"
    server = Flask("shop")
    api.register(server, own)
    return server.test_client()


def address(name: str, kind: str) -> str:
    return f"/api/v1/{name}{'&' if '?' in name else '?'}format={kind}"


@pytest.mark.parametrize("name", FILES)
def test_no_cell_of_a_csv_file_is_calculated(client: FlaskClient, name: str) -> None:
    answer = client.get(address(name, "csv"))
    assert answer.status_code == 200
    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert [cell for cell in cells if cell.startswith(CALCULATED) and not is_number(cell)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_cell_of_a_workbook_is_calculated_and_no_link_leads_out(client: FlaskClient, name: str) -> None:
    refuse_formulas(client.get(address(name, "xlsx")).data)


def test_nor_is_one_of_a_whole_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "PAGES", PAGES)
    refuse_formulas(client.get("/api/v1/pages/sample.xlsx").data)


def test_the_names_are_in_the_files_all_the_same(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(address("customers?columns=all", "csv")).text)))
    shown = {row["city"].removeprefix("'") for row in rows}
    assert {" ".join(name.split()) for name in NAMES} == {" ".join(name.split()) for name in shown}


def refuse_formulas(file: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(file)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                value: Any = cell.value
                assert cell.data_type != "f", (sheet.title, value)
                if isinstance(value, str) and value.startswith(CALCULATED):
                    assert (cell.data_type, cell.quotePrefix) == ("s", True), (sheet.title, value)
                assert cell.hyperlink is None, (sheet.title, value)


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
