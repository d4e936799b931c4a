"""What a row may have several of, in a table that refers to it: one of them has to count."""

from c360_dash.sources.connecting.catalogue import Link, Table
from c360_dash.sources.connecting.choosing import fitting
from c360_dash.sources.connecting.converting import SAME
from c360_dash.sources.connecting.proposing import LABELS, Proposer
from c360_dash.sources.connecting.selecting import Field


def first_of_several(proposer: Proposer, column: str) -> Field | None:
    """A column of addresses and the like, which refer to the customer: the first by key counts."""
    through = proposer.known.vocabulary.through(proposer.relation.name, column)
    for table in proposer.known.catalogue.tables.values():
        links = [link for link in table.links if link.target == proposer.table.path]
        found = [own for _, own in fitting(proposer.names(column), table.columns) if own.kind in SAME["text"]]
        if links and found and through.fit(table.forms):
            order = ", ".join(table.column(key).quoted for key in table.key) or found[0].quoted
            value, condition = f"{table.quoted}.{found[0].quoted}", _pairs(links[0], table, proposer.table)
            text = _one(value, table.path, "", f"{condition}\n    order by {order}\n    limit 1")
            return Field(column, text, "of several the first counts")
    return None


def category_of_many(proposer: Proposer) -> Field | None:
    """Where a product may have several categories, a table between the two says which: the first by name counts."""
    catalogue, product = proposer.known.catalogue, proposer.table
    for between in catalogue.tables.values():
        here = [link for link in between.links if link.target == product.path]
        there = [link for link in between.links if proposer.names("category").fit(catalogue.target(link).forms)]
        labels = fitting(LABELS, catalogue.target(there[0]).columns) if there else []
        if here and labels:
            category = catalogue.target(there[0])
            join = f"\n    inner join {category.path} on {_pairs(there[0], between, category)}"
            value = f"min({category.quoted}.{labels[0][1].quoted})"
            text = _one(value, between.path, join, _pairs(here[0], between, product))
            return Field("category", text, "a product may have several; the first by name counts")
    return None


def _one(value: str, table: str, join: str, condition: str) -> str:
    return f"(\n    select {value}\n    from {table}{join}\n    where {condition}\n)"


def _pairs(link: Link, source: Table, target: Table) -> str:
    """The condition under which a reference leads from one table to the other."""
    return " and ".join(
        f"{source.quoted}.{source.column(own).quoted} = {target.quoted}.{target.column(their).quoted}"
        for own, their in zip(link.columns, link.target_columns, strict=True)
    )
