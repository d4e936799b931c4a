"""sql/metrics.toml as objects, and what is refused when it contradicts itself."""

from pathlib import Path

import pytest

from c360_dash import metrics
from c360_dash.config import Settings
from c360_dash.metrics import DefinitionError, definitions

GOOD = """
[parameters.active_days]
label = "Active within"
definition = "Days."
default = 365

[metrics.active_customers]
definition = "Customers whose last order is at most {active_days} days old."
sql = "sum(active_customers)"
format = "count"
better = "up"
stage = "purchase_statistics"

[columns.country]
stage = "basic_information"
definition = "Country."
format = "text"

[[value_segments]]
name = "High"
meaning = "The most valuable customers."
"""


@pytest.fixture
def loaded(tmp_path: Path) -> "Loader":
    return Loader(tmp_path / "metrics.toml")


class Loader:
    """Writes a definitions file and loads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, text: str) -> metrics.Definitions:
        self.path.write_text(text, encoding="utf-8")
        return definitions(self.path)


def test_the_shipped_definitions_load() -> None:
    found = definitions(Settings().sql_dir / "metrics.toml")
    assert metrics.METRICS is found.metrics
    assert metrics.CHURN_BANDS is found.churn_bands
    assert {"customers", "csat", "value_at_risk"} <= set(metrics.METRICS)
    assert next(iter(metrics.COLUMNS)) == "customer_id"


def test_every_cell_of_the_grid_has_one_segment() -> None:
    cells = [(r, f) for segment in metrics.RFM_SEGMENTS for r in segment.recency for f in segment.frequency]
    assert sorted(cells) == [(r, f) for r in range(1, 6) for f in range(1, 6)]


def test_a_label_defaults_to_the_key_in_words(loaded: Loader) -> None:
    assert loaded(GOOD).metrics["active_customers"].label == "Active customers"


def test_a_sentence_holds_the_parameters_of_the_build(loaded: Loader) -> None:
    metric = loaded(GOOD).metrics["active_customers"]
    assert metric.sentence({"active_days": 90}) == "Customers whose last order is at most 90 days old."
    assert metric.sentence({}) == "Customers whose last order is at most – days old."


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{active_days}", "{activ_days}", r"\[metrics.active_customers\] names the parameter 'activ_days'; known are"),
        (
            'format = "count"',
            'format = "number"',
            r"active_customers\] has format 'number'; known are count,",
        ),
        ('better = "up"', 'better = "more"', r"better = 'more'; known are up, down"),
        ('sql = "sum(active_customers)"', "", r"\[metrics.active_customers\] lacks sql\."),
        ('stage = "basic_information"', 'stadium = "x"', r"\[columns.country\] lacks stage\."),
        ('format = "text"', 'format = "text"\nwidth = 3', r"\[columns.country\] has width; known are key, label"),
        ('format = "text"', 'format = "text"\nlabel = "Active customers"', r"share the label 'Active customers'"),
        ('better = "up"', 'better = "up"\nminimum_n = "few"', r"minimum_n = 'few'; known are active_days"),
        ('better = "up"', 'better = "up"\nminimum_n = "active_days"', r"has minimum_n without n"),
        ('meaning = "The most valuable customers."', "", r"\[\[value_segments\]\] lacks meaning"),
    ],
)
def test_what_contradicts_is_refused_by_name(loaded: Loader, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(DefinitionError, match=reason):
        loaded(GOOD.replace(old, new, 1))


def test_the_table_for_the_readme_has_a_row_for_each_metric(loaded: Loader) -> None:
    table = metrics.readme_table(loaded(GOOD)).splitlines()
    assert table[0] == "| Metric | Definition |"
    assert table[2:] == ["| Active customers | Customers whose last order is at most 365 days old. |"]


def test_an_unknown_constant_is_no_constant() -> None:
    with pytest.raises(AttributeError, match="no attribute 'WEATHER'"):
        metrics.WEATHER  # noqa: B018
