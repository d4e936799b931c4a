"""The definitions as tables of words."""

from dataclasses import replace

import pytest

from c360_dash import metrics
from c360_dash.glossary import Section, anchor_of_column, sections, setting_in_words
from c360_dash.writer import Writer

DEFAULTS = {key: parameter.default for key, parameter in metrics.PARAMETERS.items()}
WRITER = Writer("SEK", "en", DEFAULTS)


def section(key: str, writer: Writer = WRITER) -> Section:
    return next(found for found in sections(writer) if found.key == key)


def row(key: str, anchor: str, writer: Writer = WRITER) -> tuple[str, ...]:
    found = section(key, writer)
    return tuple(found.rows[list(found.anchors).index(anchor)])


def test_everything_that_is_defined_is_there() -> None:
    sizes = {found.key: len(found.rows) for found in sections(WRITER)}

    assert sizes == {
        "metrics": len(metrics.METRICS),
        "terms": len(metrics.TERMS),
        "columns": len(metrics.COLUMNS),
        "value-segments": 4,
        "rfm-segments": 11,
        "churn-bands": 3,
        "settings": len(metrics.PARAMETERS),
    }


def test_every_row_has_its_cells_and_an_anchor_of_its_own() -> None:
    anchors = [anchor for found in sections(WRITER) for anchor in (found.key, *found.anchors)]

    assert len(set(anchors)) == len(anchors)
    for found in sections(WRITER):
        assert {len(cells) for cells in found.rows} == {len(found.columns)}
        assert len(found.anchors) == len(found.rows)


def test_the_settings_of_the_build_stand_in_the_sentences() -> None:
    other = replace(WRITER, settings=DEFAULTS | {"csat_minimum_n": 45})

    assert row("metrics", "csat", other)[1].endswith("Hidden under 45 ratings.")


def test_a_number_has_its_unit_and_money_its_currency() -> None:
    assert row("metrics", "csat")[2] == "%"
    assert row("columns", "lifetime_value")[2] == "SEK"
    assert row("columns", "email")[1] == "E-mail address. Personal data."


def test_a_metric_and_a_column_of_one_name_have_two_anchors() -> None:
    assert anchor_of_column("average_order_value") == "column-average_order_value"
    assert anchor_of_column("lifetime_value") == "lifetime_value"


def test_rfm_segments_tell_their_cells() -> None:
    assert row("rfm-segments", "rfm-champions") == ("Champions", "Bought just now and buy often.", "R 5, F 4–5")
    assert row("rfm-segments", "rfm-cant-lose")[2] == "R 1–2, F 5"


@pytest.mark.parametrize(
    ("kind", "cuts"),
    [
        (
            "percentile",
            [
                "The most valuable 20 % of the customers with orders, ties upward",
                "The next 30 %, ties upward",
                "The other customers with orders",
            ],
        ),
        ("amount", ["Lifetime value from SEK 1,000", "From SEK 250 to under SEK 1,000", "Under SEK 250"]),
    ],
)
def test_value_segments_tell_how_the_build_cut_them(kind: str, cuts: list[str]) -> None:
    found = section("value-segments", replace(WRITER, settings=DEFAULTS | {"value_cutoff_kind": kind}))

    assert [cells[2] for cells in found.rows[:3]] == cuts


def test_churn_bands_tell_their_scores() -> None:
    assert [cells[2] for cells in section("churn-bands").rows] == ["Under 33", "33 to 66", "Above 66"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("active_days", "365 days"),
        ("high_value_share", "20 %"),
        ("high_value_amount", "SEK 1,000.00"),
        ("timezone", "UTC"),
    ],
)
def test_a_setting_is_told_with_its_unit(key: str, words: str) -> None:
    assert setting_in_words(metrics.PARAMETERS[key], WRITER) == words


def test_a_setting_that_the_build_did_not_know_is_told_as_none() -> None:
    assert setting_in_words(metrics.PARAMETERS["active_days"], Writer("SEK", "en", {})) == "–"
