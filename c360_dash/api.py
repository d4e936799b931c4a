"""The questions as JSON and as files under /api/v1, and the health of the process.

An answer is `{"build": 41, "as_of": "…", "data": […]}`; `"stale": true` is added while the database cannot be asked for
a newer build. Files hold all rows (exports). /api/v1/openapi.json says what there is, and what it takes. Problems are
application/problem+json (RFC 9457) with the reason in `detail`.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from c360_dash import auth, charts, db, exports, openapi, parameters, privacy, queries
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.errors import C360Error
from c360_dash.filters import FilterError, Filters, whole_number
from c360_dash.parameters import FILES
from c360_dash.problems import problem
from c360_dash.queries import customer, customers, segmentation
from c360_dash.questions import QUESTIONS, Question

AWAY_RETRY_SECONDS = 5
SCORES = ("value_segment", "rfm_score", "rfm_segment", "churn_risk_score", "churn_band")
READS = ["GET"]
ALL = ["GET", "POST", "PUT", "PATCH", "DELETE"]

blueprint = Blueprint("api", __name__)


def register(server: Flask, settings: Settings) -> None:
    """Adds /api/v1/…, /healthz and /readyz to a server, and makes its questions answerable if nobody has yet."""
    if db.EXTENSION not in server.extensions:
        db.init(settings, server)
    server.register_blueprint(blueprint)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: read, checked, and complete."""

    question: Question
    build: Build
    filters: Filters
    limit: int | None
    since: int | None
    format: str

    @property
    def options(self) -> dict[str, int]:
        """What the question takes beside build and filters."""
        default = self.question.limit
        limit = {} if default is None else {"limit": default if self.limit is None else self.limit}
        return limit if self.since is None else limit | {"since": self.since}

    def etag(self) -> str:
        """Equal for equal answers: of one build, one question, one version of the code."""
        return _etag(self.build, self.question.name, self.filters, self.options, self.format)

    def body(self) -> bytes:
        """The answer as JSON text."""
        if self.format == "figure":
            return self.question.figure_json(self.build, self.filters, **self.options)
        rows = self.question.rows(self.build, self.filters, **self.options)
        return _about(self.build, data=orjson.Fragment(rows))


@blueprint.route("/api/v1/<question>", methods=READS)
def answer(question: str) -> Response:
    """One question; filters, `build`, `format` and `limit` as parameters."""
    if question not in QUESTIONS:
        return problem(HTTPStatus.NOT_FOUND, f"There is no question “{question}”; there are {', '.join(QUESTIONS)}.")
    asked = _asked(QUESTIONS[question])
    if asked.format in FILES:
        table = exports.question(asked.build, asked.question, asked.filters, asked.limit, asked.since)
        return _file(asked.build, question, [table], asked.format)
    return _revalidated(asked.etag(), asked.body)


@blueprint.route("/api/v1/customers", methods=READS)
def customers_found() -> Response:
    """Customers as the page of that name shows them: words, order, page, columns, filters and conditions."""
    kind = _format(parameters.FORMATS_OF_CUSTOMERS)
    taken = [name for name in parameters.OF_CUSTOMERS if kind == "json" or name not in parameters.PAGING]
    _refuse_others("customers" if kind == "json" else f"A {kind} file of customers", taken)
    asked = customers.Asked.from_args(request.args.to_dict(flat=False))
    build = _build()
    queries.refuse_unknown_values(build, asked.filters)
    if kind in FILES:
        return _file(build, "customers", [exports.customers(build, asked)], kind)

    def body() -> bytes:
        found = customers.page(build, asked)
        rows = [{name: row.get(name) for name in customers.shown(asked)} for row in found.rows]
        instead = {"instead": found.instead} if found.instead else {}
        more = {} if found.is_exact else {"more": True}
        return _about(build, data=rows, found=found.found, customers=found.all, page=asked.page, **instead, **more)

    return _revalidated(_etag(build, "customers", asked), body)


@blueprint.route("/api/v1/customers/<path:customer_id>", methods=READS)
def one_customer(customer_id: str) -> Response:
    """The columns of one customer, the builds' scores, and a page of the time line."""
    _refuse_others("customers", parameters.OF_CUSTOMER)
    build, page = _build(), customers.Asked.from_args(request.args.to_dict(flat=False)).page
    found = customer.profile(build, customer_id)
    if found is None:
        return problem(HTTPStatus.NOT_FOUND, f"Build {build.id} has no customer “{customer_id[:200]}”.")
    auth.audit("view customer", customer_id, build=build.id, by="api")

    def body() -> bytes:
        rows, total = customer.timeline(build, customer_id, page)
        scores = [{"build": kept.id, "as_of": kept.as_of, **_scores(said)} for kept, said in history]
        return _about(build, data=found, history=scores, timeline=rows, timeline_length=total, page=page)

    history = customer.history(build, customer_id)
    return _revalidated(_etag(build, "customer", customer_id, page, [kept.token for kept, _ in history]), body)


@blueprint.route("/api/v1/pages/<page>.xlsx", methods=READS)
def page_file(page: str) -> Response:
    """A page as a workbook with a sheet for each chart; each is about the filters that it heeds."""
    if page not in charts.PAGES:
        return problem(HTTPStatus.NOT_FOUND, f"There is no page “{page}”; there are {', '.join(charts.PAGES)}.")
    _refuse_others(page, parameters.OF_PAGE)
    filters = Filters.from_args(request.args.to_dict(flat=False))
    build = _build()
    queries.refuse_unknown_values(build, filters)
    return _file(build, page, exports.page(build, page, filters), "xlsx")


@blueprint.route("/api/v1/openapi.json", methods=READS)
def document() -> Response:
    """What there is to ask, as OpenAPI 3.1."""
    return Response(orjson.dumps(openapi.document()), mimetype="application/json")


@blueprint.route("/api/", defaults={"rest": ""}, methods=ALL)
@blueprint.route("/api/<path:rest>", methods=ALL)
def nothing(rest: str) -> Response:
    """Everything else below /api, which would otherwise be answered with a page."""
    if request.method not in READS and rest.removeprefix("v1/") in QUESTIONS:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, f"{rest} can only be read: use GET.")
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
        return response
    return problem(HTTPStatus.NOT_FOUND, f"There is nothing at /api/{rest}; the questions are below /api/v1/.")


@blueprint.route("/healthz", methods=READS)
def healthz() -> Response:
    """200 while the process answers, whatever the database does."""
    return Response(b'{"status":"ok"}', mimetype="application/json")


@blueprint.route("/readyz", methods=READS)
def readyz() -> Response:
    """200 when the database answers and a build is published, else 503 with the reason."""
    try:
        build = db.current_build()
    except C360Error as error:
        # Whoever watches the service need not log in, and is not told what only those inside may know.
        reason = str(error) if auth.may("viewer") else "The service is not ready; its log says why."
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, reason, retry_seconds=AWAY_RETRY_SECONDS)
    if build.stale:
        raise db.DatabaseAway("The database cannot be reached; answers about the last known build may still be given.")
    return Response(orjson.dumps({"status": "ready", "build": build.id}), mimetype="application/json")


@blueprint.errorhandler(FilterError)
def _refused(error: FilterError) -> Response:
    return problem(HTTPStatus.BAD_REQUEST, str(error), parameter=error.name)


@blueprint.errorhandler(db.NoBuild)
def _no_build(error: db.NoBuild) -> Response:
    if "build" in request.args:
        return problem(HTTPStatus.NOT_FOUND, str(error), parameter="build")
    # A build that was current a moment ago may have been replaced and dropped since; the next request sees the new one.
    db.reader().builds.forget_current()
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), retry_seconds=AWAY_RETRY_SECONDS)


@blueprint.errorhandler(db.DatabaseAway)
@blueprint.errorhandler(db.QueryTooSlow)
@blueprint.errorhandler(db.TooBusy)
@blueprint.errorhandler(db.TooManyExports)
def _away(error: Exception) -> Response:
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), retry_seconds=AWAY_RETRY_SECONDS)


@blueprint.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    return problem(HTTPStatus(error.code or 500), error.description or "")


@blueprint.errorhandler(auth.Forbidden)
def _not_allowed(error: auth.Forbidden) -> Response:
    return problem(HTTPStatus.FORBIDDEN, str(error))


@blueprint.errorhandler(db.NoRight)
def _forbidden(error: db.NoRight) -> Response:
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def _etag(build: Build, *asked: object) -> str:
    parts = (build.token, build.stale, privacy.sees_personal_data(), *asked)
    return hashlib.sha256(f"{db.reader().code_version} {parts}".encode()).hexdigest()[:32]


def _about(build: Build, **answer: object) -> bytes:
    found = {"build": build.id, "as_of": build.as_of, **answer}
    return orjson.dumps(found | ({"stale": True} if build.stale else {}))


def _revalidated(etag: str, body: Callable[[], bytes]) -> Response:
    """The body, or 304 for whoever has it; nobody keeps it without asking."""
    response = Response(mimetype="application/json")
    response.set_etag(etag)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    if request.if_none_match.contains(etag):
        response.status_code = HTTPStatus.NOT_MODIFIED
    else:
        response.set_data(body())
    return response


def _scores(said: customers.Customer | None) -> dict[str, object]:
    return {name: said and said.get(name) for name in SCORES}


def _build() -> Build:
    number = _whole_number("build")
    return db.current_build() if number is None else db.build_by_id(number)


def _asked(question: Question) -> Asked:
    """Raises FilterError for a parameter that the question does not have or that cannot be read."""
    _refuse_others(question.name, parameters.of_question(question))
    chosen_format = _format(parameters.FORMATS)
    filters = Filters.from_args(request.args.to_dict(flat=False))
    build = _build()
    queries.refuse_unknown_values(build, filters)
    since = _whole_number("since")
    if since is not None:
        segmentation.earlier_build(build, since)  # Raises before an answer begins.
    return Asked(question, build, filters, _whole_number("limit"), since, chosen_format)


def _file(build: Build, name: str, tables: Sequence[exports.Table], kind: str) -> Response:
    title = tables[0].title if len(tables) == 1 else name.capitalize()
    return exports.response(exports.File(build, name, title, tables, kind, db.reader().settings.locale))


def _format(known: Sequence[str]) -> str:
    chosen = _single("format") or known[0]
    if chosen not in known:
        raise FilterError("format", f"format cannot be “{chosen}”; it is {', '.join(known[:-1])} or {known[-1]}.")
    return chosen


def _refuse_others(question: str, known: Sequence[str]) -> None:
    for name in request.args:
        if name not in known:
            raise FilterError(name, f"{question} has no parameter “{name}”; it has {', '.join(known)}.")


def _single(name: str) -> str | None:
    values = request.args.getlist(name)
    if len(values) > 1:
        raise FilterError(name, f"{name} is given {len(values)} times; once is allowed.")
    return values[0] if values else None


def _whole_number(name: str) -> int | None:
    return whole_number(name, _single(name))
