"""What the forecast costs: fitting and scoring in PostgreSQL beside the package lifetimes, the same customers, one run.

    python -m tests.bench.forecasts --customers 10000 --customers 100000

The customers are drawn by lot from the models themselves (tests/people/simulated.py), in whole days. The stages of the
forecast run over a table in the place of purchase_statistics, twice: fitted on as many customers as the setting says,
and on all. Memory is what each process held of its own at most, with what it had imported.
"""

import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import numpy as np
import orjson
import pandas as pd
import psutil
from psycopg2 import extensions
from rich.console import Console
from rich.table import Table

from c360_dash import db, embedded, rebuild
from c360_dash.config import Settings
from tests.people.simulated import simulated

AS_OF = "2026-06-30 12:00+00"
FITTING = ("forecast_groups", "forecast_values", "forecast_model")
SCORING = ("forecast_pairs", "forecast_horizons", "customer_forecast")
STATISTICS = f"""
drop schema if exists bench cascade;
create schema bench;
select set_config('c360.as_of', '{AS_OF}', false), set_config('search_path', 'bench, pg_catalog', false);
create table bench.seen (order_days integer, span_days integer, observed_days integer, mean_value numeric);
"""
IN_PLACE = f"""
create table bench.purchase_statistics as
select
    row_number() over () as customer_id, order_days, span_days, mean_value * order_days as lifetime_value,
    timestamptz '{AS_OF}' - make_interval(days => observed_days) as first_order_at
from bench.seen;
analyze bench.purchase_statistics
"""
Measured = dict[str, Any]


def draw(customers: int, path: Path) -> None:
    """Writes what was seen of the customers."""
    found = simulated(1, customers, first=1)
    days = pd.DataFrame(np.floor(np.transpose(found.seen)), columns=["repeats", "span_days", "observed_days"])
    people = days[["span_days", "observed_days"]].astype(int)
    people.insert(0, "order_days", days["repeats"].astype(int) + 1)
    people.assign(mean_value=found.means.round(4)).to_csv(path, index=False)


def hold(connection: extensions.connection, path: Path) -> None:
    """Puts the customers into the place of purchase_statistics."""
    with connection.cursor() as cursor, path.open() as file:
        cursor.execute(STATISTICS)
        cursor.copy_expert("copy bench.seen from stdin (format csv, header)", file)
        cursor.execute(IN_PLACE)


def in_postgresql(connection: extensions.connection, fitted_on: int) -> Measured:
    """Seconds of fitting and scoring, memory, and the parameters."""
    stages = (*FITTING, *SCORING)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists bench.settings, " + ", ".join(f"bench.{stage}" for stage in stages))
        cursor.execute("update c360.setting set value = %s where name = 'forecast_fit_customers'", [fitted_on])
        cursor.execute("select c360.freeze_settings('bench')")
        with peak_memory(connection.info.backend_pid) as peaks:
            seconds = {stage: run_stage(cursor, stage) for stage in stages}
        cursor.execute("select r, alpha, a, b, p, q, gamma from bench.forecast_model")
        (parameters,) = cursor.fetchall()
    return {
        "fit": sum(seconds[stage] for stage in FITTING),
        "score": sum(seconds[stage] for stage in SCORING),
        "peak_mb": max(peaks) / 2**20,
        "parameters": list(parameters),
    }


def run_stage(cursor: extensions.cursor, name: str) -> float:
    started = perf_counter()
    cursor.execute("select c360.run_stage_into('bench', stage) from c360.stage where name = %s", [name])
    return perf_counter() - started


def with_lifetimes(path: Path) -> Measured:
    command = [sys.executable, "-m", "tests.bench.peers.forecast", str(path)]
    found: Measured = orjson.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


@contextmanager
def peak_memory(process_id: int) -> Iterator[list[int]]:
    """Samples of the memory of a process's own, in bytes, the first from before the block."""
    process = psutil.Process(process_id)
    samples = [process.memory_full_info().uss]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            samples.append(process.memory_full_info().uss)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield samples
    finally:
        over.set()
        watcher.join()


def show(measured: dict[tuple[int, str], Measured]) -> None:
    title = f"fit and score, seconds; {platform.platform()}, {os.cpu_count()} cores"
    table = Table("customers", "how", "fit", "score", "in all", "MB", "r, alpha, a, b; p, q, gamma", title=title)
    for (customers, how), found in measured.items():
        seconds = [f"{found['fit']:.1f}", f"{found['score']:.1f}", f"{found['fit'] + found['score']:.1f}"]
        parameters = ", ".join(f"{value:.4g}" for value in found["parameters"])
        table.add_row(f"{customers:,}", how, *seconds, f"{found['peak_mb']:,.0f}", parameters)
    Console(width=150).print(table)


@click.command()
@click.option("--customers", multiple=True, default=(10_000, 100_000), show_default=True)
@click.option("--fitted-on", default=50_000, show_default=True)
def main(customers: tuple[int, ...], fitted_on: int) -> None:
    """Measure in a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(prefix="c360-bench-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        settings = Settings(data_dir=path)
        measured: dict[tuple[int, str], Measured] = {}
        try:
            rebuild.install(settings)
            for number in customers:
                draw(number, path / "customers.csv")
                with db.owner_connection(settings) as connection:
                    hold(connection, path / "customers.csv")
                    measured[number, f"build, fitted on {fitted_on:,}"] = in_postgresql(connection, fitted_on)
                    measured[number, "build, fitted on all"] = in_postgresql(connection, number)
                measured[number, "lifetimes"] = with_lifetimes(path / "customers.csv")
        finally:
            embedded.stop(path)
    show(measured)


if __name__ == "__main__":
    main()
