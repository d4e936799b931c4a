"""The proposal of each relation: what its columns are besides names that are known."""

from collections.abc import Callable

from c360_dash.sources.connecting.choosing import Choice, fitting
from c360_dash.sources.connecting.converting import WORDS
from c360_dash.sources.connecting.lines import price_fields
from c360_dash.sources.connecting.proposing import Known, Proposal, Proposer
from c360_dash.sources.connecting.selecting import Field
from c360_dash.sources.connecting.several import category_of_many, first_of_several
from c360_dash.sources.connecting.states import status
from c360_dash.sources.contract import Relation

WHOLE_LINES = {"smallint", "integer"}
PLACES = ("email", "phone", "city", "region", "country")


def propose_relation(known: Known, relation: Relation, choice: Choice) -> Proposal:
    """The select that gives a relation from its table."""
    proposer = Proposer(known, relation, choice.table)
    special = SPECIAL.get(relation.name, _other)(proposer)
    done = {each.column for each in special if each is not None}
    plain = [proposer.plain(column) for column in relation.columns if column not in {*done, *relation.ids}]
    kept = relation.name in ("products", "orders", "campaigns")
    return proposer.finished(choice, [*special, *plain], [] if kept else proposer.without_deleted())


def _customers(proposer: Proposer) -> list[Field | None]:
    key = proposer.key("customer_id")
    return [
        key,
        *_person(proposer),
        *(proposer.plain(column) or first_of_several(proposer, column) for column in PLACES),
    ]


def _person(proposer: Proposer) -> list[Field | None]:
    """The name in two parts, where one column holds all of it."""
    if proposer.plain("first_name") or proposer.plain("last_name"):
        return []
    found = fitting(proposer.names("full_name"), proposer.table.columns)
    names = [proposer.select.column(own.name) for _, own in found if own.kind in WORDS]
    if not names:
        return []
    rest = f"nullif(regexp_replace({names[0]}, '^\\S+\\s*', ''), '')"
    return [
        Field("first_name", f"split_part({names[0]}, ' ', 1)", "one column holds the whole name", tuple(names[1:])),
        Field("last_name", rest, "what follows the first word of it"),
    ]


def _products(proposer: Proposer) -> list[Field | None]:
    category = proposer.plain("category") or category_of_many(proposer)
    return [proposer.key("product_id"), category]


def _orders(proposer: Proposer) -> list[Field | None]:
    return [
        proposer.key("order_id"),
        proposer.reference("customer_id", proposer.known.way(proposer.table, "customers")),
        proposer.time("ordered_at"),
        status(proposer),
    ]


def _order_items(proposer: Proposer) -> list[Field | None]:
    known, table = proposer.known, proposer.table
    return [
        proposer.reference("order_id", known.way(table, "orders")),
        _line_no(proposer),
        proposer.reference("customer_id", known.way_to_customer(table)),
        proposer.reference("product_id", known.way(table, "products")),
        *price_fields(proposer),
    ]


def _line_no(proposer: Proposer) -> Field:
    """A whole number of the table's own where one tells lines of an order apart; else they are numbered."""
    table, way = proposer.table, proposer.known.way(proposer.table, "orders")
    if way == ():
        return Field("line_no", "1", "the table of orders is that of their lines; each is one")
    order = way[0].columns if way else ()
    rest = [column for column in table.key if column not in order]
    if len(rest) == 1 and table.column(rest[0]).kind in WHOLE_LINES:
        return Field("line_no", proposer.select.column(rest[0]))
    key = ", ".join(proposer.select.column(column) for column in table.key) or "1"
    partition = ", ".join(proposer.select.column(column) for column in order)
    return Field("line_no", f"row_number() over (partition by {partition} order by {key})::integer")


def _returns(proposer: Proposer) -> list[Field | None]:
    amount = proposer.plain("amount")
    fits = fitting(proposer.names("amount"), proposer.table.columns)
    if amount is not None and fits and any(value.startswith("-") for value in proposer.values(fits[0][1])):
        amount = Field("amount", f"abs({amount.expression})", "amounts below 0 are money given back", amount.others)
    return [*_other(proposer), amount]


def _other(proposer: Proposer) -> list[Field | None]:
    """The key, and the ids of what the relation names."""
    known, table = proposer.known, proposer.table
    fields: list[Field | None] = []
    for column in proposer.relation.ids:
        relation = f"{column.removesuffix('_id')}s"
        if column in proposer.relation.key and len(proposer.relation.key) == 1:
            fields.append(proposer.key(column))
        elif column == "customer_id":
            fields.append(proposer.reference(column, known.way_to_customer(table)))
        elif relation in known.choices:
            way = known.way(table, relation)
            fields.append(proposer.reference(column, way) if way else None)
        else:
            fields.append(_own_id(proposer, column))
    return fields


def _own_id(proposer: Proposer, column: str) -> Field | None:
    """An id of nothing that the contract knows, such as a visit."""
    found = fitting(proposer.names(column), proposer.table.columns)
    return Field(column, proposer.select.column(found[0][1].name)) if found else None


SPECIAL: dict[str, Callable[[Proposer], list[Field | None]]] = {
    "customers": _customers,
    "products": _products,
    "orders": _orders,
    "order_items": _order_items,
    "returns": _returns,
}
