"""Columns of other types than the contract's: how each becomes what is wanted, and whether that is a guess."""

import re

from c360_dash.sources.checking import DATE_TYPES, NUMBERS, TEXT, WHOLE

WORDS = TEXT | {"enum", "citext"}
PLAIN = re.compile(r"-?\d+(\.\d+)?")
WITH_COMMA = re.compile(r"[^\d,.-]*-?\d[\d.]*(,\d{1,2})?[^\d,.-]*")
WITH_POINT = re.compile(r"[^\d,.-]*-?\d[\d,]*(\.\d{1,2})?[^\d,.-]*")
MILLISECONDS = 12  # digits of a moment counted from 1970, where seconds have ten
SAME = {
    "text": WORDS,
    "numeric": NUMBERS,
    "integer": NUMBERS,
    "timestamptz": DATE_TYPES,
    "date": DATE_TYPES,
    "boolean": {"boolean"},
}
YES = "('true', 't', 'yes', 'y', '1', 'ja', 'on', 'subscribed')"


def converted(expression: str, kind: str, wanted: str, values: list[str]) -> tuple[str, str] | None:
    """The expression as the contract wants it, and why that is a guess; None where a type cannot be what is wanted.

    `values` are some that the column has.
    """
    if kind in SAME[wanted]:
        return expression, ""
    if wanted == "numeric" and (kind == "money" or kind in WORDS):
        return (f"{expression}::numeric", "") if kind == "money" else _amount(expression, values)
    if wanted in ("timestamptz", "date") and kind in WORDS:
        return (
            f"{expression}::{'timestamp' if wanted == 'timestamptz' else 'date'}",
            f"it is text{_such_as(values)}",
        )
    if wanted == "timestamptz" and kind in WHOLE:
        unit = " / 1000.0" if values and len(values[0]) > MILLISECONDS else ""
        return f"to_timestamp({expression}{unit})", "it is a number, perhaps of seconds since 1970"
    if wanted == "boolean" and kind in NUMBERS:
        return f"{expression} <> 0", f"it is a number{_such_as(values)}"
    if wanted == "boolean" and kind in WORDS:
        return f"lower({expression}) in {YES}", f"it is text{_such_as(values)}"
    return None


def _amount(expression: str, values: list[str]) -> tuple[str, str] | None:
    """Text as an amount, in the way that all the values are written; None when they are no amounts."""
    doubt = f"it is text{_such_as(values)}"
    if all(PLAIN.fullmatch(value) for value in values):
        return f"{expression}::numeric", doubt
    if all(WITH_COMMA.fullmatch(value) for value in values):
        digits = f"regexp_replace({expression}, '[^0-9,-]', '', 'g')"
        return f"replace({digits}, ',', '.')::numeric", doubt
    if all(WITH_POINT.fullmatch(value) for value in values):
        return f"regexp_replace({expression}, '[^0-9.-]', '', 'g')::numeric", doubt
    return None


def _such_as(values: list[str]) -> str:
    """The first values, to be read in a comment; nothing where there are none."""
    shown = ["“" + " ".join(value.split())[:30] + "”" for value in values[:3]]
    return f", such as {', '.join(shown)}" if shown else ""
