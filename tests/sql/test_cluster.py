"""The build on a Citus cluster: who does the work of each stage, and that nothing comes out otherwise than elsewhere.

Skipped unless C360_TEST_CITUS_URL names the coordinator of a cluster that the tests may make databases on.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from c360_dash import db, demo, rebuild, sources
from c360_dash.cli import main
from c360_dash.config import Settings
from c360_dash.queries import customers
from c360_dash.sources.distributing import RELATIONS
from tests import documented
from tests.people import fill
from tests.people.crowd import AS_OF, crowd
from tests.sql.cluster import CLUSTER, WHY_NOT, database_on_cluster, who_works
from tests.sql.test_api import NAMES, client_of

pytestmark = pytest.mark.skipif(not CLUSTER, reason=WHY_NOT)

Rows = Callable[..., list[tuple[object, ...]]]

# Stages of customers work where the rows lie, the others are small tables.
SMALL = {
    "moments": "on the coordinator",
    "linked_customers": "on the coordinator",
    "known_products": "on the coordinator",
    # The orders that lines and returns of other customers name: few, where there are any.
    "exclusions": "rows come to the coordinator",
    "top_products": "on the coordinator",
    "product_sales": "on the coordinator",
    "forecast_horizons": "on the coordinator",
    "drift_checks": "on the coordinator",
    # Two medians of all customers, and a sample of as many as forecast_fit_customers says: one number for each.
    "churn_limits": "rows come to the coordinator",
    "forecast_values": "rows come to the coordinator",
}
STAGES = "select name, c360.is_by_customer(stage) from c360.stage order by position"
TABLES = "select tablename from pg_tables where schemaname = %s order by tablename"
STAGED = """
select c360.prepare_workers();
create schema c360_staged;
select c360.set_local('c360.as_of', c360.default_as_of()::text), c360.set_local('c360.currency', 'EUR');
select c360.freeze_settings('c360_staged'), c360.look_at('c360_staged');
select c360.run_stage_into('c360_staged', stage) from c360.stage order by position;
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a generated shop."""
    path = tmp_path_factory.mktemp("shop") / "files"
    demo.generate(path, customers=2_000, until=date(2026, 6, 30))
    return path


@pytest.fixture(scope="module")
def distributed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The shop on the cluster, distributed and built."""
    with database_on_cluster("c360_test_shop", tmp_path_factory.mktemp("cluster")) as settings:
        load(settings, folder)
        sources.distribute(settings, set_aside=True)
        assert rebuild.run(settings).state == "published"
        yield settings
        let_go(settings)


@pytest.fixture(scope="module")
def single(make_database: Callable[[], Settings], folder: Path) -> Settings:
    """The same shop on one server."""
    settings = make_database()
    load(settings, folder)
    forget_nobody(settings)
    assert rebuild.run(settings).state == "published"
    return settings


@pytest.fixture
def people_on_cluster(tmp_path: Path) -> Iterator[Settings]:
    """A crowd on the cluster, not distributed yet."""
    with database_on_cluster("c360_test_crowd", tmp_path) as settings:
        fill_with_crowd(settings)
        yield settings
        let_go(settings)


@pytest.fixture
def people(fresh_database: Settings) -> Settings:
    """The same crowd on one server."""
    fill_with_crowd(fresh_database)
    forget_nobody(fresh_database)
    return fresh_database


def load(settings: Settings, folder: Path) -> None:
    rebuild.install(settings)
    sources.load(settings, settings.sql_dir / "mappings" / "shop.sql", folder)


def fill_with_crowd(settings: Settings) -> None:
    rebuild.install(settings)
    with db.owner_connection(settings) as connection:
        fill(connection, crowd(7))


def forget_nobody(settings: Settings) -> None:
    """Without the rows that the cluster has no place for."""
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        for relation in RELATIONS:
            cursor.execute(f"delete from source.{relation} where customer_id is null")


def let_go(settings: Settings) -> None:
    for engine in (db.owner_engine(settings), db.reader_engine(settings)):
        engine.dispose()


def assert_equal_builds(rows: Rows, cluster: Settings, single: Settings) -> None:
    """Every table of both first builds has the same rows."""
    names = rows(single, TABLES, "c360_b1")
    assert rows(cluster, TABLES, "c360_b1") == names
    assert ("customer_360",) in names
    for (name,) in names:
        made = f"select to_jsonb(made)::text from c360_b1.{name} as made"
        assert sorted(rows(cluster, made)) == sorted(rows(single, made)), name


def c360(settings: Settings, *arguments: str) -> str:
    """What the command says."""
    return CliRunner().invoke(main, arguments, env={"C360_DATABASE_URL": settings.database_url}).output


def as_documented(command: str) -> list[str]:
    """The arguments of a command as the page about clusters types it."""
    lines = "".join(documented.blocks("docs/cluster.md", "text")).splitlines()
    return next(line for line in lines if line.startswith(command)).split()[1:]


def test_a_crowd_is_built_as_on_one_server(people_on_cluster: Settings, people: Settings, rows: Rows) -> None:
    ((orders,),) = rows(people_on_cluster, "select count(*) from source.orders where customer_id is null")
    assert int(str(orders)) > 0
    refused = c360(people_on_cluster, "distribute")
    assert f"{orders} rows of source.orders" in refused
    assert "name no customer, and a cluster has no place for them: --set-aside" in refused

    distributed = c360(people_on_cluster, *as_documented("c360 distribute"))
    runs = [rebuild.run(settings, AS_OF) for settings in (people_on_cluster, people)]

    assert f"{orders} rows of source.orders name no customer; they are in source.orders_of_nobody." in distributed
    assert "The source is distributed over" in distributed
    assert rows(people_on_cluster, "select count(*) from source.orders_of_nobody") == [(orders,)]
    assert [run.state for run in runs] == ["published", "published"]
    assert_equal_builds(rows, people_on_cluster, people)


def test_a_shop_is_built_as_on_one_server(distributed: Settings, single: Settings, rows: Rows) -> None:
    assert_equal_builds(rows, distributed, single)


def test_every_stage_of_customers_works_where_their_rows_lie(distributed: Settings) -> None:
    with db.owner_connection(distributed) as connection, connection.cursor() as cursor:
        with connection:
            cursor.execute(STAGED)
        cursor.execute("select c360.prepare_workers(); set search_path = c360_staged, pg_catalog")
        cursor.execute(STAGES)
        stages = cursor.fetchall()
        found = {name: work_of(cursor, name, is_by_customer) for name, is_by_customer in stages}
        cursor.execute("drop schema c360_staged cascade")

    expected = {
        name: "on the workers" if is_by_customer else SMALL.get(name, "added up on the workers")
        for name, is_by_customer in stages
    }
    assert found == expected, "\n".join(f"{name:30} {work}" for name, work in found.items())


def work_of(cursor: Any, name: str, is_by_customer: bool) -> str:
    """Who does the work of a stage, of all its statements."""
    cursor.execute("select c360.statements_of('c360_staged', stage) from c360.stage where name = %s", [name])
    filling = f"insert into {name} " if is_by_customer else ""
    return " and ".join(sorted({who_works(cursor, filling + statement) for (statement,) in cursor.fetchall()}))


@pytest.mark.parametrize("name", [*NAMES, "customers", "customers?q=an", "customers?value_segment=High&sort=city"])
def test_questions_are_answered_as_on_one_server(distributed: Settings, single: Settings, name: str) -> None:
    answers = [client_of(settings).get(f"/api/v1/{name}") for settings in (distributed, single)]

    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
    assert answers[0].get_json() == answers[1].get_json()


@pytest.mark.parametrize("asked", ["orders_at_least=2&sort=city", "category=Books&is_active=false&sort=-last_order_at"])
def test_many_who_meet_conditions_are_listed_as_on_one_server(
    distributed: Settings, single: Settings, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "FEW", 0)
    monkeypatch.setattr(customers, "FIRST", 1)
    answers = [client_of(settings).get(f"/api/v1/customers?{asked}") for settings in (distributed, single)]
    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
    assert answers[0].get_json() == answers[1].get_json()


def test_the_page_of_a_customer_reads_what_the_workers_hold(distributed: Settings, single: Settings) -> None:
    answers = [client_of(settings).get("/api/v1/customers/42").get_json() for settings in (distributed, single)]

    for answer in answers:
        assert len(answer.pop("history")) == 1  # it names the moment of the build
    assert answers[0] == answers[1]


def test_what_a_cluster_does_not_do_is_refused_in_words(distributed: Settings, folder: Path) -> None:
    run = rebuild.run(distributed, kind="incremental")

    assert (run.state, run.kind, run.note) == ("published", "full", "on a cluster changes are not logged")
    assert "the source lies on a cluster already" in c360(distributed, "distribute")
    assert "where it is not checked" in c360(distributed, "check")
    assert "filled with insert or copy, not by the loader" in c360(distributed, "load", "shop", str(folder))
    assert "Back-tests are not made on a cluster." in c360(distributed, "backtest")


def test_who_is_erased_leaves_every_worker(distributed: Settings, rows: Rows) -> None:
    ((customer,),) = rows(distributed, "select max(customer_id) from c360.customer_360")
    c360(distributed, "erase", str(customer), "--yes")
    assert rows(distributed, "select count(*) from c360.customer_360 where customer_id = %s", customer) == [(0,)]

    run = rebuild.run(distributed)

    assert run.state == "published"
    assert rows(distributed, "select count(*) from c360.customer_360 where customer_id = %s", customer) == [(0,)]
