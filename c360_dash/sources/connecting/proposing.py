"""Which column of which table gives each column of a relation, and how sure that is."""

from dataclasses import dataclass, field

from c360_dash.sources.connecting.catalogue import Catalogue, Column, Samples, Table
from c360_dash.sources.connecting.choosing import TIMES, Choice, fitting
from c360_dash.sources.connecting.converting import SAME, converted
from c360_dash.sources.connecting.naming import Fit, Names, Vocabulary
from c360_dash.sources.connecting.selecting import Field, Select, Way, doubt_of
from c360_dash.sources.contract import Relation

LABELS = Names.of(["name", "title", "label", "company name", "bezeichnung", "description"])
GONE = Names.of(["deleted at", "is deleted", "deleted", "removed at", "geloescht"])
MEANING = "the name may mean something else"
ALTERNATIVES = 3


@dataclass(frozen=True)
class Proposal:
    """The select of one relation: its fields, joins and conditions, and the columns for which nothing was found."""

    relation: str
    choice: Choice
    fields: list[Field]
    joins: list[str]
    conditions: list[str]
    missing: list[str]


@dataclass(frozen=True)
class Known:
    """All that a proposal is made from."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    samples: Samples
    choices: dict[str, Choice]

    def table_of(self, relation: str) -> Table | None:
        """The table that was chosen for a relation."""
        choice = self.choices.get(relation)
        return None if choice is None else choice.table

    def way(self, start: Table, relation: str) -> Way | None:
        """How references lead from a table to that of a relation; () where it is the same."""
        end = self.table_of(relation)
        if end is None:
            return None
        return () if end.path == start.path else self.catalogue.way(start, end)

    def way_to_customer(self, start: Table) -> Way | None:
        """The way to the customer: by a reference of the table's own, else through the order, else by any."""
        to_order, order = self.way(start, "orders"), self.table_of("orders")
        direct = self.way(start, "customers")
        if (direct is not None and len(direct) == 1) or not to_order or order is None:
            return direct
        onward = self.way(order, "customers")
        return direct if onward is None else (*to_order, *onward)


@dataclass
class Proposer:
    """Finds the columns of one relation in its table and the tables it leads to."""

    known: Known
    relation: Relation
    table: Table
    select: Select = field(init=False)

    def __post_init__(self) -> None:
        self.select = Select(self.known.catalogue, self.table)

    def plain(self, column: str, wanted: str | None = None) -> Field | None:
        """A column by its name, in the table itself or in one that it looks things up in."""
        kind = wanted or self.relation.columns[column]
        found = [
            made
            for fit, own in fitting(self.names(column), self.table.columns)
            if (made := self._field(column, kind, fit, own)) is not None
        ]
        if found and not found[0].doubt:
            return found[0]
        looked_up = self._looked_up(column, kind, only_sure=bool(found))
        if looked_up is not None or not found:
            return looked_up
        others = tuple(other.expression for other in found[1 : ALTERNATIVES + 1])
        return Field(column, found[0].expression, found[0].doubt, others)

    def time(self, column: str) -> Field | None:
        """A moment by its name, else the first there is."""
        named = self.plain(column)
        others = [self.select.column(own.name) for own in self.table.columns if own.kind in TIMES]
        if named is None:
            return Field(column, others[0], "the first moment of the table", tuple(others[1:])) if others else None
        rest = tuple(other for other in others if other != named.expression and other not in named.others)
        return Field(column, named.expression, named.doubt, (*named.others, *rest)[:ALTERNATIVES])

    def key(self, column: str) -> Field:
        """The key of the table itself."""
        doubt = "" if self.table.keys else "the table has no key"
        return Field(column, self.select.key(), doubt)

    def reference(self, column: str, way: Way | None) -> Field | None:
        """The key of the table at the end of a way."""
        return None if way is None else Field(column, self.select.key(way), doubt_of(way))

    def names(self, column: str) -> Names:
        """What a column of this relation is called."""
        return self.known.vocabulary.names(self.relation.name, column)

    def values(self, column: Column, table: Table | None = None) -> list[str]:
        """Some values of a column."""
        return self.known.samples.of(table or self.table, column)

    def without_deleted(self) -> list[str]:
        """Conditions that leave out what a shop has marked as deleted and not deleted."""
        return [
            f"{self.select.column(own.name)} {'is not true' if own.kind == 'boolean' else 'is null'}"
            for _, own in fitting(GONE, self.table.columns)
            if own.kind == "boolean" or own.kind in TIMES
        ]

    def finished(self, choice: Choice, fields: list[Field | None], conditions: list[str]) -> Proposal:
        """The proposal, with what was not found named."""
        found = {each.column: each for each in fields if each is not None}
        ordered = [found[column] for column in self.relation.columns if column in found]
        missing = [column for column in self.relation.columns if column not in found]
        return Proposal(self.relation.name, choice, ordered, self.select.joins, conditions, missing)

    def _field(self, column: str, kind: str, fit: Fit, own: Column, way: Way = ()) -> Field | None:
        table = self.known.catalogue.target(way[-1]) if way else self.table
        values = [] if own.kind in SAME[kind] else self.values(own, table)
        made = converted(f"{table.quoted}.{own.quoted}", own.kind, kind, values)
        if made is None:
            return None
        expression = made[0].replace(f"{table.quoted}.{own.quoted}", self.select.column(own.name, way))
        return Field(column, expression, made[1] or doubt_of(way) or (MEANING if fit.is_guess else ""))

    def _looked_up(self, column: str, kind: str, only_sure: bool) -> Field | None:
        """The column in a table that this one refers to, directly or through others of the same kind."""
        through = self.known.vocabulary.through(self.relation.name, column)
        found = []
        for way in self.known.catalogue.paths(self.table, lambda table: through.fit(table.forms) is not None):
            target = self.known.catalogue.target(way[-1])
            for fit, own in fitting(self.names(column), target.columns):
                found.append((fit, len(way), own, way))
            as_whole = self.names(column).fit(target.forms)
            for _, own in fitting(LABELS, target.columns)[:1] if as_whole else ():
                found.append((as_whole or Fit(True, 0), len(way), own, way))
        if only_sure:
            found = [each for each in found if not each[0].is_guess and not doubt_of(each[3])]
        for fit, _, own, way in sorted(found, key=lambda each: (each[0], each[1], each[2].name)):
            made = self._field(column, kind, fit, own, way)
            if made is not None:
                return made
        return None
