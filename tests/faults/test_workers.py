"""Web workers that are killed while a rebuild that they started is running, and a server that is told to stop."""

import os
import random
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, RemoteDisconnected

import orjson

from c360_dash import rebuild
from tests.faults.conftest import CUSTOMERS
from tests.load.serving import PATIENCE, WORKERS, Served, shop_served
from tests.sql.test_requests import until

Rows = Callable[..., list[tuple[object, ...]]]
READERS = 6
STAGE = """
select coalesce(max(stage.position), 0) from c360.progress inner join c360.stage on stage.name = progress.stage
"""


def ask_for_a_rebuild(served: Served) -> int:
    """Asks as the button does; the status of the answer."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    connection.request("POST", "/api/v1/rebuild")
    status = connection.getresponse().status
    connection.close()
    return status


def answers(served: Served) -> bool:
    try:
        return served.get("/readyz")[0] == 200 and len(served.workers()) == WORKERS
    except OSError:
        return False


def after(served: Served, last: int) -> list[str]:
    """The states of the runs after one."""
    return [run.state for run in rebuild.history(served.settings) if run.id > last]


def test_killing_the_web_workers_while_what_they_started_is_running(served: Served, rows: Rows, seed: int) -> None:
    last = rebuild.history(served.settings)[0].id
    stages = [int(str(position)) for (position,) in rows(served.settings, "select position from c360.stage")]
    stage = random.Random(seed).choice(sorted(stages))
    assert ask_for_a_rebuild(served) == 202
    until(lambda: rows(served.settings, STAGE) >= [(stage,)] or after(served, last) == ["published"])

    killed = served.workers()
    for worker in killed:
        os.kill(worker, signal.SIGKILL)

    until(lambda: after(served, last) == ["published"])
    until(lambda: answers(served))
    assert not killed & served.workers()
    assert orjson.loads(served.get("/api/v1/kpis")[1])["build"] == last + 1


def test_a_server_that_is_told_to_stop_gives_the_answers_that_it_has_begun() -> None:
    whole: list[int] = []
    refused = threading.Event()

    with shop_served(CUSTOMERS) as served:

        def read() -> None:
            with suppress(ConnectionError, RemoteDisconnected):  # there is nobody any more
                while True:
                    status, body = served.get("/api/v1/customers?format=csv&columns=all")
                    if status == 503:
                        assert b"exports" in body  # as many as run at once in a process were on this one: again
                    else:
                        assert status == 200
                        whole.append(body.count(b"example.com"))
            refused.set()

        threads = [threading.Thread(target=read) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        until(lambda: len(whole) >= READERS)
        before = len(whole)
        served.gunicorn.send_signal(signal.SIGTERM)
        assert served.gunicorn.wait(PATIENCE) == 0
        for thread in threads:
            thread.join(PATIENCE)
        assert refused.is_set()

    assert len(whole) >= before
    assert set(whole) == {max(whole)}
    assert max(whole) > 0
