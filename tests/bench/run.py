"""What it costs: generate and load a shop, build it beside its peers (builds.py), ask every question cold and warm.

    python -m tests.bench.run --customers 100000 --runs 5

Figures are medians; compare the ratios, for machines differ and are shared.
"""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
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

FULL = "full build"
FILTERS = (Filters(), Filters(value_segment=("High",)), Filters(churn_band=("High",), value_segment=("Low", "Medium")))
Measured = list[tuple[str, float, str]]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure_build(settings: Settings, folder: Path, customers: int, runs: int) -> Measured:
    rebuild.install(settings)
    mapping = settings.sql_dir / "mappings" / "shop.sql"
    generated = seconds(lambda: demo.generate(folder, customers))
    loaded = seconds(lambda: sources.load(settings, mapping, folder))
    differing = builds.prepare(settings)
    found = builds.costs(settings, runs)
    full = found[FULL].seconds
    return [
        ("generate", generated, ""),
        ("load", loaded, ""),
        *((name, cost.seconds, _beside(cost, full)) for name, cost in found.items()),
        ("rows that DuckDB has otherwise", 0.0, f"{differing:,}"),
    ]


def _beside(cost: builds.Cost, full: float) -> str:
    memory = f"{cost.peak_mb:,.0f} MB, {cost.temporary_mb:,.0f} MB temporary"
    return f"full build = {full / cost.seconds:.2f} x; {memory}"


def measure_questions(settings: Settings, runs: int) -> Measured:
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


def show(customers: int, runs: int, measured: Measured) -> None:
    title = f"{customers:,} customers, medians of {runs}; {platform.platform()}, {os.cpu_count()} cores"
    table = Table("what", "seconds", "ratio", title=title)
    for what, cost, ratio in measured:
        table.add_row(what, f"{cost:.6f}" if cost < 0.1 else f"{cost:.2f}", ratio)
    Console().print(table)


@click.command()
@click.option("--customers", default=100_000, show_default=True)
@click.option("--runs", default=5, show_default=True)
def main(customers: int, runs: int) -> None:
    """Measure in a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(prefix="c360-bench-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        settings = Settings(data_dir=path)
        try:
            measured = measure_build(settings, path / "shop", customers, runs) + measure_questions(settings, runs)
        finally:
            embedded.stop(path)
    show(customers, runs, measured)


if __name__ == "__main__":
    main()
