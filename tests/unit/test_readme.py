"""What the README repeats is compared with what it repeats."""

import re

import click
import pytest

from c360_dash import config, metrics
from c360_dash.cli import main
from c360_dash.questions import QUESTIONS
from tests import documented

ROOT = documented.ROOT
README = documented.page_text("README.md")
PAGES = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


def test_the_table_of_metrics_is_the_printed_one() -> None:
    table = README.partition("c360_dash.metrics -->\n")[2]
    definitions = metrics.definitions(ROOT / "sql" / "metrics.toml")

    assert table.partition("<!-- end of metrics -->")[0].strip() == metrics.readme_table(definitions)


def test_every_setting_and_its_default_is_listed() -> None:
    listed = re.findall(r"^\| `(C360_\w+)`.*?\| (?:`(.*?)`|–) \|", README, re.MULTILINE)
    defaults = config.Settings()
    values = {name: getattr(defaults, name.removeprefix("C360_").lower()) for name in config.NAMES}
    expected = {name: "" if value is None else str(value) for name, value in values.items()}

    assert dict(listed) == expected


def test_every_question_and_mapping_is_named() -> None:
    for name in QUESTIONS:
        assert f"`{name}`" in documented.page_text("docs/api.md")
    for path in (ROOT / "sql" / "mappings").glob("*.sql"):
        assert f"`{path.stem}`" in README


@pytest.mark.parametrize("page", PAGES)
def test_every_named_file_exists(page: str) -> None:
    text = documented.page_text(page)
    for path in re.findall(r"`((?:c360_dash|sql|assets)/[\w./]+)`", text):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([\w./]+)\)", text):
        assert ((ROOT / page).parent / path).exists(), path


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_exists_also_in_the_midst_of_a_sentence(page: str) -> None:
    told = re.findall(r"`(?:\.venv/bin/)?c360 ([^`]+)`", documented.page_text(page))
    typed = re.findall(r"(?:^|[ (/])c360 ([^)|\n]+)", "\n".join(documented.commands(page)), re.MULTILINE)
    for words in (line.split() for line in told + typed):
        command: click.Command = main
        while isinstance(command, click.Group) and words and not words[0].startswith(("-", "…")):
            assert words[0] in command.commands, (page, words)
            command = command.commands[words.pop(0)]
        options = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options | {"--help"}, (
            page,
            words,
        )
