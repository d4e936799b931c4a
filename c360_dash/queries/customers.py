"""The customers: found by words and filters, sorted by a column of metrics.toml, in pages.

What is found passes `seen`, and whoever may not see personal data finds people by their id alone.
Where nobody is found, the words may have typing errors (typing_errors.py).

A page comes from where it is near. Of few cells, customers are found by an index (`page_of_few`, `page_of_best`). Else
all are looked through in the narrow table that has the column of the order: by filters alone (`page_of_list`), or by
conditions too where that table has what they look at (`page_of_marked`). Words may find few (`page_of_words`); else
they, as other conditions, are asked of those who come first in the order (`page_of_first`), before all are looked at
(`page_of_worded`). What is left looks through customer_360 itself: `page`, `page_from_end`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

from c360_dash import db, metrics, privacy
from c360_dash.conditions import Conditions
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.queries import counting, typing_errors
from c360_dash.queries.seeing import Customer, hidden_columns, personal_columns, seen
from c360_dash.queries.segmentation import earlier_build

__all__ = ["DEFAULT_COLUMNS", "Asked", "Customer", "Page", "hidden_columns", "page", "personal_columns", "seen"]

PARAMETERS = ("q", "sort", "page", "page_size", "columns")
MARKED = "customer_list"
"""The narrow table with the columns that conditions look at."""

PAGE_SIZE = 50
MOST_ROWS = 1_000
LONGEST_SEARCH = 200
MOST_PAGES = 10**9
MOST_FOUND = 10_000
"""How far customers found by words are counted: further than anybody turns pages."""

FEW = 10_000
"""So many customers are found first and then sorted."""

NEAR = 500
"""Up to this place the best customers of each cell are nearer than all customers of the filters."""

FIRST = 2_500
"""So many customers of an order are asked for words and conditions, before all are looked through."""

WITHOUT_LIST = {
    "page_of_list": "page", "page_of_marked": "page", "page_of_first": "page",
    "page_of_worded": "page", "page_of_list_from_end": "page_from_end", "found_in_list": "found",
}  # fmt: skip
"""What else answers a question about the narrow tables."""

ALL_COLUMNS = "all"
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
    conditions: Conditions = field(default_factory=Conditions)

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
            conditions=Conditions.from_args(args),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Customers of one page, how many are found, and how many there are.

    `instead`: the words that they were found by, where nobody was found by those that were asked. `is_exact`: no more
    are found; words that find many are counted as far as anybody turns pages (MOST_FOUND).
    """

    rows: list[Customer]
    found: int
    all: int
    instead: str | None = None
    is_exact: bool = True


def page(build: Build, asked: Asked) -> Page:
    """The page that is asked for; empty beyond the last."""
    found = _page(build, asked)
    if not found.found and asked.words and (instead := typing_errors.corrected(build, asked.words)):
        corrected = _page(build, replace(asked, words=instead))
        return replace(corrected, instead=instead) if corrected.found else found
    return found


def everybody(build: Build, asked: Asked) -> Iterator[list[Customer]]:
    """All who are found, whatever the page: id, name and the columns asked for, as Python values; streamed."""
    name, earlier, parameters = _question("everybody", build, asked, db.by(asked.sort))
    for rows in db.stream(name, build, shown(asked), earlier, **parameters):
        yield [seen(row) for row in rows]


def shown(asked: Asked) -> tuple[str, ...]:
    """Id, first and last name, and the columns asked for."""
    return tuple(dict.fromkeys(("customer_id", "first_name", "last_name", *asked.columns)))


def counted(build: Build, filters: Filters) -> tuple[int, int]:
    """How many customers the filters leave, and how many there are."""
    return counting.of_filters(build, filters), counting.of_filters(build, Filters())


def _page(build: Build, asked: Asked) -> Page:
    everyone, start = counting.of_filters(build, Filters()), (asked.page - 1) * asked.page_size
    if asked.words and not _are_few(build, asked.filters):
        found, rows = _by_words(build, asked, start)
        if found > MOST_FOUND:
            return Page(_rows(build, asked, start, MOST_FOUND), MOST_FOUND, everyone, is_exact=False)
        return Page(rows, found, everyone)
    found = _found(build, asked)
    return Page(_rows(build, asked, start, found), found, everyone)


def _by_words(build: Build, asked: Asked, start: int) -> tuple[int, list[Customer]]:
    """How many are found, one more than MOST_FOUND where there are more, and the page of these."""
    limits = {"most": MOST_FOUND + 1, "row_limit": asked.page_size, "row_offset": start}
    try:
        rows = _answered("page_of_words", build, asked, db.by(asked.sort), **limits)
    except db.NoBuild:  # An earlier version may have made the build, with other words.
        found = int(_answered("found", build, asked)[0]["customers"])
        return found, _rows(build, asked, start, found)
    return rows[0]["found"], [_customer(row) for row in rows if row["customer_id"] is not None]


def _rows(build: Build, asked: Asked, start: int, found: int) -> list[Customer]:
    """The page, on the shortest way to it."""
    if start >= found:
        return []
    size = min(asked.page_size, found - start)
    way, limits = _way(build, asked, start, size, found)
    rows = _answered(way, build, asked, "" if way == "page_of_best" else db.by(asked.sort), **limits)
    if way == "page_of_first" and len(rows) < size:
        rows = _answered(_looking_through(asked), build, asked, db.by(asked.sort), row_limit=size, row_offset=start)
    return [_customer(row) for row in (reversed(rows) if way.endswith("from_end") else rows)]


def _way(build: Build, asked: Asked, start: int, size: int, found: int) -> tuple[str, dict[str, int]]:
    """Which question finds the page, and from where to where (customers.sql)."""
    limits = {"row_limit": size, "row_offset": start}
    only_filters = asked.filters.chosen and asked.words is None and not asked.conditions
    if only_filters and asked.sort == DEFAULT_SORT and start + size <= NEAR:
        return "page_of_best", {"row_limit": start + size, "row_offset": start}
    if _are_few(build, asked.filters) or (asked.conditions and not asked.words and found <= FEW):
        return "page_of_few", limits
    if _is_asked_of_first(asked) and start + size <= NEAR:
        return "page_of_first", limits | {"most": FIRST}
    # To skip rows, the database has to read them: a late page is asked from the other end.
    way, after = _looking_through(asked), found - start - size
    if asked.words or start <= after:
        return way, limits
    return "page_of_list_from_end" if way == "page_of_list" else "page_from_end", limits | {"row_offset": after}


def _is_asked_of_first(asked: Asked) -> bool:
    """Whether an index has the order, or what is asked lies in other tables than the narrow one that has it."""
    table, has_index = _list_of(asked), asked.sort in db.INDEXED
    if table is None or asked.words:
        return table is not None and not has_index
    if has_index:
        return asked.filters.chosen or bool(asked.conditions)
    return bool(asked.conditions) and not (asked.conditions.are_of_customer and table == MARKED)


def _looking_through(asked: Asked) -> str:
    """The question that looks at all customers of the filters, in a narrow table if one has the order and the rest."""
    is_plain = not (asked.filters.chosen or asked.conditions)
    table = _list_of(asked)
    if table is None or (is_plain and asked.sort in db.INDEXED):
        return "page"
    if not asked.conditions:
        return "page_of_worded" if asked.words else "page_of_list"
    return "page" if table != MARKED or asked.words else "page_of_marked"


def _list_of(asked: Asked) -> str | None:
    """The narrow table with the column that is sorted by; all have but the id, in whose order an index leads."""
    return db.list_of(asked.sort.removeprefix("-"))


def _customer(row: Mapping[str, Any]) -> Customer:
    return seen(row["customer"] | {"customer_id": row["customer_id"]})


def _found(build: Build, asked: Asked) -> int:
    if asked.words is None and not asked.conditions:
        return counting.of_filters(build, asked.filters)
    if asked.words is None:
        earlier = _earlier(build, asked.conditions)
        if (known := counting.of_conditions(build, asked.filters, asked.conditions, earlier)) is not None:
            return known
    is_many = asked.words is None and not _are_few(build, asked.filters)
    return int(_answered("found_in_list" if is_many else "found", build, asked)[0]["customers"])


def _are_few(build: Build, filters: Filters) -> bool:
    """Whether so few have what the filters ask for that they are found before anything else is looked at."""
    return filters.chosen and counting.of_filters(build, filters) <= FEW


def _answered(question: str, build: Build, asked: Asked, variant: str = "", **limits: int) -> list[dict[str, Any]]:
    name, earlier, parameters = _question(question, build, asked, variant)
    try:
        return db.read_records_since(name, build, earlier, **parameters, **limits)
    except db.NoBuild:
        if question not in WITHOUT_LIST:
            raise  # Else an earlier version may have made the build, without the narrow table.
        return _answered(WITHOUT_LIST[question], build, asked, variant, **limits)


def _question(question: str, build: Build, asked: Asked, variant: str = "") -> tuple[str, Build, dict[str, Any]]:
    """The question, the build that its conditions compare with (itself where they do not), and its parameters."""
    name = f"customers.{question}{variant}"
    known = db.parameters_of(name)
    cells = {"cells": counting.cells(build, asked.filters)} if "cells" in known else {}
    words = {"words": asked.words, "in_personal_data": privacy.sees_personal_data()}
    given = cells | counting.dimensions(asked.filters) | words | asked.conditions.parameters()
    return name, _earlier(build, asked.conditions), {key: value for key, value in given.items() if key in known}


def _earlier(build: Build, conditions: Conditions) -> Build:
    """The build whose segments are those before, or the same one where none are asked for; raises FilterError."""
    found = earlier_build(build, conditions.since) if conditions.compares else build
    if found is None:
        raise FilterError("since", f"Build {build.id} has no build before it whose customers have such ids.")
    return found


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
    chosen = set(metrics.COLUMNS) if names == [ALL_COLUMNS] and parameter == "columns" else set(names)
    unknown = sorted(chosen - metrics.COLUMNS.keys())
    if unknown:
        known = ", ".join(metrics.COLUMNS)
        raise FilterError(parameter, f"{parameter} cannot be “{', '.join(unknown)}”; known are {known}.")
    return tuple(name for name in metrics.COLUMNS if name in chosen)


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= most):
        raise FilterError(name, f"{name} cannot be “{text}”; it is a whole number from 1 to {most}.")
    return int(text)
