"""The definitions in sql/metrics.toml as typed objects: label, sentence, formula, format and threshold of each number.

`python -m c360_dash.metrics` prints the table of metrics for the README.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.formats import FORMATS, format_value, plain_number

__all__ = [
    "CHURN_BANDS",
    "COLUMNS",
    "DIMENSIONS",
    "METRICS",
    "PARAMETERS",
    "RFM_SEGMENTS",
    "TERMS",
    "VALUE_SEGMENTS",
    "Column",
    "DefinitionError",
    "Definitions",
    "Dimension",
    "Metric",
    "Parameter",
    "Segment",
    "Term",
    "definitions",
    "format_value",
]

PLACEHOLDER = re.compile(r"\{(\w*)(:%)?\}")
BETTER = ("up", "down")
Entry = TypeVar("Entry")


class DefinitionError(C360Error):
    """sql/metrics.toml contradicts itself; the text names the entry and what is allowed."""


def _filled(definition: str, values: Mapping[str, object]) -> str:
    """The sentence with each `{parameter}` replaced by its value, `{share:%}` in percent; – for what a build lacks."""

    def value_of(found: re.Match[str]) -> str:
        value = values.get(found[1])
        return plain_number(value) if found[2] is None else format_value(value, "percent")

    return PLACEHOLDER.sub(value_of, definition)


@dataclass(frozen=True, slots=True)
class Metric:
    """A number over many customers; `sql` and `n` are expressions over rows of customer_cells.

    `counted` is what `n`, or the number of customers, counts; `stage` the last stage that the number depends on.
    """

    key: str
    label: str
    definition: str
    sql: str
    format: str
    better: str
    stage: str
    n: str | None = None
    counted: str = "customers"
    minimum_n: str | None = None

    def sentence(self, values: Mapping[str, object]) -> str:
        """The definition in words with the parameters of a build in place, such as `build.settings`."""
        return _filled(self.definition, values)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of customer_360."""

    key: str
    label: str
    definition: str
    stage: str
    format: str
    personal: bool = False

    def sentence(self, values: Mapping[str, object]) -> str:
        """The definition in words with the parameters of a build in place, such as `build.settings`."""
        return _filled(self.definition, values)


@dataclass(frozen=True, slots=True)
class Term:
    """A number that stands on a page without being a metric or a column of customer_360."""

    key: str
    label: str
    stage: str
    definition: str
    format: str

    def sentence(self, values: Mapping[str, object]) -> str:
        """The definition in words with the parameters of a build in place, such as `build.settings`."""
        return _filled(self.definition, values)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that an administrator may set; it is frozen in each build."""

    key: str
    label: str
    definition: str
    default: str | int | float
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that every question can be filtered by."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A named group of customers; RFM segments also hold their cells of the R × F grid."""

    name: str
    meaning: str
    recency: tuple[int, ...] = ()
    frequency: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """All of sql/metrics.toml; the mappings keep the order of the file."""

    metrics: dict[str, Metric]
    columns: dict[str, Column]
    terms: dict[str, Term]
    parameters: dict[str, Parameter]
    dimensions: dict[str, Dimension]
    rfm_segments: tuple[Segment, ...]
    value_segments: tuple[Segment, ...]
    churn_bands: tuple[Segment, ...]


@cache
def definitions(path: Path) -> Definitions:
    """The definitions of a file; raises DefinitionError with the entry and the reason when they contradict."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    found = Definitions(
        metrics=_entries(Metric, document, "metrics"),
        columns=_entries(Column, document, "columns"),
        terms=_entries(Term, document, "terms"),
        parameters=_entries(Parameter, document, "parameters"),
        dimensions=_entries(Dimension, document, "dimensions"),
        rfm_segments=_segments(document, "rfm_segments"),
        value_segments=_segments(document, "value_segments"),
        churn_bands=_segments(document, "churn_bands"),
    )
    _refuse_contradictions(found)
    return found


def _entries(kind: type[Entry], document: Mapping[str, Any], section: str) -> dict[str, Entry]:
    return {
        key: _entry(
            kind,
            f"[{section}.{key}]",
            {"key": key, "label": _default_label(key)} | table,
        )
        for key, table in document.get(section, {}).items()
    }


def _segments(document: Mapping[str, Any], section: str) -> tuple[Segment, ...]:
    return tuple(_entry(Segment, f"[[{section}]]", table) for table in document.get(section, []))


def _entry(kind: type[Entry], place: str, table: Mapping[str, Any]) -> Entry:
    known = {field.name: field.default is MISSING for field in fields(kind)}  # type: ignore[arg-type]
    missing = [name for name, needed in known.items() if needed and name not in table]
    if missing:
        raise DefinitionError(f"{place} lacks {', '.join(missing)}.")
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise DefinitionError(f"{place} has {', '.join(unknown)}; known are {', '.join(known)}.")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in table.items()})


def _default_label(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _refuse_contradictions(found: Definitions) -> None:
    numbers: list[tuple[str, Metric | Column | Term]] = [
        *((f"[metrics.{key}]", metric) for key, metric in found.metrics.items()),
        *((f"[columns.{key}]", column) for key, column in found.columns.items()),
        *((f"[terms.{key}]", term) for key, term in found.terms.items()),
    ]
    for place, number in numbers:
        _refuse_unless(number.format in FORMATS, f"{place} has format {number.format!r}", FORMATS)
        for name, _ in PLACEHOLDER.findall(number.definition):
            _refuse_unless(
                name in found.parameters,
                f"{place} names the parameter {name!r}",
                found.parameters,
            )
    _refuse_repeated_labels(numbers)
    for key, metric in found.metrics.items():
        _refuse_unless(
            metric.better in BETTER,
            f"[metrics.{key}] has better = {metric.better!r}",
            BETTER,
        )
        if metric.minimum_n is not None:
            place = f"[metrics.{key}] has minimum_n = {metric.minimum_n!r}"
            _refuse_unless(metric.minimum_n in found.parameters, place, found.parameters)
            _refuse_unless(
                metric.n is not None,
                f"[metrics.{key}] has minimum_n without n",
                ["n and minimum_n"],
            )


def _refuse_unless(allowed: bool, problem: str, known: Iterable[str]) -> None:
    if not allowed:
        raise DefinitionError(f"{problem}; known are {', '.join(known)}.")


def _refuse_repeated_labels(numbers: Iterable[tuple[str, Metric | Column | Term]]) -> None:
    places: dict[str, str] = {}
    for place, number in numbers:
        first = places.setdefault(number.label, place)
        if first != place:
            raise DefinitionError(f"{first} and {place} share the label {number.label!r}; give one of them another.")


METRICS: dict[str, Metric]
COLUMNS: dict[str, Column]
TERMS: dict[str, Term]
PARAMETERS: dict[str, Parameter]
DIMENSIONS: dict[str, Dimension]
RFM_SEGMENTS: tuple[Segment, ...]
VALUE_SEGMENTS: tuple[Segment, ...]
CHURN_BANDS: tuple[Segment, ...]


def __getattr__(name: str) -> object:
    """The constants above, read when first asked for, so that importing this module reads no file."""
    if name.isupper() and name.lower() in Definitions.__slots__:
        globals()[name] = getattr(definitions(Settings().sql_dir / "metrics.toml"), name.lower())
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def readme_table(found: Definitions) -> str:
    """The metrics as a Markdown table: label, and the definition with the default parameters."""
    defaults = {key: parameter.default for key, parameter in found.parameters.items()}
    rows = [f"| {metric.label} | {metric.sentence(defaults)} |" for metric in found.metrics.values()]
    return "\n".join(["| Metric | Definition |", "| --- | --- |", *rows])


if __name__ == "__main__":
    print(readme_table(definitions(Settings().sql_dir / "metrics.toml")))  # noqa: T201
