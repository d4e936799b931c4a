"""Put the source on a Citus cluster: all rows of a customer on one worker, products and campaigns on every machine.

What is done, and why it may be refused, is SQL (sql/schema/95_cluster.sql, 96_distribute.sql). All of it is one
transaction: a failure leaves the source as it was.
"""

from dataclasses import dataclass

from c360_dash.config import Settings
from c360_dash.db.engines import owner_connection
from c360_dash.sources.errors import SourceError
from c360_dash.sources.statements import Statements, name

RELATIONS = (
    "customers", "orders", "order_items", "returns", "service_tickets", "web_events", "campaign_responses",
)  # fmt: skip
ALREADY = "the source lies on a cluster already"


@dataclass(frozen=True)
class Distribution:
    """What was distributed: how many workers, rows set aside by relation, and workers that let the reader not in."""

    workers: int
    set_aside: dict[str, int]
    closed_workers: tuple[str, ...]


def distribute(settings: Settings, set_aside: bool = False) -> Distribution:
    """Distribute the source over the workers; `set_aside` moves rows without customer to tables beside.

    The SQL of the build has to be installed. Raises SourceError with the reason and the way out.
    """
    with owner_connection(settings) as connection:
        run = Statements(connection, settings.sql_dir)
        with connection:
            moved = _distribute(run, set_aside)
        with connection:
            return Distribution(run.value("count_workers"), moved, _closed(run))


def refuse_cluster(run: Statements, reason: str) -> None:
    """Raise SourceError with the reason where the source lies on a cluster."""
    if run.value("has_citus") and run.value("is_distributed"):
        raise SourceError(reason)


def _distribute(run: Statements, set_aside: bool) -> dict[str, int]:
    if not run.value("alone"):
        raise SourceError("a rebuild or a load is running; distribute the source when it has ended")
    refuse_cluster(run, ALREADY)
    reasons = [reason for (reason,) in run.rows("why_not_distributed")]
    if reasons:
        raise SourceError(" ".join(reasons))
    nobody = {relation: run.value("count_nobody", table=name("source", relation)) for relation in RELATIONS}
    moved = {relation: rows for relation, rows in nobody.items() if rows}
    if moved and not set_aside:
        raise SourceError(f"{_counted(moved)} name no customer, and a cluster has no place for them: --set-aside")
    for relation in moved:
        run.run("set_aside", {"relation": relation})
    run.run("distribute")
    return moved


def _closed(run: Statements) -> tuple[str, ...]:
    """The workers that do not let c360_reader in; none where there is no such role, for then the owner reads."""
    if not run.value("has_reader"):
        return ()
    run.run("as_reader")
    return tuple(worker for (worker,) in run.rows("closed_workers"))


def _counted(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} rows of source.{relation}" for relation, count in rows.items())
