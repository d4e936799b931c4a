"""People who click through all pages, as browsers do it: what it costs, and what breaks.

    python -m tests.load.people --people 50 --minutes 5 --customers 100000

Everybody opens a page, asks all callbacks that fill its cards at once with the same filters, looks for a while, and
goes on. Reported are requests per second, waits, everything that was not answered, and how the workers' memory grew
after the first minute.
"""

import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

import click
import orjson
import psutil

from tests.load.serving import Served, shop_served

PAGES = ("overview", "segmentation", "revenue", "products", "risk")
PATHS = {"overview": "/"} | {page: f"/{page}" for page in PAGES[1:]}
CHOICES: tuple[dict[str, list[str]], ...] = (
    {}, {}, {"value_segment": ["High"]}, {"churn_band": ["High"]}, {"value_segment": ["Low"], "churn_band": ["Medium"]},
)  # fmt: skip
WARM_UP_SECONDS = 60.0
MEBIBYTE = 2**20


@dataclass
class Report:
    """What came of all requests."""

    waits: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def callbacks_in(dependencies: bytes) -> dict[str, list[dict[str, Any]]]:
    """For each page the callbacks that fill its cards from filters and build, of what /_dash-dependencies lists."""
    found = orjson.loads(dependencies)
    filled = [each for each in found if [given["id"] for given in each["inputs"]] == ["shell-filters", "shell-build"]]
    return {page: [each for each in filled if each["output"].startswith(f"{page}-")] for page in PAGES}


def question(callback: dict[str, Any], chosen: dict[str, list[str]], build: str) -> bytes:
    """What a browser posts for a callback."""
    name, _, prop = callback["output"].rpartition(".")
    return orjson.dumps(
        {
            "output": callback["output"],
            "outputs": {"id": name, "property": prop},
            "inputs": [
                {"id": "shell-filters", "property": "data", "value": chosen},
                {"id": "shell-build", "property": "data", "value": build},
            ],
            "changedPropIds": ["shell-filters.data"],
            "state": [],
        }
    )


def person(served: Served, callbacks: dict[str, list[dict[str, Any]]], until: float, seed: int, report: Report) -> None:
    """Clicks until the time is over."""
    chance = random.Random(seed)
    connection = HTTPConnection("127.0.0.1", served.port, timeout=60)

    def ask(method: str, path: str, body: bytes | None = None) -> None:
        started = time.perf_counter()
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", "Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                report.problems.append(f"{answer.status} {path}")
        except (OSError, HTTPException) as error:
            report.problems.append(f"{error!r} {path}")
            connection.close()
        report.waits.append(time.perf_counter() - started)

    time.sleep(chance.random() * 3)
    while time.monotonic() < until:
        page, chosen = chance.choice(PAGES), chance.choice(CHOICES)
        ask("GET", PATHS[page])
        for callback in callbacks[page]:
            ask("POST", "/_dash-update-component", question(callback, chosen, "load"))
        time.sleep(1 + 2 * chance.random())


def memory(served: Served) -> float:
    """What the workers hold, in MB."""
    return float(sum(psutil.Process(pid).memory_full_info().uss for pid in served.workers()) / MEBIBYTE)


def measured(served: Served, people: int, seconds: float) -> tuple[Report, float, float]:
    """What came of it, and the workers' memory after the warm-up and at the end."""
    report, callbacks = Report(), callbacks_in(served.get("/_dash-dependencies")[1])
    until = time.monotonic() + WARM_UP_SECONDS + seconds
    work: Callable[[int], threading.Thread] = lambda seed: threading.Thread(  # noqa: E731
        target=person, args=(served, callbacks, until, seed, report)
    )
    threads = [work(seed) for seed in range(people)]
    for thread in threads:
        thread.start()
    time.sleep(WARM_UP_SECONDS)
    warm, warm_up_requests = memory(served), len(report.waits)
    for thread in threads:
        thread.join()
    report.waits = report.waits[warm_up_requests:]
    return report, warm, memory(served)


@click.command()
@click.option("--people", default=50, show_default=True)
@click.option("--minutes", default=5.0, show_default=True)
@click.option("--customers", default=100_000, show_default=True)
def main(people: int, minutes: float, customers: int) -> None:
    """Measure in a database of its own, which is thrown away."""
    with shop_served(customers) as served:
        workers = served.workers()
        report, warm, last = measured(served, people, minutes * 60)
        died = workers - served.workers()
    parts = statistics.quantiles(report.waits, n=100)
    click.echo(
        f"{people} people, {customers:,} customers: {len(report.waits) / minutes / 60:.0f} requests/s, "
        f"p50 {1000 * parts[49]:.1f} ms, p95 {1000 * parts[94]:.1f} ms, p99 {1000 * parts[98]:.1f} ms, "
        f"{len(report.problems)} problems, {len(died)} workers died, memory {warm:.0f} → {last:.0f} MB"
    )
    for problem in sorted(set(report.problems)):
        click.echo(problem)


if __name__ == "__main__":
    main()
