"""Mapping files: one plain SQL file says which files a kind of shop has and how they become the contract.

    -- setting: currency = BRL
    -- file: orders.csv (encoding latin1, delimiter ;)
    create table c360_raw.orders (id bigint, placed timestamp);
    -- relation: orders
    select id as order_id, placed as ordered_at from c360_raw.orders;

`orders.csv` also stands for orders.csv.gz and orders.parquet, and may hold `*` for several files. A file marked
`-- optional file:` may be absent. A relation gives any columns of the contract; those left out are null. A mapping
without a file reads tables of the same database, and becomes views of them.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from c360_dash.sources.errors import SourceError

MARKER = re.compile(r"^-- (setting|file|optional file|relation): *(.*?) *$", re.MULTILINE)
FILE = re.compile(r"^(\S+)(?: +\((.*)\))?$")
SETTING = re.compile(r"^(\w+) *= *(.+)$")
TABLE = re.compile(r"^create table c360_raw\.(\w+)\s*\(", re.MULTILINE)
END = re.compile(r";(?:\s|--[^\n]*)*\Z")
SUFFIXES = (".csv", ".csv.gz", ".parquet")
OPTIONS = ("encoding", "delimiter", "null")


@dataclass(frozen=True)
class RawFile:
    """One kind of file of the shop, and the plain `create table` its rows are copied into as they are."""

    stem: str
    table: str
    create: str
    line: int
    optional: bool = False
    encoding: str = "utf-8"
    delimiter: str = ","
    null: str = ""

    def find(self, folder: Path) -> list[Path]:
        """The files of this kind in `folder` (or `folder` itself, when it is such a file), by name."""
        if folder.is_file():
            return [folder] if Path(_stem(folder.name)).match(self.stem) else []
        found = [path for suffix in SUFFIXES for path in folder.glob(self.stem + suffix)]
        return sorted(found)


@dataclass(frozen=True)
class Query:
    """The select that gives one relation of the contract, and the mapping's line where it starts."""

    relation: str
    sql: str
    line: int


@dataclass(frozen=True)
class Mapping:
    """A mapping file: `name` is the file's own name, by which the source remembers what it was loaded with."""

    name: str
    file: str
    settings: dict[str, str]
    files: tuple[RawFile, ...]
    queries: tuple[Query, ...]


def parse(path: Path) -> Mapping:
    """The mapping in `path`. Raises SourceError with the line of what cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError(f"there is no mapping {path}; sql/mappings holds examples to start from") from None
    except UnicodeDecodeError:
        raise SourceError("a mapping is a plain UTF-8 text file, and this one is not", file=path.name) from None
    return parse_text(text, path.name)


def parse_text(text: str, file: str) -> Mapping:
    """The mapping in `text`; `file` is the name that errors show."""
    markers = list(MARKER.finditer(text))
    settings: dict[str, str] = {}
    files: list[RawFile] = []
    queries: list[Query] = []
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        body = text[marker.end() : following.start() if following else len(text)]
        section = _Section(file, text.count("\n", 0, marker.start()) + 1, marker[2], body)
        if marker[1] == "setting":
            settings.update([section.setting()])
        elif marker[1] == "relation":
            queries.append(section.query())
        else:
            files.append(section.raw_file(optional=marker[1] == "optional file"))
    _refuse_twice(file, "file table", [raw.table for raw in files])
    _refuse_twice(file, "relation", [query.relation for query in queries])
    if not queries:
        raise SourceError("a mapping needs at least one “-- relation:”, and one “-- file:” to be loaded", file=file)
    return Mapping(file.removesuffix(".sql"), file, settings, tuple(files), tuple(queries))


@dataclass(frozen=True)
class _Section:
    """A marker line of a mapping and what follows it up to the next."""

    file: str
    line: int
    head: str
    body: str

    def setting(self) -> tuple[str, str]:
        match = SETTING.match(self.head)
        if match is None:
            raise self.error("a setting is written “-- setting: name = value”")
        return match[1], match[2]

    def query(self) -> Query:
        sql = self._statement()
        if not re.search(r"^(select|with)\b", sql, re.MULTILINE):
            raise self.error(f"“-- relation: {self.head}” must be followed by one plain select")
        return Query(self.head, sql, self.line + 1)

    def raw_file(self, optional: bool) -> RawFile:
        head = FILE.match(self.head)
        create = self._statement()
        table = TABLE.search(create)
        if head is None or table is None:
            raise self.error("write “-- file: name.csv”, then “create table c360_raw.<name> (column type, …);”")
        return RawFile(_stem(head[1]), table[1], create, self.line, optional, **self._options(head[2]))

    def _options(self, written: str | None) -> dict[str, str]:
        options = {}
        for option in re.split(r", +", written) if written else ():
            name, _, value = option.partition(" ")
            if name not in OPTIONS or not value:
                raise self.error(f"“{option}” is no option of a file; allowed: {', '.join(OPTIONS)}, each with a value")
            options[name] = "\t" if (name, value) == ("delimiter", "tab") else value
        return options

    def _statement(self) -> str:
        """The section's statement on its own lines: leading newlines stay, so that line numbers can be told;
        comments after it go."""
        return END.sub("", self.body.removeprefix("\n").rstrip())

    def error(self, reason: str) -> SourceError:
        return SourceError(reason, file=self.file, line=self.line)


def _stem(name: str) -> str:
    for suffix in (".csv.gz", ".csv", ".parquet"):
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


def _refuse_twice(file: str, what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourceError(f"the {what} {', '.join(twice)} is given twice; keep one", file=file)
