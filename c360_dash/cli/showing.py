"""How runs, builds and their history look on a terminal."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from c360_dash.rebuild import Run
from c360_dash.sources.linking import MOST_SHARING, Link, Proposals

LINKS_SHOWN = 50
TOKEN_MOMENTS = ("made_at", "last_used_at", "revoked_at")
NEXT_STEP = {
    "held": "`c360 publish {id}` publishes it, `c360 discard {id}` drops it.",
    "rejected": "It is kept for inspection in the schema c360_b{id}; `c360 discard {id}` drops it.",
}


def console() -> Console:
    """Standard output; a pipe gets whole lines, however long they are."""
    found = Console()
    return found if found.is_terminal else Console(width=160)


def show_run(run: Run) -> None:
    """Print what became of a run: state, rows left out, checks that failed, and what can be done."""
    out = console()
    kind = "" if run.kind == "full" else f" ({_kind(run)})"
    out.print(f"Build {run.id}{kind} as of {_moment(run.as_of)}: {run.state}, {run.seconds:.1f} s.", highlight=False)
    if run.note:
        out.print(f"Full instead of incremental: {run.note}.", highlight=False, markup=False)
    if run.exclusions:
        out.print(
            _table(
                ("relation", "reason", "treatment", "rows"),
                ((left.relation, left.reason, left.treatment, f"{left.rows:,}") for left in run.exclusions),
            )
        )
    for check in run.failed_checks:
        out.print(f"{check.name}: {check.sentence}", highlight=False, markup=False)
    if run.error:
        out.print(f"{run.error[:1].upper()}{run.error[1:]}.", highlight=False, markup=False)
    if run.state in NEXT_STEP:
        out.print(NEXT_STEP[run.state].format(id=run.id), highlight=False)


def show_back_test(run: Run, answers: Iterable[Mapping[str, Any]]) -> None:
    """Print what a back-test has found: a sentence and a table for each answer."""
    out = console()
    out.print(f"Back-test {run.id} as of {_moment(run.as_of)}: {run.state}, {run.seconds:.1f} s.", highlight=False)
    for answer in answers:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for label, is_right in answer["columns"]:
            table.add_column(label, justify="right" if is_right else "left")
        for row in answer["rows"]:
            table.add_row(*row)
        out.print(f"\n{answer['sentence']}", highlight=False, markup=False)
        out.print(table)


def show_history(runs: list[Run]) -> None:
    """Print runs as a table."""
    if not runs:
        console().print("Nothing has been built yet; `c360 rebuild` does.")
        return
    console().print(
        _table(
            ("build", "started", "as of", "state", "seconds", "kind", "by", "error or note"),
            (
                (
                    str(run.id),
                    _moment(run.started_at),
                    _moment(run.as_of),
                    run.state,
                    f"{run.seconds:.1f}",
                    _kind(run),
                    f"{run.requested_by} ({run.trigger})",
                    run.error or run.note or "",
                )
                for run in runs
            ),
        )
    )


def show_status(status: Mapping[str, Any]) -> None:
    """Print the published build and the run under way, one line each."""
    out, published, running = console(), status["published"], status["running"]
    if published is None:
        out.print("Nothing is published yet; `c360 rebuild` builds and publishes.")
    else:
        out.print(
            f"Published: build {published['build_id']}, as of {_moment(published['as_of'])}, "
            f"data to {_moment(published['data_to'])}, built {_moment(published['built_at'])}.",
            highlight=False,
        )
    if running is None:
        out.print("No rebuild is running.")
    else:
        share, kind = running.get("share_done"), "back-test" if running["kind"] == "backtest" else "build"
        out.print(
            f"Running: {kind} {running['run_id']}, asked for by {running['requested_by']}, stage {running.get('stage')}"
            + (f", {float(share):.0%} done." if share is not None else "."),
            highlight=False,
        )


def show_tokens(tokens: Iterable[Mapping[str, Any]]) -> None:
    """Print tokens as a table; the tokens themselves nobody knows."""
    columns = ("name", "role", "made by", "made", "last used", "revoked")
    rows = [
        (token["name"], token["role"], token["made_by"], *(_moment(token[moment]) for moment in TOKEN_MOMENTS))
        for token in tokens
    ]
    console().print(
        _table(columns, rows) if rows else "There is no token; `c360 token add NAME --role viewer` makes one."
    )


def show_links(proposals: Proposals) -> None:
    """Print which ids are to be other ids of whom, and why."""
    out, links = console(), sorted(proposals.links, key=lambda link: (link.person_id, link.customer_id))
    if links:
        columns = ("id", "name", "e-mail", "phone", "is person", "name", "because of")
        out.print(_table(columns, (_link(link, proposals) for link in links[:LINKS_SHOWN])))
        out.print(f"{len(links):,} in all, {min(len(links), LINKS_SHOWN):,} shown.", highlight=False)
    else:
        out.print("Nobody was found who has several ids.")
    if proposals.crowded:
        out.print(
            f"{proposals.crowded:,} addresses are shared by more than {MOST_SHARING} ids, and link nobody.",
            highlight=False,
        )


def _link(link: Link, proposals: Proposals) -> tuple[str, ...]:
    one, person = (proposals.members.get(key) for key in (link.customer_id, link.person_id))
    known = (one.name, one.email or "", one.phone or "") if one else ("", "", "")
    return link.customer_id, *known, link.person_id, person.name if person else "", link.reason


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in ("rows", "seconds", "build") else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _kind(run: Run) -> str:
    return run.kind if run.changed_customers is None else f"{run.kind}, {run.changed_customers:,} changed"


def _moment(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%Y-%m-%d %H:%M %Z}".strip()
