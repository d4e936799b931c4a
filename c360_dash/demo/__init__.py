"""The generated shop: data that may be shipped, of any size, with the habits of real customers.

``generate`` writes the nine relations of the source contract as Parquet files. Customers are made in blocks of BLOCK,
each from its own stream of random numbers, so customer k is the same person in a shop of a thousand and in a shop of a
million; files hold PART customers each, so memory is bounded by a part and not by the shop.

Awkward rows are there on purpose, as in real shops, and few: orders in another currency, orders without a customer
(with their lines), lines and returns of delisted products that the catalogue does not know, returns without an order,
products without brand or category, customers without gender, birth date, phone or an answer about marketing.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from c360_dash.demo import campaigns, habits, people, products, purchases, service, web
from c360_dash.demo.clock import Ints, clock
from c360_dash.demo.tables import NULL, Appender, Kind, Rows, select, table, write
from c360_dash.progress import Progress, silent

BLOCK = 1_000  # customers who share a stream of random numbers
PART = 25_000  # customers whose rows go into one file
IDS = 1_000_000  # numbers set aside for the orders, returns, tickets, sessions and events of a block
LABEL = "Generating the shop"
OWN_FILE = re.compile(
    r"(customers|products|campaigns)\.parquet"
    r"|(orders|order_items|returns|service_tickets|web_events|campaign_responses)-\d{4}\.parquet"
)

PRODUCTS, CAMPAIGNS, PEOPLE, HABITS, RESPONSES, SALES, RETURNS, TICKETS, EVENTS = range(9)  # streams of random numbers


def generate(
    folder: Path, customers: int, seed: int = 360, progress: Progress = silent, until: date | None = None
) -> None:
    """Write a shop with so many customers, and three years of history, as Parquet files into ``folder``.

    The data end with the midnight (UTC) at which the day ``until`` begins; without it that is today's, so that a demo
    is fresh. Equal seed, customers and ``until`` give equal files. Small relations are one file (`customers.parquet`,
    `products.parquet`, `campaigns.parquet`), the others are parts (`orders-0000.parquet`, …).

    The folder is replaced as a whole at the end: it never holds half a shop.

    Raises ``ValueError`` for fewer than one customer, ``FileExistsError`` if the folder holds other people's files.
    """
    if customers < 1:
        raise ValueError(f"customers is {customers}; a shop needs at least 1")
    folder = folder.absolute()
    _refuse_foreign(folder)
    fresh = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    _write(fresh, customers, _shop(seed, until or datetime.now(UTC).date()), progress)
    _replace(folder, fresh)


@dataclass(frozen=True)
class _Plan:
    """A shop before its customers: what they share, and where their random numbers come from."""

    seed: int
    shop: products.Shop
    campaigns: campaigns.Campaigns

    def rng(self, block: int, topic: int) -> np.random.Generator:
        """The stream of a topic in a block; topics do not disturb each other when one of them changes."""
        return _stream(self.seed, 1 + block, topic)


def _stream(seed: int, *key: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


def _shop(seed: int, until: date) -> _Plan:
    time = clock(until)
    shop = products.Shop(time, products.catalogue(_stream(seed, 0, PRODUCTS)))
    return _Plan(seed, shop, campaigns.plan(time, _stream(seed, 0, CAMPAIGNS)))


def _kinds(plan: _Plan) -> dict[str, dict[str, Kind]]:
    """The relations that are written in parts, and their columns."""
    return {
        "orders": purchases.ORDER_KINDS,
        "order_items": purchases.ITEM_KINDS,
        "returns": purchases.RETURN_KINDS,
        "service_tickets": service.KINDS,
        "web_events": web.kinds(plan.shop.catalogue.size),
        "campaign_responses": campaigns.RESPONSE_KINDS,
    }


def _write(folder: Path, customers: int, plan: _Plan, progress: Progress) -> None:
    """All files of the shop, part by part."""
    write(table([products.rows()], products.KINDS), folder / "products.parquet")
    write(table([campaigns.rows(plan.campaigns)], campaigns.kinds(plan.campaigns)), folder / "campaigns.parquet")
    kinds = _kinds(plan)
    with Appender(folder / "customers.parquet") as people_file:
        for part, first in enumerate(range(0, customers, PART)):
            blocks = list(_blocks(plan, first, min(first + PART, customers), customers, progress))
            people_file.add(people.table([block["customers"] for block in blocks]))
            for relation, columns in kinds.items():
                rows = table([block.pop(relation) for block in blocks], columns)
                write(rows, folder / f"{relation}-{part:04d}.parquet")
    progress(LABEL, customers, customers)


def _blocks(plan: _Plan, first: int, end: int, total: int, progress: Progress) -> Iterator[dict[str, Rows]]:
    """The blocks of the customers from position ``first`` to ``end``; the last one is cut."""
    for start in range(first, end, BLOCK):
        progress(LABEL, start, total)
        relations = block_rows(plan, start // BLOCK)
        wanted = end - start
        yield {
            name: rows if wanted >= BLOCK else select(rows, rows["owner"] < wanted) for name, rows in relations.items()
        }


def block_rows(plan: _Plan, block: int) -> dict[str, Rows]:
    """All rows of a block of customers, by relation, sorted by customer, so that a cut block is the start of it."""
    shop, time = plan.shop, plan.shop.clock
    customers, traits = people.meet(block * BLOCK + 1, BLOCK, time, plan.rng(block, PEOPLE))
    own, lives = habits.buy(traits, time, plan.rng(block, HABITS))
    responses = campaigns.responses(plan.campaigns, traits, lives, plan.rng(block, RESPONSES))
    converted = select(responses, responses["converted_at"] != NULL)
    orders = habits.with_campaigns(own, converted["owner"], converted["converted_at"])
    sales = purchases.sell(orders, traits, _ids(block, len(orders.owner)), shop, plan.rng(block, SALES))
    events = web.event_rows(sales, lives, traits, shop, plan.rng(block, EVENTS))
    return {
        "customers": customers,
        "orders": sales.rows,
        "order_items": sales.items,
        "returns": _numbered(purchases.return_rows(sales, traits, shop, plan.rng(block, RETURNS)), "return_id", block),
        "service_tickets": _numbered(
            service.ticket_rows(orders, traits, time, plan.rng(block, TICKETS)), "ticket_id", block
        ),
        "web_events": _numbered({**events, "session_id": events["session_id"] + block * IDS + 1}, "event_id", block),
        "campaign_responses": responses,
    }


def _ids(block: int, size: int) -> Ints:
    return block * IDS + 1 + np.arange(size)


def _numbered(rows: Rows, key: str, block: int) -> Rows:
    return {**rows, key: _ids(block, len(rows["owner"]))}


def _refuse_foreign(folder: Path) -> None:
    """Refuse to replace anything but a generated shop or an empty folder."""
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file; name an empty or a new folder")
    foreign = sorted(path.name for path in folder.glob("*") if not OWN_FILE.fullmatch(path.name))
    if foreign:
        raise FileExistsError(f"{folder} holds {foreign[0]}, which is no part of a shop; name an empty or a new folder")


def _replace(folder: Path, fresh: Path) -> None:
    """Put the fresh folder in the place of the old one."""
    if folder.exists():
        shutil.rmtree(folder)
    os.replace(fresh, folder)
