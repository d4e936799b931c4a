"""`c360 connect` on the command line: what it writes where, and what it refuses before it asks the database."""

from pathlib import Path
from typing import Any

import pytest

from c360_dash import rebuild, sources
from c360_dash.sources import ViewReport
from tests.unit.test_cli import answer, run

REPORT = ViewReport("shop", {"orders": ("order_id", "status")}, {"returns": "an empty table"}, ("orders through a",), 2)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The calls of sources.apply, which does nothing."""
    answer(monkeypatch, rebuild, "install", False)
    return answer(monkeypatch, sources, "apply", REPORT)


def test_a_proposal_says_how_much_is_guessed_and_what_comes_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = answer(monkeypatch, sources, "propose", 5)

    result = run("connect", str(tmp_path / "shop.sql"), "--schema", "sales", "--schema", "crm")

    assert result.exit_code == 0
    assert "is a proposal with 5 guesses, marked “-- ?”" in result.output
    assert f"c360 connect {tmp_path / 'shop.sql'} --apply" in result.output
    assert calls[0][0][1:] == (tmp_path / "shop.sql", ("sales", "crm"))


def test_no_file_is_written_over_and_no_folder_invented(tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text("-- mine", encoding="utf-8")

    assert "shop.sql is there already: --apply makes its views" in run("connect", str(tmp_path / "shop.sql")).output
    assert (tmp_path / "shop.sql").read_text(encoding="utf-8") == "-- mine"
    assert "There is no folder" in run("connect", str(tmp_path / "nowhere" / "shop.sql")).output
    assert "--replace goes with --apply" in run("connect", str(tmp_path / "new.sql"), "--replace").output


def test_applying_tells_what_stands_in_the_source_and_what_is_still_guessed(applied: list[Any], tmp_path: Path) -> None:
    (tmp_path / "shop.sql").touch()

    result = run("connect", str(tmp_path / "shop.sql"), "--apply", "--replace")

    assert result.exit_code == 0
    assert "order_id, status" in result.output
    assert "an empty table" in result.output
    assert "shop.sql still has 2 guesses" in result.output
    assert "Changes of orders through a are found by comparing again" in result.output
    assert applied[0][1] == {"replace": True}


def test_a_ready_mapping_is_applied_by_its_name(applied: list[Any]) -> None:
    run("connect", "adventureworks", "--apply")

    assert applied[0][0][1].name == "adventureworks.sql"
    assert "There is no mapping nonsense" in run("connect", "nonsense", "--apply").output
