"""How answers get slower as more people ask at once, from 1 to 200, and what is said where it is too many.

    python -m tests.bench.load --customers 100000
    python -m tests.bench.load --address http://127.0.0.1:8050

Everybody asks the next question as soon as the last is answered, on a connection that stays open. `warm` posts what
fills the cards of the overview, the same filters each time; `cold` asks what nobody has asked before, so that the
database answers; `nothing` is a callback of Dash that does nothing, on the same web server: the most that is possible.
Refused is an answer 503 that says when to try again; failed is everything else that is no answer.
"""

import asyncio
import itertools
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.request import urlopen

import click
import orjson
from rich.console import Console
from rich.table import Table

from c360_dash import metrics
from tests.hostile.posting import payload
from tests.load.people import callbacks_in
from tests.load.serving import shop_served

CLIENTS = (1, 2, 4, 8, 16, 32, 64, 100, 200)
PATIENCE = 60.0
NOTHING = "tests.bench.nothing:server"
NOTHING_ASKED = {
    "output": "out.children",
    "outputs": {"id": "out", "property": "children"},
    "inputs": [{"id": "in", "property": "data", "value": 1}],
    "changedPropIds": ["in.data"],
    "state": [],
}

Questions = Callable[[], Iterator[bytes]]


@dataclass
class Answers:
    """What came back: milliseconds of each, how many were refused or failed, and seconds until the last was there."""

    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    refused: int = 0
    failed: int = 0


def post(host: str, body: bytes) -> bytes:
    """A callback as a browser posts it."""
    head = (
        f"POST /_dash-update-component HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Accept-Encoding: gzip, deflate, br\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(host: str, path: str) -> bytes:
    """A question to the API."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\n\r\n".encode()


async def client(host: str, questions: Iterator[bytes], until: float, answers: Answers) -> None:
    """Asks one question after the other until the time is over."""
    name, _, port = host.partition(":")
    reader, writer = await asyncio.open_connection(name, port)
    while time.monotonic() < until:
        started = time.perf_counter()
        try:
            writer.write(next(questions))
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            await reader.readexactly(_length(head))
        except (OSError, EOFError, TimeoutError):
            answers.failed += 1
            writer.close()
            reader, writer = await asyncio.open_connection(name, port)
            continue
        _note(head, answers, 1000 * (time.perf_counter() - started))
    writer.close()


def _note(head: bytes, answers: Answers, wait: float) -> None:
    status = int(head[9:12])
    if status == 200:
        answers.waits.append(wait)
    elif status == 503 and b"retry-after:" in head.lower():
        answers.refused += 1
    else:
        answers.failed += 1


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


async def _together(host: str, questions: Questions, clients: int, seconds: float) -> Answers:
    answers, began = Answers(), time.monotonic()
    await asyncio.gather(*(client(host, questions(), began + seconds, answers) for _ in range(clients)))
    answers.seconds = time.monotonic() - began
    return answers


def warm_questions(host: str) -> Questions:
    """What fills the overview, over and over."""
    with urlopen(f"http://{host}/_dash-dependencies") as answer:
        callbacks = callbacks_in(answer.read())
    given = {"shell-asked.data": {}, "shell-filters.data": {}, "shell-build.data": "load"}
    filling = callbacks["overview"][1:]
    posts = [post(host, orjson.dumps(payload(each, given=given))) for each in filling]
    return lambda: itertools.cycle(posts)


def cold_questions(host: str) -> Questions:
    """Customers by words and filters that nobody has asked for: everybody takes the next one."""
    number = itertools.count(time.time_ns() % 10**9)
    segments = itertools.cycle(segment.name for segment in metrics.VALUE_SEGMENTS)
    ask = lambda: get(  # noqa: E731
        host, f"/api/v1/customers?value_segment={next(segments)}&sort=-orders&page_size=5&q=x{next(number)}"
    )
    return lambda: iter(ask, None)


@contextmanager
def nothing_served() -> Iterator[str]:
    """The place of a Dash application that does nothing, behind the same web server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "8", "--workers", "2"]
    process = subprocess.Popen([*command, "--keep-alive", "30", "--log-level", "error", "--bind", host, NOTHING])
    try:
        _wait(host)
        yield host
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(host: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"http://{host}/").close()
            return
        except OSError:
            assert time.monotonic() < until, "the web server did not begin to answer"
            time.sleep(0.1)


def measure(host: str, questions: Questions, clients: tuple[int, ...], seconds: float) -> dict[int, Answers]:
    return {number: asyncio.run(_together(host, questions, number, seconds)) for number in clients}


def show(found: dict[str, dict[int, Answers]]) -> None:
    table = Table("asked", "at once", "a second", "p50, ms", "p95, ms", "longest, ms", "refused", "failed")
    for kind, by_clients in found.items():
        for number, answers in by_clients.items():
            parts = statistics.quantiles(answers.waits, n=20) if len(answers.waits) > 1 else [0.0] * 19
            shown = [f"{value:.2f}" for value in (parts[9], parts[18], max(answers.waits, default=0))]
            rate = f"{len(answers.waits) / answers.seconds:.0f}"
            table.add_row(kind, str(number), rate, *shown, str(answers.refused), str(answers.failed))
    Console(width=110).print(table)


@contextmanager
def _served(address: str | None, customers: int) -> Iterator[str]:
    if address:
        yield urlsplit(address).netloc
        return
    with shop_served(customers) as served:
        yield f"127.0.0.1:{served.port}"


@click.command()
@click.option("--address", help="Of a server that runs; default: a shop of its own.")
@click.option("--customers", default=20_000, show_default=True)
@click.option("--clients", default=",".join(map(str, CLIENTS)), show_default=True)
@click.option("--seconds", default=3.0, show_default=True, help="For each number of clients.")
@click.option("--kind", "kinds", multiple=True, default=("nothing", "warm", "cold"))
def main(address: str | None, customers: int, clients: str, seconds: float, kinds: tuple[str, ...]) -> None:
    """Measure on this machine."""
    numbers = tuple(int(number) for number in clients.split(","))
    found = {}
    if "nothing" in kinds:
        with nothing_served() as host:
            body = post(host, orjson.dumps(NOTHING_ASKED))
            found["nothing"] = measure(host, lambda: itertools.repeat(body), numbers, seconds)
    with _served(address, customers) as host:
        for kind, questions in (("warm", warm_questions), ("cold", cold_questions)):
            if kind in kinds:
                asked = questions(host)
                measure(host, asked, (1,), 1.0)
                found[kind] = measure(host, asked, numbers, seconds)
    show(found)


if __name__ == "__main__":
    main()
