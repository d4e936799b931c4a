"""The customers: found by words and filters, sorted by a column of metrics.toml, in pages.

What is found passes `seen`, and whoever may not see personal data finds people by their id alone.
There is no tolerance of typing errors: the PostgreSQL that comes with the program has no extension for similar words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from c360_dash import db, metrics, privacy
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.queries.seeing import Customer, hidden_columns, personal_columns, seen

__all__ = ["DEFAULT_COLUMNS", "Asked", "Customer", "Page", "hidden_columns", "page", "personal_columns", "seen"]

PARAMETERS = ("q", "sort", "page", "page_size", "columns")
PAGE_SIZE = 50
MOST_ROWS = 1_000
LONGEST_SEARCH = 200
MOST_PAGES = 10**9
DEFAULT_SORT = "-lifetime_value"
DEFAULT_COLUMNS = (
    "country", "value_segment", "rfm_segment", "churn_band", "orders", "last_order_at", "lifetime_value",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the customers. Raises FilterError for what cannot be."""

    words: str | None = None
    sort: str = DEFAULT_SORT
    page: int = 1
    page_size: int = PAGE_SIZE
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    filters: Filters = field(default_factory=Filters)

    def __post_init__(self) -> None:
        if self.sort.removeprefix("-") in hidden_columns():
            raise FilterError("sort", f"sort cannot be “{self.sort}”: your role may not see that column.")

    @classmethod
    def from_query_string(cls, text: str | None) -> "Asked":
        """As of `?q=anna&sort=-orders&page=2&columns=city,orders&country=Italy`."""
        return cls.from_args(parse_qs((text or "").removeprefix("?")))

    @classmethod
    def from_args(cls, args: Mapping[str, Iterable[str]]) -> "Asked":
        """As of the parameters of an address, each with the list of its values; empty ones are not given."""
        given = {name: value for name in PARAMETERS if (value := _one(name, args))}
        return cls(
            words=_words(given.get("q")),
            sort=_sort(given.get("sort", DEFAULT_SORT)),
            page=_number("page", given.get("page", "1"), MOST_PAGES),
            page_size=_number("page_size", given.get("page_size", str(PAGE_SIZE)), MOST_ROWS),
            columns=_columns(given["columns"].split(",")) if "columns" in given else DEFAULT_COLUMNS,
            filters=Filters.from_args(args),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Customers of one page, how many are found, and how many there are."""

    rows: list[Customer]
    found: int
    all: int


def page(build: Build, asked: Asked) -> Page:
    """The page that is asked for; empty beyond the last."""
    found = _found(build, asked)
    start = (asked.page - 1) * asked.page_size
    rows = _rows(build, asked, start) if start < found else []
    return Page(rows, found, _count("customers.counted", build, Filters()))


def _rows(build: Build, asked: Asked, start: int) -> list[Customer]:
    filters = _dimensions(asked.filters)
    name = "customers.page" + db.by(asked.sort)
    limits = {"row_limit": asked.page_size, "row_offset": start}
    rows = db.read_records(name, build, **_words_to_find(asked), **limits, **filters)
    return [seen(row["customer"] | {"customer_id": row["customer_id"]}) for row in rows]


def _found(build: Build, asked: Asked) -> int:
    if asked.words is None:
        return _count("customers.counted", build, asked.filters)
    rows = db.read_records("customers.found", build, **_words_to_find(asked), **_dimensions(asked.filters))
    return int(rows[0]["customers"])


def _words_to_find(asked: Asked) -> dict[str, Any]:
    return {"words": asked.words, "in_personal_data": privacy.sees_personal_data()}


def _count(name: str, build: Build, filters: Filters) -> int:
    return int(db.read_records(name, build, **_dimensions(filters))[0]["customers"])


def _dimensions(filters: Filters) -> dict[str, Any]:
    return {name: value for name, value in filters.parameters().items() if name in metrics.DIMENSIONS}


def _one(name: str, args: Mapping[str, Iterable[str]]) -> str | None:
    values = list(args.get(name, ()))
    if len(values) > 1:
        raise FilterError(name, f"{name} is given {len(values)} times; once is allowed.")
    return values[0] if values and values[0].strip() else None


def _words(text: str | None) -> str | None:
    if text is not None and (len(text) > LONGEST_SEARCH or "\0" in text):
        raise FilterError("q", f"q is longer than the {LONGEST_SEARCH} characters that are looked for.")
    return " ".join(text.split()) if text else None


def _sort(text: str) -> str:
    _columns([text.removeprefix("-")], "sort")
    return text


def _columns(names: Iterable[str], parameter: str = "columns") -> tuple[str, ...]:
    """In the order of metrics.toml; the id always stands first on a page and needs no mention."""
    chosen = set(names)
    unknown = sorted(chosen - metrics.COLUMNS.keys())
    if unknown:
        known = ", ".join(metrics.COLUMNS)
        raise FilterError(parameter, f"{parameter} cannot be “{', '.join(unknown)}”; known are {known}.")
    return tuple(name for name in metrics.COLUMNS if name in chosen)


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= most):
        raise FilterError(name, f"{name} cannot be “{text}”; it is a whole number from 1 to {most}.")
    return int(text)
