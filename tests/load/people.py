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

import click
import orjson
import psutil

from tests.hostile.posting import CALLBACKS, Callback, payload
from tests.load.serving import Served, shop_served

NAMED_BY_PATH = ("segmentation", "revenue", "products", "risk", "customers", "definitions", "admin")
PATHS = {"overview": "/", "customer": "/customer/{customer}"} | {page: f"/{page}" for page in NAMED_BY_PATH}
FILLED_BY = {
    "shell-asked", "shell-build", "customer-id", "customers-asked", "customer-asked", "admin-news", "admin-poll",
    "admin-acted",
}  # fmt: skip
CHOICES: tuple[dict[str, list[str]], ...] = (
    {}, {}, {"value_segment": ["High"]}, {"churn_band": ["High"]}, {"value_segment": ["Low"], "churn_band": ["Medium"]},
)  # fmt: skip
SEARCHES = ("", "?page=2", "?sort=-orders", "?q=an", "?value_segment=High&columns=city,orders", "?q=1&page=3")
WARM_UP_SECONDS = 60.0
MEBIBYTE = 2**20
Known = tuple[dict[str, list[Callback]], list[str]]
"""The callbacks of each page, and ids of customers."""


@dataclass
class Report:
    """What came of all requests."""

    waits: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def callbacks_in(dependencies: bytes) -> dict[str, list[Callback]]:
    """For each page the callbacks that fill it, the one that brings the page itself first, of those that are listed."""
    answered = [each for each in orjson.loads(dependencies) if not each["clientside_function"]]
    (whole,) = [each for each in answered if "_pages_content" in each["output"]]
    filling = [each for each in answered if {one["id"] for one in each["inputs"]} <= FILLED_BY]
    return {
        page: [whole, *(each for each in filling if each["output"].lstrip(".").startswith(f"{page}-"))]
        for page in PATHS
    }


def customers_of(served: Served) -> list[str]:
    """Some ids."""
    found = orjson.loads(served.get("/api/v1/customers?page_size=200")[1])
    return [str(row["customer_id"]) for row in found["data"]]


def person(served: Served, known: Known, until: float, seed: int, report: Report) -> None:
    """Clicks until the time is over."""
    callbacks, customers = known
    chance = random.Random(seed)
    connection = HTTPConnection("127.0.0.1", served.port, timeout=60)

    def ask(method: str, path: str, body: bytes | None = None) -> None:
        started = time.perf_counter()
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", "Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                report.problems.append(f"{answer.status} {path} {(body or b'')[:60]!r}")
        except (OSError, HTTPException) as error:
            report.problems.append(f"{error!r} {path}")
            connection.close()
        report.waits.append(time.perf_counter() - started)

    time.sleep(chance.random() * 3)
    while time.monotonic() < until:
        page, customer = chance.choice(list(PATHS)), chance.choice(customers)
        path, chosen = PATHS[page].format(customer=customer), chance.choice(CHOICES)
        given = {
            "_pages_location.pathname": path,
            "shell-build.data": "load",
            "shell-asked.data": chosen,
            "shell-filters.data": chosen,
            "customers-asked.data": chance.choice(SEARCHES),
            "customer-id.data": customer,
            "admin-acted.data": 0,
        }
        ask("GET", path)
        for callback in callbacks[page]:
            ask("POST", CALLBACKS, orjson.dumps(payload(callback, given=given)))
        time.sleep(1 + 2 * chance.random())


def memory(served: Served) -> float:
    """What the workers hold, in MB."""
    return float(sum(psutil.Process(pid).memory_full_info().uss for pid in served.workers()) / MEBIBYTE)


def measured(served: Served, people: int, seconds: float) -> tuple[Report, float, float]:
    """What came of it, and the workers' memory after the warm-up and at the end."""
    report, known = Report(), (callbacks_in(served.get("/_dash-dependencies")[1]), customers_of(served))
    until = time.monotonic() + WARM_UP_SECONDS + seconds
    work: Callable[[int], threading.Thread] = lambda seed: threading.Thread(  # noqa: E731
        target=person, args=(served, known, until, seed, report)
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
        log = (served.settings.data_dir / "serve.log").read_text(encoding="utf-8")
        report.problems += [line for line in log.splitlines() if " ERROR " in line]
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
