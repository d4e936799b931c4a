"""The builds: the published one, those that wait for a decision or can be gone back to, and how they differ."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from c360_dash.admin import parts
from c360_dash.admin.words import Desk
from c360_dash.components import data_table, message
from c360_dash.rebuild import Run
from c360_dash.rebuild.comparing import Difference


def published(found: Mapping[str, Any] | None, desk: Desk) -> list[Component]:
    """What all pages show now, and how fresh it is."""
    if found is None:
        return [message("Nothing is published yet", "A rebuild publishes the first build.")]
    pairs = [
        ("Build", str(found["build_id"])),
        ("As of", desk.moment(found["as_of"])),
        ("Data to", desk.moment(found["data_to"])),
        ("Built", desk.moment(found["built_at"])),
        ("Published", desk.moment(found["published_at"])),
    ]
    return [parts.facts(pairs)]


def held(run: Run, desk: Desk, found: Difference | None) -> Component:
    """A build that was held: why, how it differs from what is published, and the two ways on."""
    reasons = [html.Li(_sentence(check.sentence, check.observed, check.expected, desk)) for check in run.failed_checks]
    why = "because this does not hold:" if reasons else "because something stood in the way:"
    publish = parts.asked_once(
        f"Publish build {run.id}",
        f"All pages, files and programs will show build {run.id} at once, although it was held.",
        parts.button(f"Show build {run.id}", parts.action("publish", run.id), "main"),
    )
    return html.Section(
        [
            html.H3(f"Build {run.id} waits for a decision"),
            html.P(f"As of {desk.moment(run.as_of)}. It was not published, {why}"),
            html.Ul(reasons or [html.Li(run.error)]),
            *(difference(found, desk) if found else []),
            html.Div([publish, discard(run.id)], className="c360-acts"),
        ]
    )


def kept(build: Mapping[str, Any], desk: Desk) -> Component:
    """An earlier or rejected build: what it was, going back to it, dropping it."""
    number = build["run_id"]
    customers, value = desk.count(build["customers"]), desk.write(build["lifetime_value"], "money")
    words = f"Build {number}, as of {desk.moment(build['as_of'])}: {customers} customers worth {value}."
    if build["state"] == "rejected":
        words = f"Build {number} did not pass its checks and can only be looked at, in the schema c360_b{number}."
    acts = [*([roll_back(number)] if build["state"] == "replaced" else []), discard(number)]
    return html.Section([html.P(words), html.Div(acts, className="c360-acts")])


def roll_back(number: int) -> Component:
    """Going back to a build."""
    return parts.asked_once(
        f"Go back to build {number}",
        f"All pages, files and programs will show build {number} at once. The build shown now is kept.",
        parts.button(f"Show build {number}", parts.action("roll-back", number), "main"),
    )


def discard(number: int) -> Component:
    """Dropping a build for good."""
    return parts.asked_once(
        f"Discard build {number}",
        f"The tables of build {number} are dropped and cannot be brought back; its line in the history stays.",
        parts.button(f"Drop build {number}", parts.action("discard", number), "bad"),
    )


def difference(found: Difference, desk: Desk) -> list[Component]:
    """How a build differs from another, in a sentence and two tables."""
    return [
        html.P(_totals(found, desk), className="c360-summary"),
        html.Div([_segments(found, desk), _movers(found, desk)], className="c360-two"),
    ]


def _totals(found: Difference, desk: Desk) -> str:
    total, count = found.totals, desk.count
    worth = [desk.write(total[name], "money", short=False) for name in ("value_before", "value_now")]
    customers = f"{count(total['customers_before'])} → {count(total['customers_now'])} customers"
    return (
        f"Against build {found.earlier}: {customers} "
        f"({count(total['customers_new'])} new, {count(total['customers_gone'])} gone), worth {worth[0]} → {worth[1]}. "
        f"{count(total['customers_moved'])} changed their value segment."
    )


def _segments(found: Difference, desk: Desk) -> Component:
    columns = [("Value segment before", False), ("Now", False), ("Customers", True)]
    rows = [
        [row["segment_before"] or "Not in it", row["segment_now"] or "Gone", desk.count(row["customers"])]
        for row in found.segments
        if row["segment_before"] != row["segment_now"]
    ]
    if not rows:
        return html.P("Nobody changed the value segment.")
    return data_table(columns, rows, "Movement between value segments")


def _movers(found: Difference, desk: Desk) -> Component:
    if not found.movers:
        return html.P("Nobody's lifetime value changed.")
    columns = [("Customer", False), ("Value before", True), ("Now", True), ("Difference", True)]
    names = ("value_before", "value_now", "difference")
    rows = [
        [row["customer_id"], *(desk.write(row[name], "money", short=False) for name in names)] for row in found.movers
    ]
    return data_table(columns, rows, "The biggest movers")


def _sentence(words: str, observed: float | None, expected: float | None, desk: Desk) -> str:
    return f"{words} (found {desk.measured(observed)}, compared with {desk.measured(expected)})"
