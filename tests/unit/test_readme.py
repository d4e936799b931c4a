"""What the README repeats is compared with what it repeats."""

import re
from pathlib import Path

from c360_dash import config, metrics
from c360_dash.questions import QUESTIONS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


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
        assert f"`{name}`" in README
    for path in (ROOT / "sql" / "mappings").glob("*.sql"):
        assert f"`{path.stem}`" in README


def test_every_named_file_exists() -> None:
    named = set(re.findall(r"`((?:c360_dash|sql|assets)/[\w./]+)`|\]\(([\w./]+)\)", README))
    for path in ("".join(pair) for pair in named):
        assert (ROOT / path).exists(), path
