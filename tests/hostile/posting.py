"""What browsers post to callbacks, made from what the server tells about them."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

CALLBACKS = "/_dash-update-component"
GIVEN: Mapping[str, Any] = {
    "_pages_location.pathname": "/admin",
    "admin-acted.data": 0,
    "admin-kind.value": "full",
    "customer-id.data": "ada",
    "shell-build.data": "1",
    "shell-filters.data": {},
}
CLICKS = ("n_clicks", "n_intervals")

Callback = dict[str, Any]
Payload = dict[str, Any]


def callbacks(client: FlaskClient, **more: Any) -> list[Callback]:
    """The callbacks that are answered by the server."""
    found: list[Callback] = client.get("/_dash-dependencies", **more).get_json()
    return [each for each in found if each["clientside_function"] is None]


def payload(callback: Callback, changed: str | None = None, given: Mapping[str, Any] = GIVEN) -> Payload:
    """What a page posts; a pattern has no members, buttons are pressed once, what is not given is null."""
    places = [part.rsplit(".", 1) for part in callback["output"].strip(".").split("...")]
    outputs = [[] if identity.startswith("{") else {"id": identity, "property": prop} for identity, prop in places]
    inputs = [_with_value(each, given) for each in callback["inputs"]]
    first = next((f"{each['id']}.{each['property']}" for each in inputs if isinstance(each, dict)), None)
    return {
        "output": callback["output"],
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [_with_value(each, given) for each in callback["state"]],
        "changedPropIds": [changed or first],
    }


def click(client: FlaskClient, button: str, **more: Any) -> Payload:
    """What a page posts when that button is pressed."""
    (found,) = [each for each in callbacks(client, **more) if any(one["id"] == button for one in each["inputs"])]
    return payload(found, f"{button}.n_clicks")


def _with_value(place: Mapping[str, str], given: Mapping[str, Any]) -> Any:
    if place["id"].startswith("{"):
        return []
    default = 1 if place["property"] in CLICKS else None
    return {**place, "value": given.get(f"{place['id']}.{place['property']}", default)}
