"""Columns of a select as the contract wants them, in a view that anybody may ask in any time zone.

Only what PostgreSQL itself would convert when it stores a value is converted; a moment without a time zone is one of
the shop's. Whole numbers stay what they are where all relations agree, so that an index on them is of use.
"""

import re

from psycopg2 import sql

from c360_dash.sources.checking import DATE_TYPES, MOMENT, NUMBERS, TEXT, WHOLE
from c360_dash.sources.contract import Relation
from c360_dash.sources.errors import SourceError
from c360_dash.sources.mapping import Query
from c360_dash.sources.queries import MappedQuery
from c360_dash.sources.statements import name

WAYS = {
    ("timestamptz", "timestamp without time zone"): "{column} at time zone {timezone}",
    ("timestamptz", "date"): "{column}::timestamp at time zone {timezone}",
    ("date", "timestamp without time zone"): "{column}::date",
    ("date", MOMENT): "({column} at time zone {timezone})::date",
}
HINTS = {"money": "::numeric", "timestamptz": "::timestamp", "date": "::date", "boolean": " <> 0"}


def columns(mapped: MappedQuery, relation: Relation, ids: dict[str, str], timezone: str) -> sql.Composable:
    """All columns of the relation, those that the select does not give as nulls.

    Raises SourceError with the line of a column whose type PostgreSQL would not convert by itself.
    """
    parts = []
    for column, kind in relation.columns.items():
        wanted = ids.get(column, "text") if column in relation.ids else kind
        given = mapped.types.get(column)
        way = "null::{wanted}" if given is None else _way(wanted, given)
        if way is None:
            raise _refused(mapped, column, str(given), wanted)
        expression = sql.SQL(way).format(
            column=name("mapped", column), timezone=sql.Literal(timezone), wanted=sql.SQL(wanted)
        )
        parts.append(sql.SQL("{} as {}").format(expression, name(column)))
    return sql.SQL(", ").join(parts)


def narrow_ids(wanted: dict[str, str], queries: list[MappedQuery]) -> dict[str, str]:
    """The types of ids, with a smaller whole number than bigint where every select gives the same one."""
    given = {
        column: {query.types[column] for query in queries if column in query.types}
        for column, kind in wanted.items()
        if kind == "bigint"
    }
    return wanted | {column: next(iter(kinds)) for column, kinds in given.items() if len(kinds) == 1}


def line_of(query: Query, column: str) -> int:
    """The mapping's line that gives the column: the last that names it after `as`, else that names it at all."""
    lines = query.sql.splitlines()
    for pattern in (rf"\bas\s+{column}\b", rf"\b{column}\b"):
        found = [number for number, line in enumerate(lines) if re.search(pattern, line.partition("--")[0])]
        if found:
            return query.line + found[-1]
    return query.line


def _way(wanted: str, given: str) -> str | None:
    """How a type becomes another; None where it would not by itself."""
    if given == (MOMENT if wanted == "timestamptz" else wanted):
        return "{column}"
    if wanted == "text" or (wanted in ("numeric", "integer") and given in NUMBERS) or {wanted, given} <= WHOLE:
        return "{column}::{wanted}"
    return WAYS.get((wanted, given))


def _refused(mapped: MappedQuery, column: str, given: str, wanted: str) -> SourceError:
    example = HINTS.get(given) or HINTS.get(wanted) or f"::{wanted}"
    if wanted == "timestamptz" and given in TEXT:
        reason = f"cast it, for example with {example}, which is read in the time zone of the mapping"
    elif given in DATE_TYPES:
        reason = "give another column, or leave it out"
    else:
        reason = f"cast it, for example with {example}"
    return SourceError(
        f"relation {mapped.relation}: column {column} is {given}, and the contract wants {wanted}; {reason}",
        mapped.mapping,
        line_of(mapped.query, column),
    )
