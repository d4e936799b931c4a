"""How costs grow with the number of customers: builds, questions and the overview page, with the exponent of each.

    python -m tests.bench.growth --size 10000 --size 100000
    python -m tests.bench.growth --data-dir /var/lib/shop --results growth.json --chart growth.html

The exponent is the slope of a line through the logarithms: 1 is in proportion, 0 is the same at every size. `--results`
keeps what was measured, so that sizes measured at different times stand in one table and one chart. In the shop of a
`--data-dir` prices of some orders rise by a cent, and it is rebuilt.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import orjson
import plotly.graph_objects as go
from rich.console import Console
from rich.table import Table

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.bench import builds, pages, run
from tests.browser.browsing import serving

OVERVIEW = "/"
Grown = dict[str, dict[int, float]]
"""Seconds by kind of work and number of customers."""


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
        "overview, nothing kept": _overview(replace(settings, cache="none"), "cold", runs),
        "overview, opened again": _overview(settings, "warm", runs),
    }


def _overview(settings: Settings, kind: str, runs: int) -> float:
    """Seconds until the page is ready in a browser whose cache is cold or warm."""
    with serving(settings) as address:
        found = pages.measure((address,), (OVERVIEW,), runs)
    return statistics.median(one.ready for one in found[OVERVIEW, kind, address]) / 1000


def size_of(settings: Settings) -> int:
    """How many customers the source has."""
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from source.customers")
        (found,) = cursor.fetchone() or (0,)
    return int(found)


def read(results: Path | None) -> Grown:
    """What earlier runs measured."""
    found = orjson.loads(results.read_bytes()) if results and results.exists() else {}
    return {what: {int(size): cost for size, cost in by_size.items()} for what, by_size in found.items()}


def exponent(by_size: Mapping[int, float]) -> str:
    """With which power of the size the seconds grow."""
    if len(by_size) < 2:
        return "–"
    return f"{np.polyfit(np.log(list(by_size)), np.log(list(by_size.values())), 1)[0]:.2f}"


def show(found: Grown, sizes: Sequence[int]) -> None:
    """A row for each kind of work."""
    table = Table("seconds", *(f"{size:,}" for size in sizes), "exponent")
    for what, by_size in found.items():
        seconds = (f"{by_size[size]:.3f}" if size in by_size else "" for size in sizes)
        table.add_row(what, *seconds, exponent(by_size))
    Console().print(table)


def chart(found: Grown) -> go.Figure:
    """A line for each kind of work, both axes logarithmic."""
    lines = [
        go.Scatter(x=list(by_size), y=list(by_size.values()), name=f"{what}: {exponent(by_size)}")
        for what, by_size in found.items()
    ]
    sizes = sorted({size for by_size in found.values() for size in by_size})
    figure = go.Figure(lines)
    figure.update_xaxes(type="log", title="customers", tickvals=sizes, ticktext=[f"{size:,}" for size in sizes])
    figure.update_yaxes(type="log", title="seconds", tickformat="~g", dtick=1)
    return figure.update_layout(title="How costs grow", legend={"title": {"text": "exponent of each"}})


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, help="Of a generated shop, which is thrown away.")
@click.option("--data-dir", "folders", type=click.Path(path_type=Path, exists=True), multiple=True)
@click.option("--runs", default=3, show_default=True)
@click.option("--results", type=click.Path(path_type=Path), help="Earlier results, to which these are added.")
@click.option("--chart", "picture", type=click.Path(path_type=Path), help="An HTML file to write.")
def main(
    sizes: tuple[int, ...], folders: tuple[Path, ...], runs: int, results: Path | None, picture: Path | None
) -> None:
    """Measure shops of several sizes, one after the other; without any, show earlier results."""
    found = read(results)
    for folder, customers in (*((None, size) for size in sizes), *((folder, 0) for folder in folders)):
        with run.loaded(folder, customers) as (settings, _):
            size = size_of(settings)
            for what, cost in costs(settings, runs).items():
                found[what] = dict(sorted({**found.get(what, {}), size: cost}.items()))
        if results:
            results.write_bytes(orjson.dumps(found, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_INDENT_2))
    show(found, sorted({size for by_size in found.values() for size in by_size}))
    if picture:
        chart(found).write_html(picture)


if __name__ == "__main__":
    main()
