"""Numbers and dates as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from c360_dash import config
from c360_dash.formats import FORMATS, LOCALES, NO_VALUE, THOUSANDS, format_value, month_names


@pytest.mark.parametrize(
    ("value", "word", "text"),
    [
        (0, "count", "0"),
        (9_999, "count", "9,999"),
        (12_345, "count", "12.3 k"),
        (99_950, "count", "100 k"),
        (999_499, "count", "999 k"),
        (999_500, "count", "1.0 M"),
        (1_234_567, "count", "1.2 M"),
        (5.5e9, "count", "5.5 bn"),
        (3e13, "count", "30,000 bn"),
        (np.int64(42), "count", "42"),
        (1_234, "money", "€1,234"),
        (12.5, "money", "€12.50"),
        (0, "money", "€0"),
        (-54_321, "money", "−€54.3 k"),
        (-0.001, "money", "€0.00"),
        (Decimal("1234567.80"), "money", "€1.2 M"),
        (0.3456, "percent", "35 %"),
        (0.034, "percent", "3.4 %"),
        (0, "percent", "0 %"),
        (1, "percent", "100 %"),
        (0.9912, "percent", "99.1 %"),
        (-0.05, "percent", "−5 %"),
        (4.25, "decimal", "4.2"),
        (66.4, "score", "66"),
        (74, "days", "74 days"),
        (1, "days", "1 day"),
        (12_345, "days", "12.3 k days"),
        (date(2026, 11, 22), "date", "22 Nov 2026"),
        (datetime(2026, 11, 22, 14, 5, tzinfo=UTC), "datetime", "22 Nov 2026, 14:05"),
        (pd.Timestamp("2026-11-22 14:05"), "datetime", "22 Nov 2026, 14:05"),
        (date(2026, 3, 1), "month", "Mar 2026"),
        (True, "boolean", "yes"),
        (np.False_, "boolean", "no"),
        ("Olist", "text", "Olist"),
    ],
)
def test_short_and_readable(value: object, word: str, text: str) -> None:
    assert format_value(value, word) == text


@pytest.mark.parametrize("word", FORMATS)
@pytest.mark.parametrize("nothing", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_no_data_is_a_dash_in_every_format(nothing: object, word: str) -> None:
    assert format_value(nothing, word) == NO_VALUE


@pytest.mark.parametrize(
    ("currency", "text"),
    [("USD", "$1,234"), ("BRL", "R$1,234"), ("CHF", "CHF 1,234"), ("SEK", "SEK 1,234"), ("PLN", "PLN 1,234")],
)
def test_currencies_have_their_symbol_or_their_code(currency: str, text: str) -> None:
    assert format_value(1_234, "money", currency) == text


@pytest.mark.parametrize(
    ("locale", "texts"),
    [
        ("en", ["€1,234", "−€12.3 k", "3.4 %", "1 Mar 2026", "22 Nov 2026, 09:05", "Mar 2026"]),
        ("de", ["1.234 €", "−12,3 Tsd. €", "3,4 %", "01.03.2026", "22.11.2026, 09:05", "März 2026"]),
        ("fr", ["1\u202f234 €", "−12,3 k €", "3,4 %", "01/03/2026", "22/11/2026, 09:05", "mars 2026"]),
    ],
)
def test_languages_have_their_habits(locale: str, texts: list[str]) -> None:
    march, moment = date(2026, 3, 1), datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    values = [(1_234, "money"), (-12_345, "money"), (0.034, "percent"), (march, "date"), (moment, "datetime")]
    assert [format_value(value, word, locale=locale) for value, word in [*values, (march, "month")]] == texts


def test_the_words_around_them_stay_english() -> None:
    assert [format_value(2, "days", locale=locale) for locale in LOCALES] == ["2 days"] * 3
    assert format_value(True, "boolean", locale="de") == "yes"


def test_every_locale_that_may_be_set_can_be_written() -> None:
    assert config.LOCALES == LOCALES == tuple(THOUSANDS)


def test_axes_know_the_months_as_texts_do() -> None:
    assert " ".join(month_names("fr")) == "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."
    assert format_value(date(2026, 9, 1), "month", locale="de") == f"{month_names('de')[8]} 2026" == "Sept. 2026"


def test_all_digits_where_they_are_asked_for() -> None:
    assert format_value(1_234_567.8, "money", short=False) == "€1,234,567.80"
    assert format_value(1_234_567, "count", short=False) == "1,234,567"
    assert format_value(0.3456, "percent", short=False) == "34.6 %"


def test_what_is_no_number_is_no_number() -> None:
    with pytest.raises(TypeError, match="'many' is not a number"):
        format_value("many", "count")
    with pytest.raises(TypeError, match="'soon' is not a month"):
        format_value("soon", "month")
    with pytest.raises(ValueError, match="Unknown format 'weight'; known are count"):
        format_value(1, "weight")
