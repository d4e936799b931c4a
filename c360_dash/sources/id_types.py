"""Ids keep the shop's own type (text, bigint or uuid), the same for the same id in every relation."""

from psycopg2 import sql

from c360_dash.sources.contract import Relation
from c360_dash.sources.errors import SourceError
from c360_dash.sources.mapping import Mapping
from c360_dash.sources.queries import MappedQuery
from c360_dash.sources.statements import Statements, name

WIDENED = {
    "text": "text",
    "character varying": "text",
    "character": "text",
    "smallint": "bigint",
    "integer": "bigint",
    "bigint": "bigint",
    "uuid": "uuid",
}


def align(run: Statements, mapping: Mapping, queries: list[MappedQuery], contract: dict[str, Relation]) -> None:
    """Give each id column of the source the type that the mapping gives it. Raises SourceError when it cannot."""
    change(run, mapping, wanted_types(mapping, queries), contract)


def change(run: Statements, mapping: Mapping, wanted: dict[str, str], contract: dict[str, Relation]) -> None:
    """Give id columns of empty tables these types. Raises SourceError where there are rows, or views."""
    changes = [
        (relation, column, wanted[column])
        for relation in contract.values()
        for column, kind in run.rows("columns_of", {"table": f"source.{relation.name}"})
        if column in relation.ids and column in wanted and kind != wanted[column]
    ]
    for relation, column, kind in changes:
        if run.value("kind_of", {"relation": relation.name}) != "r" or run.value(
            "is_filled", table=name("source", relation.name)
        ):
            raise SourceError(
                f"the mapping gives {column} as {kind}, but source.{relation.name} holds it in another type; "
                "cast it in the mapping, or load with --replace to empty the source first",
                mapping.file,
            )
    if changes:
        # The input views stand on these columns; the next rebuild installs them anew.
        run.run("drop_input_views")
    for relation, column, kind in changes:
        run.run("change_type", table=name("source", relation.name), column=name(column), type=sql.SQL(kind))


def wanted_types(mapping: Mapping, queries: list[MappedQuery]) -> dict[str, str]:
    """The type of each id that the selects give. Raises SourceError when two of them do not agree."""
    wanted: dict[str, tuple[str, str]] = {}
    for query in queries:
        for column, kind in query.types.items():
            if not column.endswith("_id"):
                continue
            widened = WIDENED.get(kind)
            if widened is None:
                raise SourceError(
                    f"relation {query.relation}: {column} is {kind}; an id is text, bigint or uuid, so cast it",
                    mapping.file,
                    query.query.line,
                )
            first, relation = wanted.setdefault(column, (widened, query.relation))
            if first != widened:
                raise SourceError(
                    f"{column} is {first} in relation {relation}, but {widened} in {query.relation}; "
                    "cast it so that it is the same in both",
                    mapping.file,
                    query.query.line,
                )
    return {column: kind for column, (kind, _) in wanted.items()}
