"""What a page or an answer is about: chosen values of the five dimensions and a range of dates, as in its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import parse_qs, urlencode

from c360_dash import metrics
from c360_dash.errors import C360Error
from c360_dash.metrics import Segment

UNKNOWN = "unknown"
"""How a filter names the customers that have no value in a dimension."""

LONGEST_VALUE = 200
MOST_VALUES = 300


class FilterError(C360Error):
    """A filter that cannot be understood; the text names it, the value and what is allowed."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


@dataclass(frozen=True, slots=True)
class Filters:
    """The customers a question is about: nothing chosen means all, several values of a dimension mean any of them.

    Equal choices are equal objects, whatever their order. Raises FilterError for values that no build can have;
    `queries.refuse_unknown_values` also refuses those that a certain build does not have. The dates, both inclusive
    and in whole months, concern questions over time only: everything else is about the as-of moment of the build.
    """

    value_segment: tuple[str, ...] = ()
    rfm_segment: tuple[str, ...] = ()
    churn_band: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    acquisition_channel: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None

    def __post_init__(self) -> None:
        for name in DIMENSION_NAMES:
            values = tuple(sorted(set(getattr(self, name))))
            _refuse(name, values)
            object.__setattr__(self, name, values)
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise FilterError("date_from", f"date_from {self.date_from} lies after date_to {self.date_to}.")

    @classmethod
    def from_args(cls, args: Mapping[str, Iterable[str]]) -> "Filters":
        """The filters among the parameters of an address, each with the list of its values; other names are left.

        Empty values count as not given. Raises FilterError.
        """
        given = {name: [value for value in args.get(name, ()) if value.strip()] for name in FILTER_NAMES}
        chosen = {name: tuple(given[name]) for name in DIMENSION_NAMES}
        return cls(**chosen, date_from=_day("date_from", given), date_to=_day("date_to", given))

    @classmethod
    def from_query_string(cls, text: str | None) -> "Filters":
        """The filters of `?value_segment=High&value_segment=Low&date_from=2026-01-01`; raises FilterError."""
        return cls.from_args(parse_qs((text or "").removeprefix("?")))

    @property
    def chosen(self) -> bool:
        """Whether anything but dates is chosen."""
        return any(getattr(self, name) for name in DIMENSION_NAMES)

    def to_query_string(self) -> str:
        """The address of these filters, without a question mark; empty when nothing is chosen."""
        pairs = [(name, value) for name in DIMENSION_NAMES for value in getattr(self, name)]
        dates = [(name, day.isoformat()) for name in DATE_NAMES if (day := getattr(self, name)) is not None]
        return urlencode(pairs + dates)

    def parameters(self) -> dict[str, list[str] | date | None]:
        """The filters as the parameters of a question: a list or None for each dimension, a date or None."""
        chosen: dict[str, list[str] | date | None] = {
            name: list(getattr(self, name)) or None for name in DIMENSION_NAMES
        }
        return chosen | {"date_from": self.date_from, "date_to": self.date_to}

    def in_words(self) -> list[str]:
        """What is chosen: `Country: Germany, Italy`."""
        chosen = [(metrics.DIMENSIONS[name].label, getattr(self, name)) for name in DIMENSION_NAMES]
        days = [("From", self.date_from), ("To", self.date_to)]
        return [f"{label}: {', '.join(values)}" for label, values in chosen if values] + [
            f"{label}: {day.isoformat()}" for label, day in days if day
        ]


FILTER_NAMES = tuple(field.name for field in fields(Filters))
DATE_NAMES = ("date_from", "date_to")
DIMENSION_NAMES = tuple(name for name in FILTER_NAMES if name not in DATE_NAMES)


def whole_number(name: str, value: str | None) -> int | None:
    """The number that a parameter of an address gives, None where it is not given; raises FilterError."""
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise FilterError(name, f"{name} cannot be “{value}”; it is a whole number.")
    return int(value)


def _refuse(name: str, values: tuple[str, ...]) -> None:
    if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE or "\0" in value for value in values):
        raise FilterError(name, f"{name} has more or longer values than anybody chooses.")
    segments = vocabulary(name)
    known = [segment.name for segment in segments] + [UNKNOWN]
    for value in values:
        if segments and value not in known:
            raise FilterError(name, f"{name} cannot be “{value}”; known are {', '.join(known)}.")


def vocabulary(name: str) -> tuple[Segment, ...]:
    """The values that metrics.toml defines; none for what the shop's own data decides."""
    defined = {
        "value_segment": metrics.VALUE_SEGMENTS,
        "rfm_segment": metrics.RFM_SEGMENTS,
        "churn_band": metrics.CHURN_BANDS,
    }
    return defined.get(name, ())


def _day(name: str, given: Mapping[str, list[str]]) -> date | None:
    if not given[name]:
        return None
    try:
        (value,) = given[name]
        return date.fromisoformat(value)
    except ValueError:
        shown = ", ".join(given[name])
        raise FilterError(name, f"{name} cannot be “{shown}”; it is one day, like 2026-11-22.") from None
