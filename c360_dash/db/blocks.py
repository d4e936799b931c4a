"""The named questions in sql/queries/*.sql, read once and checked when loaded.

    -- name: top_customers                  the name; `overview.top_customers` in overview.sql
    -- parameters: row_limit                its own parameters, `:row_limit` in the text
    -- The customers worth most.            what one gets: the docstring
    select … from customer_360 where :filter_condition limit :row_limit;

`:filter_condition` is replaced by the block `-- fragment: filter_condition` of any file, and brings its parameters.
A fragment may use those that use none. Written like a parameter, it leaves the file SQL that sqlfluff can read. Where
a fragment `…_on_cluster` stands beside another, it takes the other's place in what a cluster is asked instead.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from c360_dash.errors import C360Error

HEADER = re.compile(r"^-- (name|fragment): *(\S+) *$", re.MULTILINE)
DECLARED = re.compile(r"^-- parameters: *(.*)$", re.MULTILINE)
COMMENT = re.compile(r"^--.*\n?", re.MULTILINE)
ON_CLUSTER = "_on_cluster"
PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")


class QueryFileError(C360Error):
    """A file in sql/queries cannot be used; the text names file, block and reason."""


@dataclass(frozen=True, slots=True)
class Block:
    """One question: its SQL with `:parameters`, their names, what it answers, and a hash of the SQL.

    `sql_on_cluster` asks the same where a cluster refuses `sql`; None where there is no other way to ask.
    """

    name: str
    place: str
    sql: str
    parameters: frozenset[str]
    description: str
    version: str = ""
    sql_on_cluster: str | None = None


def load_blocks(
    folder: Path,
    generated: Mapping[str, str] | None = None,
    variants: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Block]:
    """All questions by `file.block`; `generated` are fragments that no file holds, such as the metric columns.

    `variants` are, for a fragment, other texts by what is added to the names of the questions that use it.

    Raises QueryFileError when a name is used twice, a fragment is unknown, or a parameter is not declared.
    """
    questions: dict[str, Block] = {}
    fragments = {name: Block(name, "generated", sql, frozenset(), "") for name, sql in (generated or {}).items()}
    for path in sorted(folder.glob("*.sql")):
        for kind, block in _blocks_of(path):
            known = fragments if kind == "fragment" else questions
            key = block.name if kind == "fragment" else f"{path.stem}.{block.name}"
            if key in known:
                raise QueryFileError(f"{block.place} uses a name that {known[key].place} has; give it another.")
            known[key] = block
    fragments = {name: _completed(block, _plain(fragments)) for name, block in fragments.items()}
    varied = dict(_variants(questions, fragments, variants or {}))
    return {name: _completed(block, fragments) for name, block in questions.items()} | varied


def _plain(fragments: Mapping[str, Block]) -> dict[str, Block]:
    """Those that use no other: what a fragment itself may use."""
    return {
        name: block for name, block in fragments.items() if not set(PARAMETER.findall(block.sql)) & fragments.keys()
    }


def _variants(
    questions: Mapping[str, Block], fragments: Mapping[str, Block], variants: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Block]]:
    """Each question that uses fragments with variants, once for each of them; equal ones are chosen together."""
    for name, block in questions.items():
        used = variants.keys() & set(PARAMETER.findall(block.sql))
        for ending in dict.fromkeys(ending for fragment in sorted(used) for ending in variants[fragment]):
            texts = {fragment: variants[fragment][ending] for fragment in used if ending in variants[fragment]}
            chosen = {fragment: replace(fragments[fragment], sql=sql) for fragment, sql in texts.items()}
            yield name + ending, _completed(block, {**fragments, **chosen})


def _blocks_of(path: Path) -> Iterator[tuple[str, Block]]:
    text = path.read_text(encoding="utf-8")
    headers = list(HEADER.finditer(text))
    ends = [*(header.start() for header in headers[1:]), len(text)]
    for header, end in zip(headers, ends, strict=False):
        place = f"{path.name}:{text.count(chr(10), 0, header.start()) + 1} ({header[2]})"
        yield header[1], _block(header[2], place, text[header.end() : end])


def _block(name: str, place: str, text: str) -> Block:
    declared = frozenset(word for line in DECLARED.findall(text) for word in re.findall(r"\w+", line))
    head = re.match(r"\s*(?:--.*\n)*", text)
    comments = DECLARED.sub("", head[0] if head else "")
    description = " ".join(line.removeprefix("--").strip() for line in comments.splitlines()).strip()
    sql = COMMENT.sub("", text).strip().removesuffix(";").rstrip()
    return Block(name, place, sql, declared, description)


def _completed(block: Block, fragments: Mapping[str, Block]) -> Block:
    """The block with its fragments in place, and their parameters."""
    used = set(PARAMETER.findall(block.sql))
    included = [fragments[name] for name in sorted(used & fragments.keys())]
    own = used - fragments.keys()
    if own != block.parameters:
        raise QueryFileError(
            f"{block.place} declares {_words(block.parameters)} in `-- parameters:` but uses {_words(own)}; "
            f"fragments are {_words(fragments)}."
        )
    sql = _filled(block.sql, fragments)
    parameters = block.parameters.union(*(fragment.parameters for fragment in included))
    version = hashlib.sha256(sql.encode()).hexdigest()[:16]
    instead = {name: fragments.get(name + ON_CLUSTER, fragment) for name, fragment in fragments.items()}
    on_cluster = _filled(block.sql, instead)
    return replace(
        block,
        sql=sql,
        parameters=parameters,
        version=version,
        sql_on_cluster=None if on_cluster == sql else on_cluster,
    )


def _filled(sql: str, fragments: Mapping[str, Block]) -> str:
    return PARAMETER.sub(lambda found: fragments[found[1]].sql if found[1] in fragments else found[0], sql)


def _words(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
