"""What customers are asked for besides words and filters: the meaning of a mark of a chart, as an address has it.

    /customers?recency_score=5&frequency_score=4          a cell of the heat map
    /customers?first_order_month=2026-03&order_month=2026-06   a cohort, three months on

A month may be a range with open ends: `2026-01..2026-03`, `..2026-02`, `..` (any).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from c360_dash import metrics
from c360_dash.filters import LONGEST_VALUE, UNKNOWN, FilterError

MOST_ORDERS = 10**9
LAST_YEAR = 9998
LARGEST_BUILD = 10**18


@dataclass(frozen=True, slots=True)
class Months:
    """The months from the first days `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None

    @property
    def before(self) -> date | None:
        """The first day after the last month."""
        return self.last and (self.last + timedelta(days=31)).replace(day=1)

    def __str__(self) -> str:
        if self.first and self.first == self.last:
            return f"{self.first:%Y-%m}"
        return "..".join(f"{day:%Y-%m}" if day else "" for day in (self.first, self.last))


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions that a customer meets all of; None asks nothing.

    The segments before are those of the build `since`, or of the one published before where it is not said; `unknown`
    are the customers that it does not have.
    """

    recency_score: int | None = None
    frequency_score: int | None = None
    monetary_score: int | None = None
    orders_at_least: int | None = None
    is_active: bool | None = None
    first_order_month: Months | None = None
    order_month: Months | None = None
    category: str | None = None
    brand: str | None = None
    rating: int | None = None
    value_segment_before: str | None = None
    rfm_segment_before: str | None = None
    since: int | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, Iterable[str]]) -> "Conditions":
        """The conditions among the parameters of an address; empty values are not given. Raises FilterError."""
        return cls(**{name: read(name, value) for name, read in READ.items() if (value := _one(name, args))})

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in CONDITION_NAMES)

    @property
    def compares(self) -> bool:
        """Whether an earlier build is needed to answer."""
        return bool(self.value_segment_before or self.rfm_segment_before)

    @property
    def are_of_customer(self) -> bool:
        """Whether the columns of a customer alone tell who meets them."""
        return all(getattr(self, name) is None for name in ELSEWHERE)

    def parameters(self) -> dict[str, str | int | date | None]:
        """The parameters of the fragment customer_marks."""
        plain = {name: getattr(self, name) for name in CONDITION_NAMES if name not in (*MONTH_NAMES, "since")}
        first, ordered = self.first_order_month or Months(), self.order_month or Months()
        return plain | {
            "first_order_from": first.first,
            "first_order_before": first.before,
            "has_ordered": None if self.order_month is None else True,
            "ordered_from": ordered.first,
            "ordered_before": ordered.before,
        }


def _whole(lowest: int, highest: int) -> Callable[[str, str], int]:
    def read(name: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 19 and lowest <= int(text) <= highest):
            raise FilterError(name, f"{name} cannot be “{text}”; it is a whole number from {lowest} to {highest}.")
        return int(text)

    return read


def _among(known: Iterable[str]) -> Callable[[str, str], str]:
    allowed = tuple(known)

    def read(name: str, text: str) -> str:
        if text not in allowed:
            raise FilterError(name, f"{name} cannot be “{text}”; known are {', '.join(allowed)}.")
        return text

    return read


def _truth(name: str, text: str) -> bool:
    return _among(("true", "false"))(name, text) == "true"


def _text(name: str, text: str) -> str:
    if len(text) > LONGEST_VALUE or "\0" in text:
        raise FilterError(name, f"{name} is longer than the {LONGEST_VALUE} characters that a name has.")
    return text


def _months(name: str, text: str) -> Months:
    first, dots, last = text.partition("..")
    try:
        found = Months(*(_first_day(end) if end else None for end in (first, last if dots else first)))
    except ValueError:
        reason = f"{name} cannot be “{text}”; it is a month or a range of them, like 2026-03 or 2026-01..2026-03."
        raise FilterError(name, reason) from None
    if found.first and found.last and found.first > found.last:
        raise FilterError(name, f"{name} cannot be “{text}”: it ends before it begins.")
    return found


def _first_day(month: str) -> date:
    found = date.fromisoformat(f"{month}-01")
    if found.year > LAST_YEAR:
        raise ValueError(month)
    return found


def _one(name: str, args: Mapping[str, Iterable[str]]) -> str | None:
    values = [value for value in args.get(name, ()) if value.strip()]
    if len(values) > 1:
        raise FilterError(name, f"{name} is given {len(values)} times; once is allowed.")
    return values[0] if values else None


def _segments(segments: Iterable[metrics.Segment]) -> Callable[[str, str], str]:
    return _among([*(segment.name for segment in segments), UNKNOWN])


READ: dict[str, Callable[[str, str], Any]] = {
    "recency_score": _whole(1, 5),
    "frequency_score": _whole(1, 5),
    "monetary_score": _whole(1, 5),
    "orders_at_least": _whole(1, MOST_ORDERS),
    "is_active": _truth,
    "first_order_month": _months,
    "order_month": _months,
    "category": _text,
    "brand": _text,
    "rating": _whole(1, 5),
    "value_segment_before": _segments(metrics.VALUE_SEGMENTS),
    "rfm_segment_before": _segments(metrics.RFM_SEGMENTS),
    "since": _whole(1, LARGEST_BUILD),
}
CONDITION_NAMES = tuple(field.name for field in fields(Conditions))
MONTH_NAMES = ("first_order_month", "order_month")
ELSEWHERE = ("order_month", "category", "brand", "rating", "value_segment_before", "rfm_segment_before")
