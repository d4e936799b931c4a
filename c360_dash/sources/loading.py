"""Load files into the source through a mapping, in one transaction: a failure leaves the database as it was.

Files are copied into unlogged tables of the schema c360_raw, which exists only inside the transaction, and the
mapping's selects turn them into the contract. A relation that is empty is filled without its indexes, which are made
afterwards; into a filled one only new and different rows are written. A select that only names the columns of one
raw table (`select order_id, … from c360_raw.orders`) needs no raw copy: the file goes straight into the relation.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from c360_dash.config import Settings
from c360_dash.db.engines import owner_connection
from c360_dash.progress import Progress, silent
from c360_dash.sources import contract, id_types
from c360_dash.sources.copying import Target, copy_file, matched_columns
from c360_dash.sources.distributing import refuse_cluster
from c360_dash.sources.errors import SourceError
from c360_dash.sources.filling import Destination
from c360_dash.sources.mapping import Mapping, RawFile, parse
from c360_dash.sources.queries import MappedQuery, describe
from c360_dash.sources.report import FileReport, LoadReport, RelationReport
from c360_dash.sources.statements import Statements, name
from c360_dash.sources.streams import open_stream

ON_CLUSTER = "the source lies on a cluster, whose tables are filled with insert or copy, not by the loader"


def load(
    settings: Settings, mapping: Path, folder: Path, progress: Progress = silent, replace: bool = False
) -> LoadReport:
    """Load the files in `folder` as `mapping` says; `replace` empties the source first.

    Raises SourceError, with the file, line and reason, and leaves the database as it was.
    """
    started = time.monotonic()
    job = _Job(parse(mapping), contract.relations(settings.sql_dir), progress)
    found = job.find(folder)
    with owner_connection(settings) as connection:
        run = Statements(connection, settings.sql_dir)
        try:
            with connection:
                files, relations = job.load(run, found, replace)
        except psycopg2.errors.LockNotAvailable:
            raise SourceError(
                "the source is being read, perhaps by a rebuild; load again when that has ended"
            ) from None
        for report in relations:
            # Index-only scans need the visibility map, which only vacuum writes, and vacuum needs its own transaction.
            if report.inserted or report.updated:
                run.run("vacuum", table=name("source", report.relation))
    return LoadReport(job.mapping.name, tuple(files), tuple(relations), time.monotonic() - started)


@dataclass(frozen=True)
class _Job:
    """One load: its mapping, the contract, and who watches."""

    mapping: Mapping
    contract: dict[str, contract.Relation]
    progress: Progress

    def find(self, folder: Path) -> dict[str, list[Path]]:
        """The files of each raw table. Raises SourceError for one that is missing or there in two formats."""
        if not self.mapping.files:
            raise SourceError(
                "it names no file to load; `c360 connect … --apply` makes views of what it selects", self.mapping.file
            )
        if not folder.exists():
            raise SourceError(f"there is no folder {folder}")
        found = {raw.table: raw.find(folder) for raw in self.mapping.files}
        for raw in self.mapping.files:
            stems = [path.name.removesuffix(".gz").rsplit(".", 1)[0] for path in found[raw.table]]
            if not stems and not raw.optional:
                raise SourceError(f"there is no {raw.stem}.csv (nor .csv.gz or .parquet) in {folder}")
            if len(stems) != len(set(stems)):
                names = ", ".join(path.name for path in found[raw.table])
                raise SourceError(f"{folder} holds the same file in two formats; keep one of {names}")
        return found

    def load(
        self, run: Statements, found: dict[str, list[Path]], replace: bool
    ) -> tuple[list[FileReport], list[RelationReport]]:
        """Everything that happens inside the transaction."""
        self._prepare(run, replace)
        queries = describe(run, self.mapping, self.contract)
        id_types.align(run, self.mapping, queries, self.contract)
        destinations = [Destination.prepare(run, self.contract[query.relation], query.types) for query in queries]
        files = []
        for raw in self.mapping.files:
            target = self._target(run, raw, found[raw.table], queries, destinations)
            copied = [self._copy(run, raw, path, target) for path in found[raw.table]]
            for destination in destinations:
                if destination.identifier == target.identifier:
                    destination.rows = sum(file.rows for file in copied)
            if target.schema == "c360_raw":
                run.run("analyze", table=target.identifier)
            files += copied
        relations = [
            self._fill(run, query, destination) for query, destination in zip(queries, destinations, strict=True)
        ]
        self._remember(run, files)
        run.run("drop_raw_schema")
        return files, relations

    def _prepare(self, run: Statements, replace: bool) -> None:
        if not run.value("claim"):
            raise SourceError("another load is running; load again when it has ended")
        refuse_cluster(run, ON_CLUSTER)
        run.run("session", {"timezone": self.mapping.settings.get("timezone", "UTC")})
        if replace:
            self._drop_own_views(run)
        contract.install(run, self.contract)
        run.run("loaded_table")
        self._refuse_views(run)
        if replace:
            self._empty(run)
        other = run.value("other_mapping", {"mapping": self.mapping.name})
        if other is not None:
            raise SourceError(
                f"the source already holds data loaded with the mapping {other}; "
                "load with --replace to empty it first, or use another database"
            )
        run.run("raw_schema")
        for raw in self.mapping.files:
            self._create(run, raw)

    def _drop_own_views(self, run: Statements) -> None:
        """Drop the views that `c360 connect` made; those of the shop itself stay."""
        found = run.rows("standing", {"relations": list(self.contract), "mark": contract.VIEW_MARK})
        views = [name("source", relation) for relation, _, is_ours in found if is_ours]
        if views:
            run.run("drop_input_views")
            run.run("drop_views", views=sql.SQL(", ").join(views))

    def _refuse_views(self, run: Statements) -> None:
        for query in self.mapping.queries:
            if query.relation in self.contract and run.value("kind_of", {"relation": query.relation}) != "r":
                raise SourceError(
                    f"source.{query.relation} is not a plain table but a view of your own, so nothing can be loaded "
                    f"into it; drop it, or take “-- relation: {query.relation}” out of the mapping"
                )

    def _empty(self, run: Statements) -> None:
        # Links are somebody's work on these ids: they stay, unless another shop comes, in which ids mean other people.
        is_other = run.value("other_mapping", {"mapping": self.mapping.name}) is not None
        for relation in (*self.contract, *([contract.LINKS] if is_other else [])):
            if run.value("kind_of", {"relation": relation}) == "r":
                run.run("empty_table", table=name("source", relation))
        run.run("forget_loaded")

    def _create(self, run: Statements, raw: RawFile) -> None:
        try:
            run.script(raw.create.replace("create table", "create unlogged table", 1))
        except psycopg2.Error as error:
            raise SourceError(f"table {raw.table}: {error.diag.message_primary}", self.mapping.file, raw.line) from None

    def _target(
        self,
        run: Statements,
        raw: RawFile,
        paths: list[Path],
        queries: list[MappedQuery],
        destinations: list[Destination],
    ) -> Target:
        """Where the files go: straight into the relation when nothing has to be computed, else into the raw table."""
        columns = run.rows("columns_of", {"table": f"c360_raw.{raw.table}"})
        wanted = tuple(column for column, _ in columns)
        extra = self._extra_columns(raw, paths, wanted)
        for query, destination in zip(queries, destinations, strict=True):
            if query.is_copy_of(raw.table, dict(columns), destination.types) and not extra:
                destination.is_direct = True
                return Target(destination.schema, destination.table, wanted, freeze=True)
        for column in extra:
            run.run("add_text_column", table=name("c360_raw", raw.table), column=name(column))
        return Target("c360_raw", raw.table, wanted)

    def _extra_columns(self, raw: RawFile, paths: list[Path], wanted: tuple[str, ...]) -> list[str]:
        extra: dict[str, None] = {}
        for path in paths:
            with open_stream(path, raw) as stream:
                extra |= {column: None for column in matched_columns(stream, path, wanted) if column not in wanted}
        return list(extra)

    def _copy(self, run: Statements, raw: RawFile, path: Path, target: Target) -> FileReport:
        size = path.stat().st_size
        report: Callable[[float], None] = lambda done: self.progress(path.name, min(done, size - 1), size)  # noqa: E731
        rows = copy_file(run, path, raw, target, report)
        self.progress(path.name, size, size)
        return FileReport(path.name, size, rows)

    def _fill(self, run: Statements, query: MappedQuery, destination: Destination) -> RelationReport:
        label = f"source.{query.relation}"
        self.progress(label, 0, 3)
        try:
            destination.fill(run, query)
        except (psycopg2.DataError, psycopg2.ProgrammingError) as error:
            raise query.error(error) from None
        self.progress(label, 1, 3)
        duplicates = destination.make_unique(run)
        self.progress(label, 2, 3)
        report = destination.finish(run, duplicates)
        self.progress(label, 3, 3)
        return report

    def _remember(self, run: Statements, files: list[FileReport]) -> None:
        for file in files:
            run.run(
                "remember_loaded",
                {"mapping": self.mapping.name, "file": file.file, "bytes": file.bytes, "rows": file.rows},
            )
        if run.value("setting_table"):
            for setting, value in self.mapping.settings.items():
                run.run("apply_setting", {"name": setting, "value": value})
