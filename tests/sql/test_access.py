"""What is written about who did what, and that the web application can write nothing else."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, ProgrammingError

from c360_dash import auth, db, rebuild
from c360_dash.config import Settings

Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def installed(fresh_database: Settings) -> Settings:
    rebuild.install(fresh_database)
    db.init(fresh_database)
    return fresh_database


def test_an_audit_line_says_who_did_what_to_whom(installed: Settings, rows: Rows) -> None:
    auth.audit("publish", "41", kind="roll back")

    assert rows(installed, "select person, role, action, subject, detail, address from c360.audit") == [
        (auth.person().name, "admin", "publish", "41", {"kind": "roll back"}, None)
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "select * from c360.audit",
        "delete from c360.audit",
        "insert into c360.audit (action) values ('login')",
    ],
)
def test_the_reader_may_write_a_line_and_neither_read_nor_change_one(
    installed: Settings, rows: Rows, statement: str
) -> None:
    rows(installed, "create schema c360_b7")
    rows(installed, "select c360.grant_reading('c360_b7')")

    with db.reader_engine(installed).connect() as connection:
        connection.exec_driver_sql("set transaction read write")
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(statement))


def test_what_was_asked_for_is_no_part_of_an_error_in_the_log(installed: Settings) -> None:
    with db.reader_engine(installed).connect() as connection, pytest.raises(DataError) as raised:
        connection.execute(text("select 1 / 0 where :words <> ''"), {"words": "rossi"})
    assert "division by zero" in str(raised.value)
    assert "rossi" not in str(raised.value)


def test_without_a_database_the_line_stands_in_the_log(
    caplog: pytest.LogCaptureFixture, fresh_database: Settings
) -> None:
    db.init(fresh_database)

    auth.audit("publish", "41")

    assert "run `c360 install`" in caplog.text
    assert "'subject': '41'" in caplog.text


READABLE = """
select relname::text from pg_class
where relnamespace = to_regnamespace(%s) and relkind in ('r', 'v') and has_table_privilege('c360_reader', oid, 'select')
"""


def test_the_reader_may_read_what_is_published_and_no_more_of_the_rest_than_pages_show(
    installed: Settings, rows: Rows
) -> None:
    rows(installed, "grant select on all tables in schema c360 to c360_reader")  # as versions before did
    rows(installed, "grant select on source.orders, source.web_events to c360_reader")
    rebuild.install(installed, force=True)
    rebuild.run(installed)
    rows(installed, "insert into source.customers (customer_id, email) values ('1', 'ada@example.com')")
    rebuild.run(installed)

    tables = {name for (name,) in rows(installed, READABLE, "c360")}
    views = {name for (name,) in rows(installed, "select viewname::text from pg_views where schemaname = 'c360'")}
    assert "customer_360" in views
    assert tables == views | {"run", "run_movement", "setting", "publication"}
    assert rows(installed, READABLE, "source") == []
    columns = """
        select table_name || '.' || column_name from information_schema.columns
        where table_schema = 'source'
            and has_column_privilege('c360_reader', 'source.' || table_name, column_name, 'select')
    """
    seen = {str(name) for (name,) in rows(installed, columns)}
    assert {"orders.ordered_at", "web_events.occurred_at"} <= seen
    assert not seen & {"web_events.page", "campaigns.cost"}
    assert not any(name.startswith("customers.") for name in seen)
    for statement in ("select customer_id from c360.excluded_customer", "select email from source.customers"):
        with db.reader_engine(installed).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text(statement))
