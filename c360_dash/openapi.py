"""What the API answers, as an OpenAPI 3.1 document made of the objects that answer: nothing is listed a second time.

Questions bring their parameters (parameters.py) and the columns of their rows (columns.py), pages what they show.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from c360_dash import charts, columns, metrics, parameters
from c360_dash.columns import Column
from c360_dash.queries.customers import DEFAULT_COLUMNS
from c360_dash.questions import QUESTIONS, Question

Document = dict[str, Any]

VERSION = "1"
PROBLEM = "#/components/schemas/Problem"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_WORDS = "All rows. The file name, and the headers, say which build it is of."
REFUSALS = {
    "400": "A parameter that is not known or cannot be read: `parameter` names it.",
    "404": "There is no such build, page or customer.",
    "503": "No build is published, or the database cannot answer now; `Retry-After` says when to ask again.",
}
HEADERS = {
    "C360-Build": "The build that the file is of.",
    "C360-As-Of": "The moment it looks from.",
    "C360-Currency": "The currency of all money.",
    "C360-Time-Zone": "The time zone of all days and moments.",
}


def document() -> Document:
    """The document; pages are there when the application has them."""
    settings = columns.default_settings()
    paths = {f"/api/v1/{name}": _question(question, settings) for name, question in QUESTIONS.items()}
    pages = {f"/api/v1/pages/{name}.xlsx": _page(name, keys) for name, keys in charts.PAGES.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Customer 360",
            "version": VERSION,
            "description": "Questions about one build: one row per customer, seen from one moment. "
            "Money is in the currency of the build, shares are 0–1, no data is null.",
        },
        "paths": {**paths, **_customers(settings), **pages, **_health()},
        "components": {"schemas": _schemas(), "responses": _refusals()},
    }


def _question(question: Question, settings: dict[str, object]) -> Document:
    told = " ".join((question.ask.__doc__ or "").split())
    taken = [parameters.described(name, default=question.limit) for name in parameters.of_question(question)]
    row = _row(columns.of_answer(question.columns, settings))
    return _get(question.name, question.title, told, taken, _files(_one_of(_answer(row), _reference("Figure"))))


def _customers(settings: dict[str, object]) -> Document:
    everything = columns.of_customers(metrics.COLUMNS, settings)
    always = ("customer_id", "first_name", "last_name", *DEFAULT_COLUMNS)
    whole = {"type": "integer"}
    listed = _answer(_row(everything, always[:3]), found=whole, customers=whole, page=whole)
    listed["properties"] |= {
        "more": {
            "const": True,
            "description": "Words find more than `found` says, which is as far as they are counted.",
        },
        "instead": {"type": "string", "description": "The words by which these are found, for nobody is by `q`."},
    }
    formats = parameters.FORMATS_OF_CUSTOMERS
    taken = [parameters.described(name, formats) for name in parameters.OF_CUSTOMERS]
    one = _about(
        data=_row(everything, ("customer_id",)),
        history={"type": "array", "items": {"type": "object"}},
        timeline={"type": "array", "items": {"type": "object"}},
        timeline_length=whole,
        page=whole,
    )
    which = {"name": "customer_id", "in": "path", "required": True, "schema": {"type": "string"}}
    asked = [which | {"description": "The id, as text."}, *map(parameters.described, parameters.OF_CUSTOMER)]
    words = "Found by words and filters, sorted, in pages; a file holds all who are found."
    profile = "All columns, the scores in the kept builds, and 50 things of the time line, the newest first."
    return {
        "/api/v1/customers": _get("customers", "Customers", words, taken, _files(listed)),
        "/api/v1/customers/{customer_id}": _get("customer", "One customer", profile, asked, _json(one)),
    }


def _page(name: str, keys: Iterable[str]) -> Document:
    shown = ", ".join(QUESTIONS[key].title for key in keys)
    taken = [parameters.described(name) for name in parameters.OF_PAGE]
    words = f"A workbook with the sheets About and: {shown}. Each is about the filters that it heeds, as About says."
    return _get(f"page-{name}", f"The page {name} as a workbook", words, taken, _sent({XLSX: {"schema": _binary()}}))


def _health() -> Document:
    status = {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}}
    ready = {**status, "properties": {"status": {"type": "string"}, "build": {"type": "integer"}}}
    return {
        "/healthz": _get("healthz", "Whether the process answers", "", [], _json(status)),
        "/readyz": _get("readyz", "Whether database and a build are there", "", [], _json(ready)),
        "/api/v1/openapi.json": _get("openapi", "This document", "", [], _json({"type": "object"})),
    }


def _get(name: str, title: str, words: str, taken: Sequence[Document], answered: Document) -> Document:
    refused = {code: {"$ref": f"#/components/responses/{code}"} for code in REFUSALS}
    found = {
        "operationId": name,
        "summary": title,
        "parameters": list(taken),
        "responses": {"200": answered, **refused},
    }
    return {"get": found | ({"description": words} if words else {})}


def _files(schema: Document) -> Document:
    csv = {"schema": {"type": "string", "description": FILE_WORDS}}
    return _sent({"application/json": {"schema": schema}, "text/csv": csv, XLSX: {"schema": _binary()}})


def _sent(content: Document) -> Document:
    headers = {name: {"description": words, "schema": {"type": "string"}} for name, words in HEADERS.items()}
    return {"description": "The answer; the headers are those of files.", "headers": headers, "content": content}


def _json(schema: Document) -> Document:
    return {"description": "The answer.", "content": {"application/json": {"schema": schema}}}


def _binary() -> Document:
    return {"type": "string", "contentMediaType": XLSX, "description": FILE_WORDS}


def _answer(row: Document, **more: Document) -> Document:
    return _about(data={"type": "array", "items": row}, **more)


def _about(**parts: Document) -> Document:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["build", "as_of", *parts],
        "properties": {
            "build": {"type": "integer", "description": "The number of the build."},
            "as_of": {"type": "string", "format": "date-time", "description": "The moment it looks from."},
            "stale": {"const": True, "description": "The database could not be asked whether there is a newer build."},
            **parts,
        },
    }


def _row(found: Sequence[Column], required: Sequence[str] | None = None) -> Document:
    """A row; all columns are always there unless some are named."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in found] if required is None else list(required),
        "properties": {column.name: column.schema() for column in found},
    }


def _one_of(*schemas: Document) -> Document:
    return {"oneOf": list(schemas)}


def _reference(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> Document:
    figure = {
        "type": "object",
        "description": "A Plotly figure without a template.",
        "required": ["data", "layout"],
        "properties": {"data": {"type": "array"}, "layout": {"type": "object"}},
    }
    problem = {
        "type": "object",
        "description": "RFC 9457.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "The reason, in a sentence."},
            "parameter": {"type": "string", "description": "The parameter that was refused."},
        },
    }
    return {"Figure": figure, "Problem": problem}


def _refusals() -> Document:
    content = {"application/problem+json": {"schema": {"$ref": PROBLEM}}}
    return {code: {"description": words, "content": content} for code, words in REFUSALS.items()}
