"""The loader's statements, read by name from the files of sql/loading, and a small door to run them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psycopg2 import extensions, sql

PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")
BLOCK = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL)


def read_blocks(path: Path) -> dict[str, str]:
    """The `-- name:` blocks of a file, by name."""
    return {name: _with_values(body.strip().removesuffix(";")) for name, body in BLOCK.findall(_read(path))}


def read_query(path: Path) -> str:
    """The one statement of a file, ready to be run with values for its `:parameters`."""
    return _with_values(_read(path).replace("%", "%%"))


def _with_values(text: str) -> str:
    """`:word`, which linters can read, as psycopg2 writes it."""
    return PARAMETER.sub(r"%(\1)s", text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(*parts: str) -> sql.Composable:
    """A quoted name, such as source.orders or a column."""
    return sql.Identifier(*parts)


def names(columns: Sequence[str], prefix: str | None = None) -> sql.Composable:
    """Quoted column names, separated by commas, each led by `prefix` if there is one."""
    return sql.SQL(", ").join(
        sql.Identifier(prefix, column) if prefix else sql.Identifier(column) for column in columns
    )


def each(template: str, columns: Sequence[str], separator: str = ", ") -> sql.Composable:
    """`template` with {column} filled in for each column."""
    return sql.SQL(separator).join(sql.SQL(template).format(column=sql.Identifier(column)) for column in columns)


class Statements:
    """Runs the loader's statements, or those of another folder in sql, on one connection."""

    def __init__(self, connection: extensions.connection, sql_dir: Path, folder: str = "loading") -> None:
        self.connection = connection
        files = sorted((sql_dir / folder).glob("*.sql"))
        self._blocks = {name: text for path in files for name, text in read_blocks(path).items()}

    def compose(self, statement: str, **words: sql.Composable) -> sql.Composed:
        """The statement with its {words} filled in."""
        return sql.SQL(self._blocks[statement]).format(**words)

    def run(self, statement: str, values: dict[str, object] | None = None, **words: sql.Composable) -> int:
        """Run it; the number of rows it touched."""
        with self.connection.cursor() as cursor:
            cursor.execute(self.compose(statement, **words), values)
            return int(cursor.rowcount)

    def rows(
        self, statement: str, values: dict[str, object] | None = None, **words: sql.Composable
    ) -> list[tuple[Any, ...]]:
        """Run it; its rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(self.compose(statement, **words), values)
            return list(cursor.fetchall())

    def value(self, statement: str, values: dict[str, object] | None = None, **words: sql.Composable) -> Any:
        """Run it; the first column of its first row, None without a row."""
        found = self.rows(statement, values, **words)
        return found[0][0] if found else None

    def script(self, text: str) -> None:
        """Run plain SQL as it is written in a file."""
        with self.connection.cursor() as cursor:
            cursor.execute(text)
