"""The runs: the one under way, the history, and one of them with its stages, exclusions and checks."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import get_relative_path, html
from dash.development.base_component import Component

from c360_dash.admin.words import Desk, duration, outcome
from c360_dash.components import data_table, message
from c360_dash.formats import NO_VALUE
from c360_dash.rebuild import Run

HISTORY = (
    ("Run", False),
    ("State", False),
    ("Started", False),
    ("Took", True),
    ("As of", False),
    ("Kind", False),
    ("By", False),
    ("Error", False),
)


def stage_words(running: Mapping[str, Any]) -> str:
    """Which stage of how many, by whom."""
    stage = running["stage"].replace("_", " ")
    done, all_of_them = running["stages_done"], running["stages"]
    place = f"stage {done + 1} of {all_of_them}: {stage}" if done < all_of_them else "publishing"
    kind = "Back-test" if running["kind"] == "backtest" else "Rebuild"
    return f"{kind} {running['run_id']}, asked for by {running['requested_by']} ({running['trigger']}): {place}"


def number_words(running: Mapping[str, Any], desk: Desk) -> str:
    """Share done, rows so far, and what is left."""
    share = desk.write(float(running["share_done"] or 0), "percent")
    seconds = running["seconds_left"]
    left = f"about {duration(seconds)} left" if seconds >= 1 else "almost done"
    return f"{share} done · {desk.count(running['rows_so_far'])} rows so far · {left}"


def last_words(runs: Sequence[Run]) -> str:
    """What became of the newest run."""
    ended = next((run for run in runs if run.state != "running"), None)
    if ended is None:
        return "Nothing has been built yet."
    return f"Last: rebuild {ended.id}, {outcome(ended)}, after {duration(ended.seconds)}."


def history(runs: Sequence[Run], desk: Desk) -> list[Component]:
    """The runs as a table; each leads to its details."""
    if not runs:
        return [message("Nothing has been built yet", "The first rebuild will stand here.")]
    rows = [
        [
            str(run.id),
            outcome(run),
            desk.moment(run.started_at),
            duration(run.seconds),
            desk.moment(run.as_of),
            run.kind,
            f"{run.requested_by} ({run.trigger})",
            run.error or "",
        ]
        for run in runs
    ]
    links = [f"{get_relative_path('/admin')}?run={run.id}" for run in runs]
    return [data_table(HISTORY, rows, "History of the rebuilds", links=links)]


def one(run: Run, desk: Desk) -> list[Component]:
    """One run: what became of it, its checks, its exclusions, its stages."""
    became = outcome(run)
    words = f"{became[:1].upper()}{became[1:]}; took {duration(run.seconds)}; as of {desk.moment(run.as_of)}."
    if run.kind == "incremental":
        words = f"{words} {desk.count(run.changed_customers)} customers were computed anew."
    note = [html.P(run.note)] if run.note else []
    error = [html.P(f"{run.error} (SQLSTATE {run.sqlstate or NO_VALUE})", className="c360-error")] if run.error else []
    return [
        html.P(words, className="c360-summary"),
        *note,
        *error,
        _checks(run, desk),
        html.Div([_exclusions(run, desk), _stages(run, desk)], className="c360-two"),
    ]


def _checks(run: Run, desk: Desk) -> Component:
    columns = [("Check", False), ("Holds", False), ("Found", True), ("Compared with", True), ("If not", False)]
    rows = [
        [
            check.sentence,
            "yes" if check.passed else "no",
            desk.measured(check.observed),
            desk.measured(check.expected),
            check.severity,
        ]
        for check in sorted(run.checks, key=lambda check: check.passed)
    ]
    return _table("Checks", columns, rows)


def _exclusions(run: Run, desk: Desk) -> Component:
    columns = [("Relation", False), ("Reason", False), ("What was done", False), ("Rows", True)]
    rows = [[left.relation, left.reason, left.treatment, desk.count(left.rows)] for left in run.exclusions]
    return _table("Rows that do not count", columns, rows)


def _stages(run: Run, desk: Desk) -> Component:
    columns = [("Stage", False), ("Rows", True), ("Seconds", True)]
    rows = [
        [stage.stage.replace("_", " "), desk.count(stage.rows), desk.write(stage.seconds, "decimal")]
        for stage in run.stages
    ]
    return _table("Stages", columns, rows)


def _table(title: str, columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]]) -> Component:
    table = data_table(columns, rows, title) if rows else html.P("None.")
    return html.Section([html.H3(title), table])
