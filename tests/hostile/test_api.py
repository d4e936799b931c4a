"""The API asked by somebody who means harm: SQL in every parameter, paths that lead out, and calls made by chance.

`--calls 10000` makes as many of the last; the document of the API says what there is to ask.
"""

import random
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.hostile.conftest import harmless, refused

Document = dict[str, Any]
SEED = 360
BATCH = 250
SQL = (
    "'", "' or '1'='1", "1; drop table c360.run", "'; select pg_sleep(5); --", "\\'; --", "$$; select 1; $$",
    "%s", "%(x)s", ":words", "{0}", "1 union select hash from c360.api_token", "'||(select version())||'",
    "High' --", "\0", "\ufffe", "😀" * 50, "x" * 300, "-1", "0", "1e9", "９", "99999999999999999999", "NaN",
    "null", "true", "[]", "{}", "../../etc/passwd", "<script>alert(1)</script>", "=1+1", " ", "",
)  # fmt: skip
PATHS = (
    "..", "%2e%2e", "..%2f..%2f", "%2e%2e%2f%2e%2e%2f", "..\\..\\", "%5c..%5c", "%00", "a%00b",
    "%0d%0aX-Evil:1", "....//", "//", "%252e%252e%252f", "%ff%fe", "%c0%ae%c0%ae/", ";/", "file:///etc/passwd",
    "%2fetc%2fpasswd", "x" * 5_000, "'%20or%201=1",
)  # fmt: skip
PLACES = (
    "/api/v1/{}", "/api/v1/customers/{}", "/api/v1/pages/{}.xlsx", "/api/v1/runs/{}", "/api/{}", "/assets/{}",
    "/assets/{}app.css", "/_dash-component-suites/{}", "/_dash-component-suites/dash/{}/dcc.js", "/customer/{}",
    "/{}", "/login/{}", "/metrics/{}",
)  # fmt: skip
METHODS = ("GET",) * 12 + ("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
HEADERS: tuple[dict[str, str], ...] = (
    {}, {}, {}, {"Accept": "text/csv"}, {"If-None-Match": '"x"'}, {"If-None-Match": "'; --"},
    {"Accept-Encoding": "br;q=x"}, {"X-Request-ID": "'; drop --"}, {"Range": "bytes=0-1"},
    {"X-Forwarded-For": "'"}, {"X-HTTP-Method-Override": "DELETE"},
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "batch" in metafunc.fixturenames:
        metafunc.parametrize("batch", range(metafunc.config.getoption("--calls") // BATCH))


@pytest.fixture
def document(viewer: FlaskClient) -> Document:
    found: Document = viewer.get("/api/v1/openapi.json").get_json()
    return found


def operations(document: Document) -> list[tuple[str, list[Document]]]:
    """Each address with its parameters."""
    return [(path, found["get"]["parameters"]) for path, found in sorted(document["paths"].items())]


def test_sql_in_a_parameter_is_a_text_or_refused(viewer: FlaskClient, document: Document) -> None:
    asked = 0
    for path, taken in operations(document):
        for parameter in taken:
            for value in SQL:
                answer = ask(viewer, path, parameter, value)
                assert refused(answer) or is_answered(answer, parameter, value), (path, parameter["name"], value)
                asked += 1
    assert asked > 5_000


def ask(client: FlaskClient, path: str, parameter: Document, value: str) -> TestResponse:
    """The answer to an address with that value of one parameter."""
    if parameter["in"] == "path":
        return client.get("/api/v1/customers/" + value.replace("/", "%2f").replace("?", "%3f").replace("#", "%23"))
    return client.get(path.replace("{customer_id}", "ada"), query_string={parameter["name"]: value})


def is_answered(answer: TestResponse, parameter: Document, value: str) -> bool:
    """Whether that may be an answer: the value is nothing, allowed, or words that were looked for."""
    allowed = not value.strip() or parameter["name"] in ("q", "category", "brand") or value in ("true", "-1", "0")
    return answer.status_code in (200, 308) and (allowed or parameter["in"] == "path")


@pytest.mark.parametrize("place", PLACES)
def test_a_path_leads_nowhere_but_to_what_is_served(viewer: FlaskClient, place: str) -> None:
    for trick in PATHS:
        answer = harmless(viewer.get(place.format(trick)))
        text = answer.get_data()
        assert not [secret for secret in (b"root:", b"import ", b"[project]", b"SECRET") if secret in text], trick
        assert "X-Evil" not in answer.headers
        if answer.status_code == 200:  # the page, which says itself that there is no such one
            assert answer.mimetype == "text/html", trick
            assert b"_dash-config" in text, trick
        elif answer.status_code in (301, 302, 303, 307, 308):
            assert answer.location.startswith(("/", "http://localhost/")), answer.location
            assert not answer.location.startswith("//"), answer.location


def test_calls_made_by_chance_are_answered_or_refused(viewer: FlaskClient, document: Document, batch: int) -> None:
    chance = random.Random(SEED + batch)
    known = operations(document)
    statuses = {call(viewer, *chance.choice(known), chance).status_code for _ in range(BATCH)}
    assert {200, 400} <= statuses


def call(client: FlaskClient, path: str, taken: list[Document], chance: random.Random) -> TestResponse:
    """One call: some of its parameters, mostly with values that they may have, and now and then something else."""
    chosen = chance.sample(taken, chance.randint(0, min(4, len(taken))))
    query = [(each["name"], value_of(each["schema"], chance)) for each in chosen if each["in"] == "query"]
    query += [("unheard_of", chance.choice(SQL))] * (chance.random() < 0.03)
    query += query[:1] * (chance.random() < 0.05)
    customer = chance.choice(["ada", "nobody", *PATHS]) if chance.random() < 0.5 else "ada"
    method = chance.choice(METHODS)
    body = chance.choice([None, b"", b"{}", b"\xff", b'{"a":' * 2_000]) if method not in ("GET", "HEAD") else None
    address = path.replace("{customer_id}", customer)
    answer = client.open(address, method=method, query_string=query, headers=chance.choice(HEADERS), data=body)
    return harmless(answer)


def value_of(schema: Document, chance: random.Random) -> str:
    """A value of the schema, of its edge, or of no schema at all."""
    if chance.random() < 0.25:
        return chance.choice(SQL)
    kinds: dict[str, Callable[[], object]] = {
        "integer": lambda: chance.choice(
            [schema.get("minimum", 1), schema.get("maximum", 5), chance.randint(1, 9), 2**63]
        ),
        "boolean": lambda: chance.choice(["true", "false"]),
        "array": lambda: value_of(schema["items"], chance),
    }
    if "enum" in schema:
        return str(chance.choice(schema["enum"]))
    examples = schema.get("examples", ["2026-03-31", "unknown", "IT", "ada", "lifetime_value", "customer_id,orders"])
    kind = kinds.get(schema["type"])
    return str(kind() if kind else chance.choice(examples))
