"""What /metrics tells Prometheus: requests and questions with their times, how the cache does, the build, the last run.

Each worker counts in files of its own in a folder that they share (prometheus_client's multi-process mode, set up in
gunicorn_conf.py), and whichever answers adds them up. What is true of the database is asked when it is scraped.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
REQUESTS = Histogram("c360_request_seconds", "Answering a request.", ["method", "route", "status"], buckets=TIMES)
QUESTIONS = Histogram("c360_question_seconds", "Asking the database, what the cache did not have.", buckets=TIMES)
ANSWERS = Counter("c360_cache_answers", "Answers given from the cache (kept) or asked for (computed).", ["result"])

State = Callable[[], Mapping[str, float]]
MEANINGS = {
    "c360_build": "The published build.",
    "c360_build_age_seconds": "Since the published build was finished.",
    "c360_data_age_seconds": "Since the last thing that happened in the published data.",
    "c360_last_rebuild_success": "Whether the last ended rebuild was published (1) or not (0).",
    "c360_last_rebuild_seconds": "What the last ended rebuild took.",
    "c360_rebuild_running": "Whether a rebuild is running (1) or not (0).",
    "c360_database_up": "Whether the database answers (1) or not (0).",
}


@contextmanager
def question() -> Iterator[None]:
    """Measures the block as a question to the database."""
    ANSWERS.labels("computed").inc()
    with QUESTIONS.time():
        yield


def kept() -> None:
    """Counts an answer that the cache had."""
    ANSWERS.labels("kept").inc()


def prepare(server: Flask, route: Callable[[], str], state: State, shared: str | None) -> None:
    """Measures requests and adds /metrics; `state` asks the database, `shared` is the folder of the workers."""
    registry = CollectorRegistry()
    if shared:
        MultiProcessCollector(registry, path=shared)  # type: ignore[no-untyped-call]
    registry.register(_Now(state))

    @server.before_request
    def begin() -> None:
        g.c360_measured_from = time.perf_counter()

    @server.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("c360_measured_from", time.perf_counter())
        REQUESTS.labels(request.method, route(), str(response.status_code)).observe(seconds)
        return response

    @server.get("/metrics")
    def metrics() -> Response:
        text = generate_latest(registry) + (b"" if shared else generate_latest(REGISTRY))
        return Response(text, content_type=CONTENT_TYPE_LATEST)


class _Now(Collector):
    """What is true at the moment of the scrape."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """The numbers that are known; after `c360_database_up 0` there are no others."""
        found: Mapping[str, Any] = self._state()
        for name, value in found.items():
            yield GaugeMetricFamily(name, MEANINGS[name], value=float(value))
