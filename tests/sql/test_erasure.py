"""Erasure: Ada leaves the published and the kept build at once, and no later one has her."""

from collections.abc import Callable
from dataclasses import replace

import dash
import psycopg2
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from c360_dash import db, rebuild
from c360_dash.app import create_app
from c360_dash.cli import main
from c360_dash.config import Settings
from tests.people import AS_OF

Rows = Callable[..., list[tuple[object, ...]]]
TABLES = """
select columns.table_schema, columns.table_name
from information_schema.columns
inner join information_schema.tables using (table_schema, table_name)
where column_name = 'customer_id' and table_schema like 'c360!_%' escape '!' and table_type = 'BASE TABLE'
"""


def tables_with_ada(rows: Rows, settings: Settings) -> set[str]:
    """The tables of all builds that have a row of hers, but for the one that counts what is not counted."""
    return {
        f"{schema}.{table}"
        for schema, table in rows(settings, TABLES)
        if table != "source_rows" and rows(settings, f"select from {schema}.{table} where customer_id = 'ada'")
    }


@pytest.fixture
def people(own_database: Callable[..., Settings], twice_built_people: Settings) -> Settings:
    """A database of the test's own with two builds of the people."""
    return own_database(twice_built_people)


@pytest.fixture
def client(people: Settings) -> FlaskClient:
    found: FlaskClient = create_app(replace(people, cache="file")).server.test_client()
    dash.page_registry.clear()
    return found


def test_who_is_erased_leaves_every_build_and_every_answer_and_never_returns(
    people: Settings, client: FlaskClient, rows: Rows
) -> None:
    addresses = ["/api/v1/customers/ada", "/api/v1/customers/ada?build=1"]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert "Rossi" in client.get("/api/v1/customers?q=rossi").text
    assert "Rossi" in client.get("/api/v1/top-customers").text
    assert {table.partition(".")[0] for table in tables_with_ada(rows, people)} == {"c360_b1", "c360_b2", "c360_kept"}

    assert rebuild.erase(people, "ada") == 2

    assert tables_with_ada(rows, people) == set()
    client.application.extensions["c360"].builds.forget_current()
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.get("/api/v1/customers?q=rossi").get_json()["data"] == []
    assert "Rossi" not in client.get("/api/v1/top-customers").text
    assert "Rossi" not in client.get("/api/v1/top-customers?build=1").text
    kept = [path for path in (people.data_dir / "cache").rglob("*") if path.is_file() and b"Rossi" in path.read_bytes()]
    assert kept == []

    rebuild.run(people, AS_OF)
    assert tables_with_ada(rows, people) == set()
    assert rows(people, "select count(*) from source.customers where customer_id = 'ada'") == [(1,)]


def test_the_time_line_of_who_was_erased_is_not_read_from_the_source(people: Settings) -> None:
    from c360_dash.queries import customer

    db.init(people)
    assert customer.timeline(db.current_build(), "ada", 1)[1] > 0
    rebuild.erase(people, "ada")
    db.init(people)
    assert customer.timeline(db.current_build(), "ada", 1) == ([], 0)


def test_who_is_erased_while_a_build_is_made_is_not_in_it(people: Settings, rows: Rows) -> None:
    """As if the second build had begun before the erasure was registered, and read the customers before that."""
    rows(people, "update c360.run set started_at = started_at - interval '1 day'")
    rows(people, "insert into c360.excluded_customer values ('ada', 'erased', now() - interval '1 hour')")
    with db.owner_connection(people) as connection, connection.cursor() as cursor:
        cursor.execute("select c360.remove_erased(2)")
    assert {table.partition(".")[0] for table in tables_with_ada(rows, people)} == {"c360_b1"}


def test_a_build_from_which_nobody_can_be_removed_fails_with_the_reason(people: Settings, rows: Rows) -> None:
    rows(
        people,
        "create or replace function c360.forget_kept(p_customer_id text) returns void language plpgsql"
        " as $$ begin raise '% stays', p_customer_id; end $$;"
        "insert into c360.excluded_customer (customer_id, reason, excluded_at) values ('ada', 'erased', 'infinity')",
    )
    with pytest.raises(rebuild.RebuildFailed, match=r"ada stays.*Nothing was published"):
        rebuild.run(people, AS_OF)

    failed = rebuild.history(people)[0]
    assert (failed.id, failed.state, failed.error, failed.sqlstate) == (3, "failed", "ada stays", "P0001")
    assert rows(people, "select to_regnamespace('c360_b3') is null") == [(True,)]
    assert rebuild.status(people)["published"]["build_id"] == 2


def test_an_erasure_waits_for_the_build_that_is_about_to_be_seen(people: Settings) -> None:
    with db.owner_connection(people) as building, db.owner_connection(people) as erasing:
        building.autocommit = False
        with building.cursor() as cursor:
            cursor.execute("select c360.remove_erased(2)")
            with erasing.cursor() as waiting:
                waiting.execute("set lock_timeout = '200ms'")
                with pytest.raises(psycopg2.errors.LockNotAvailable):
                    waiting.execute("select c360.erase_customer('ada')")
        building.rollback()


def test_the_command_says_what_it_did_and_the_audit_has_the_id_alone(people: Settings, rows: Rows) -> None:
    environ = {"C360_DATABASE_URL": people.database_url or "", "C360_DATA_DIR": str(people.data_dir)}
    refused = CliRunner().invoke(main, ["erase", "ada"], env=environ, input="n\n")
    assert refused.exit_code == 1
    done = CliRunner().invoke(main, ["erase", "ada", "--yes"], env=environ)
    assert done.output.startswith("Customer ada is out of 2 builds; no later one will have it.")
    nobody = CliRunner().invoke(main, ["erase", "zoe", "--yes"], env=environ)
    assert "Customer zoe was in no build" in nobody.output
    assert rows(people, "select action, subject, detail from c360.audit order by audit_id") == [
        ("erase customer", "ada", {"builds": 2}),
        ("erase customer", "zoe", {"builds": 0}),
    ]


def test_an_id_is_registered_as_the_source_writes_it(people: Settings, rows: Rows) -> None:
    rows(people, "drop schema source cascade; create schema source; create table source.customers (customer_id bigint)")
    rebuild.erase(people, " 007 ")
    assert rows(people, "select customer_id, reason from c360.excluded_customer") == [("7", "erased")]
    for text in ("seven", "9" * 30, "7; drop table c360.run"):
        with pytest.raises(rebuild.NoSuchId, match="cannot be the id of a customer here"):
            rebuild.erase(people, text)
