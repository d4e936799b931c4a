"""What happens to a crowd's rows between two builds, by lot: rows come, change, come late and go, people are erased."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from .crowd import CUSTOMERS, DISCOUNTS, KEYS, MOMENTS, NUMBERS, ORDERS, PRODUCTS, RELATIONS

Statement = tuple[str, Sequence[Any]]

STEPS = [*[timedelta()] * 6, timedelta(microseconds=1), timedelta(hours=1), *map(timedelta, (1, 2, 3, 28, 31))]
RESPONSES = ("sent_at", "opened_at", "clicked_at", "converted_at")
CAMPAIGNS = ["1", "2", "3", "4"]


def later(lot: Random, as_of: datetime) -> datetime:
    """The as-of moment of the next build: often the same."""
    return as_of + lot.choice(STEPS)


def changes(lot: Random, most: int = 12, links: bool = False) -> list[Statement]:
    """None to `most` statements on the tables of the schema `source`; `links`: on those of ids too."""
    kinds = KINDS + LINKS if links else KINDS
    return [lot.choice(kinds)(lot) for _ in range(lot.randint(0, most))]


def _number(lot: Random, relation: str) -> str:
    """A key, now and then one that is not there yet."""
    number = str(lot.randint(1, RELATIONS[relation][0] * 11 // 10))
    return f"o{number}" if relation == "orders" else number


def _insert(lot: Random) -> Statement:
    relation = lot.choice(list(RELATIONS))
    row = {KEYS[relation]: _number(lot, relation)}
    row |= {column: lot.choice(values) for column, values in RELATIONS[relation][1].items()}
    return _inserted(relation, row)


def _update(lot: Random) -> Statement:
    relation = lot.choice(list(RELATIONS))
    column, values = lot.choice(list(RELATIONS[relation][1].items()))
    statement = f"update source.{relation} set {column} = %s where {KEYS[relation]} = %s"
    return statement, [lot.choice(values), _number(lot, relation)]


def _delete(lot: Random) -> Statement:
    relation = lot.choice(list(RELATIONS))
    return f"delete from source.{relation} where {KEYS[relation]} = %s", [_number(lot, relation)]


def _insert_item(lot: Random) -> Statement:
    row = {"order_id": lot.choice([*ORDERS, "o650", "x1"]), "line_no": lot.randint(1, 9)}
    row |= {"customer_id": lot.choice([None, *CUSTOMERS]), "product_id": lot.choice([None, *PRODUCTS])}
    row |= {"quantity": lot.choice(NUMBERS), "unit_price": lot.choice(NUMBERS), "discount": lot.choice(DISCOUNTS)}
    return _inserted("order_items", row)


def _complete_order(lot: Random) -> Statement:
    """The lines of an order become those of its customer, as they mostly are."""
    return (
        "update source.order_items set customer_id = orders.customer_id, quantity = 2, unit_price = %s"
        " from source.orders where orders.order_id = order_items.order_id and orders.order_id = %s",
        [lot.choice([1, 3, 9]), lot.choice(ORDERS)],
    )


def _delete_items(lot: Random) -> Statement:
    return "delete from source.order_items where order_id = %s", [lot.choice(ORDERS)]


def _answer(lot: Random) -> Statement:
    row = {"campaign_id": lot.choice(CAMPAIGNS), "customer_id": lot.choice(CUSTOMERS)}
    return _inserted("campaign_responses", row | {name: lot.choice([None, *MOMENTS]) for name in RESPONSES})


def _late_answer(lot: Random) -> Statement:
    column = lot.choice(RESPONSES)
    return f"update source.campaign_responses set {column} = %s where customer_id = %s", [
        lot.choice([None, *MOMENTS]),
        lot.choice(CUSTOMERS),
    ]


def _forget_answers(lot: Random) -> Statement:
    return "delete from source.campaign_responses where customer_id = %s", [lot.choice(CUSTOMERS)]


def _campaign(lot: Random) -> Statement:
    return _inserted("campaigns", {"campaign_id": lot.choice(CAMPAIGNS), "started_at": lot.choice([None, *MOMENTS])})


def _erase(lot: Random) -> Statement:
    reason = lot.choice(["erased", "test"])
    return _inserted_into("c360.excluded_customer", {"customer_id": lot.choice([*CUSTOMERS, "999"]), "reason": reason})


def _restore(lot: Random) -> Statement:
    return "delete from c360.excluded_customer where customer_id = %s", [lot.choice(CUSTOMERS)]


def _link(lot: Random) -> Statement:
    """Ids of the first half may be linked, to persons of the second."""
    half = len(CUSTOMERS) // 2
    return _inserted(
        "customer_links", {"customer_id": lot.choice(CUSTOMERS[:half]), "person_id": lot.choice(CUSTOMERS[half:])}
    )


def _link_otherwise(lot: Random) -> Statement:
    person = lot.choice(CUSTOMERS[len(CUSTOMERS) // 2 :])
    return "update source.customer_links set person_id = %s where customer_id < %s", [person, lot.choice(CUSTOMERS[:9])]


def _unlink(lot: Random) -> Statement:
    return "delete from source.customer_links where person_id > %s", [lot.choice(CUSTOMERS[len(CUSTOMERS) // 2 :])]


def _inserted(relation: str, row: dict[str, Any]) -> Statement:
    return _inserted_into(f"source.{relation}", row)


def _inserted_into(table: str, row: dict[str, Any]) -> Statement:
    """A row that is there already stays; a view of a shop cannot say `on conflict`, its table refuses the key."""
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    return f"insert into {table} ({columns}) values ({places})", list(row.values())


KINDS = [
    *[_insert, _update, _update, _update, _delete, _insert_item, _insert_item, _complete_order, _delete_items],
    *[_answer, _late_answer, _forget_answers, _campaign, _erase, _restore],
]
LINKS = [_link] * 8 + [_link_otherwise, _unlink]
