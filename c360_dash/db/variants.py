"""What a question can be asked in: a sort order, the type of an id, a segment, or the schema of an extension.

Chosen by name from what is listed here. None can be a parameter of SQL, and text of a request must never become part
of a statement. So every variant of a question is made when the files are loaded, `customers.page by -lifetime_value`,
and a request can only name one.
"""

from collections.abc import Iterable, Mapping

from c360_dash.db.lists import INDEXED, list_of

EXTENSION_SCHEMAS = ("public", "extensions", "pg_catalog")
ID_TYPES = ("text", "bigint", "uuid")
SEGMENTS = ("value_segment", "rfm_segment")


def variants(columns: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """For each fragment that varies, the SQL of each variant by what is added to the name of the question."""
    sorts = [(name, sign) for name in columns for sign in ("", "-")]
    lists = {by(sign + name): list_of(name) or "customer_list" for name, sign in sorts}
    return {
        "customer_order": {by(sign + name): _order(name, sign) for name, sign in sorts},
        "customer_order_from_end": {by(sign + name): _from_end(name, sign) for name, sign in sorts},
        "first_order": {by(sign + name): _first_order(sign) for name, sign in sorts},
        "first_list": lists | {by(sort): "customer_360" for sort in INDEXED},
        "in_first_cells": {by(sort): "true" for sort in INDEXED},
        "sorted_column": {by(sign + name): f"customer_360.{name}" for name, sign in sorts},
        "customer_list": lists,
        "likeness": {in_schema(name): f"{name}.similarity(asked.word, vocabulary.name)" for name in EXTENSION_SCHEMAS},
        "moving_segment": {of_type(name): name for name in SEGMENTS},
        "this_customer": {of_type(kind): _person(kind) for kind in ID_TYPES},
    }


def by(sort: str) -> str:
    """How the variant that is sorted by a column is called; a minus is from high to low."""
    return f" by {sort}"


def of_type(kind: str) -> str:
    """How the variant for ids of a type, or for a segment, is called."""
    return f" of {kind}"


def in_schema(name: str) -> str:
    """How the variant for an extension in that schema is called."""
    return f" in {name}"


def _person(kind: str) -> str:
    """The id asked for, or that of the person whom the build counts it as."""
    asked = f"cast(:customer_id as {kind})"
    person = f"select linked_customers.person_id from linked_customers where linked_customers.customer_id = {asked}"
    return f"coalesce(({person}), {asked})"


def _order(column: str, sign: str) -> str:
    return f"customer_360.{column} {_nulls_last(sign)}, customer_360.customer_id asc"


def _first_order(sign: str) -> str:
    return f"first_ones.place {_nulls_last(sign)}, first_ones.customer_id asc"


def _nulls_last(sign: str) -> str:
    """As the indexes of customer_360 have them."""
    return "desc nulls last" if sign else "asc nulls last"


def _from_end(column: str, sign: str) -> str:
    """Exactly the opposite of `_order`, so that the same index serves it, read backwards."""
    direction = "asc nulls first" if sign else "desc nulls first"
    return f"customer_360.{column} {direction}, customer_360.customer_id desc"
