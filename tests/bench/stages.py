"""Where a full build spends its time: each stage by clock and processor, and on request the plan that one stage takes.

    python -m tests.bench.stages --data-dir /var/lib/shop
    python -m tests.bench.stages --data-dir /var/lib/shop --plan favourites

The stages run as in a build, in a transaction that is undone. Processor seconds are those of all processes of the
embedded server: beside others' work they say more than the clock.
"""

from pathlib import Path
from time import perf_counter

import click
from psycopg2.extensions import cursor as Cursor
from rich.console import Console
from rich.table import Table

from c360_dash import db
from c360_dash.config import Settings
from tests.bench.builds import processor_seconds

SCHEMA = "c360_measured"
AS_A_BUILD = f"""
create schema {SCHEMA};
select set_config('timezone', c360.setting_value('timezone'), true),
    set_config('c360.as_of', c360.default_as_of()::text, true),
    c360.look_at('{SCHEMA}'),
    set_config('work_mem', c360.setting_value('build_work_mem_mb') || 'MB', true),
    set_config('jit', 'off', true),
    set_config('enable_nestloop', 'off', true),
    set_config('min_parallel_table_scan_size', '64kB', true),
    set_config('parallel_tuple_cost', '0', true),
    set_config('parallel_setup_cost', '0', true);
select c360.freeze_settings('{SCHEMA}');
"""
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


@click.command()
@click.option("--data-dir", type=click.Path(exists=True, path_type=Path), required=True, help="a shop that was loaded")
@click.option("--plan", help="a stage whose plan is printed, with what each step found")
def main(data_dir: Path, plan: str | None) -> None:
    """Each stage of a full build by clock and processor."""
    settings = Settings(data_dir=data_dir)
    cluster = settings.data_dir.resolve() / "postgres"
    table = Table("stage", "rows", "seconds", "processor")
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        connection.autocommit = False
        cursor.execute(AS_A_BUILD)
        cursor.execute("select name from c360.stages_of('full')")
        for (name,) in cursor.fetchall():
            if name == plan:
                Console().print(_plan(cursor, name), highlight=False, soft_wrap=True)
                break
            before, started = processor_seconds(cluster), perf_counter()
            cursor.execute("select c360.run_stage_into(%s, stage) from c360.stage where name = %s", [SCHEMA, name])
            seconds, (rows,) = perf_counter() - started, cursor.fetchone() or (0,)
            table.add_row(name, f"{rows:,}", f"{seconds:.2f}", f"{processor_seconds(cluster) - before:.2f}")
        connection.rollback()
    if plan is None:
        Console().print(table)


def _plan(cursor: Cursor, name: str) -> str:
    cursor.execute(TEXT, [SCHEMA, name])
    text, is_split = cursor.fetchone() or ("", False)
    if is_split:
        cursor.execute(SETTINGS_OF_RANGES, [name])
    # A table's statement, for what only reads may be planned otherwise.
    cursor.execute(f"explain (analyze, timing off) create unlogged table {SCHEMA}.{name} as {text}")
    return "\n".join(line for (line,) in cursor.fetchall())


if __name__ == "__main__":
    main()
