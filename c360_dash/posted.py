"""What is posted to the server: refused where no page or program of ours can have sent it, before anybody reads it.

Dash trusts its own script, and a payload of another shape would end as an error of the server. Here the callback must
be one that there is, its outputs and inputs must be its own, and each value must be what its function is annotated
with; so a callback may rely on its annotations whoever posts.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import orjson
from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider

from c360_dash.problems import problem

CALLBACKS = "/_dash-update-component"
LARGEST_BODY = 1_000_000
PLAIN = str | None
"""What is not annotated is Dash's own, which takes the parts of an address."""
PATH = "pathname"

Known = Mapping[str, Mapping[str, Any]]


class Json(DefaultJSONProvider):
    """JSON as it stands in RFC 8259, at most 1,024 deep, and every text one that can be written as UTF-8."""

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value; raises ValueError."""
        return orjson.loads(s)


def prepare(server: Flask, callbacks: Callable[[], Known]) -> None:
    """Limits what the server reads, and checks what is posted to its callbacks: Dash's own map of them."""
    server.json = Json(server)
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @server.before_request
    def refuse_forged() -> Response | None:
        if request.path != CALLBACKS or request.method != "POST":
            return None
        reason = forged(request.get_json(silent=True), callbacks())
        return problem(HTTPStatus.BAD_REQUEST, reason) if reason else None


def forged(body: Any, callbacks: Known) -> str | None:
    """Why no page can have posted that, or None."""
    if not isinstance(body, dict):
        return "The body is no JSON object."
    name = body.get("output")
    found = callbacks.get(name, {}) if isinstance(name, str) else {}
    if "callback" not in found:
        return "There is no such callback."
    if not _are_own(_as_list(body.get("outputs")), _places(str(name))):
        return "The outputs are not those of the callback."
    given = [*_as_list(body.get("inputs", [])), *_as_list(body.get("state", []))]
    if not _are_own(given, _declared(found)):
        return "The inputs are not those of the callback."
    if not _have_changed(body.get("changedPropIds", []), given):
        return "What has changed is no input of the callback."
    for place, kind, each in zip(_declared(found), _annotations(found["callback"]), given, strict=False):
        if not fits(_value(each), kind) or (place[1] == PATH and not str(_value(each)).startswith("/")):
            return f"The value of {'.'.join(place)} is not of the kind that the callback takes."
    return None


def fits(value: object, kind: Any) -> bool:
    """Whether a value of JSON is what an annotation says. A text is also a sequence of texts, as it is in Python."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if origin in (Union, UnionType):
        return any(fits(value, each) for each in inner)
    if origin in (list, Sequence):
        one = origin is Sequence and isinstance(value, str)
        return one or (isinstance(value, list) and all(fits(each, inner[0]) for each in value))
    if origin in (dict, Mapping):
        return isinstance(value, dict) and all(fits(each, inner[1]) for each in value.values())
    if kind is None or kind is NoneType:
        return value is None
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _declared(callback: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(each["id"], each["property"]) for each in (*callback["inputs"], *callback["state"])]


def _annotations(callback: Callable[..., Any]) -> Iterator[Any]:
    for parameter in inspect.signature(inspect.unwrap(callback)).parameters.values():
        yield PLAIN if parameter.annotation is parameter.empty else parameter.annotation


def _places(name: str) -> list[tuple[str, str]]:
    """Ids and properties in the name of a callback: `id.property`, or `..id.property...id.property..`."""
    parts = name[2:-2].split("...") if name.startswith("..") else [name]
    pairs = [part.rpartition(".") for part in parts]
    return [(identity, prop) for identity, _, prop in pairs]


def _are_own(given: Sequence[Any], own: Sequence[tuple[str, str]]) -> bool:
    """Whether what is given are those places, one by one; a pattern may stand for any number of them."""
    if len(own) == 1 and _is_pattern(own[0][0]) and all(isinstance(each, dict) for each in given):
        given = [list(given)]
    return len(given) == len(own) and all(_is(each, *place) for each, place in zip(given, own, strict=True))


def _is(given: Any, identity: str, prop: str) -> bool:
    if _is_pattern(identity):
        names = orjson.loads(identity).keys()
        return isinstance(given, list) and all(
            isinstance(one, dict)
            and one.get("property") == prop
            and isinstance(one.get("id"), dict)
            and one["id"].keys() == names
            and all(isinstance(value, str | int) for value in one["id"].values())
            for one in given
        )
    return isinstance(given, dict) and given.get("id") == identity and given.get("property") == prop


def _have_changed(changed: Any, given: Sequence[Any]) -> bool:
    known = {
        f"{one['id'] if isinstance(one['id'], str) else _written(one['id'])}.{one['property']}"
        for each in given
        for one in (each if isinstance(each, list) else [each])
    }
    return isinstance(changed, list) and all(isinstance(name, str) and name in known for name in changed)


def _written(identity: Mapping[str, Any]) -> str:
    """An id that is an object, as Dash writes it."""
    return orjson.dumps(identity, option=orjson.OPT_SORT_KEYS).decode()


def _is_pattern(identity: str) -> bool:
    return identity.startswith("{")


def _value(given: Any) -> Any:
    return [one.get("value") for one in given] if isinstance(given, list) else given.get("value")


def _as_list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]
