"""The source contract, read from sql/source: the relations with their columns, types and keys in one place."""

import re
from dataclasses import dataclass
from pathlib import Path

from c360_dash.sources.errors import SourceError
from c360_dash.sources.statements import Statements

TABLE = re.compile(r"create table if not exists source\.(\w+) \((.*?)\n\);", re.DOTALL)
COLUMN = re.compile(r"^    (\w+) (\w+)( primary key)?", re.MULTILINE)
KEY = re.compile(r"^    primary key \((.*)\)", re.MULTILINE)
LINKS = "customer_links"
ID_TYPES = ("text", "bigint", "uuid")
VIEW_MARK = "Made by c360 connect"


@dataclass(frozen=True)
class Relation:
    """One relation of the contract: columns in their order with the type's short name, and the key's columns."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    sql: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The columns whose type follows the shop: text, bigint or uuid."""
        return tuple(column for column in self.columns if column.endswith("_id"))


def relations(sql_dir: Path, folder: str = "source") -> dict[str, Relation]:
    """Every relation of the contract by name, in the order of the files."""
    found = [_relation(path) for path in sorted((sql_dir / folder).glob("*.sql"))]
    return {relation.name: relation for relation in found}


def optional(sql_dir: Path) -> dict[str, Relation]:
    """Every relation that is used where a shop has it, and not missed where it has none."""
    return relations(sql_dir, "source/optional")


def _relation(path: Path) -> Relation:
    text = path.read_text(encoding="utf-8")
    table = TABLE.search(text)
    if table is None:
        raise SourceError("it holds no “create table if not exists source.<relation> (…);”", file=path.name)
    columns = {name: kind for name, kind, _ in COLUMN.findall(table[2]) if name != "primary"}
    inline = tuple(name for name, _, key in COLUMN.findall(table[2]) if key and name != "primary")
    key = KEY.search(table[2])
    return Relation(table[1], columns, tuple(key[1].split(", ")) if key else inline, text)


def install(run: Statements, contract: dict[str, Relation]) -> None:
    """Create the relations that do not exist at all; tables and a shop's own views stay as they are."""
    for relation in contract.values():
        if run.value("kind_of", {"relation": relation.name}) is None:
            run.script(relation.sql)
