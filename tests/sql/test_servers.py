"""The same shop on older PostgreSQLs gives the same rows and the same answers as on ours, full and incremental."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from psycopg2 import extensions, sql

from c360_dash import api, db, demo, rebuild, sources
from c360_dash.config import Settings
from c360_dash.embedded.accounts import MAJOR_VERSION
from c360_dash.questions import QUESTIONS
from c360_dash.rebuild import comparing, parameters
from tests import servers

CUSTOMERS = 400
UNTIL = date(2026, 6, 30)
OLDER = range(14, int(MAJOR_VERSION))
CHANGES = """
update source.customers set city = 'Ærøskøbing' where customer_id % 17 = 0;
update source.order_items set quantity = quantity + 1 where customer_id % 19 = 3;
delete from source.returns where customer_id % 7 = 5;
delete from source.web_events where customer_id % 23 = 1;
"""
TABLES = "select tablename from pg_tables where schemaname = %s"
ADDRESSES = (
    *QUESTIONS,
    "value-segment-movement?since={earlier}",
    "kpis?country=Germany&value_segment=High",
    "new-and-returning?date_from=2026-01-01",
    "customers?columns=all&page_size=1000",
    "customers?q=ann&sort=-lifetime_value",
    "customers/7",
)
# The text of the rows, in an order that no collation changes.
CONTENT = """
select count(*), md5(string_agg(row_hash, '' order by row_hash collate "C"))
from (select md5(found::text) as row_hash from {}.{} as found) as hashed
"""


@dataclass(frozen=True)
class Seen:
    """What there is after three builds: the rows of each of their tables as a hash, and each answer of the API."""

    tables: dict[tuple[int, str], tuple[int, str]]
    answers: dict[str, Any]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small shop."""
    folder = tmp_path_factory.mktemp("files") / "shop"
    demo.generate(folder, CUSTOMERS, until=UNTIL)
    return folder


@pytest.fixture(scope="module")
def ours(make_database: Callable[[], Settings], files: Path) -> Seen:
    """What is seen on the PostgreSQL that comes with the package."""
    return seen(make_database(), files)


def seen(settings: Settings, files: Path) -> Seen:
    """Loads the shop, builds an earlier moment and the whole, changes rows, and builds what changed."""
    rebuild.install(settings)
    sources.load(settings, settings.sql_dir / "mappings" / "shop.sql", files)
    rebuild.back_test(settings)
    earlier = rebuild.run(settings, UNTIL - timedelta(days=92))
    full = rebuild.run(settings, UNTIL)
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(CHANGES)
    rebuild.run(settings, UNTIL, kind="incremental")
    runs = rebuild.history(settings)
    assert [(run.kind, run.state) for run in runs][:3] == [
        ("incremental", "published"), ("full", "replaced"), ("full", "replaced")
    ]  # fmt: skip
    builds = (earlier.id, full.id, runs[0].id)
    return Seen({key: rows for build in builds for key, rows in tables(settings, build)}, answers(settings, earlier.id))


def tables(settings: Settings, build: int) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    """Number of rows and hash of their text of each table of a build."""
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        cursor.execute(TABLES, [f"c360_b{build}"])
        names = [str(name) for (name,) in cursor.fetchall()]
        return [((build, name), _content(cursor, f"c360_b{build}", name)) for name in names]


def _content(cursor: extensions.cursor, schema: str, table: str) -> tuple[int, str]:
    cursor.execute(sql.SQL(CONTENT).format(sql.Identifier(schema), sql.Identifier(table)))
    rows, row_hash = cursor.fetchone() or (0, "")
    return int(rows), str(row_hash)


def answers(settings: Settings, earlier: int) -> dict[str, Any]:
    """What the API and an administrator are told."""
    server = Flask("shop")
    api.register(server, replace(settings, cache="none"))
    client = server.test_client()
    found = {address: client.get(f"/api/v1/{address}".format(earlier=earlier)) for address in ADDRESSES}
    assert {address: answer.status_code for address, answer in found.items()} == dict.fromkeys(found, 200)
    build = rebuild.history(settings)[0].id
    return {address: answer.get_json() for address, answer in found.items()} | {
        "difference": asdict(comparing.difference(settings, build, earlier)),
        "preview": parameters.preview(settings, {"churn_weight_service": "70", "high_value_share": "0.1"}, build),
    }


@pytest.mark.parametrize("major", OLDER)
def test_an_older_server_gives_the_same_rows_and_answers(
    major: int, ours: Seen, files: Path, settings: Settings, tmp_path: Path
) -> None:
    folder = servers.found().get(major)
    if folder is None:
        pytest.skip(f"PostgreSQL {major} is not here: C360_TEST_POSTGRES may name its folder of programs.")
    with servers.running(folder) as url:
        other = replace(settings, database_url=url, data_dir=tmp_path)
        theirs = seen(other, files)
        with db.reader_engine(other).connect() as connection:
            assert connection.exec_driver_sql("select current_user").scalar_one() == "c360_reader"
        for engine in (db.owner_engine(other), db.reader_engine(other)):
            engine.dispose()

    assert theirs.tables.keys() == ours.tables.keys()
    assert [key for key, content in theirs.tables.items() if content != ours.tables[key]] == []
    assert [key for key, answer in theirs.answers.items() if answer != ours.answers[key]] == []
