"""One select over a table and what it is joined with, put together column by column."""

from dataclasses import dataclass, field

from c360_dash.sources.connecting.catalogue import Catalogue, Link, Table

Way = tuple[Link, ...]
WHOLE_IDS = "numeric"


@dataclass(frozen=True)
class Field:
    """A column of the contract as a proposal: `doubt` says why it is unsure, and is empty where it is not."""

    column: str
    expression: str
    doubt: str = ""
    others: tuple[str, ...] = ()


@dataclass
class Select:
    """The tables of one select. Each is joined once, by the first way that leads there; none of them adds rows."""

    catalogue: Catalogue
    table: Table
    joins: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def column(self, column: str, way: Way = ()) -> str:
        """A column of the table itself, or of the one that a way along references leads to."""
        table = self.catalogue.target(way[-1]) if way else self.table
        return f"{self._joined(way)}.{table.column(column).quoted}"

    def key(self, way: Way = ()) -> str:
        """The key of the table, or of the one at the end of the way, which need not be joined where it is named."""
        table = self.catalogue.target(way[-1]) if way else self.table
        if way and way[-1].target_columns == table.key:
            return self._id(way[-1].columns, way[:-1])
        return self._id(table.key, way)

    def _id(self, columns: tuple[str, ...], way: Way) -> str:
        table = self.catalogue.target(way[-1]) if way else self.table
        parts = [self.column(column, way) for column in columns]
        if len(parts) > 1:
            return f"concat_ws('-', {', '.join(parts)})"
        return parts[0] + ("::bigint" if table.column(columns[0]).kind == WHOLE_IDS else "")

    def _joined(self, way: Way) -> str:
        """The name by which the table at the end of the way is known in this select."""
        if not way:
            return self.table.quoted
        table = self.catalogue.target(way[-1])
        if table.path not in self._names:
            before = self._joined(way[:-1])
            taken = {self.table.quoted, *self._names.values()}
            known = table.quoted if table.quoted not in taken else f'"{table.name} {len(taken)}"'
            self._names[table.path] = known
            self.joins.append(self._join(table, known, before, way[-1]))
        return self._names[table.path]

    def _join(self, table: Table, known: str, before: str, link: Link) -> str:
        renamed = "" if known == table.quoted else f" as {known}"
        source = self.catalogue.tables[link.table]
        pairs = [
            f"{before}.{source.column(own).quoted} = {known}.{table.column(their).quoted}"
            for own, their in zip(link.columns, link.target_columns, strict=True)
        ]
        guess = "" if link.is_declared else "  -- ? no foreign key says so, only the name"
        return f"left join {table.path}{renamed} on {' and '.join(pairs)}{guess}"


def doubt_of(way: Way) -> str:
    """Why a way along references is unsure; empty where foreign keys declare all of it."""
    return "" if all(link.is_declared for link in way) else "no foreign key says so, only the name"
