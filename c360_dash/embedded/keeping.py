"""Backup of the embedded database into one file, and back from it, with PostgreSQL's own programs.

A backup is consistent whatever is written meanwhile (pg_dump reads one snapshot). It ends in a checksum: pg_restore
took files that had lost their last third without a word. Restoring fills a database beside the old one and changes
their places at the end, so that whatever goes wrong leaves everything as it was.
"""

import hashlib
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import psycopg2
from psycopg2 import extensions

from c360_dash.embedded.accounts import Account, EmbeddedError, run

MARK = b"\nc360 backup sha256 "
CHECKSUM_LENGTH = len(MARK) + 64
BLOCK = 1 << 20
DATABASE, FRESH, OLD = "postgres", "c360_restored", "c360_before"


def backup(account: Account, socket_dir: str, file: Path) -> None:
    """Writes everything into the file, which is there only when it is whole. Raises EmbeddedError."""
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with unfinished.open("wb") as output:
            unfinished.chmod(0o600)  # customers are in it
            run(account, "pg_dump", *_at(socket_dir), "--format=custom", DATABASE, writes=output)
        with unfinished.open("r+b") as content:
            content.write(_checksum(content, unfinished.stat().st_size))
        unfinished.rename(file)
    except OSError as error:
        raise EmbeddedError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(account: Account, socket_dir: str, file: Path) -> None:
    """Puts the content of the file in the place of everything that is there now. Raises EmbeddedError."""
    with closing(_administrating(socket_dir)) as connection, connection.cursor() as cursor:
        _refuse_running(cursor)
        cursor.execute(f"drop database if exists {FRESH} with (force)")
        cursor.execute(f"create database {FRESH} template template0")
        cursor.execute("select count(*) from pg_roles where rolname = 'c360_reader'")
        if cursor.fetchone() == (0,):
            cursor.execute("create role c360_reader nologin")
        try:
            with file.open("rb") as content:
                _refuse_damaged(content, file.stat().st_size)
                run(account, "pg_restore", *_at(socket_dir), "--exit-on-error", f"--dbname={FRESH}", reads=content)
        except (OSError, EmbeddedError) as error:
            cursor.execute(f"drop database {FRESH} with (force)")
            raise EmbeddedError(f"Nothing was changed, because {file} cannot be restored: {error}") from error
        _change_places(cursor)


def _refuse_damaged(content: BinaryIO, size: int) -> None:
    """Reads all of it, and goes back to its beginning."""
    expected = _checksum(content, max(0, size - CHECKSUM_LENGTH))
    if content.read() != expected:
        raise EmbeddedError("it is not whole, or no backup of ours.")
    content.seek(0)


def _checksum(content: BinaryIO, size: int) -> bytes:
    """What stands behind so many bytes of a backup; the file is read up to there."""
    digest = hashlib.sha256()
    while size > 0 and (block := content.read(min(size, BLOCK))):
        digest.update(block)
        size -= len(block)
    return MARK + digest.hexdigest().encode()


def _change_places(cursor: extensions.cursor) -> None:
    cursor.execute(f"alter database {DATABASE} with allow_connections false")
    try:
        cursor.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = %s", [DATABASE])
        cursor.execute(f"alter database {DATABASE} rename to {OLD}")
    except psycopg2.Error:
        cursor.execute(f"alter database {DATABASE} with allow_connections true")
        raise
    cursor.execute(f"alter database {FRESH} rename to {DATABASE}")
    cursor.execute(f"drop database {OLD} with (force)")


def _refuse_running(cursor: extensions.cursor) -> None:
    cursor.execute(
        "select count(*) from pg_stat_activity where datname = %s and application_name like 'c360 #%%'", [DATABASE]
    )
    if cursor.fetchone() != (0,):
        raise EmbeddedError("A rebuild is running; cancel it or let it end, then restore.")


def _administrating(socket_dir: str) -> extensions.connection:
    connection = psycopg2.connect(host=socket_dir, user="postgres", dbname="template1")
    connection.autocommit = True
    return connection


def _at(socket_dir: str) -> list[str]:
    return [f"--host={socket_dir}", "--username=postgres"]
