"""The tables of a database with their columns, keys and references, as PostgreSQL's own catalogue has them.

Where no foreign key is declared, a column named as another table's key is taken for a reference to it, and says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import psycopg2
from psycopg2 import sql

from c360_dash.sources.connecting.naming import column_forms, forms, prefixes_of, table_forms, words
from c360_dash.sources.errors import SourceError
from c360_dash.sources.statements import Statements, name

FAMILIES = {
    "smallint": "number",
    "integer": "number",
    "bigint": "number",
    "numeric": "number",
    "character varying": "text",
    "character": "text",
}
KEY_WORDS = ("id", "no", "key", "code", "uuid", "")
DEPTH = 3


@dataclass(frozen=True)
class Column:
    """A column: `kind` is the name of its type, that of what a domain stands on, or enum."""

    name: str
    quoted: str
    kind: str
    forms: frozenset[str]


@dataclass(frozen=True)
class Link:
    """A reference of columns of one table to a key of another."""

    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    is_declared: bool


@dataclass(frozen=True)
class Table:
    """A table or view. `path` is its quoted name with schema; `rows` an estimate, None where nobody has counted."""

    name: str
    path: str
    quoted: str
    rows: int | None
    is_view: bool
    is_readable: bool
    forms: frozenset[str]
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its primary key, or of its best other one; empty without any."""
        return self.keys[0] if self.keys else ()

    def column(self, wanted: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == wanted)


class Catalogue:
    """Tables by their path, and the ways that references lead."""

    def __init__(self, tables: list[Table]) -> None:
        self.tables = {table.path: table for table in tables}

    def target(self, link: Link) -> Table:
        """The table that a reference leads to."""
        return self.tables[link.target]

    def paths(self, start: Table, may_pass: Callable[[Table], bool], depth: int = DEPTH) -> Iterator[tuple[Link, ...]]:
        """The ways from a table along references, the shortest first; each table is reached once."""
        seen = {start.path}
        ways: list[tuple[tuple[Link, ...], Table]] = [((), start)]
        for way, table in ways:
            for link in table.links if len(way) < depth else ():
                target = self.target(link)
                if target.path not in seen and may_pass(target):
                    seen.add(target.path)
                    ways.append(((*way, link), target))
                    yield (*way, link)

    def way(self, start: Table, end: Table, depth: int = DEPTH) -> tuple[Link, ...] | None:
        """The shortest way between two tables, None where there is none."""
        found = (path for path in self.paths(start, lambda _: True, depth) if path[-1].target == end.path)
        return next(found, None)


class Samples:
    """Values of a column, a few of its first rows; none where it must not be read."""

    def __init__(self, run: Statements) -> None:
        self._run = run
        self._known: dict[tuple[str, str], list[str]] = {}

    def of(self, table: Table, column: Column) -> list[str]:
        """At most fifty different values, as text."""
        place = (table.path, column.name)
        if place not in self._known:
            try:
                found = self._run.rows("sample", table=sql.SQL(table.path), column=name(column.name))
            except psycopg2.errors.InsufficientPrivilege:
                found = []
            self._known[place] = [value for (value,) in found]
        return self._known[place]


def read(run: Statements, schemas: tuple[str, ...]) -> Catalogue:
    """The tables of these schemas, or of all that are not ours. Raises SourceError where there are none."""
    known = [schema for (schema,) in run.rows("schemas")]
    unknown = [schema for schema in schemas if schema not in known]
    if unknown:
        raise SourceError(f"there is no schema {', '.join(unknown)}; the database has {', '.join(known)}")
    found = run.rows("tables", {"schemas": list(schemas or known)})
    if not found:
        raise SourceError(f"no table in {', '.join(schemas or known)}; does C360_DATABASE_URL name the database?")
    ids = [row[0] for row in found]
    parts = [_by_table(run.rows(each, {"tables": ids})) for each in ("columns_of_tables", "keys_of_tables")]
    paths = {row[0]: row[3] for row in found}
    links = _by_table(run.rows("references_of_tables", {"tables": ids}))
    prefixes = prefixes_of([row[2] for row in found])
    tables = [
        replace(table, forms=table_forms(table.name, prefixes))
        for row in found
        for table in [_table(row, parts[0].get(row[0], []), parts[1].get(row[0], []), links, paths)]
    ]
    return Catalogue([_with_guessed_links(table, tables) for table in _without_views(tables)])


def _by_table(rows: list[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by their first column, by which they are sorted."""
    return {table: [row[1:] for row in found] for table, found in groupby(rows, lambda row: row[0])}


def _table(
    row: tuple[Any, ...],
    columns: list[tuple[Any, ...]],
    keys: list[tuple[Any, ...]],
    links: dict[int, list[tuple[Any, ...]]],
    paths: dict[int, str],
) -> Table:
    table_id, _, table, path, quoted, is_view, rows, is_readable = row
    return Table(
        table,
        path,
        quoted,
        rows,
        is_view,
        is_readable,
        table_forms(table),
        tuple(Column(column, shown, kind, column_forms(column, table)) for column, shown, kind in columns),
        tuple(tuple(key) for (key,) in keys),
        tuple(
            Link(path, tuple(own), paths[target], tuple(theirs), True)
            for own, target, theirs in links.get(table_id, [])
            if target in paths and target != table_id
        ),
    )


def _without_views(tables: list[Table]) -> list[Table]:
    """Views mostly repeat tables; where there is nothing else, they are what there is, and a first id is their key."""
    plain = [table for table in tables if not table.is_view]
    return plain or [replace(table, keys=((table.columns[0].name,),)) for table in tables if table.columns]


def _with_guessed_links(table: Table, tables: list[Table]) -> Table:
    linked = {link.columns for link in table.links}
    found = [
        Link(table.path, (column.name,), target.path, target.key, False)
        for column in table.columns
        if (column.name,) not in linked and (column.name,) != table.key
        for target in _named_by(column, table, tables)
    ]
    return replace(table, links=(*table.links, *found))


def _named_by(column: Column, table: Table, tables: list[Table]) -> list[Table]:
    """The one other table whose key a column is named after; its own name counts more than that of its key."""
    others = [other for other in tables if other.path != table.path and _is_like_key(column, other)]
    own = forms(words(column.name))
    by_table = [other for other in others if any(form + end in own for form in other.forms for end in KEY_WORDS)]
    by_key = [other for other in others if _is_long_id(column.name) and own == forms(words(other.key[0]))]
    return next((found for found in (by_table, by_key) if len(found) == 1), [])


def _is_like_key(column: Column, target: Table) -> bool:
    """Whether a table has a key of one column, of a type that can be compared with this column's."""
    if len(target.key) != 1:
        return False
    kind = target.column(target.key[0]).kind
    return FAMILIES.get(column.kind, column.kind) == FAMILIES.get(kind, kind)


def _is_long_id(column: str) -> bool:
    found = words(column)
    return len(found) > 1 and bool({found[0], found[-1]} & {"id", "no", "key", "code"})
