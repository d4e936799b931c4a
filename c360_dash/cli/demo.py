"""What `c360 demo` does before it serves: the generated shop in the source, built and published."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from c360_dash import demo, rebuild, sources
from c360_dash.config import Settings
from c360_dash.db import owner_connection
from c360_dash.db.blocks import load_blocks
from c360_dash.errors import C360Error
from c360_dash.progress import shown

MAPPING = "shop"


class ForeignData(C360Error):
    """The source holds data that the demo must not replace."""


@dataclass(frozen=True)
class Loaded:
    """The generated shop that the source holds: its size, and when it came."""

    customers: int
    at: datetime


def prepare(settings: Settings, customers: int, user: str | None = None) -> None:
    """Leave a published build of a generated shop with so many customers; what is there already is kept.
    A build of an older version is made anew.

    Raises ForeignData when the source holds anything else.
    """
    is_upgraded = rebuild.install(settings)
    loaded = loaded_shop(settings)
    if loaded is None or loaded.customers != customers:
        if loaded is not None:
            click.echo(f"The demo has {loaded.customers:,} customers; it is made anew with {customers:,}.")
        _load(settings, _generated(settings, customers))
        loaded = loaded_shop(settings)
    published = rebuild.status(settings)["published"]
    if is_upgraded or published is None or loaded is None or published["built_at"] < loaded.at:
        _build(settings, user)


def loaded_shop(settings: Settings) -> Loaded | None:
    """The shop in the source, None when the source is empty. Raises ForeignData when it is no generated shop."""
    blocks = load_blocks(settings.sql_dir / "demo")
    ((is_filled, has_loaded),) = _rows(settings, blocks["source.is_filled"].sql)
    found = _rows(settings, blocks["source.loaded"].sql) if has_loaded else []
    if not is_filled:
        return None
    if [mapping for mapping, _, _ in found] != [MAPPING]:
        what = f"data loaded with the mapping {found[0][0]}" if found else "data of your own"
        raise ForeignData(
            f"The source holds {what}; the demo does not replace it. `c360 serve` shows it, "
            "and with another C360_DATABASE_URL or C360_DATA_DIR the demo has a place of its own."
        )
    return Loaded(customers=found[0][1], at=found[0][2])


def _generated(settings: Settings, customers: int) -> Path:
    """The folder of the shop's files; it exists only when they are complete."""
    folder = settings.data_dir / f"shop-{customers}"
    if not folder.exists():
        with shown() as progress:
            demo.generate(folder, customers, progress=progress)
    return folder


def _load(settings: Settings, folder: Path) -> None:
    with shown() as progress:
        sources.load(settings, settings.sql_dir / "mappings" / f"{MAPPING}.sql", folder, progress, replace=True)


def _build(settings: Settings, user: str | None) -> None:
    with shown() as progress:
        run = rebuild.run(settings, trigger="demo", requested_by=user, progress=progress)
    if run.state == "held":
        # A shop of another size drifts from the last one by intention: who asked for it has decided already.
        rebuild.publish(settings, run.id)
    elif run.state != "published":
        reasons = " ".join(check.sentence for check in run.failed_checks)
        raise C360Error(f"The demo was built but not published: {reasons or run.error or run.state}")


def _rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
