"""Names of tables and columns as words that can be compared: OrderDate, order_date and ORDERDATES are one name."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zäöüß]+|[A-Z]+|\d+")
PREFIXES = {"tbl", "tb", "t", "dim", "fact", "stg", "wp", "wc", "app", "account", "auth", "res", "shop", "store", "crm"}
SHORT = {
    "cust": "customer",
    "ord": "order",
    "prod": "product",
    "inv": "invoice",
    "amt": "amount",
    "dt": "date",
    "addr": "address",
    "num": "no",
    "nr": "no",
    "number": "no",
    "nummer": "no",
}
JOINED = re.compile(r"(.{3,})(id|nr|no|number|nummer)")
UNITS = {"cent", "cents", "minor", "eur", "euro", "usd", "gbp", "net", "netto", "utc"}
TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
GUESSES = "?"
SHORTEST = 3


@dataclass(frozen=True, order=True)
class Fit:
    """How well a name is known: sure names come before guesses, likelier ones before others."""

    is_guess: bool
    place: int


@dataclass(frozen=True)
class Names:
    """The names of one thing, the likelier ones first; those after “?” are guesses."""

    known: tuple[tuple[frozenset[str], bool], ...]

    @classmethod
    def of(cls, names: list[str]) -> "Names":
        """Names as they stand in sql/connect.toml."""
        border = names.index(GUESSES) if GUESSES in names else len(names)
        return cls(tuple((forms(words(name)), place > border) for place, name in enumerate(names) if name != GUESSES))

    def fit(self, found: frozenset[str]) -> Fit | None:
        """How well a name with these forms is known; None when it is not."""
        for place, (known, is_guess) in enumerate(self.known):
            if known & found:
                return Fit(is_guess, place)
        return None


class Vocabulary:
    """The names of sql/connect.toml, by relation."""

    def __init__(self, path: Path) -> None:
        self._read = tomllib.loads(path.read_text(encoding="utf-8"))

    @property
    def states(self) -> dict[str, list[str]]:
        """Words for what became of an order, by the contract's own word."""
        return dict(self._read["states"])

    def tables(self, relation: str) -> Names:
        """What tables of a relation are called."""
        return self.names(relation, "tables")

    def names(self, relation: str, column: str) -> Names:
        """What a column is called; no names where none are known."""
        return Names.of(self._read.get(relation, {}).get(column, []))

    def through(self, relation: str, column: str) -> Names:
        """In which tables a column is looked up that the relation's own table does not have."""
        return Names.of(self._read.get(relation, {}).get("through", {}).get(column, []))


def words(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case, abbreviations written out."""
    found = (word.lower().translate(TRANSLITERATED) for word in WORD.findall(name))
    return tuple(SHORT.get(part, part) for word in found for part in _parts(word))


def _parts(word: str) -> tuple[str, ...]:
    """A word that ends as ids and numbers do is two: customerid."""
    joined = JOINED.fullmatch(word) if word not in SHORT else None
    return joined.groups() if joined else (word,)


def forms(found: tuple[str, ...]) -> frozenset[str]:
    """The ways to write words as one: as they are, in the singular, and without a German ending."""
    whole = "".join(found)
    ways = {whole, "".join(map(singular, found)), singular(whole), whole.removesuffix("en").removesuffix("e")}
    return frozenset((ways if len(whole) > SHORTEST else {whole}) - {""})


def table_forms(name: str, prefixes: frozenset[str] = frozenset()) -> frozenset[str]:
    """The forms of a table's name, also without a prefix: tbl_, one of the database, order_ in order_orderline."""
    found = words(name)
    first, rest = found[:1], found[1:]
    is_prefix = bool(rest) and (first[0] in PREFIXES | prefixes or rest[0].startswith(first[0]))
    return forms(found) | (forms(rest) if is_prefix else frozenset())


def prefixes_of(tables: list[str]) -> frozenset[str]:
    """The word that most tables of a database begin with, if there is one."""
    first = Counter(words(table)[0] for table in tables if words(table))
    return frozenset(word for word, count in first.items() if len(tables) > 3 and count * 2 > len(tables))


def column_forms(name: str, table: str) -> frozenset[str]:
    """The forms of a column's name, also without the name of its table, and a unit: customer_name, price_cents."""
    found = words(name)
    found = found[:-1] if len(found) > 1 and found[-1] in UNITS else found
    heads = {head for head in _heads(words(table)) if head and found[: len(head)] == head}
    return frozenset().union(forms(found), *(forms(found[len(head) :]) for head in heads))


def _heads(table: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Beginnings that a column's name may have from its table: all its words, the last, and both in the singular."""
    for head in (table, table[-1:]):
        yield head
        yield tuple(map(singular, head))


def singular(word: str) -> str:
    """An English word in the singular, nearly always; both sides of a comparison are treated alike."""
    if word.endswith("ies") and len(word) > len("movies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
