"""What became of an order, from a shop's own words for it."""

from c360_dash.sources.connecting.catalogue import Column, Table
from c360_dash.sources.connecting.choosing import fitting
from c360_dash.sources.connecting.converting import WORDS
from c360_dash.sources.connecting.proposing import Proposer
from c360_dash.sources.connecting.selecting import Field


def status(proposer: Proposer) -> Field:
    """The status of orders, as far as columns say it."""
    found = proposer.plain("status")
    ended = fitting(proposer.names("ended_at"), proposer.table.columns)
    place = _place(proposer, found)
    if found is not None and place is not None:
        return _by_words(found, proposer.values(place[1], place[0]), proposer.known.vocabulary.states)
    if ended:
        column = proposer.select.column(ended[0][1].name)
        is_true = f"{column} is true" if ended[0][1].kind == "boolean" else f"{column} is not null"
        return Field("status", f"case when {is_true} then 'cancelled' else 'completed' end")
    numbered = fitting(proposer.names("status"), proposer.table.columns)
    if numbered:
        column, values = proposer.select.column(numbered[0][1].name), proposer.values(numbered[0][1])
        return Field("status", "'completed'", f"{column} is {', '.join(values) or 'empty'}; write what each means")
    shipped = fitting(proposer.names("shipped_at"), proposer.table.columns)
    other = [
        f"case when {proposer.select.column(own.name)} is null then 'pending' else 'completed' end"
        for _, own in shipped
    ]
    return Field("status", "'completed'", "no column says what became of an order", tuple(other[:1]))


def _place(proposer: Proposer, found: Field | None) -> tuple[Table, Column] | None:
    """The table and column that an expression is, where it is nothing more."""
    for table in proposer.known.catalogue.tables.values():
        for column in table.columns:
            if found is not None and found.expression == f"{table.quoted}.{column.quoted}" and column.kind in WORDS:
                return table, column
    return None


def _by_words(found: Field, values: list[str], states: dict[str, list[str]]) -> Field:
    """Each word that occurs as what it seems to mean; unknown ones are pending, and named."""
    meant = {value: _meaning(value, states) for value in values}
    if not values:
        return Field("status", found.expression, "there are no orders yet; write what its words mean")
    branches = [
        f"    when {found.expression} in ({', '.join(map(_literal, words))}) then '{meaning}'"
        for meaning in ("completed", "cancelled")
        if (words := [value for value, means in meant.items() if means == meaning])
    ]
    unknown = ", ".join(f"“{value}”" for value, means in meant.items() if means is None)
    doubt = f"what does {unknown} mean?" if unknown else found.doubt
    if not branches:
        return Field("status", "'completed'", doubt or "all orders are pending by their words", (found.expression,))
    return Field("status", "\n".join(["case", *branches, "    else 'pending'", "end"]), doubt)


def _meaning(value: str, states: dict[str, list[str]]) -> str | None:
    word = "_".join(value.lower().replace("-", " ").replace("_", " ").split()).removeprefix("wc_")
    return next((meaning for meaning, known in states.items() if word in known), None)


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
