"""What it costs: generate and load a shop, build it beside its peers (builds.py), ask every question cold and warm.

    python -m tests.bench.run --customers 100000 --runs 5
    python -m tests.bench.run --data-dir /var/lib/shop     in a database that is loaded, which is kept

Figures are medians; compare the ratios, for machines differ and are shared. `growth` has the same at several sizes.
"""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from c360_dash import db, demo, embedded, rebuild, sources
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.questions import QUESTIONS
from tests.bench import builds

FILTERS = (Filters(), Filters(value_segment=("High",)), Filters(churn_band=("High",), value_segment=("Low", "Medium")))
Measured = list[tuple[str, float, str]]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def load(settings: Settings, customers: int) -> Measured:
    """A generated shop in an empty database."""
    folder = settings.data_dir / "shop"
    rebuild.install(settings)
    mapping = settings.sql_dir / "mappings" / "shop.sql"
    return [
        ("generate", seconds(lambda: demo.generate(folder, customers)), ""),
        ("load", seconds(lambda: sources.load(settings, mapping, folder)), ""),
    ]


def measure_builds(settings: Settings, runs: int) -> Measured:
    """Full builds beside their peers, then incremental ones."""
    builds.prepare(settings)
    found, differing = builds.costs(settings, runs)
    alone = found[builds.FULL].seconds * builds.share_of_customer_360(settings)
    found |= builds.incremental_costs(settings, runs)
    full = found[builds.FULL]
    return [
        *((name, cost.seconds, _beside(cost, full)) for name, cost in found.items()),
        ("full build, stages of customer_360", alone, f"naive = {found[builds.NAIVE].seconds / alone:.2f} x"),
        ("rows that DuckDB has otherwise", 0.0, f"{differing:,}"),
    ]


def _beside(cost: builds.Cost, full: builds.Cost) -> str:
    ratios = f"full build = {full.seconds / cost.seconds:.2f} x, its processor {full.processor / cost.processor:.2f} x"
    used = f"{cost.processor:,.1f} s of processor, {cost.peak_mb:,.0f} MB, {cost.temporary_mb:,.0f} MB temporary"
    return f"{ratios}; {used}"


def measure_questions(settings: Settings, runs: int) -> Measured:
    builds.vacuum_published(settings)
    db.init(settings)
    build = db.current_build()
    return [
        (f"{kind} question {name}", cost, "")
        for name in QUESTIONS
        for kind, cost in (("cold", _cold(name, settings, build, runs)), ("warm", _warm(name, settings, build, runs)))
    ]


def _cold(name: str, settings: Settings, build: Build, runs: int) -> float:
    db.init(replace(settings, cache="none"))
    return statistics.median(_ask(name, build, filters) for _ in range(runs) for filters in FILTERS)


def _warm(name: str, settings: Settings, build: Build, runs: int) -> float:
    db.init(settings)
    _ask(name, build, FILTERS[0])
    return statistics.median(_ask(name, build, FILTERS[0]) for _ in range(100 * runs))


def _ask(name: str, build: Build, filters: Filters) -> float:
    return seconds(lambda: QUESTIONS[name].rows(build, filters))


@contextmanager
def loaded(data_dir: Path | None, customers: int) -> Iterator[tuple[Settings, Measured]]:
    """A database with a loaded shop: the one in the folder, or a generated one that is thrown away at the end."""
    if data_dir is not None:
        yield Settings(data_dir=data_dir), []
        return
    with tempfile.TemporaryDirectory(prefix="c360-bench-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        settings = Settings(data_dir=path)
        try:
            yield settings, load(settings, customers)
        finally:
            embedded.stop(path)


def show(title: str, measured: Measured) -> None:
    """The table, with the machine."""
    table = Table("what", "seconds", "ratio", title=f"{title}; {platform.platform()}, {os.cpu_count()} cores")
    for what, cost, ratio in measured:
        table.add_row(what, f"{cost:.6f}" if cost < 0.1 else f"{cost:.2f}", ratio)
    Console(width=160).print(table)


@click.command()
@click.option("--customers", default=100_000, show_default=True, help="Of a generated shop, which is thrown away.")
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), help="Use the loaded shop that is there.")
@click.option("--runs", default=5, show_default=True)
def main(customers: int, data_dir: Path | None, runs: int) -> None:
    """Measure the builds and the questions."""
    with loaded(data_dir, customers) as (settings, measured):
        measured = measured + measure_builds(settings, runs) + measure_questions(settings, runs)
    show(f"{data_dir or f'{customers:,} customers'}, medians of {runs}", measured)


if __name__ == "__main__":
    main()
