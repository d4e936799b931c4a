"""The people of tests/people behind the whole application, with somebody of each role, and what must not change."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import dash
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from c360_dash import db, rebuild
from c360_dash.app import create_app
from c360_dash.auth import Role
from c360_dash.auth.users import users_of
from c360_dash.config import Settings
from tests.oracle.reading import change_parameters
from tests.people import AS_OF, PARAMETERS, SOURCE, fill

PASSWORD = "correct horse"
# What nobody may be told of the machine and the program, and not everybody of a customer.
TRACES = ("Traceback", 'File "', "psycopg2", "sqlalchemy", "/c360_dash/")
PERSONAL = ("Rossi", "ada@example.com")
# All that there is, but for the lines about who did what.
STATE = """
select
    (select md5(string_agg(run::text, ',' order by run_id)) from c360.run),
    (select md5(string_agg(setting::text, ',' order by name)) from c360.setting),
    (select run_id from c360.publication),
    (select count(*) from c360.excluded_customer),
    (select count(*) from c360.rebuild_request),
    (select count(*) from c360.run_cancellation),
    (select count(*) from c360.api_token),
    (select md5(string_agg(customer_360::text, ',' order by customer_id)) from c360.customer_360),
    (select md5(string_agg(orders::text, ',' order by order_id)) from source.orders),
    (select string_agg(nspname, ',' order by nspname) from pg_namespace),
    (select count(*) from pg_class where relnamespace::regnamespace::text not like 'pg\\_%%'),
    (select count(*) from pg_roles)
"""

Client = Callable[[Role], FlaskClient]
Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(scope="session")
def people(make_database: Callable[[], Settings]) -> Settings:
    """A database with two builds of the people, and a user of each role; nothing that comes from outside changes it."""
    own = replace(make_database(), auth="users", host="0.0.0.0", cache="memory")
    rebuild.install(own)
    with db.owner_connection(own) as connection:
        fill(connection, SOURCE)
    change_parameters(own, PARAMETERS)
    rebuild.run(own, AS_OF)
    rebuild.run(own, AS_OF)
    for role in Role:
        users_of(own).add(f"a {role}", role, PASSWORD)
    return own


@pytest.fixture(scope="session")
def logged_in(people: Settings) -> Iterator[Client]:
    """A function that gives the browser session of somebody with that role."""
    server = create_app(people).server
    clients: dict[Role, FlaskClient] = {}

    def of(role: Role) -> FlaskClient:
        if role not in clients:
            clients[role] = server.test_client()
            entered = clients[role].post("/login", data={"name": f"a {role}", "password": PASSWORD})
            assert entered.status_code == 303
        return clients[role]

    yield of
    dash.page_registry.clear()


@pytest.fixture
def viewer(logged_in: Client) -> FlaskClient:
    """The session of somebody who may see numbers and no names."""
    return logged_in(Role.VIEWER)


@pytest.fixture(autouse=True)
def nothing_changes(people: Settings, rows: Rows, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """After each test the database is as it was, and no part of the program has failed, not even in silence."""
    before = rows(people, STATE)
    with caplog.at_level(logging.ERROR):
        yield
    assert rows(people, STATE) == before
    assert [record.getMessage() for record in caplog.get_records("call")] == []


def refused(answer: TestResponse) -> bool:
    """Whether the answer is a refusal; fails where it is an error of ours, or tells what nobody may know."""
    harmless(answer)
    return 400 <= answer.status_code < 500


def harmless(answer: TestResponse, may_see_names: bool = False) -> TestResponse:
    """The answer; fails where it is an error of ours, or tells what nobody may know."""
    text = answer.get_data().decode("utf-8", "replace")
    assert answer.status_code < 500, (answer.request.url, answer.status, text[:300])
    told = [word for word in (*TRACES, *(() if may_see_names else PERSONAL)) if word in text]
    assert not told, (answer.request.url, told, text[:300])
    return answer
