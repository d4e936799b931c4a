"""Fill one relation of the source: an empty one without its indexes, a filled one with what is new or different."""

from dataclasses import dataclass, field

import psycopg2
from psycopg2 import sql

from c360_dash.sources.contract import Relation
from c360_dash.sources.errors import SourceError
from c360_dash.sources.queries import MappedQuery
from c360_dash.sources.report import RelationReport
from c360_dash.sources.statements import Statements, each, name, names


@dataclass
class Destination:
    """Where the rows of a relation go first: the relation itself when it is empty, else a table beside it."""

    relation: Relation
    schema: str
    table: str
    types: dict[str, str]
    indexes: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    is_direct: bool = False
    rows: int = 0

    @classmethod
    def prepare(cls, run: Statements, relation: Relation, given: dict[str, str]) -> "Destination":
        """Make it ready to be filled: without key and indexes, and allowing nulls so that they can be told."""
        source = name("source", relation.name)
        if run.value("is_filled", table=source):
            stage = f"mapped_{relation.name}"
            run.run("stage", stage=name("c360_raw", stage), table=source)
            destination = cls(relation, "c360_raw", stage, _types(run, "c360_raw", stage))
        else:
            run.run("empty_table", table=source)  # in this transaction, so that COPY may write frozen rows
            indexes = _drop_indexes(run, relation)
            destination = cls(relation, "source", relation.name, _types(run, "source", relation.name), indexes)
            destination.log = _stop_logging(run, relation)
        for column in relation.key:
            run.run("allow_null", table=destination.identifier, column=name(column))
        return destination

    @property
    def identifier(self) -> sql.Composable:
        """The quoted name of the table to fill."""
        return name(self.schema, self.table)

    @property
    def is_staged(self) -> bool:
        """Whether its rows still have to be merged into the relation."""
        return self.schema != "source"

    def fill(self, run: Statements, query: MappedQuery) -> None:
        """Put the rows of the select into it, unless the files already went there."""
        if not self.is_direct:
            self.rows = run.run("fill", table=self.identifier, columns=names(list(query.types)), query=query.sql)

    def make_unique(self, run: Statements) -> int:
        """Give it its key; of rows with the same key the last stays. The number of the others."""
        duplicates = 0
        while True:
            with run.connection.cursor() as cursor:
                cursor.execute("savepoint keyed")
                try:
                    run.run("add_primary_key", table=self.identifier, key=names(self.relation.key))
                    return duplicates
                except psycopg2.errors.NotNullViolation:
                    cursor.execute("rollback to savepoint keyed")
                    raise self._null_key(run) from None
                except psycopg2.errors.UniqueViolation:
                    cursor.execute("rollback to savepoint keyed")
                    duplicates += self._keep_last(run)

    def finish(self, run: Statements, duplicates: int) -> RelationReport:
        """Make the other indexes, or merge into the filled relation; the counts."""
        run.run("analyze", table=self.identifier)
        if not self.is_staged:
            for definition in self.indexes:
                run.script(definition)
            for trigger in self.log:
                run.run("go_on_logging", table=self.identifier, trigger=name(trigger))
            return RelationReport(self.relation.name, self.rows, self.rows - duplicates, 0, duplicates)
        ((inserted, updated),) = self._merge(run)
        return RelationReport(self.relation.name, self.rows, inserted, updated, duplicates)

    def _keep_last(self, run: Statements) -> int:
        return run.run(
            "keep_last",
            table=self.identifier,
            key=names(self.relation.key),
            same_key=each("surplus.{column} = repeated.{column}", self.relation.key, " and "),
        )

    def _null_key(self, run: Statements) -> SourceError:
        condition = each("{column} is null", self.relation.key, " or ")
        ((rows, example),) = run.rows("count_null_keys", table=self.identifier, condition=condition)
        return SourceError(
            f"relation {self.relation.name}: {rows} rows have no {' and '.join(self.relation.key)}, for example "
            f"{example}; leave such rows out in the mapping, or give them a key"
        )

    def _merge(self, run: Statements) -> list[tuple[int, int]]:
        columns = list(self.relation.columns)
        others = [column for column in columns if column not in self.relation.key]
        return run.rows(
            "merge",
            stage=self.identifier,
            table=name("source", self.relation.name),
            same_key=each("staged.{column} = kept.{column}", self.relation.key, " and "),
            is_new=each("kept.{column} is null", self.relation.key[:1]),
            staged_columns=names(others, "staged"),
            kept_columns=names(others, "kept"),
            columns=names(columns),
            key=names(self.relation.key),
            assignments=each("{column} = excluded.{column}", others),
        )


def _types(run: Statements, schema: str, table: str) -> dict[str, str]:
    return dict(run.rows("columns_of", {"table": f"{schema}.{table}"}))


def _stop_logging(run: Statements, relation: Relation) -> list[str]:
    """The log of changes holds that the table was emptied; all its new rows in it too would only double the work."""
    source = f"source.{relation.name}"
    found = [trigger for (trigger,) in run.rows("log_of_inserts", {"table": source, "relation": relation.name})]
    for trigger in found:
        run.run("stop_logging", table=name("source", relation.name), trigger=name(trigger))
    return found


def _drop_indexes(run: Statements, relation: Relation) -> list[str]:
    """Drop the key and the indexes of an empty relation; the definitions of the indexes, to make them again."""
    indexes = run.rows("indexes_of", {"table": f"source.{relation.name}"})
    for index, _, is_primary in indexes:
        if is_primary:
            constraint = run.value("primary_key_of", {"table": f"source.{relation.name}"})
            run.run("drop_primary_key", table=name("source", relation.name), constraint=name(constraint))
        else:
            run.run("drop_index", index=name("source", index))
    return [definition for _, definition, is_primary in indexes if not is_primary]
