"""The runs for programs: GET /api/v1/runs and /api/v1/runs/41, POST /api/v1/rebuild.

A rebuild is answered with 202 and the address of the runs as soon as it is asked for, or with 409 when one is running.
"""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import orjson
from flask import Blueprint, Flask, Response, request, url_for

from c360_dash import auth, db, rebuild
from c360_dash.admin import acting
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.problems import problem

blueprint = Blueprint("runs", __name__, url_prefix="/api/v1")


def register(server: Flask) -> None:
    """Adds the addresses to a server."""
    server.register_blueprint(blueprint)


@blueprint.get("/runs")
def runs() -> Response:
    """The newest runs first, and the progress of the one under way."""
    settings = _here()
    found = [_plain(run) for run in rebuild.history(settings)]
    return _answer({"data": found, "running": rebuild.status(settings)["running"]})


@blueprint.get("/runs/<int:run>")
def one_run(run: int) -> Response:
    """One run with its stages, exclusions and checks."""
    return _answer({"data": asdict(rebuild.run_of(_here(), run))})


@blueprint.post("/rebuild")
def start() -> Response:
    """Asks for a rebuild; a JSON body may say `as_of`, a day, and `kind`."""
    settings = _here()
    body: Any = request.get_json(silent=True) if request.data else {}
    if not _is_order(body):
        allowed = 'The body is nothing, or JSON such as {"as_of": "2026-01-31", "kind": "incremental"}.'
        return problem(HTTPStatus.BAD_REQUEST, allowed)
    acting.start(settings, body.get("as_of"), body.get("kind", "full"))
    response = _answer({"runs": url_for("runs.runs")}, HTTPStatus.ACCEPTED)
    response.headers["Location"] = url_for("runs.runs")
    return response


@blueprint.errorhandler(C360Error)
def _told(error: C360Error) -> Response:
    """Every reason that the page would say, as a problem."""
    statuses: dict[type[C360Error], HTTPStatus] = {
        auth.Forbidden: HTTPStatus.FORBIDDEN,
        rebuild.RebuildRefused: HTTPStatus.CONFLICT,
        rebuild.UnknownBuild: HTTPStatus.NOT_FOUND,
        acting.AsOfRefused: HTTPStatus.BAD_REQUEST,
        acting.UnknownKind: HTTPStatus.BAD_REQUEST,
    }
    return problem(statuses.get(type(error), HTTPStatus.SERVICE_UNAVAILABLE), str(error))


def _is_order(body: Any) -> bool:
    known = isinstance(body, dict) and {*body} <= {"as_of", "kind"}
    return known and all(isinstance(value, str) for value in body.values())


def _here() -> Settings:
    auth.require(acting.ADMIN)
    return db.reader().settings


def _plain(run: rebuild.Run) -> dict[str, object]:
    """A run of the history: its parts are read with the run itself."""
    return {name: value for name, value in asdict(run).items() if name not in ("stages", "exclusions", "checks")}


def _answer(document: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    body = orjson.dumps(document, default=float)  # numeric of the database
    return Response(body, status, {"Cache-Control": "no-store"}, mimetype="application/json")
