"""Connections to PostgreSQL: as the owner, who builds, and as the reader, who may only read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg2
import psycopg2.extensions
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from c360_dash import embedded
from c360_dash.config import Settings
from c360_dash.db import cloudsql
from c360_dash.errors import C360Error

READER_ROLE = "c360_reader"
CONNECT_SECONDS = 10
RECYCLE_SECONDS = 1800
OUTSIDE_THE_POOL = 2  # a health check must not wait for eight slow questions
UNKNOWN_ROLE, NOT_A_MEMBER = "22023", "42501"


class DatabaseUnreachable(C360Error):
    """PostgreSQL does not answer, or does not let us in; the text names the place and the reason."""


def owner_engine(settings: Settings) -> Engine:
    """The engine of whoever installs, loads and builds; one per process and settings. Starts an embedded server."""
    return _owner_engine(settings, os.getpid())


def reader_engine(settings: Settings) -> Engine:
    """The engine of the web application: transactions read only, statements end at the timeout of the settings.

    Its sessions act as the role c360_reader where that role exists and may be taken. One per process and settings.
    """
    return _reader_engine(settings, os.getpid())


@contextmanager
def owner_connection(settings: Settings) -> Iterator[psycopg2.extensions.connection]:
    """A psycopg2 connection of the owner in autocommit mode, closed at the end. Raises DatabaseUnreachable."""
    url = _url(settings)
    try:
        connection = _connect(settings, _arguments(url))
    except psycopg2.OperationalError as error:
        raise DatabaseUnreachable(_unreachable(url, error)) from error
    try:
        connection.autocommit = True
        yield connection
    finally:
        connection.close()


def explain(error: BaseException) -> str | None:
    """One sentence for an error of the database that the program can say nothing better about, else None."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, psycopg2.OperationalError) and original.pgcode is None:
        return f"PostgreSQL does not answer: {_first_line(original)}. Is it running, and is C360_DATABASE_URL right?"
    if isinstance(original, psycopg2.Error):
        return f"PostgreSQL reports: {_first_line(original)} (SQLSTATE {original.pgcode})."
    return None


# The process number is part of the key: a connection must not be used on both sides of a fork.


@lru_cache(maxsize=8)
def _owner_engine(settings: Settings, process: int) -> Engine:
    return _engine(settings)


@lru_cache(maxsize=8)
def _reader_engine(settings: Settings, process: int) -> Engine:
    engine = _engine(settings)

    @event.listens_for(engine, "connect")
    def read_only(connection: psycopg2.extensions.connection, _: object) -> None:
        _restrict(connection, settings.statement_timeout_ms)

    return engine


def _engine(settings: Settings) -> Engine:
    url = _url(settings)
    engine = create_engine(
        url,
        connect_args=_arguments(url),
        pool_size=settings.pool_size,
        max_overflow=OUTSIDE_THE_POOL,
        pool_timeout=CONNECT_SECONDS,
        pool_recycle=RECYCLE_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,  # the text of an error goes into the log, and what people search for are names
    )
    if settings.database_url is None:
        event.listen(engine, "do_connect", _reviving(settings))
    if settings.cloudsql_instance is not None:
        event.listen(engine, "do_connect", lambda dialect, record, _, keywords: _connect(settings, keywords))
    return engine


def _connect(settings: Settings, arguments: dict[str, Any]) -> psycopg2.extensions.connection:
    if settings.cloudsql_instance is not None:
        return cloudsql.connect(settings, arguments)
    connection: psycopg2.extensions.connection = psycopg2.connect(**arguments)
    return connection


def _reviving(settings: Settings) -> Any:
    """A connect that starts the embedded server again after a crash of its own, though not after `c360 stop`."""

    def connect(dialect: Any, record: Any, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        try:
            return dialect.connect(*arguments, **keywords)
        except psycopg2.OperationalError:
            url = embedded.revive(settings.data_dir)
            if url is None:
                raise
            return dialect.connect(*arguments, **{**keywords, **_arguments(make_url(url))})

    return connect


def _restrict(connection: psycopg2.extensions.connection, statement_timeout_ms: int) -> None:
    """Session settings of a reader, set after connecting: poolers refuse them in the start-up packet."""
    connection.autocommit = True
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"set role {READER_ROLE}")
        except psycopg2.Error as error:
            # Before the first install there is no such role; on a hosted server we may be the reader ourselves.
            if error.pgcode not in (UNKNOWN_ROLE, NOT_A_MEMBER):
                raise
        cursor.execute("set default_transaction_read_only = on")
        cursor.execute("set statement_timeout = %s", (statement_timeout_ms,))
    connection.autocommit = False


def _url(settings: Settings) -> URL:
    return make_url(settings.database_url or embedded.ensure_running(settings.data_dir))


def _arguments(url: URL) -> dict[str, Any]:
    """What psycopg2.connect takes for the URL, with defaults beneath the URL's own parameters."""
    _, given = url.get_dialect()().create_connect_args(url)
    return {"connect_timeout": CONNECT_SECONDS, "application_name": "c360", **given}


def _unreachable(url: URL, error: psycopg2.OperationalError) -> str:
    place = url.render_as_string(hide_password=True)
    return f"PostgreSQL at {place} cannot be used: {_first_line(error)}. Start it, or correct C360_DATABASE_URL."


def _first_line(error: psycopg2.Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
