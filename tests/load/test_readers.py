"""Readers while builds come and go, and while the database is away: no error, no mixed build, nothing that dies."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

import orjson
import pytest

from c360_dash import embedded, rebuild
from c360_dash.config import Settings
from tests.load.serving import PATIENCE, Served

Rows = Callable[..., list[tuple[object, ...]]]
Sums = tuple[int, float]
READERS = 4
PACE_SECONDS = 0.05  # readers read: without a pause they would take the cores from the rebuilds
# The last is asked anew each time; what was asked before is still answered, marked stale, while the database is away.
QUESTIONS = (
    "kpis", "customer-segments", "kpis?value_segment=High", "customers?page_size=5", "rfm-segmentation",
    "customers?q=nobody{number}",
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name in ("rebuilds", "seconds_away"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, [metafunc.config.getoption(f"--{name.replace('_', '-')}")])


@dataclass
class Reading:
    """What readers got: how many answers, each different (path, build, sums) among them, and what was no answer."""

    answers: int = 0
    different: set[tuple[str, int, Sums | None]] = field(default_factory=set)
    others: set[tuple[int, bytes]] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    longest: float = 0.0


@contextmanager
def readers(served: Served) -> Iterator[Reading]:
    """Readers who ask one question after the other until the block ends."""
    reading, over = Reading(), threading.Event()
    threads = [threading.Thread(target=_read, args=(served, reading, over, number)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield reading
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _read(served: Served, reading: Reading, over: threading.Event, number: int) -> None:
    while not over.wait(PACE_SECONDS):
        number += 1
        path = QUESTIONS[number % len(QUESTIONS)].format(number=number)
        started = monotonic()
        try:
            status, body = served.get(f"/api/v1/{path}")
        except OSError as error:
            reading.broken.append(repr(error))
            continue
        reading.longest = max(reading.longest, monotonic() - started)
        if status == 200:
            found = orjson.loads(body)
            reading.answers += 1
            reading.different.add((path, found["build"], sums_of(found, path)))
        else:
            reading.others.add((status, body))


def sums_of_published(settings: Settings, rows: Rows) -> tuple[int, Sums]:
    """The published build's number, and its customers and lifetime value, counted in its own table."""
    ((build, customers, value),) = rows(
        settings,
        "select (select build_id from c360.published_build), count(*), round(sum(lifetime_value), 2)"
        " from c360.customer_360",
    )
    return int(str(build)), (int(str(customers)), float(str(value)))


def sums_of(answer: dict[str, object], path: str) -> Sums | None:
    """Customers and lifetime value as an answer has them; None for questions about fewer customers."""
    rows: list[dict[str, float]] = answer["data"]  # type: ignore[assignment]
    if path == "kpis":
        values = {str(row["metric"]): row["value"] for row in rows}
        return int(values["customers"]), round(values["total_lifetime_value"], 2)
    if path == "customer-segments":
        return int(sum(row["customers"] for row in rows)), round(sum(row["lifetime_value"] or 0 for row in rows), 2)
    return None


def test_readers_of_many_rebuilds_meet_no_error_and_no_mixed_build(served: Served, rows: Rows, rebuilds: int) -> None:
    known = dict([sums_of_published(served.settings, rows)])
    with readers(served) as reading:
        for number in range(rebuilds):
            rows(served.settings, "update source.order_items set unit_price = unit_price + 1 where line_no = 1")
            rows(served.settings, "insert into source.customers (customer_id) values (%s)", f"{9_000_000 + number}")
            rebuild.run(served.settings)
            known |= dict([sums_of_published(served.settings, rows)])

    assert reading.broken == []
    assert reading.others == set()
    assert len(known) == rebuilds + 1
    assert len({build for _, build, _ in reading.different}) > 1
    for path, build, sums in reading.different:
        assert sums is None or sums == known[build], f"{path} of build {build}"
    print(f"{reading.answers} answers, longest wait {reading.longest:.2f} s")  # noqa: T201


def test_a_database_that_is_away_is_said_and_comes_back_by_itself(
    served: Served, rows: Rows, seconds_away: float
) -> None:
    workers = served.workers()
    with readers(served) as reading:
        embedded.stop(served.settings.data_dir)
        started = monotonic()
        while monotonic() < started + seconds_away or not reading.others:
            assert monotonic() < started + seconds_away + PATIENCE, "nobody was told that the database is away"
            status, page = served.get("/")
            assert (status, b"Customer 360" in page) == (200, True)
        embedded.ensure_running(served.settings.data_dir)
        _ready_again(served)

    assert reading.broken == []
    assert {status for status, _ in reading.others} == {503}
    assert all(b"database" in body for _, body in reading.others)
    assert served.workers() == workers
    ((connections,),) = rows(
        served.settings,
        "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    assert int(str(connections)) <= len(workers) * served.settings.pool_size


def _ready_again(served: Served) -> None:
    until = monotonic() + PATIENCE
    while served.get("/readyz")[0] != 200 or served.get("/api/v1/kpis?country=unknown")[0] == 503:
        assert monotonic() < until, "the application did not come back"
