"""What a load did, file by file and relation by relation."""

from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True)
class FileReport:
    """One file that was read: its size and its rows."""

    file: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class RelationReport:
    """One relation of the contract: rows = inserted + updated + unchanged + duplicates (earlier rows of a key)."""

    relation: str
    rows: int
    inserted: int
    updated: int
    duplicates: int

    @property
    def unchanged(self) -> int:
        """Rows that the source already held just so."""
        return self.rows - self.inserted - self.updated - self.duplicates


@dataclass(frozen=True)
class LoadReport:
    """The result of a load; printed by rich as a table."""

    mapping: str
    files: tuple[FileReport, ...]
    relations: tuple[RelationReport, ...]
    seconds: float

    @property
    def changed(self) -> bool:
        """Whether the source is different from before."""
        return any(relation.inserted or relation.updated for relation in self.relations)

    def __rich__(self) -> Table:
        table = Table(title=f"{self.mapping}: {len(self.files)} files in {self.seconds:.1f} s", title_justify="left")
        table.add_column("relation")
        for column in ("rows", "inserted", "updated", "unchanged", "duplicate keys"):
            table.add_column(column, justify="right")
        for relation in self.relations:
            counts = (relation.rows, relation.inserted, relation.updated, relation.unchanged, relation.duplicates)
            table.add_row(relation.relation, *(f"{count:,}" for count in counts))
        return table
