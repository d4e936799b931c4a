"""The builds beside their peers on the same rows, in one run: the naive procedure, DuckDB, and a floor.

The floor is one count(*) over each relation of the source. Processor seconds are those of all processes of the server,
which a machine that is shared stretches far less than the clock; so is peak memory (shared memory counted once), or
that of DuckDB's process; temporary bytes are what PostgreSQL wrote to disk for sorts and hashes. DuckDB's tables are
compared with ours row for row; the naive procedure makes customer_360 alone, and so does, of the full build, what
`share_of_customer_360` says.
"""

import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from time import perf_counter

import orjson
import psutil

from c360_dash import db, rebuild
from c360_dash.config import Settings
from c360_dash.embedded.processes import postmaster, server_processes
from c360_dash.rebuild.installing import read_stages
from tests.bench.peers import duck

PEERS = Path(__file__).parent / "peers"
RELATIONS = ["customers", "orders", "order_items", "returns", "service_tickets", "web_events", "campaign_responses"]
SAMPLE_SECONDS = 1.0  # to look at what all processes share takes a quarter of a second at 1,000,000 customers
FLOOR, FULL, NAIVE, DUCK = "floor: count(*) of each relation", "full build", "naive procedure", "DuckDB"
CHANGED_SHARES = (0.001, 0.01, 0.1)
CHANGE = """
update source.order_items set unit_price = unit_price + 0.01
where customer_id in (select customer_id from source.customers tablesample bernoulli (100 * %s))
"""
SHARE_OF_STAGES = """
select sum(seconds) filter (where stage = any (%s)) / sum(seconds)
from c360.run_stage
where run_id = (select build_id from c360.published_build)
"""

VACUUM = """
select 'vacuum ' || string_agg(format('%I.%I', nspname, relname), ', ')
from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace
where relkind = 'r' and nspname = (select c360.build_schema(build_id) from c360.published_build)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of the processor, peak memory and temporary bytes, both in MB."""

    seconds: float
    processor: float
    peak_mb: float
    temporary_mb: float


def prepare(settings: Settings) -> None:
    """Makes the peers ready: the naive procedure, and the source in DuckDB."""
    _execute(settings, (PEERS / "naive.sql").read_text(encoding="utf-8"))
    duck.prepare(settings, _database(settings))


def costs(settings: Settings, runs: int) -> tuple[dict[str, Cost], int]:
    """The median cost of each way to build, in rounds; in how many rows of all published tables DuckDB differs."""
    ways: dict[str, Callable[[], Cost]] = {
        FLOOR: lambda: _in_postgresql(settings, lambda: _count_everything(settings)),
        FULL: lambda: _in_postgresql(settings, lambda: rebuild.run(settings)),
        NAIVE: lambda: _in_postgresql(settings, lambda: _execute(settings, "call bench_naive.create_customer_360()")),
        DUCK: lambda: _in_duckdb(settings),
    }
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            found[name].append(way())
    differing = sum(duck.differences(settings, _database(settings)).values())
    return {name: _median(each) for name, each in found.items()}, differing


def share_of_customer_360(settings: Settings) -> float:
    """The share of the published build's seconds that went into customer_360 and the stages that it is made of."""
    reads = {stage.name: stage.reads for stage in read_stages(settings.sql_dir / "procedure")}
    needed, left = set(), ["customer_360"]
    while left:
        name = left.pop()
        if name in reads and name not in needed:
            needed.add(name)
            left += reads[name]
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(SHARE_OF_STAGES, [list(needed)])
        (share,) = cursor.fetchone() or (0,)
    return float(share)


def incremental_costs(settings: Settings, runs: int) -> dict[str, Cost]:
    """The median cost of an incremental build after a price changed in all orders of a share of the customers."""
    found = {}
    for share in CHANGED_SHARES:
        each = []
        for _ in range(runs):
            _execute(settings, CHANGE, [share])
            # Otherwise autovacuum does it beside the build.
            _execute(settings, "vacuum analyze source.order_items")
            each.append(_in_postgresql(settings, lambda: _incremental(settings)))
        found[f"incremental build, {share:.1%} changed"] = _median(each)
    return found


def vacuum_published(settings: Settings) -> None:
    """What autovacuum does with a build within minutes, where it is on: its rows are known to be visible to all."""
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(VACUUM)
        (statement,) = cursor.fetchone() or ("vacuum",)
        cursor.execute(statement)


def _incremental(settings: Settings) -> None:
    run = rebuild.run(settings, kind="incremental")
    if run.kind != "incremental":
        raise RuntimeError(f"the build was not incremental: {run.note}")


def _database(settings: Settings) -> Path:
    return settings.data_dir / "peer.duckdb"


def _median(found: list[Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*map(astuple, found), strict=True)))


def _in_postgresql(settings: Settings, work: Callable[[], object]) -> Cost:
    cluster = settings.data_dir.resolve() / "postgres"
    temporary, processor = _temporary_bytes(settings), processor_seconds(cluster)
    with _peak_memory(cluster) as peaks:
        started = perf_counter()
        work()
        seconds = perf_counter() - started
    used = processor_seconds(cluster) - processor
    return Cost(seconds, used, max(peaks, default=0) / 2**20, (_temporary_bytes(settings) - temporary) / 2**20)


def _in_duckdb(settings: Settings) -> Cost:
    duck.settle(settings, _database(settings))
    command = [sys.executable, "-m", "tests.bench.peers.duck", str(_database(settings))]
    told = orjson.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return Cost(told["seconds"], told["processor"], told["peak_mb"], 0.0)


def _count_everything(settings: Settings) -> None:
    _execute(settings, "; ".join(f"select count(*) from source.{relation}" for relation in RELATIONS))


def _execute(settings: Settings, sql: str, parameters: list[float] | None = None) -> None:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _temporary_bytes(settings: Settings) -> int:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")
        cursor.execute("select temp_bytes from pg_stat_database where datname = current_database()")
        (found,) = cursor.fetchone() or (0,)
    return int(found)


@contextmanager
def _peak_memory(cluster: Path) -> Iterator[list[int]]:
    """Samples of the memory of all processes of the server, in bytes, while the block runs."""
    samples: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(SAMPLE_SECONDS):
            samples.append(_memory(cluster))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield samples
    finally:
        over.set()
        watcher.join()


def _memory(cluster: Path) -> int:
    found = 0
    for process in server_processes(cluster):
        try:
            found += process.memory_full_info().pss
        except psutil.Error:
            continue
    return found


def processor_seconds(cluster: Path) -> float:
    """Of all processes of the server: those that work, and those that have ended, which its first process is told."""
    server = postmaster(cluster)
    if server is None:
        raise RuntimeError(f"no server runs in {cluster}")
    times = server.cpu_times()
    found = times.children_user + times.children_system
    for process in server_processes(cluster):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        found += times.user + times.system
    return float(found)
