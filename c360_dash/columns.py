"""The columns of answers and files: label, format, unit, what they mean, and their type in JSON.

Everything is derived from sql/metrics.toml and the headings of charts; the document of the API (openapi.py) and the
sheet About of a workbook (exports) say the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from c360_dash import charts, metrics
from c360_dash.glossary import UNITS

FRACTIONAL = ("units",)
"""Columns in the format of a count that may have decimals: some shops sell by weight."""

TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
WHOLE = {"type": ["integer", "null"]}
DAY = TEXT | {"format": "date"}
TYPES: Mapping[str, Mapping[str, Any]] = {
    "count": WHOLE,
    "money": NUMBER,
    "percent": NUMBER,
    "decimal": NUMBER,
    "score": NUMBER,
    "days": NUMBER,
    "date": DAY,
    "month": DAY,
    "datetime": TEXT | {"format": "date-time"},
    "boolean": {"type": ["boolean", "null"]},
    "text": TEXT,
}
WORDS = UNITS | {"month": "First day of the month", "percent": "Share, 0–1", "money": "In the currency of the build"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name it has in the API, the label of pages, a format word, and a sentence (often empty)."""

    name: str
    label: str
    format: str
    definition: str

    @property
    def unit(self) -> str:
        """What the values are, in words."""
        return WORDS[self.format]

    def schema(self) -> dict[str, Any]:
        """The values as JSON Schema."""
        kind = NUMBER if self.name in FRACTIONAL else TYPES[self.format]
        words = [f"{self.label}.", self.definition, f"({self.unit})" if self.format != "text" else ""]
        return {**kind, "description": " ".join(filter(None, words))}


def of_answer(names: Iterable[str], settings: Mapping[str, object]) -> list[Column]:
    """The columns of the answer to a question."""
    return [_of_answer(name, settings) for name in names]


def of_customers(names: Iterable[str], settings: Mapping[str, object]) -> list[Column]:
    """Columns of customer_360."""
    return [_of_customer(metrics.COLUMNS[name], settings) for name in names]


def of_metrics(settings: Mapping[str, object]) -> list[Column]:
    """The key figures, which are rows of an answer and explained like columns."""
    return [Column(each.key, each.label, each.format, each.sentence(settings)) for each in metrics.METRICS.values()]


def default_settings() -> dict[str, object]:
    """The settings of a build that nobody has changed, for sentences about no build."""
    return {key: parameter.default for key, parameter in metrics.PARAMETERS.items()}


def _of_answer(name: str, settings: Mapping[str, object]) -> Column:
    label, kind = charts.heading(name)
    # What has a heading of its own means another thing in each chart, as net sales do: no one sentence fits.
    defined = metrics.COLUMNS.get(name) or (None if name in charts.HEADINGS else metrics.TERMS.get(name))
    definition = defined.sentence(settings) if defined else ""
    # A page shows the day of a moment; here is the moment.
    return Column(name, label, "datetime" if name.endswith("_at") else kind, definition)


def _of_customer(column: metrics.Column, settings: Mapping[str, object]) -> Column:
    return Column(column.key, column.label, column.format, column.sentence(settings))
