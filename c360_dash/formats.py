"""Numbers as people read them: short, with their unit, in the habits of a locale; – where there is no number."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

NO_VALUE = "–"
MINUS = "\u2212"
SHORT_FROM = 10_000
SYMBOLS = {
    "AUD": "A$", "BRL": "R$", "CAD": "C$", "CHF": "CHF", "CNY": "CN¥", "EUR": "€", "GBP": "£", "INR": "₹",
    "JPY": "¥", "KRW": "₩", "NZD": "NZ$", "PLN": "zł", "TRY": "₺", "UAH": "₴", "USD": "$",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Locale:
    """How a language writes numbers."""

    decimal: str
    group: str
    thousands: tuple[str, str, str]
    symbol_first: bool
    day: tuple[str, str]
    yes_no: tuple[str, str]


LOCALES = {
    "en": Locale(".", ",", ("k", "M", "bn"), True, ("day", "days"), ("yes", "no")),
    "de": Locale(",", ".", ("Tsd.", "Mio.", "Mrd."), False, ("Tag", "Tage"), ("ja", "nein")),
    "fr": Locale(",", "\u202f", ("k", "M", "Md"), False, ("jour", "jours"), ("oui", "non")),
}


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
    return writer(value, _Style(LOCALES[locale], currency, short))


def plain_number(value: object) -> str:
    """A parameter inside a sentence: `365`, `0.2`, `percentile`; `–` for none."""
    if _is_missing(value):
        return NO_VALUE
    if isinstance(value, (float, Decimal)):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)


@dataclass(frozen=True, slots=True)
class _Style:
    locale: Locale
    currency: str
    short: bool


def _is_missing(value: object) -> bool:
    # NaN and NaT are the values that differ from themselves; pandas.NA refuses to be compared.
    try:
        return value is None or bool(value != value)
    except TypeError:
        return True


def _digits(number: float, places: int, locale: Locale) -> str:
    text = f"{abs(number):,.{places}f}"
    sign = MINUS if number < 0 and any(digit in text for digit in "123456789") else ""
    return sign + text.translate({ord(","): locale.group, ord("."): locale.decimal})


def _shortened(number: float, locale: Locale) -> str:
    """`12.3 k`, `123 k`, `1.2 M`: three figures and a word."""
    scale = min(int(math.log10(abs(number)) // 3), len(locale.thousands))
    scaled = number / 1000**scale
    if abs(scaled) >= 999.5 and scale < len(locale.thousands):
        scale, scaled = scale + 1, scaled / 1000
    return f"{_digits(scaled, 1 if abs(scaled) < 99.95 else 0, locale)} {locale.thousands[scale - 1]}"


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
    symbol = SYMBOLS.get(style.currency, style.currency)
    if not style.locale.symbol_first:
        return f"{text} {symbol}"
    sign, number = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{sign}{symbol}{' ' if symbol[-1].isalpha() else ''}{number}"


def _percent(value: object, style: _Style) -> str:
    """Whole percents; one decimal near the ends, where 0 or 100 would be untrue, or when all digits are asked for."""
    percent = 100 * _number(value)
    rounded = round(percent, 1)
    near_an_end = abs(rounded) < 10 or 99 < abs(rounded) < 100
    return f"{_digits(percent, int(rounded % 1 != 0 and (near_an_end or not style.short)), style.locale)} %"


def _decimal(value: object, style: _Style) -> str:
    return _digits(_number(value), 1 if style.short else 2, style.locale)


def _score(value: object, style: _Style) -> str:
    return _digits(_number(value), 0 if style.short else 1, style.locale)


def _days(value: object, style: _Style) -> str:
    text = _amount(value, style, 0)
    one, many = style.locale.day
    return f"{text} {one if text in ('1', MINUS + '1') else many}"


def _date(value: object, _: _Style) -> str:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a date.")
    return f"{value:%Y-%m-%d}"


def _datetime(value: object, _: _Style) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is not a moment.")
    return f"{value:%Y-%m-%d %H:%M}"


def _boolean(value: object, style: _Style) -> str:
    yes, no = style.locale.yes_no
    return yes if value else no


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
    "datetime": _datetime,
    "boolean": _boolean,
    "text": _text,
}
