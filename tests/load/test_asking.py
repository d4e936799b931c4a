"""Two hundred who ask for a rebuild at the same moment, through the web server: one is heard, the others are told."""

import threading
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection

import orjson

from c360_dash import rebuild
from tests.load.serving import PATIENCE, Served
from tests.sql.test_requests import until

Rows = Callable[..., list[tuple[object, ...]]]
PEOPLE = 200


def test_of_two_hundred_requests_at_once_one_runs_and_the_others_are_told(served: Served, rows: Rows) -> None:
    last = rebuild.history(served.settings)[0].id
    answers: list[tuple[int, str]] = []
    together = threading.Barrier(PEOPLE)

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
        connection.connect()
        together.wait(PATIENCE)
        connection.request("POST", "/api/v1/rebuild")
        answer = connection.getresponse()
        answers.append((answer.status, str(orjson.loads(answer.read()).get("detail"))))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(status for status, _ in answers) == {202: 1, 409: PEOPLE - 1}
    assert all("is starting" in words or "is running" in words for status, words in answers if status == 409)
    until(lambda: [(run.id, run.state) for run in newer(served, last)] == [(last + 1, "published")])
    assert rows(served.settings, "select count(*) from c360.audit where action = 'rebuild'") == [(1,)]


def newer(served: Served, last: int) -> list[rebuild.Run]:
    return [run for run in rebuild.history(served.settings, 1_000) if run.id > last]
