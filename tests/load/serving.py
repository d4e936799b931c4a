"""A generated shop behind gunicorn, as in production, on a PostgreSQL of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import psutil

from c360_dash import demo, embedded, rebuild, sources
from c360_dash.config import Settings

WORKERS = 2
PATIENCE = 120.0


@dataclass(frozen=True)
class Served:
    """A shop, and the gunicorn that serves it."""

    settings: Settings
    port: int
    gunicorn: psutil.Process

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of one request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def workers(self) -> set[int]:
        """The process numbers of the workers."""
        return {child.pid for child in self.gunicorn.children()}


@contextmanager
def shop_served(customers: int) -> Iterator[Served]:
    """A shop of that many customers behind two workers; all of it is gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="c360-"))
    place.chmod(0o755)
    try:
        own = Settings(data_dir=place)
        folder = place / "shop"
        demo.generate(folder, customers)
        rebuild.install(own)
        sources.load(own, own.sql_dir / "mappings" / "shop.sql", folder)
        rebuild.run(own)
        with gunicorn(own) as found:
            yield found
    finally:
        embedded.stop(place)
        shutil.rmtree(place)


@contextmanager
def gunicorn(settings: Settings, **more: str) -> Iterator[Served]:
    """A server of the settings' data directory, with more settings by their names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = (
        os.environ
        | {
            "C360_DATA_DIR": str(settings.data_dir),
            "C360_PORT": str(port),
            "C360_WORKERS": str(WORKERS),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        | more
    )
    command = [sys.executable, "-c", "from c360_dash.cli import main; main()", "serve"]
    with (settings.data_dir / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        found = Served(settings, port, psutil.Process(process.pid))
        _ready(found)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _ready(served: Served) -> None:
    until = monotonic() + PATIENCE
    while True:
        try:
            if served.get("/readyz")[0] == 200 and len(served.workers()) == WORKERS:
                return
        except OSError:
            assert monotonic() < until, "gunicorn did not begin to answer"
