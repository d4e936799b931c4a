"""Names with typing errors are found where the database has pg_trgm: on the server of TEST_POSTGRES_URL."""

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from c360_dash import db, rebuild
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.queries import customers
from c360_dash.queries.customers import Asked
from tests.oracle.reading import change_parameters
from tests.people import AS_OF, PARAMETERS, SOURCE, fill

SERVER = os.environ.get("TEST_POSTGRES_URL")
NAME = "c360_typing_errors"


def built(settings: Settings) -> Build:
    rebuild.install(settings)
    with db.owner_connection(settings) as connection:
        fill(connection, SOURCE)
    change_parameters(settings, PARAMETERS)
    rebuild.run(settings, AS_OF)
    db.init(settings)
    return db.current_build()


@pytest.fixture
def tolerant(tmp_path: Path) -> Build:
    if SERVER is None:
        pytest.skip("TEST_POSTGRES_URL names no server with the extension pg_trgm")
    url = make_url(SERVER.replace("postgresql://", "postgresql+psycopg2://"))
    server = Settings(database_url=url.render_as_string(hide_password=False), data_dir=tmp_path)
    with db.owner_connection(server) as connection, connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {NAME} with (force)")
        cursor.execute(f"create database {NAME}")
    own = Settings(database_url=url.set(database=NAME).render_as_string(hide_password=False), data_dir=tmp_path)
    with db.owner_connection(own) as connection, connection.cursor() as cursor:
        cursor.execute("create extension pg_trgm")
    return built(own)


def found(build: Build, words: str) -> tuple[list[str], str | None]:
    page = customers.page(build, Asked(words=words))
    return [row["customer_id"] for row in page.rows], page.instead


def test_a_name_with_typing_errors_is_found_and_what_was_looked_for_is_said(tolerant: Build) -> None:
    assert found(tolerant, "rossi") == (["ada"], None)
    assert found(tolerant, "Ada Rosssi") == (["ada"], "ada rossi")
    assert found(tolerant, "Guilia") == (["giulia"], "giulia")
    assert found(tolerant, "xqzw") == ([], None)


def test_without_the_extension_nobody_is_found(fresh_database: Settings) -> None:
    assert found(built(fresh_database), "Ada Rosssi") == ([], None)
