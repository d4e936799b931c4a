"""What the server tells those who run it: a log without personal data, and measures."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import dash
import psycopg2
import pytest
from flask.testing import FlaskClient

from c360_dash.app import create_app
from c360_dash.config import Settings
from c360_dash.logs import Json


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an application that logs JSON and whose database cannot be reached."""
    url = "postgresql+psycopg2://nobody@127.0.0.1:9/nowhere"
    yield create_app(
        Settings(database_url=url, data_dir=tmp_path, cache="none", log_format="json")
    ).server.test_client()
    dash.page_registry.clear()


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(Json().format(found)) for found in caplog.records if found.name == "c360_dash.request"]


def test_a_request_keeps_the_id_of_its_caller(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "proxy-7.41"}).headers["X-Request-ID"] == "proxy-7.41"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, '"><script>'])
def test_an_id_that_is_none_is_replaced(client: FlaskClient, given: str) -> None:
    found = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]

    assert len(found) == 32
    assert found.isalnum()


def test_the_log_names_the_rule_and_nothing_that_was_asked(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "c360_dash.request"):
        client.get("/api/v1/customers?q=Ada%20Berg")
        client.get("/api/v1/customers/ada@example.com")
        client.get("/healthz")

    found = lines(caplog)
    assert [(line["method"], line["route"], line["status"]) for line in found] == [
        ("GET", "/api/v1/customers", 503),
        ("GET", "/api/v1/customers/<path:customer_id>", 503),
    ]
    assert "ada" not in json.dumps(found).lower()


def test_an_error_of_the_database_is_logged_without_its_words() -> None:
    class Repeated(psycopg2.Error):
        pgcode = "23505"

    try:
        raise Repeated("Key (email)=(ada@example.com) already exists")
    except Repeated as error:
        record = logging.LogRecord(
            "c360_dash", logging.ERROR, __file__, 1, "failed", None, (Repeated, error, error.__traceback__)
        )

    line = json.loads(Json().format(record))
    assert line["error"] == "Repeated: SQLSTATE 23505"
    assert "ada@example.com" not in json.dumps(line)
    assert line["at"][0].startswith(__file__)


def test_measures_are_told_while_the_database_is_away(client: FlaskClient) -> None:
    client.get("/healthz")

    text = client.get("/metrics").text

    assert "c360_database_up 0.0" in text
    assert 'c360_request_seconds_count{method="GET",route="/healthz",status="200"}' in text
    assert "c360_build " not in text
