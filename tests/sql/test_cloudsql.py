"""Google Cloud SQL, without Google: by a Unix socket as Cloud Run and the Auth Proxy have it, and by the connector.

Of the connector only its edge is stubbed, the class Connector: its driver and its socket of one connection are the real
ones, and lead to the test's own PostgreSQL.
"""

import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import psycopg2
import pytest
from click.testing import CliRunner
from google.cloud.sql import connector
from google.cloud.sql.connector import psycopg as driver
from sqlalchemy import make_url, text

from c360_dash import db, rebuild
from c360_dash.cli import main
from c360_dash.config import ConfigurationError, Settings
from c360_dash.db import cloudsql
from tests.oracle.reading import change_parameters
from tests.people import AS_OF, PARAMETERS, SOURCE, fill

Rows = Callable[..., list[tuple[object, ...]]]
INSTANCE = "my-shop:europe-west3:customers"


def socket_folder(settings: Settings) -> str:
    host = make_url(settings.database_url or "").query["host"]
    assert isinstance(host, str)
    return host


def test_a_unix_socket_of_cloud_run_or_the_auth_proxy_is_a_host_in_the_url(
    fresh_database: Settings, data_dir: Path
) -> None:
    folder = data_dir / "cloudsql"
    folder.mkdir(exist_ok=True)
    (folder / INSTANCE).symlink_to(socket_folder(fresh_database))
    database = make_url(fresh_database.database_url or "").database
    url = f"postgresql://postgres:unused@/{database}?host={folder}/{INSTANCE}"
    try:
        done = CliRunner().invoke(main, ["install"], env={"DATABASE_URL": url})
        assert (done.exit_code, done.output) == (0, "Installed.\n")
        settings = Settings.from_env({"DATABASE_URL": url})
        with db.reader_engine(settings).connect() as connection:
            assert connection.execute(text("select current_role")).scalar_one() == "c360_reader"
        db.reader_engine(settings).dispose()
    finally:
        (folder / INSTANCE).unlink()


class Connector:
    """Takes what Google's takes, and connects to the socket in `folder` instead of asking for an instance."""

    folder: ClassVar[str]
    made: ClassVar[list[dict[str, object]]] = []
    asked: ClassVar[list[dict[str, Any]]] = []
    refusal: ClassVar[Exception | None] = None

    def __init__(self, **keywords: object) -> None:
        self.made.append(keywords)

    def connect(self, instance: str, name: str, **keywords: Any) -> Any:
        self.asked.append({"instance": instance, "driver": name, **keywords})
        if self.refusal is not None:
            raise self.refusal
        wire = socket.socket(socket.AF_UNIX)
        wire.connect(f"{self.folder}/.s.PGSQL.5432")
        return driver.connect("10.0.0.3", wire, **keywords)  # type: ignore[arg-type]


@pytest.fixture
def shop(fresh_database: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A database that is reached by the connector alone: its URL names no place."""
    monkeypatch.setattr(connector, "Connector", Connector)
    monkeypatch.setattr(Connector, "folder", socket_folder(fresh_database), raising=False)
    monkeypatch.setattr(Connector, "refusal", None)
    Connector.made.clear()
    Connector.asked.clear()
    cloudsql._connector.cache_clear()
    database = make_url(fresh_database.database_url or "").database
    names = {"C360_DATABASE_URL": f"postgresql://postgres@/{database}", "C360_CLOUDSQL_INSTANCE": INSTANCE}
    options = {
        "C360_CLOUDSQL_IP": "private",
        "C360_CLOUDSQL_LOGIN": "iam",
        "C360_DATA_DIR": str(fresh_database.data_dir),
    }
    return Settings.from_env(names | options)


def test_a_shop_is_installed_built_and_read_by_the_connector(shop: Settings, rows: Rows) -> None:
    rebuild.install(shop)
    with db.owner_connection(shop) as connection:
        fill(connection, SOURCE)
    change_parameters(shop, PARAMETERS)
    assert rebuild.run(shop, AS_OF).state == "published"

    engine = db.reader_engine(shop)
    with engine.connect() as reading:
        found = reading.execute(text("select current_role, orders from c360.customer_360 where customer_id = 'ada'"))
        assert found.one() == ("c360_reader", 3)
        assert reading.execute(text("show statement_timeout")).scalar_one() == "30s"
    engine.dispose()
    assert {tuple(sorted(made.items())) for made in Connector.made} == {
        (("enable_iam_auth", True), ("ip_type", "private"), ("refresh_strategy", "LAZY"))
    }
    assert {(asked["instance"], asked["driver"], asked["user"]) for asked in Connector.asked} == {
        (INSTANCE, "psycopg", "postgres")
    }
    assert not any("password" in asked for asked in Connector.asked)


def test_whoever_interrupts_a_rebuild_cancels_it(shop: Settings, rows: Rows) -> None:
    rebuild.install(shop)
    with db.owner_connection(shop) as connection:
        fill(connection, SOURCE)

    def interrupted(label: str, done: float, total: float) -> None:
        if done:
            raise KeyboardInterrupt

    rows(shop, "create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(60); end $$")
    rows(shop, "create trigger wait before insert on c360.run_exclusion for each row execute function wait()")
    with pytest.raises(KeyboardInterrupt):
        rebuild.run(shop, AS_OF, progress=interrupted)
    assert rows(shop, "select state from c360.run") == [("cancelled",)]


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (ValueError("Instance not found.\nmore"), f"Cloud SQL instance {INSTANCE}: Instance not found"),
        (psycopg2.OperationalError("password authentication failed"), "password authentication failed"),
    ],
)
def test_why_there_is_no_way_in_is_said_in_a_sentence(
    shop: Settings, monkeypatch: pytest.MonkeyPatch, refusal: Exception, reason: str
) -> None:
    monkeypatch.setattr(Connector, "refusal", refusal)
    with pytest.raises(db.DatabaseUnreachable) as told, db.owner_connection(shop):
        pass
    assert reason in str(told.value)


def test_a_password_of_the_url_reaches_the_connector(shop: Settings) -> None:
    named = replace(shop, database_url=(shop.database_url or "").replace("postgres@", "postgres:s3cret@"))
    with db.owner_connection(named):
        assert Connector.asked[-1]["password"] == "s3cret"


def test_without_the_connector_it_is_said_what_to_install(shop: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, cloudsql.PACKAGE, None)
    with pytest.raises(ConfigurationError, match="pip install cloud-sql-python-connector"), db.owner_connection(shop):
        pass
