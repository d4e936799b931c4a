"""Where a build spends its time: each stage by clock and processor, and on request the plan that one stage takes.

    python -m tests.bench.stages --data-dir /var/lib/shop
    python -m tests.bench.stages --data-dir /var/lib/shop --plan favourites
    python -m tests.bench.stages --data-dir /var/lib/shop --incremental 0.001

The stages run as in a build, in a transaction that is undone. An incremental run, after prices of that share of the
customers changed, is shown with what is done outside of stages; not with its commits, which write the tables to disk.
Processor seconds are those of all processes of the embedded server: beside others' work they say more than the clock.
"""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import click
from psycopg2.extensions import cursor as Cursor
from rich.console import Console
from rich.table import Table

from c360_dash import db
from c360_dash.config import Settings
from tests.bench.builds import CHANGE, processor_seconds

# A run of its own, for what is kept of a build is written under its number.
AS_A_BUILD = """
insert into c360.run (kind, trigger, requested_by, state) values ('full', 'bench', session_user, 'running')
returning run_id, c360.build_schema(run_id)
"""
BEGIN = "select c360.begin_build(%s, null)"
RUN_STAGE = "select c360.run_stage_into(%s, stage) from c360.stage where name = %s"
RUN_INCREMENTALLY = "select c360.run_incrementally(%s, %s, stage) from c360.stage where name = %s"
BEFORE_STAGES = {
    "take_fingerprints": "select c360.take_fingerprints('{schema}')",
    "why_full": "select 0 where c360.why_full('{schema}') is null",
    "start_incremental": "select 0 from c360.start_incremental()",
}
AFTER_STAGES = {
    "end_build": "select 0 from c360.end_build({run})",
    "remove_erased": "select 0 from c360.remove_erased({run})",
    "point_at": "select 0 from c360.point_at({run})",
    "drop_old_builds": "select 0 from c360.drop_old_builds()",
}
SETTINGS_OF_RANGES = """
set local min_parallel_table_scan_size = '5TB'; set local min_parallel_index_scan_size = '5TB';
set local parallel_leader_participation = 'off';
select set_config('enable_hashagg', (way = 'added')::text, true) from c360.stage where name = %s
"""
TEXT = """
select
    case
        when split = '{}' then body
        when way = 'added' and split_by <> 'cell' then c360.added_over_ranges(%s, stage)
        else c360.over_ranges(stage)
    end,
    split <> '{}'
from c360.stage
where name = %s
"""


Step = tuple[str, str, list[str]]  # its name, the statement that gives the number of its rows, its parameters


@click.command()
@click.option("--data-dir", type=click.Path(exists=True, path_type=Path), required=True, help="a shop that was loaded")
@click.option("--plan", help="a stage whose plan is printed, with what each step found")
@click.option("--incremental", type=float, help="measure an incremental run, this share of the customers changed")
def main(data_dir: Path, plan: str | None, incremental: float | None) -> None:
    """Each stage of a build by clock and processor."""
    settings = Settings(data_dir=data_dir)
    cluster = settings.data_dir.resolve() / "postgres"
    table = Table("stage", "rows", "seconds", "processor")
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        connection.autocommit = False
        if incremental is not None:
            cursor.execute(CHANGE, [incremental])
        cursor.execute(AS_A_BUILD)
        run, schema = cursor.fetchone() or (0, "")
        cursor.execute(BEGIN, [run])
        steps = _full(cursor, schema) if incremental is None else _incremental(cursor, run, schema)
        for name, statement, parameters in steps:
            if name == plan:
                Console().print(_plan(cursor, schema, name), highlight=False, soft_wrap=True)
                break
            before, started = processor_seconds(cluster), perf_counter()
            cursor.execute(statement, parameters)
            seconds, (rows,) = perf_counter() - started, cursor.fetchone() or (None,)
            if rows is None:
                raise click.ClickException(f"{name}: the run cannot be incremental; c360 rebuild makes it possible.")
            table.add_row(name, f"{rows:,}", f"{seconds:.2f}", f"{processor_seconds(cluster) - before:.2f}")
        connection.rollback()
    if plan is None:
        Console().print(table)


def _full(cursor: Cursor, schema: str) -> Iterator[Step]:
    cursor.execute("select name from c360.stages_of('full')")
    for (name,) in cursor.fetchall():
        yield name, RUN_STAGE, [schema, name]


def _incremental(cursor: Cursor, run: int, schema: str) -> Iterator[Step]:
    """What the procedure does, in its order."""
    cursor.execute("select c360.build_schema(run_id) from c360_kept.state")
    (base,) = cursor.fetchone() or ("",)
    for name, statement in BEFORE_STAGES.items():
        yield name, statement.format(schema=schema), []
    cursor.execute("select name, way from c360.stages_of('incremental')")
    is_found = False
    for name, way in cursor.fetchall():
        if way != "anew" and not is_found:
            is_found = True
            yield "find_touched", "select c360.find_touched(%s)", [schema]
        yield name, RUN_INCREMENTALLY, [schema, base, name]
    for name, statement in AFTER_STAGES.items():
        yield name, statement.format(run=run), []


def _plan(cursor: Cursor, schema: str, name: str) -> str:
    cursor.execute(TEXT, [schema, name])
    text, is_split = cursor.fetchone() or ("", False)
    if is_split:
        cursor.execute(SETTINGS_OF_RANGES, [name])
    # A table's statement, for what only reads may be planned otherwise.
    cursor.execute(f"explain (analyze, timing off) create unlogged table {schema}.{name} as {text}")
    return "\n".join(line for (line,) in cursor.fetchall())


if __name__ == "__main__":
    main()
