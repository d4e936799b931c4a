"""The document of the API against the API: a validator accepts it, and every address answers as it says."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from c360_dash import api, charts, metrics, openapi, parameters
from c360_dash.config import Settings
from c360_dash.questions import QUESTIONS

PAGES = {"sample": ["kpis", "monthly-revenue"]}
Document = dict[str, Any]


@pytest.fixture(scope="module")
def people(make_database: Callable[..., Settings], twice_built_people: Settings) -> Settings:
    """A database with two builds of the people, so that there is movement; tests only read it."""
    return make_database(twice_built_people)


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "PAGES", PAGES)


@pytest.fixture
def client(people: Settings) -> FlaskClient:
    server = Flask("shop")
    api.register(server, people)
    return server.test_client()


@pytest.fixture
def document(client: FlaskClient) -> Document:
    found: Document = client.get("/api/v1/openapi.json").get_json()
    return found


def operation(document: Document, path: str) -> Document:
    found: Document = document["paths"][path]["get"]
    return found


def refuse_unless_fitting(document: Document, path: str, answer: Any, status: str = "200", kind: str = "json") -> None:
    """Raises where an answer is not what the document says."""
    described = operation(document, path)["responses"][status]
    if "$ref" in described:
        described = document["components"]["responses"][status]
    schema = described["content"][f"application/{kind}"]["schema"]
    whole = {**schema, "components": document["components"]}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer)


def test_a_validator_accepts_the_document(document: Document) -> None:
    validate(document)


def test_every_address_of_the_server_is_in_the_document(client: FlaskClient, document: Document) -> None:
    rules = {rule.rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    rules -= {"/api/", "/api/<path:rest>", "/api/v1/<question>", "/api/v1/pages/<page>.xlsx"}
    written = {rule.replace("<path:customer_id>", "{customer_id}") for rule in rules}
    questions = {f"/api/v1/{name}" for name in QUESTIONS}
    assert set(document["paths"]) == written | questions | {"/api/v1/pages/sample.xlsx"}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("query", ["", "?format=figure"])
def test_the_answer_to_every_question_is_as_documented(
    client: FlaskClient, document: Document, name: str, query: str
) -> None:
    answer = client.get(f"/api/v1/{name}{query}")
    assert answer.status_code == 200
    refuse_unless_fitting(document, f"/api/v1/{name}", answer.get_json())


@pytest.mark.parametrize("query", ["", "?columns=all&page_size=1000", "?q=ada&columns=email"])
def test_customers_are_as_documented(client: FlaskClient, document: Document, query: str) -> None:
    refuse_unless_fitting(document, "/api/v1/customers", client.get(f"/api/v1/customers{query}").get_json())


def test_every_single_customer_is_as_documented(client: FlaskClient, document: Document) -> None:
    for row in client.get("/api/v1/customers").get_json()["data"]:
        answer = client.get(f"/api/v1/customers/{row['customer_id']}").get_json()
        refuse_unless_fitting(document, "/api/v1/customers/{customer_id}", answer)
        assert set(answer["data"]) == set(metrics.COLUMNS)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/openapi.json"])
def test_health_is_as_documented(client: FlaskClient, document: Document, path: str) -> None:
    refuse_unless_fitting(document, path, client.get(path).get_json())


@pytest.mark.parametrize("name", [*QUESTIONS, "customers", "pages/sample.xlsx"])
def test_files_are_of_the_documented_types(client: FlaskClient, document: Document, name: str) -> None:
    content = operation(document, f"/api/v1/{name}")["responses"]["200"]["content"]
    formats = ["xlsx"] if name.startswith("pages/") else ["csv", "xlsx"]
    addresses = [f"/api/v1/{name}" + ("" if name.startswith("pages/") else f"?format={kind}") for kind in formats]
    answered = {client.get(address).mimetype for address in addresses}
    assert answered == set(content) - {"application/json"}


@pytest.mark.parametrize("name", [*QUESTIONS, "customers", "customers/{customer_id}", "pages/sample.xlsx"])
def test_documented_parameters_are_taken_and_others_refused_as_documented(
    client: FlaskClient, document: Document, name: str
) -> None:
    path = f"/api/v1/{name}"
    address = path.format(customer_id="ada")
    taken = [each for each in operation(document, path)["parameters"] if each["in"] == "query"]
    for each in taken:
        assert client.get(address, query_string={each["name"]: example(each)}).status_code == 200, each
    for unknown in {*parameters.PLAIN, *metrics.DIMENSIONS, "limit", "date_from", "x"} - {
        each["name"] for each in taken
    }:
        refused = client.get(address, query_string={unknown: "1"})
        assert refused.status_code == 400, unknown
        refuse_unless_fitting(document, path, refused.get_json(), "400", "problem+json")
        assert refused.get_json()["parameter"] == unknown


def example(parameter: Document) -> str:
    """A value that the schema of a parameter allows."""
    schema = parameter["schema"]
    if schema["type"] == "array":
        return str(schema["items"].get("enum", ["unknown"])[0])
    by_format = {"date": "2026-01-31"}.get(schema.get("format", ""))
    return str(by_format or schema.get("default") or schema.get("enum", schema.get("examples", [1]))[0])


def test_what_is_missing_is_told_as_documented(client: FlaskClient, document: Document) -> None:
    for address, path in (("kpis?build=99", "kpis"), ("customers/nobody", "customers/{customer_id}")):
        refused = client.get(f"/api/v1/{address}")
        assert refused.status_code == 404
        refuse_unless_fitting(document, f"/api/v1/{path}", refused.get_json(), "404", "problem+json")


def test_columns_say_what_they_mean_and_in_which_unit() -> None:
    row = openapi.document()["paths"]["/api/v1/customers"]["get"]["responses"]["200"]["content"]["application/json"]
    said = row["schema"]["properties"]["data"]["items"]["properties"]["lifetime_value"]["description"]
    assert said == f"Lifetime value. {metrics.COLUMNS['lifetime_value'].definition} (In the currency of the build)"
