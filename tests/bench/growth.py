"""How costs grow with the number of customers: build, incremental build and questions, with the exponent of each.

    python -m tests.bench.growth --size 10000 --size 100000 --size 1000000

The exponent is the slope of a line through the logarithms: 1 is in proportion, 0 is the same at every size.
"""

import statistics

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from c360_dash import rebuild
from c360_dash.config import Settings
from tests.bench import builds, run


def costs(settings: Settings, runs: int) -> dict[str, float]:
    """Seconds of each kind of work in a loaded database."""
    full = statistics.median(run.seconds(lambda: rebuild.run(settings)) for _ in range(runs))
    incremental = {name: cost.seconds for name, cost in builds.incremental_costs(settings, runs).items()}
    questions = [cost for what, cost, _ in run.measure_questions(settings, runs) if what.startswith("cold")]
    return {
        builds.FULL: full,
        **incremental,
        "cold question, median": statistics.median(questions),
        "cold question, slowest": max(questions),
    }


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """With which power of the size the seconds grow."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def show(sizes: list[int], found: list[dict[str, float]], runs: int) -> None:
    """A row for each kind of work."""
    table = Table("seconds", *(f"{size:,}" for size in sizes), "exponent", title=f"medians of {runs}")
    for what in found[0]:
        seconds = [costs_of_size[what] for costs_of_size in found]
        table.add_row(what, *(f"{each:.3f}" for each in seconds), f"{exponent(sizes, seconds):.2f}")
    Console().print(table)


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, default=(10_000, 100_000), show_default=True)
@click.option("--runs", default=3, show_default=True)
def main(sizes: tuple[int, ...], runs: int) -> None:
    """Measure generated shops of several sizes, one after the other."""
    found = []
    for size in sizes:
        with run.loaded(None, size) as (settings, _):
            found.append(costs(settings, runs))
    show(list(sizes), found, runs)


if __name__ == "__main__":
    main()
