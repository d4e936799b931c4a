"""A published build made by hand, and builds of the people of tests/people, to be read or to be copied."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.oracle.reading import change_parameters
from tests.people import AS_OF, PARAMETERS, SOURCE, fill

NAMED_PEOPLE = sorted(Path(__file__).parent.glob("named_*.sql"))


def fill_with_named_people(settings: Settings) -> None:
    """Installs the SQL and makes build 1 of named_people.sql, with what other named_….sql add to it."""
    rebuild.install(settings)
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        for path in NAMED_PEOPLE:
            cursor.execute(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def named_people(make_database: Callable[[], Settings]) -> Settings:
    """Settings of a database whose build 1 holds the people of named_people.sql; tests only read it."""
    settings = make_database()
    fill_with_named_people(settings)
    return settings


@pytest.fixture(scope="session")
def untouched_named_people(make_database: Callable[[], Settings]) -> Settings:
    """As `named_people`, in a database that nobody ever connects to again: it is there to be copied."""
    settings = make_database()
    fill_with_named_people(settings)
    return settings


@pytest.fixture
def own_named_people(own_database: Callable[..., Settings], untouched_named_people: Settings) -> Settings:
    """As `named_people`, in a database of the test's own, which it may break."""
    return own_database(untouched_named_people)


@pytest.fixture(scope="session")
def loaded_people(make_database: Callable[[], Settings]) -> Settings:
    """Settings of a database with the people of tests/people in its source, which is only copied."""
    settings = make_database()
    rebuild.install(settings)
    with db.owner_connection(settings) as connection:
        fill(connection, SOURCE)
    change_parameters(settings, PARAMETERS)
    return settings


@pytest.fixture(scope="session")
def built_people(make_database: Callable[..., Settings], loaded_people: Settings) -> Settings:
    """As `loaded_people`, with a build of them; it is only copied."""
    settings: Settings = make_database(loaded_people)
    rebuild.run(settings, AS_OF)
    return settings


@pytest.fixture(scope="session")
def twice_built_people(make_database: Callable[..., Settings], built_people: Settings) -> Settings:
    """As `built_people`, with a second build, so that there is movement; it is only copied."""
    settings: Settings = make_database(built_people)
    rebuild.run(settings, AS_OF)
    return settings


@pytest.fixture
def close(settings: Settings) -> Callable[[Settings], None]:
    """A function that lets nobody into a database any more and throws everybody out, as when a server goes down."""

    def run(database: Settings) -> None:
        name = make_url(database.database_url or "").database
        with db.owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(f"alter database {name} with allow_connections false")
            cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))

    return run


@pytest.fixture
def reopen(settings: Settings) -> Callable[[Settings], None]:
    """A function that lets everybody into the database again."""

    def run(database: Settings) -> None:
        name = make_url(database.database_url or "").database
        with db.owner_connection(settings) as connection, connection.cursor() as cursor:
            cursor.execute(f"alter database {name} with allow_connections true")

    return run
