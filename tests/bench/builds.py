"""The full build beside its peers on the same rows, in one run: the naive procedure, DuckDB, and a floor.

The floor is one count(*) over each relation of the source. Peak memory is that of all processes of PostgreSQL
(shared memory counted once), or of DuckDB's process; temporary bytes are what PostgreSQL wrote to disk for sorts and
hashes. DuckDB's tables are compared with ours row for row; the naive procedure makes customer_360 alone.
"""

import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import orjson
import psutil

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.bench.peers import duck

PEERS = Path(__file__).parent / "peers"
RELATIONS = ["customers", "orders", "order_items", "returns", "service_tickets", "web_events", "campaign_responses"]
SAMPLE_SECONDS = 0.25


@dataclass(frozen=True)
class Cost:
    """Seconds, peak memory and temporary bytes, both in MB."""

    seconds: float
    peak_mb: float
    temporary_mb: float


def prepare(settings: Settings) -> int:
    """Makes the peers ready, and lets each build once: in how many rows of all published tables DuckDB differs."""
    _execute(settings, (PEERS / "naive.sql").read_text(encoding="utf-8"))
    rebuild.run(settings)
    duck.prepare(settings, _database(settings))
    _in_duckdb(settings)
    return sum(duck.differences(settings, _database(settings)).values())


def costs(settings: Settings, runs: int) -> dict[str, Cost]:
    """The median cost of each way to build, in rounds: all of them once, then all of them again."""
    ways: dict[str, Callable[[], Cost]] = {
        "floor: count(*) of each relation": lambda: _in_postgresql(settings, lambda: _count_everything(settings)),
        "full build": lambda: _in_postgresql(settings, lambda: rebuild.run(settings)),
        "naive procedure": lambda: _in_postgresql(settings, lambda: _naive(settings)),
        "DuckDB": lambda: _in_duckdb(settings),
    }
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            found[name].append(way())
    return {name: _median(each) for name, each in found.items()}


def _database(settings: Settings) -> Path:
    return settings.data_dir / "peer.duckdb"


def _median(found: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.seconds for cost in found),
        statistics.median(cost.peak_mb for cost in found),
        statistics.median(cost.temporary_mb for cost in found),
    )


def _in_postgresql(settings: Settings, work: Callable[[], object]) -> Cost:
    before = _temporary_bytes(settings)
    with _peak_memory() as peaks:
        started = perf_counter()
        work()
        seconds = perf_counter() - started
    return Cost(seconds, max(peaks, default=0) / 2**20, (_temporary_bytes(settings) - before) / 2**20)


def _in_duckdb(settings: Settings) -> Cost:
    command = [sys.executable, "-m", "tests.bench.peers.duck", str(_database(settings))]
    told = orjson.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return Cost(told["seconds"], told["peak_mb"], 0.0)


def _naive(settings: Settings) -> None:
    _execute(settings, "call bench_naive.create_customer_360()")


def _count_everything(settings: Settings) -> None:
    _execute(settings, "; ".join(f"select count(*) from source.{relation}" for relation in RELATIONS))


def _execute(settings: Settings, sql: str) -> None:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(sql)


def _temporary_bytes(settings: Settings) -> int:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")
        cursor.execute("select temp_bytes from pg_stat_database where datname = current_database()")
        (found,) = cursor.fetchone() or (0,)
    return int(found)


@contextmanager
def _peak_memory() -> Iterator[list[int]]:
    """Samples of the memory of all PostgreSQL processes of this machine, in bytes, while the block runs."""
    samples: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(SAMPLE_SECONDS):
            samples.append(_memory())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield samples
    finally:
        over.set()
        watcher.join()


def _memory() -> int:
    found = 0
    for process in psutil.process_iter(["name"]):
        if (process.info["name"] or "").startswith("postgres"):
            try:
                found += process.memory_full_info().pss
            except psutil.Error:
                continue
    return found
