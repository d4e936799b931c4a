"""The selects of a mapping, described by the database: which columns of which type each gives."""

import re
from dataclasses import dataclass

import psycopg2
from psycopg2 import sql

from c360_dash.sources.contract import Relation
from c360_dash.sources.errors import SourceError
from c360_dash.sources.mapping import Mapping, Query
from c360_dash.sources.statements import Statements

COMMENT = re.compile(r"--[^\n]*")
COPY = re.compile(r"\s*select\s+(\*|[\w\s,]+?)\s+from\s+c360_raw\.(\w+)\s*", re.IGNORECASE)
DENIED = "42501"


@dataclass(frozen=True)
class MappedQuery:
    """One relation's select with the types of its columns."""

    relation: str
    query: Query
    mapping: str
    types: dict[str, str]
    only_reader: bool

    @property
    def sql(self) -> sql.SQL:
        """The select as it stands in the mapping."""
        return sql.SQL(self.query.sql.replace("{", "{{").replace("}", "}}"))

    def is_copy_of(self, table: str, columns: dict[str, str], wanted: dict[str, str]) -> bool:
        """Whether it gives exactly the columns of a raw table, in types that need no change, and alone reads it."""
        match = COPY.fullmatch(COMMENT.sub("", self.query.sql))
        if match is None or match[2] != table or not self.only_reader:
            return False
        same_types = all(wanted.get(column) == kind for column, kind in columns.items())
        return same_types and set(self.types) == set(columns)

    def error(self, error: psycopg2.Error) -> SourceError:
        """What the database says about the select, with the mapping's line where it says one."""
        return query_error(error, self.query, self.mapping)


def query_error(error: psycopg2.Error, query: Query, mapping: str) -> SourceError:
    """A database error inside a relation's select, told with the relation and, if known, the line."""
    position = error.diag.statement_position
    line = query.line
    sent = error.cursor.query if error.cursor is not None else None
    if position and sent:
        start = sent.decode().find(query.sql)
        line += max(0, query.sql.count("\n", 0, max(0, int(position) - 1 - start)))
    hint = f" ({error.diag.message_hint})" if error.diag.message_hint else ""
    if error.pgcode == DENIED:
        hint = "; grant the role of C360_DATABASE_URL usage of its schema and select on it"
    return SourceError(f"relation {query.relation}: {error.diag.message_primary}{hint}", mapping, line)


def describe(run: Statements, mapping: Mapping, contract: dict[str, Relation]) -> list[MappedQuery]:
    """Every relation's select with its columns. Raises SourceError for what the contract does not know."""
    return [_describe(run, mapping, query, contract) for query in mapping.queries]


def _describe(run: Statements, mapping: Mapping, query: Query, contract: dict[str, Relation]) -> MappedQuery:
    relation = contract.get(query.relation)
    if relation is None:
        known = ", ".join(contract)
        raise SourceError(f"“{query.relation}” is no relation of the contract: {known}", mapping.file, query.line - 1)
    types = _types(run, mapping, query)
    unknown = [column for column in types if column not in relation.columns]
    if unknown:
        raise SourceError(
            f"relation {relation.name} has no column {', '.join(unknown)}; its columns are "
            f"{', '.join(relation.columns)}",
            mapping.file,
            query.line,
        )
    missing = [column for column in relation.key if column not in types]
    if missing:
        raise SourceError(
            f"relation {relation.name} needs its key {', '.join(relation.key)}; {', '.join(missing)} is not selected",
            mapping.file,
            query.line,
        )
    return MappedQuery(relation.name, query, mapping.file, types, _only_reader(mapping, query))


def _only_reader(mapping: Mapping, query: Query) -> bool:
    """Whether no other relation reads the raw tables that this one reads."""
    tables = set(re.findall(r"c360_raw\.(\w+)", query.sql))
    others = " ".join(other.sql for other in mapping.queries if other is not query)
    return not tables & set(re.findall(r"c360_raw\.(\w+)", others))


def _types(run: Statements, mapping: Mapping, query: Query) -> dict[str, str]:
    with run.connection.cursor() as cursor:
        try:
            wrapped = sql.SQL(query.sql.replace("{", "{{").replace("}", "}}"))
            cursor.execute(run.compose("describe", query=wrapped))
        except psycopg2.Error as error:
            raise query_error(error, query, mapping.file) from None
        columns = cursor.description or ()
    oids = [column.type_code for column in columns]
    names = [kind for (kind,) in run.rows("type_names", {"types": oids})]
    return {column.name: kind for column, kind in zip(columns, names, strict=True)}
