"""Numbers and dates as people read them: short, with their unit, in the habits of a locale; – where there is none.

Signs, currencies and names of months are those of the Unicode CLDR, which Babel carries; the words stay English, as
those of the pages around them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol

NO_VALUE = "–"
MINUS = "\u2212"
SHORT_FROM = 10_000
THOUSANDS = {"en": ("k", "M", "bn"), "de": ("Tsd.", "Mio.", "Mrd."), "fr": ("k", "M", "Md")}
DAYS = {"en": "d MMM y", "de": "dd.MM.y", "fr": "dd/MM/y"}
LOCALES = tuple(DAYS)


@cache
def separators(locale: str) -> tuple[str, str]:
    """The decimal and the group sign of a locale."""
    return get_decimal_symbol(locale), get_group_symbol(locale)


@cache
def symbol(currency: str, locale: str) -> str:
    """The sign of a currency, or its code where the locale has none."""
    return get_currency_symbol(currency, locale)


@cache
def month_names(locale: str) -> tuple[str, ...]:
    """The short names of the twelve months."""
    names = Locale.parse(locale).months["format"]["abbreviated"]
    return tuple(names[number] for number in range(1, 13))


@cache
def symbol_first(locale: str) -> bool:
    """Whether the sign of a currency stands before the amount."""
    return str(Locale.parse(locale).currency_formats["standard"].pattern).startswith("¤")


def format_value(
    value: object,
    format: str,  # noqa: A002 the word of metrics.toml
    currency: str = "EUR",
    locale: str = "en",
    short: bool = True,
) -> str:
    """A value in words of at most a few characters: `1.2 M`, `34 %`, `€1,234`, `74 days`; `–` for none.

    `format` is a format word of sql/metrics.toml; `short=False` writes all digits (`€1,234,567.80`).
    """
    if _is_missing(value):
        return NO_VALUE
    writer = FORMATS.get(format)
    if writer is None:
        raise ValueError(f"Unknown format {format!r}; known are {', '.join(FORMATS)}.")
    return writer(value, _Style(locale, currency, short))


def plain_number(value: object) -> str:
    """A parameter inside a sentence: `365`, `0.2`, `percentile`; `–` for none."""
    if _is_missing(value):
        return NO_VALUE
    if isinstance(value, (float, Decimal)):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)


@dataclass(frozen=True, slots=True)
class _Style:
    locale: str
    currency: str
    short: bool


def _is_missing(value: object) -> bool:
    # NaN and NaT are the values that differ from themselves; pandas.NA refuses to be compared.
    try:
        return value is None or bool(value != value)
    except TypeError:
        return True


def _digits(number: float, places: int, locale: str) -> str:
    text = f"{abs(number):,.{places}f}"
    sign = MINUS if number < 0 and any(digit in text for digit in "123456789") else ""
    decimal, group = separators(locale)
    return sign + text.translate({ord(","): group, ord("."): decimal})


def _shortened(number: float, locale: str) -> str:
    """`12.3 k`, `123 k`, `1.2 M`: three figures and a word."""
    words = THOUSANDS[locale]
    scale = min(int(math.log10(abs(number)) // 3), len(words))
    scaled = number / 1000**scale
    if abs(scaled) >= 999.5 and scale < len(words):
        scale, scaled = scale + 1, scaled / 1000
    return f"{_digits(scaled, 1 if abs(scaled) < 99.95 else 0, locale)} {words[scale - 1]}"


def _amount(value: object, style: _Style, places: int) -> str:
    number = _number(value)
    if style.short and abs(number) >= SHORT_FROM and math.isfinite(number):
        return _shortened(number, style.locale)
    return _digits(number, places, style.locale)


def _number(value: object) -> float:
    if isinstance(value, (int, float, Decimal)) or hasattr(value, "__float__"):
        return float(value)
    raise TypeError(f"{value!r} is not a number.")


def _count(value: object, style: _Style) -> str:
    return _amount(value, style, 0)


def _money(value: object, style: _Style) -> str:
    cents = not style.short or 0 < abs(_number(value)) < 100
    text = _amount(value, style, 2 if cents else 0)
    return with_symbol(text, style.currency, style.locale)


def with_symbol(amount: str, currency: str, locale: str) -> str:
    """`€1,234`, `1.234 €`, `CHF 1,234`: an amount in words with the sign of its currency."""
    sign = symbol(currency, locale)
    if not symbol_first(locale):
        return f"{amount} {sign}"
    minus, number = (MINUS, amount[1:]) if amount.startswith(MINUS) else ("", amount)
    return f"{minus}{sign}{' ' if sign[-1].isalpha() else ''}{number}"


def _percent(value: object, style: _Style) -> str:
    """Whole percents; one decimal near the ends, where 0 or 100 would be untrue, and where all digits are asked for."""
    percent = 100 * _number(value)
    rounded = round(percent, 1)
    near_an_end = abs(rounded) < 10 or 99 < abs(rounded) < 100
    return f"{_digits(percent, int(not style.short or (rounded % 1 != 0 and near_an_end)), style.locale)} %"


def _decimal(value: object, style: _Style) -> str:
    return _digits(_number(value), 1 if style.short else 2, style.locale)


def _score(value: object, style: _Style) -> str:
    return _digits(_number(value), 0 if style.short else 1, style.locale)


def _days(value: object, style: _Style) -> str:
    text = _amount(value, style, 0)
    return f"{text} {'day' if text in ('1', MINUS + '1') else 'days'}"


def _date(value: object, style: _Style) -> str:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a date.")
    return format_date(value, DAYS[style.locale], style.locale)


def _month(value: object, style: _Style) -> str:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a month.")
    return f"{month_names(style.locale)[value.month - 1]} {value.year}"


def _datetime(value: object, style: _Style) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is not a moment.")
    return f"{_date(value, style)}, {value:%H:%M}"


def _boolean(value: object, _: _Style) -> str:
    return "yes" if value else "no"


def _text(value: object, _: _Style) -> str:
    return str(value)


FORMATS: dict[str, Callable[[object, _Style], str]] = {
    "count": _count,
    "money": _money,
    "percent": _percent,
    "decimal": _decimal,
    "score": _score,
    "days": _days,
    "date": _date,
    "month": _month,
    "datetime": _datetime,
    "boolean": _boolean,
    "text": _text,
}
