"""Callbacks that are posted directly: by somebody who may not, and in every shape that no page of ours sends."""

import json
import random
from typing import Any

import pytest
from flask.testing import FlaskClient

from c360_dash.auth import Role
from c360_dash.posted import LARGEST_BODY
from tests.hostile.conftest import Client, harmless, refused
from tests.hostile.posting import CALLBACKS, GIVEN, Callback, Payload, callbacks, payload

SEED = 4
OF_ADMINISTRATORS = "admin-"
JSON = {"Content-Type": "application/json"}
SQL = "'; drop table c360.run; --"
DEEP: Any = json.loads("[" * 200 + "]" * 200)
# What stands where a value should: none is what a page of ours puts there, but where a text is asked for.
WRONG: tuple[Any, ...] = (
    7, -1, 2**70, 1.5, True, "", "x" * 100_000, "\0", SQL, "<script>alert(1)</script>", "../../etc/passwd", [], [[]],
    {}, {"": None}, {"country": {"$ne": ""}}, {"country": [[SQL]]}, {"__class__": "x"}, {"value_segment": [SQL]},
    [None] * 10_000, {"props": {"children": "x"}, "type": "Div", "namespace": "dash_html_components"}, DEEP,
)  # fmt: skip
BODIES: tuple[bytes, ...] = (
    b"", b"null", b"[]", b"{}", b"{", b'"x"', b"7", b"true", b"NaN", b"\xff\xfe", b'{"output":"\\ud800"}',
    b"[" * 100_000, b'{"a":' * 100_000, b'{"output":null}', b'{"output":["x"]}', b'{"output":{"a":1}}',
    b'{"output":"nobody.children"}', b'{"output":"__class__.__init__"}', b'{"output":"_pages_dummy.children"}',
)  # fmt: skip


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST])
def test_nobody_else_reaches_a_callback_of_administrators(logged_in: Client, role: Role) -> None:
    client = logged_in(role)
    of_administrators = [each for each in callbacks(client) if OF_ADMINISTRATORS in each["output"]]
    assert len(of_administrators) >= 12
    for each in of_administrators:
        answer = client.post(CALLBACKS, json=payload(each))
        assert refused(answer), (each["output"], answer.text)
        assert answer.status_code == 403, (each["output"], answer.text)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v1/rebuild"), ("GET", "/api/v1/runs"), ("GET", "/api/v1/runs/1"), ("GET", "/api/v1/runs/99")],
)
def test_the_addresses_of_administrators_are_closed_to_a_viewer(viewer: FlaskClient, method: str, path: str) -> None:
    for body in (None, {}, {"as_of": "2024-01-01", "kind": "full"}, {"as_of": SQL}, [SQL]):
        assert viewer.open(path, method=method, json=body).status_code == 403


def test_the_page_of_administrators_is_empty_for_a_viewer(viewer: FlaskClient) -> None:
    (pages,) = [each for each in callbacks(viewer) if "_pages_content" in each["output"]]
    answer = harmless(viewer.post(CALLBACKS, json=payload(pages)))
    assert answer.status_code == 200
    assert "This page is for administrators" in answer.text
    assert "admin-start" not in answer.text


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:20].decode("latin-1"))
def test_a_body_that_no_page_sends_is_refused(viewer: FlaskClient, body: bytes) -> None:
    for headers in (JSON, {}, {"Content-Type": "text/html"}, {"Content-Type": "application/json; charset=utf-7"}):
        assert viewer.post(CALLBACKS, data=body, headers=headers).status_code == 400


@pytest.mark.parametrize("path", [CALLBACKS, "/api/v1/rebuild", "/login"])
def test_a_body_that_is_too_large_is_refused_unread(viewer: FlaskClient, path: str) -> None:
    body = b'{"output":"' + b"x" * LARGEST_BODY + b'"}'
    kind = "application/x-www-form-urlencoded" if path == "/login" else "application/json"
    answer = viewer.post(path, data=body, content_type=kind)
    assert refused(answer)
    assert answer.status_code in (403, 413)  # a viewer is refused before the body of a rebuild is looked at


def test_each_value_of_each_callback_is_what_it_takes_or_refused(logged_in: Client) -> None:
    client, statuses = logged_in(Role.ADMIN), set[int]()
    for each in [found for found in callbacks(client) if not _does_something(found)]:
        for part in ("inputs", "state"):
            for place in range(len(each[part])):
                for value in WRONG:
                    forged = payload(each)
                    forged[part][place] = _with(forged[part][place], value)
                    answer = harmless(client.post(CALLBACKS, data=json.dumps(forged), headers=JSON), True)
                    statuses.add(answer.status_code)
                    assert "Something went wrong" not in answer.text, (each["output"], place, value)
    assert statuses == {200, 204, 400}


def _does_something(callback: Callback) -> bool:
    """Whether pressing what it hears does something that an administrator may do."""
    return any(one["id"] in ("admin-start", "admin-save", "admin-check") for one in callback["inputs"])


def _with(given: Any, value: Any) -> Any:
    return {**given, "value": value} if isinstance(given, dict) else value


@pytest.mark.parametrize("seed", range(20))
def test_a_payload_with_a_piece_exchanged_is_answered_or_refused_and_does_nothing(logged_in: Client, seed: int) -> None:
    chance = random.Random(SEED + seed)
    client = logged_in(Role.VIEWER)
    known = callbacks(client)
    for _ in range(25):
        forged = payload(chance.choice(known), given=GIVEN)
        other = payload(chance.choice(known))
        harmless(client.post(CALLBACKS, data=json.dumps(_exchanged(forged, other, chance)), headers=JSON))


def _exchanged(forged: Payload, other: Payload, chance: random.Random) -> Payload:
    """The payload with one of its parts, or a part of that, gone, doubled, wrong, or of another callback."""
    name = chance.choice(sorted(forged))
    how = chance.randrange(6)
    if how == 0:
        return {key: value for key, value in forged.items() if key != name}
    if how == 1:
        return forged | {name: other[name]}
    if how == 2:
        return forged | {name: chance.choice(WRONG[:3] + WRONG[4:7])}
    if how == 3:
        return forged | {name: [forged[name], forged[name]]}
    if how == 4:
        return forged | {name: [*forged[name], *other[name]] if isinstance(forged[name], list) else DEEP}
    pieces = forged["inputs"] or [{}]
    piece = chance.choice(pieces)
    changed = (
        {**piece, chance.choice(["id", "property", "value"]): chance.choice(WRONG)} if piece else chance.choice(WRONG)
    )
    return forged | {"inputs": [changed if one is piece else one for one in pieces]}
