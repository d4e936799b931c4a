"""The command line: what it says, and that what it knows how to explain comes without a traceback."""

import socket
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import psycopg2
import pytest
from click.testing import CliRunner, Result

from c360_dash import demo, rebuild, sources
from c360_dash.cli import demo as demo_steps
from c360_dash.cli import main
from c360_dash.cli.commands import Moment
from c360_dash.cli.serving import PortTaken, refuse_taken_port
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.rebuild import Check, Exclusion, Run

NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)


def run(*arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environ)


def built(state: str, **parts: Any) -> Run:
    return Run(
        id=7,
        kind="full",
        trigger="cli",
        requested_by="ann",
        as_of=NOON,
        state=state,
        started_at=NOON,
        ended_at=NOON,
        seconds=1.25,
        data_to=NOON,
        error=None,
        sqlstate=None,
        **parts,
    )


def answer(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, value: Any) -> list[Any]:
    """Replace a function by one that returns the value, or raises it; the list collects its arguments."""
    calls: list[Any] = []

    def replacement(*arguments: Any, **keywords: Any) -> Any:
        calls.append((arguments, keywords))
        if isinstance(value, Exception):
            raise value
        return value

    monkeypatch.setattr(module, name, replacement)
    return calls


@pytest.mark.parametrize(
    "command",
    [
        "backtest",
        "check",
        "connect",
        "demo",
        "discard",
        "erase",
        "generate",
        "history",
        "install",
        "load",
        "publish",
        "rebuild",
        "serve",
        "status",
        "stop",
        "token",
        "user",
    ],
)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "Usage: " in result.output


def test_a_setting_that_cannot_be_read_is_one_sentence() -> None:
    result = run("status", C360_PORT="eighty")

    assert result.exit_code == 1
    assert result.output == "Error: C360_PORT is “eighty”, but must be a whole number from 1 to 65535.\n"


def test_a_database_that_does_not_answer_is_one_sentence_without_the_password() -> None:
    result = run("status", C360_DATABASE_URL="postgres://ann:s3cret@127.0.0.1:1/shop")

    assert result.exit_code == 1
    assert result.output.startswith(
        "Error: PostgreSQL at postgresql+psycopg2://ann:***@127.0.0.1:1/shop cannot be used"
    )
    assert result.output.count("\n") == 1
    assert "s3cret" not in result.output


def test_an_error_of_the_database_in_the_middle_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, rebuild, "status", psycopg2.OperationalError("server closed the connection unexpectedly\n\tHm"))

    result = run("status")

    assert result.exit_code == 1
    assert result.output.startswith("Error: PostgreSQL does not answer: server closed the connection unexpectedly.")


def test_a_mistake_of_the_program_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, rebuild, "status", ZeroDivisionError())

    assert isinstance(run("status").exception, ZeroDivisionError)


def test_an_incremental_rebuild_tells_how_many_changed_or_why_it_was_full(monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(built("published"), kind="incremental", changed_customers=1_234)
    calls = answer(monkeypatch, rebuild, "run", few)
    assert "Build 7 (incremental, 1,234 changed) as of" in run("rebuild", "--incremental").output
    assert calls[0][1]["kind"] == "incremental"

    answer(monkeypatch, rebuild, "run", replace(built("published"), note="settings changed: timezone"))
    assert "Full instead of incremental: settings changed: timezone." in run("rebuild", "--incremental").output


def test_a_published_rebuild_shows_what_it_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = Exclusion("orders", "other currency", "exclude", 1_234)
    calls = answer(monkeypatch, rebuild, "run", built("published", exclusions=[left_out]))

    result = run("rebuild", "--as-of", "2026-09-30")

    assert result.exit_code == 0
    assert "Build 7 as of 2026-09-30 12:00 UTC: published, 1.2 s." in result.output
    assert "1,234" in result.output
    assert calls[0][1]["as_of"] == date(2026, 9, 30)
    assert calls[0][1]["trigger"] == "cli"


def test_a_held_rebuild_says_why_and_what_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    drift = Check("customers", "hold", 10, 100, False, "Customers fell by 90 %.")
    answer(monkeypatch, rebuild, "run", built("held", checks=[drift]))

    result = run("rebuild")

    assert result.exit_code == 1
    assert "customers: Customers fell by 90 %." in result.output
    assert "`c360 publish 7` publishes it" in result.output


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        ("2026-09-30T18:00", datetime(2026, 9, 30, 18)),
        ("2026-09-30T18:00+00:00", datetime(2026, 9, 30, 18, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_day_or_a_time(text: str, moment: date) -> None:
    assert Moment().convert(text, None, None) == moment


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(click.BadParameter, match="write 2026-01-31"):
        Moment().convert("tomorrow", None, None)


def test_a_mapping_is_a_name_of_ours_or_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own.sql"
    own.write_text("")
    answer(monkeypatch, rebuild, "install", False)
    calls = answer(monkeypatch, sources, "load", "loaded")

    assert run("load", "olist", str(tmp_path)).output == "loaded\n"
    assert run("load", str(own), str(tmp_path)).exit_code == 0
    assert [call[0][1] for call in calls] == [Settings().sql_dir / "mappings" / "olist.sql", own]


def test_an_unknown_mapping_names_those_there_are() -> None:
    result = run("load", "amazon", ".")

    assert result.exit_code == 1
    assert (
        "There is no mapping amazon: name a file, or one of adventureworks, complete_journey, olist, " in result.output
    )


@pytest.mark.parametrize(("treatment", "exit_code"), [("stop", 1), ("exclude", 0)])
def test_check_fails_when_a_build_would_stop(monkeypatch: pytest.MonkeyPatch, treatment: str, exit_code: int) -> None:
    report = SimpleNamespace(findings=[SimpleNamespace(treatment=treatment, rows=3)], as_json=lambda: {"findings": 1})
    answer(monkeypatch, rebuild, "install", False)
    monkeypatch.setattr(sources, "check", lambda settings: report, raising=False)

    result = run("check", "--json")

    assert result.exit_code == exit_code
    assert result.output == '{\n  "findings": 1\n}\n'


def test_generate_does_not_touch_the_files_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear Ann")

    result = run("generate", str(tmp_path), "--customers", "10")

    assert result.exit_code == 1
    assert "holds files of somebody else" in result.output


def test_stop_leaves_a_database_of_ones_own_alone() -> None:
    result = run("stop", C360_DATABASE_URL="postgres://db/shop")

    assert (result.exit_code, "left running" in result.output) == (0, True)


def test_a_port_that_is_taken_is_refused_before_anything_is_done() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortTaken, match=f"Port {port} on 127.0.0.1 cannot be used: address already in use"):
            refuse_taken_port(Settings(), port)


@pytest.fixture
def watched_demo(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The demo's steps as words, with nothing done."""
    done: list[str] = []
    monkeypatch.setattr(rebuild, "install", lambda *_, **__: False)
    monkeypatch.setattr(demo, "generate", lambda folder, *_, **__: done.append(f"generate {folder.name}"))
    monkeypatch.setattr(sources, "load", lambda *_, replace, **__: done.append(f"load, replace {replace}"))

    def build(*_: Any, **__: Any) -> Run:
        done.append("build")
        return built("published")

    monkeypatch.setattr(rebuild, "run", build)
    return done


def stands(
    monkeypatch: pytest.MonkeyPatch,
    loaded: demo_steps.Loaded | None,
    built_at: datetime | None,
    then: demo_steps.Loaded | None = None,
) -> None:
    """What the demo finds in the source, when the published build was made, and what a load leaves there."""
    found = [loaded, then]
    monkeypatch.setattr(demo_steps, "loaded_shop", lambda settings: found.pop(0))
    published = None if built_at is None else {"built_at": built_at}
    monkeypatch.setattr(rebuild, "status", lambda settings: {"published": published, "running": None})


def test_a_first_demo_generates_loads_and_builds(
    monkeypatch: pytest.MonkeyPatch, watched_demo: list[str], tmp_path: Path
) -> None:
    stands(monkeypatch, None, None)

    demo_steps.prepare(Settings(data_dir=tmp_path), 500)

    assert watched_demo == ["generate shop-500", "load, replace True", "build"]


def test_a_second_demo_uses_what_is_there(monkeypatch: pytest.MonkeyPatch, watched_demo: list[str]) -> None:
    stands(monkeypatch, demo_steps.Loaded(500, NOON), NOON.replace(hour=13))

    demo_steps.prepare(Settings(), 500)

    assert watched_demo == []


def test_a_demo_that_was_interrupted_before_its_build_is_built(
    monkeypatch: pytest.MonkeyPatch, watched_demo: list[str]
) -> None:
    stands(monkeypatch, demo_steps.Loaded(500, NOON), NOON.replace(hour=11))

    demo_steps.prepare(Settings(), 500)

    assert watched_demo == ["build"]


def test_a_demo_of_another_size_says_so_and_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, watched_demo: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stands(monkeypatch, demo_steps.Loaded(100_000, NOON), NOON, demo_steps.Loaded(500, NOON.replace(hour=13)))
    (tmp_path / "shop-500").mkdir()
    monkeypatch.setattr(rebuild, "run", lambda *_, **__: built("held"))
    published = answer(monkeypatch, rebuild, "publish", None)

    demo_steps.prepare(Settings(data_dir=tmp_path), 500)

    assert capsys.readouterr().out == "The demo has 100,000 customers; it is made anew with 500.\n"
    assert watched_demo == ["load, replace True"]
    assert [arguments[1] for arguments, _ in published] == [7]


def test_a_demo_that_cannot_be_published_says_why(
    monkeypatch: pytest.MonkeyPatch, watched_demo: list[str], tmp_path: Path
) -> None:
    stands(monkeypatch, None, None)
    grain = Check("grain", "stop", 2, 1, False, "Ann is there twice.")
    monkeypatch.setattr(rebuild, "run", lambda *_, **__: built("rejected", checks=[grain]))

    with pytest.raises(C360Error, match="Ann is there twice"):
        demo_steps.prepare(Settings(data_dir=tmp_path), 500)
