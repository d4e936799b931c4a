"""The same build in DuckDB, on its own storage: our stages, adapted to its dialect by a few replacements.

    python tests/bench/peers/duck.py peer.duckdb     builds in a prepared database, prints seconds and peak memory

`prepare` copies the source out of PostgreSQL, `settle` the settings and the moment of the published build;
`differences` compares every published table with what PostgreSQL made of them, row for row. Only the build is timed.
"""

import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import orjson
from psycopg2 import extensions

from c360_dash import db, metrics
from c360_dash.config import Settings
from c360_dash.rebuild.installing import Stage, read_stages
from c360_dash.sources.contract import relations

# What PostgreSQL says otherwise than DuckDB; none of it changes what is computed.
REPLACEMENTS = (
    (r"\bselect from\b", "select 1 from"),
    (r' collate "C"', ""),
    # As a decimal of four places first, a double would be rounded twice.
    (r"::numeric, (\d)\)", r", \1)"),
    (r"::numeric\b", "::decimal(38, 4)"),
    (r"\b([a-z_]+) => ", r"\1 := "),
    (r"> '-infinity'", "> -1e18"),
    (r"< 'infinity'", "< 1e18"),
    (r">= 'infinity'", ">= 1e18"),
)
MACROS = """
create schema c360;
create schema c360_in;
create or replace macro make_interval(days := 0, months := 0) as to_days(days::integer) + to_months(months::integer);
create or replace macro array_remove(list, value) as list_filter(list, lambda each: each is distinct from value);
create or replace macro div(dividend, divisor) as (dividend // divisor);
create macro c360.as_of() as (select as_of from settings);
create macro c360.currency() as (select currency from settings);
create macro c360.setting_value(wanted) as (select case wanted when 'currency' then currency end from settings);
create macro c360.is_complete(month) as
    (month + interval 1 month)::timestamptz <= (select as_of from settings) + interval 1 second;
create or replace macro convert_to(words, encoding) as words;
create macro c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel) as
    (hash(row(value_segment, rfm_segment, churn_band, country, acquisition_channel)) // 2)::bigint;
create table c360.excluded_customer (customer_id varchar);
"""
TYPES = {"numeric": "decimal(18, 4)", "timestamp with time zone": "timestamptz", "double precision": "double"}
FORECAST = "customer_forecast"
GIVEN = re.compile(f"forecast_|{FORECAST}")
"""Stages that fit and score by functions in PL/pgSQL: what they found is given to DuckDB, and costs it nothing."""
HASH = "cell"
"""A column that is a hash, which each of the two makes otherwise."""
CENT = 6
ASIDE = 3.3e-8  # round numbers that two ways of dividing have a last bit apart then lie at no border of rounding


def prepare(settings: Settings, database: Path) -> None:
    """A DuckDB file with the source; what it held is replaced."""
    database.unlink(missing_ok=True)
    with duckdb.connect(database) as duck, db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        duck.execute("create schema source")
        for relation in relations(settings.sql_dir):
            _copied(duck, cursor, "source", relation, f"source.{relation}")


def settle(settings: Settings, database: Path) -> None:
    """The settings of the published build in it, and the input views, which look from its moment."""
    with duckdb.connect(database) as duck, db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        duck.execute("drop schema if exists c360_in cascade; drop schema if exists c360 cascade")
        _copied(duck, cursor, _published(cursor), "settings", "settings")
        duck.execute(MACROS)
        _copied(duck, cursor, "c360", "rfm_cell_name", "c360.rfm_cell_name")
        _give_forecast(duck, cursor)
        for name in ("00_input_rows.sql", "00_input_views.sql"):
            for view in _statements(settings.sql_dir / "procedure" / name):
                duck.execute(_adapted(view))


def _give_forecast(duck: duckdb.DuckDBPyConnection, cursor: extensions.cursor) -> None:
    schema, columns = _published(cursor), [key for key, each in metrics.COLUMNS.items() if each.stage == FORECAST]
    _copied(duck, cursor, schema, "forecast_model", "forecast_model")
    _copied(duck, cursor, schema, "customer_360", "given")
    duck.execute(
        f"create or replace table {FORECAST} as select customer_id, {', '.join(columns)} from given where orders > 0"
    )
    duck.execute("drop table given")


def build(database: Path) -> dict[str, float]:
    """Makes every stage as a table; seconds by the clock and of the processor, and the peak of memory in MB."""
    with duckdb.connect(database) as duck:
        row = duck.execute("select timezone from settings").fetchone()
        duck.execute(f"set timezone = '{row and row[0]}'")
        started = time.perf_counter()
        for stage in _stages():
            duck.execute(f"create or replace table {stage.name} as {_adapted(stage.body)}")
        duck.execute("checkpoint")
        seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}


def differences(settings: Settings, database: Path) -> dict[str, int]:
    """For each published table the rows that only one of the two has; numbers are compared to six places."""
    found = {}
    with duckdb.connect(database) as duck, db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        for stage in _stages():
            if not (stage.is_working or stage.is_kept):
                _copied(duck, cursor, _published(cursor), stage.name, "theirs", like=stage.name)
                found[stage.name] = _only_in_one(duck, stage.name, "theirs")
    return found


def _stages() -> list[Stage]:
    stages = read_stages(Settings().sql_dir / "procedure")
    return [stage for stage in stages if not stage.name.endswith("_checks") and not GIVEN.match(stage.name)]


def _statements(path: Path) -> list[str]:
    text = re.sub(r"^ *--.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [statement for statement in text.split(";\n") if statement.strip()]


def _adapted(sql: str) -> str:
    for ours, theirs in REPLACEMENTS:
        sql = re.sub(ours, theirs, sql)
    return sql


def _published(cursor: extensions.cursor) -> str:
    cursor.execute("select build_id from c360.published_build")
    (build_id,) = cursor.fetchone() or (None,)
    return f"c360_b{build_id}"


def _copied(
    duck: duckdb.DuckDBPyConnection, cursor: extensions.cursor, schema: str, name: str, to: str, like: str | None = None
) -> None:
    """A table of PostgreSQL in DuckDB, with its own types or with those of a table that DuckDB has."""
    columns = there = _columns_there(cursor, schema, name)
    if like is not None:
        columns = {column: kind for column, kind, *_ in duck.execute(f"describe {like}").fetchall()}
    definition = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    duck.execute(f"create or replace table {to} ({definition})")
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        listed = ", ".join(_written(column, kind) for column, kind in there.items())
        cursor.copy_expert(f"copy (select {listed} from {schema}.{name}) to stdout (format csv)", file)
        file.flush()
        if Path(file.name).stat().st_size:
            duck.execute(f"copy {to} from '{file.name}' (format csv, header false, quote '\"')")


def _written(column: str, kind: str) -> str:
    """What DuckDB reads: a list is written in brackets there, as in JSON, and bytes are the text they are of."""
    if kind == "bytea":
        return f"convert_from({column}, 'UTF8')"
    return f"array_to_json({column})" if kind.endswith("[]") else column


def _columns_there(cursor: extensions.cursor, schema: str, name: str) -> dict[str, str]:
    cursor.execute(
        "select attname, format_type(atttypid, null) from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum",
        [f"{schema}.{name}"],
    )
    return {column: TYPES.get(kind, kind) for column, kind in cursor.fetchall()}


def _only_in_one(duck: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> int:
    columns = duck.execute(f"describe {ours}").fetchall()
    listed = ", ".join(
        f"round({name}::double + {ASIDE}, {CENT}) as {name}" if kind.startswith(("DECIMAL", "DOUBLE")) else name
        for name, kind, *_ in columns
        if name != HASH
    )
    one, other = (f"(select {listed} from {table})" for table in (ours, theirs))
    row = duck.execute(
        f"select (select count(*) from ({one} except all {other})) + (select count(*) from ({other} except all {one}))"
    ).fetchone()
    return int(row[0]) if row else -1


if __name__ == "__main__":
    sys.stdout.write(orjson.dumps(build(Path(sys.argv[1]))).decode())
