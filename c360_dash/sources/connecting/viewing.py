"""Make the contract views over a company's own tables, as a mapping without files says, in one transaction.

Nothing is copied, and nothing outside the schema source is written. A relation that the mapping leaves out is an empty
table again, unless it holds rows that were loaded. A failure leaves the database as it was.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql
from rich.table import Table

from c360_dash.config import Settings
from c360_dash.db.engines import owner_connection
from c360_dash.sources import contract, id_types
from c360_dash.sources.connecting import casting
from c360_dash.sources.errors import SourceError
from c360_dash.sources.mapping import Mapping, parse
from c360_dash.sources.queries import MappedQuery, describe
from c360_dash.sources.statements import Statements, name

UNSURE = re.compile(r"(?<!“)-- \?")
COLUMN_COMMENT = re.compile(r"^comment on column .*?;$", re.MULTILINE | re.DOTALL)
KINDS = {"r": "a table", "v": "a view", "m": "a materialized view", "p": "a partitioned table", "f": "a foreign table"}


@dataclass(frozen=True)
class ViewReport:
    """What stands in the source now: relations with the columns that their views give, the others, what is unsure."""

    mapping: str
    given: dict[str, tuple[str, ...]]
    others: dict[str, str]
    untracked: tuple[str, ...]
    unsure: int

    def __rich__(self) -> Table:
        table = Table(title=f"{self.mapping}: {len(self.given)} relations are views", title_justify="left")
        table.add_column("relation")
        table.add_column("is")
        table.add_column("columns that are given")
        for relation, columns in self.given.items():
            table.add_row(relation, "a view", ", ".join(columns))
        for relation, what in self.others.items():
            table.add_row(relation, what, "")
        return table


def apply(settings: Settings, path: Path, replace: bool = False) -> ViewReport:
    """Make views of what the mapping selects; `replace` also drops all loaded rows, and views that are not from here.

    Raises SourceError with file, line, relation, column and reason, and leaves the database as it was.
    """
    mapping = parse(path)
    if mapping.files:
        raise SourceError("it names files; `c360 load` loads them, and a mapping of tables has none", mapping.file)
    unsure = len(UNSURE.findall(path.read_text(encoding="utf-8")))
    job = _Job(mapping, *_asked_for(mapping, settings.sql_dir), unsure)
    with owner_connection(settings) as connection:
        run = Statements(connection, settings.sql_dir)
        try:
            with connection:
                return job.apply(run, replace)
        except psycopg2.errors.LockNotAvailable:
            raise SourceError("the source is being read, perhaps by a rebuild; try again when that has ended") from None
        except psycopg2.errors.DependentObjectsStillExist as error:
            raise SourceError(f"{error.diag.message_primary}: {error.diag.message_detail}; drop that first") from None


def _asked_for(mapping: Mapping, sql_dir: Path) -> tuple[dict[str, contract.Relation], tuple[str, ...]]:
    """The relations of the contract with optional ones that the mapping gives; the names of those it does not give."""
    given = {query.relation for query in mapping.queries}
    optional = contract.optional(sql_dir)
    asked = {name: relation for name, relation in optional.items() if name in given}
    return contract.relations(sql_dir) | asked, tuple(name for name in optional if name not in given)


@dataclass(frozen=True)
class _Job:
    """One mapping on its way to views."""

    mapping: Mapping
    contract: dict[str, contract.Relation]
    not_given: tuple[str, ...]
    unsure: int

    def apply(self, run: Statements, replace: bool) -> ViewReport:
        """Everything that happens inside the transaction."""
        if not run.value("claim"):
            raise SourceError("the source is being loaded; try again when that has ended")
        run.run("session", {"timezone": self.timezone})
        contract.install(run, self.contract)
        queries = describe(run, self.mapping, self.contract)
        wanted = casting.narrow_ids(id_types.wanted_types(self.mapping, queries), queries)
        given = {query.relation: query for query in queries}
        run.run("drop_input_views")  # they stand on the source; the next installation makes them anew
        self._clear(run, set(given), replace)
        others = {relation: self.contract[relation] for relation in self.contract if relation not in given}
        contract.install(run, others)
        id_types.change(run, self.mapping, wanted, others)
        for query in queries:
            self._create(run, query, wanted)
        untracked = run.rows("end_tracking", {"relations": list(self.contract)})
        self._apply_settings(run)
        run.run("grant_reading")
        return ViewReport(
            self.mapping.name,
            {query.relation: tuple(query.types) for query in queries},
            {relation: self._other(run, relation) for relation in others},
            tuple(f"{relation} through {table}" for relation, table in untracked),
            self.unsure,
        )

    @property
    def timezone(self) -> str:
        """In which the shop's moments are that name none."""
        return self.mapping.settings.get("timezone", "UTC")

    def _clear(self, run: Statements, given: set[str], replace: bool) -> None:
        """Drop what the views replace, and the views of relations that the mapping no longer gives."""
        views, tables = [], []
        known = [*self.contract, *self.not_given]
        for relation, kind, is_ours in run.rows("standing", {"relations": known, "mark": contract.VIEW_MARK}):
            if kind == "v" and (relation in given or is_ours):
                self._refuse_foreign_view(relation, is_ours or replace)
                views.append(name("source", relation))
            elif relation in given or (replace and kind == "r" and relation in self.contract):
                self._refuse_rows(run, relation, kind, replace)
                tables.append(name("source", relation))
        if views:
            run.run("drop_views", views=sql.SQL(", ").join(views))
        if tables:
            run.run("drop_tables", tables=sql.SQL(", ").join(tables))
        if replace:
            run.run("loaded_table")
            run.run("forget_loaded")

    def _refuse_foreign_view(self, relation: str, may_go: bool) -> None:
        if not may_go:
            raise SourceError(
                f"source.{relation} is a view of your own; --replace puts that of {self.mapping.file} in its place"
            )

    def _refuse_rows(self, run: Statements, relation: str, kind: str, replace: bool) -> None:
        if kind != "r":
            raise SourceError(f"source.{relation} is {KINDS.get(kind, 'no view')} of your own; drop it first")
        if not replace and run.value("is_filled", table=name("source", relation)):
            raise SourceError(
                f"source.{relation} holds rows; --replace drops them and puts a view in their place, another database "
                "keeps both"
            )

    def _create(self, run: Statements, query: MappedQuery, ids: dict[str, str]) -> None:
        relation, view = self.contract[query.relation], name("source", query.relation)
        columns = casting.columns(query, relation, ids, self.timezone)
        try:
            run.run("create_view", view=view, columns=columns, query=query.sql)
            self._try(run, view)
        except (psycopg2.DataError, psycopg2.ProgrammingError) as error:
            raise query.error(error) from None
        run.run("comment_view", view=view, text=sql.Literal(f"{contract.VIEW_MARK} from {self.mapping.file}."))
        for comment in COLUMN_COMMENT.findall(relation.sql):
            run.script(comment)

    def _try(self, run: Statements, view: sql.Composable) -> None:
        """Read the first rows, which finds values that cannot be cast; a view that needs long for that is not read."""
        with run.connection.cursor() as cursor:
            cursor.execute("savepoint tried; set local statement_timeout = '5s'")
            try:
                run.rows("read_some", view=view)
            except psycopg2.errors.QueryCanceled:
                cursor.execute("rollback to savepoint tried")
            cursor.execute("set local statement_timeout = 0")

    def _apply_settings(self, run: Statements) -> None:
        for setting, value in self.mapping.settings.items():
            run.run("apply_setting", {"name": setting, "value": value})

    def _other(self, run: Statements, relation: str) -> str:
        kind = run.value("kind_of", {"relation": relation})
        if kind != "r":
            return f"{KINDS.get(kind, 'something')} of your own"
        return "a table with rows" if run.value("is_filled", table=name("source", relation)) else "an empty table"
