"""What the serving side does by itself: rebuilds that are due, and telling a webhook what became of runs."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from c360_dash import rebuild, watching
from c360_dash.config import Settings
from tests.sql.test_rebuild import AS_OF, SHOP, states, stuck_run
from tests.sql.test_requests import until

Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def received() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """The address of a webhook, and what it was sent."""
    found: list[dict[str, object]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """Three customers; build 1 is published."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    rebuild.run(fresh_database, AS_OF)
    return fresh_database


def test_a_due_rebuild_is_started_by_one_look_of_many(shop: Settings, rows: Rows) -> None:
    settings = replace(shop, rebuild_every="6h")
    assert not watching.look(settings)
    rows(shop, "update c360.run set started_at = started_at - interval '7 hours'")

    assert [watching.look(settings) for _ in range(3)] == [True, False, False]
    until(lambda: states(shop) == ["replaced", "published"])
    assert rebuild.run_of(shop, 2).trigger == "schedule"


def test_a_shop_that_was_never_built_is_built_by_its_schedule(fresh_database: Settings, rows: Rows) -> None:
    rows(fresh_database, "select 1")

    assert watching.look(replace(fresh_database, rebuild_every="1d at 03:00"))

    until(lambda: states(fresh_database) == ["rejected"])


def test_the_webhook_hears_of_a_failure_and_of_the_recovery_without_personal_data(
    shop: Settings, rows: Rows, received: tuple[str, list[dict[str, object]]]
) -> None:
    address, found = received
    settings = replace(shop, webhook_url=address)
    rows(shop, "alter table source.customers drop constraint customers_pkey")
    rows(shop, "insert into source.customers (customer_id, first_name) values ('1', 'Ada again')")
    with pytest.raises(rebuild.RebuildFailed):
        rebuild.run(settings, AS_OF, requested_by="Erika")
    rows(shop, "delete from source.customers where first_name = 'Ada again'")
    rebuild.run(settings, AS_OF, requested_by="Erika")

    assert [(news["event"], news["run_id"], news["shown_build"]) for news in found] == [
        ("failed", 2, 1),
        ("recovered", 3, 3),
    ]
    assert (found[0]["product"], found[0]["sqlstate"]) == ("Customer 360", "23505")
    assert "Ada" not in json.dumps(found)
    assert "Erika" not in json.dumps(found)


def test_the_webhook_hears_of_a_held_build_and_why(
    shop: Settings, rows: Rows, received: tuple[str, list[dict[str, object]]]
) -> None:
    address, found = received
    rows(shop, "insert into source.customers (customer_id) select 'new ' || n from generate_series(1, 100) as n")

    rebuild.run(replace(shop, webhook_url=address), AS_OF)

    assert [news["event"] for news in found] == ["held"]
    assert found[0]["failed_checks"] == ["drift_customers", "drift_high", "drift_low"]


def test_the_webhook_hears_from_a_look_of_a_run_that_was_killed(
    shop: Settings, rows: Rows, received: tuple[str, list[dict[str, object]]]
) -> None:
    address, found = received
    with stuck_run(shop, rows) as (pid, _):
        rows(shop, "select pg_terminate_backend(%s, 10000)", pid)

    watching.look(replace(shop, webhook_url=address))
    watching.look(replace(shop, webhook_url=address))

    assert [(news["event"], news["state"]) for news in found] == [("failed", "lost")]


def test_a_webhook_that_is_away_is_tried_twice_and_fails_nothing(shop: Settings, rows: Rows) -> None:
    rows(shop, "insert into source.customers (customer_id) select 'new ' || n from generate_series(1, 100) as n")
    run = rebuild.run(shop, AS_OF)
    tried: list[str] = []

    def away(address: str, _: bytes) -> None:
        tried.append(address)
        raise TimeoutError

    assert run.state == "held"
    assert rebuild.tell_news(replace(shop, webhook_url="http://hook.example.com/"), away) == 1
    assert tried == ["http://hook.example.com/"] * 2
    assert rebuild.tell_news(shop) == 0
