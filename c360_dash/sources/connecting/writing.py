"""The proposed mapping as text: commented SQL that an engineer reads, corrects and applies."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from c360_dash.config import Settings
from c360_dash.db.engines import owner_connection
from c360_dash.sources import contract
from c360_dash.sources.connecting.catalogue import Samples, Table, read
from c360_dash.sources.connecting.choosing import Chooser
from c360_dash.sources.connecting.naming import Vocabulary
from c360_dash.sources.connecting.proposing import Known, Proposal
from c360_dash.sources.connecting.relations import propose_relation
from c360_dash.sources.connecting.selecting import Field
from c360_dash.sources.contract import Relation
from c360_dash.sources.statements import Statements

WIDTH = 116
LOCAL = "timestamp without time zone"
WHAT_FOR = (
    "What follows “-- ?” is a guess: read it, correct the line, and take the mark away. A relation or column that you "
    "do not have is left out. sql/source says what each column means."
)


def propose(settings: Settings, path: Path, schemas: tuple[str, ...] = ()) -> int:
    """Write a mapping of the database's own tables to `path`; the number of its guesses. Reads only.

    Raises SourceError where a schema is unknown or empty.
    """
    relations = contract.relations(settings.sql_dir)
    with owner_connection(settings) as connection:
        run = Statements(connection, settings.sql_dir)
        catalogue = read(run, schemas)
        vocabulary = Vocabulary(settings.sql_dir / "connect.toml")
        samples = Samples(run)
        choices = Chooser(catalogue, vocabulary).choose()
        known = Known(catalogue, vocabulary, samples, choices)
        proposals = {
            name: propose_relation(known, relation, choices[name])
            for name, relation in relations.items()
            if name in choices
        }
        ((database, timezone),) = run.rows("about_database")
        text = _text(path, database, timezone, known, relations, proposals)
    path.write_text(text, encoding="utf-8")
    return text.count("-- ?") - 1


def _text(
    path: Path,
    database: str,
    timezone: str,
    known: Known,
    relations: dict[str, Relation],
    proposals: dict[str, Proposal],
) -> str:
    head = (
        f"A proposal of `c360 connect` for the tables of the database {database}. {WHAT_FOR} Then "
        f"`c360 connect {path} --apply`, `c360 check` and `c360 rebuild`."
    )
    parts = [_comment(head), *_settings(known, timezone, proposals)]
    for name, relation in relations.items():
        parts.append(_relation(proposals[name], known) if name in proposals else _nothing(name, relation))
    used = {choice.table.path for choice in known.choices.values()}
    joined = {word for proposal in proposals.values() for word in re.findall(r"\S+", " ".join(_lines_of(proposal)))}
    unused = [table for table in known.catalogue.tables.values() if table.path not in used | joined]
    if unused:
        parts.append(
            _comment("Not used: " + ", ".join(f"{table.path}{_in_brackets(_size(table))}" for table in unused) + ".")
        )
    return "\n\n".join(parts) + "\n"


def _settings(known: Known, timezone: str, proposals: dict[str, Proposal]) -> Iterator[str]:
    orders = known.choices.get("orders")
    names = known.vocabulary.names("orders", "currency")
    columns = [column for column in orders.table.columns if names.fit(column.forms)] if orders else []
    found = known.samples.of(orders.table, columns[0]) if orders and columns else []
    if len(found) == 1:
        yield f"-- setting: currency = {found[0]}"
    else:
        reason = (
            f"orders are in {', '.join(found)}; only one is counted"
            if found
            else "no column says in which currency orders are"
        )
        yield f"-- ? {reason}\n-- setting: currency = {found[0] if found else 'EUR'}"
    tables = [known.choices[name].table for name in proposals]
    local = sorted({table.path for table in tables if any(column.kind == LOCAL for column in table.columns)})
    reason = f"-- ? the time zone of moments that name none, as in {', '.join(local[:3])}\n" if local else ""
    yield f"{reason}-- setting: timezone = {timezone}"


def _relation(proposal: Proposal, known: Known) -> str:
    table, doubt = proposal.choice.table, proposal.choice.doubt
    lines = [f"-- relation: {proposal.relation}", f"-- from {table.path}{_size(table)}"]
    if not table.is_readable:
        lines.append("-- ? the role of C360_DATABASE_URL may not read it: grant usage on its schema and select on it")
    if doubt:
        others = ", ".join(other.path for other in proposal.choice.others)
        lines.append(f"-- ? {doubt}" + (f"; or: {others}" if others else ""))
    if proposal.missing:
        lines += _comment(f"not found: {', '.join(proposal.missing)}").splitlines()
    return "\n".join(lines + _lines_of(proposal))


def _lines_of(proposal: Proposal) -> list[str]:
    """The select, without the table's name before its columns where there is no other."""
    table = proposal.choice.table
    lines = ["select"]
    for each in proposal.fields:
        lines += _field(each, is_last=each is proposal.fields[-1])
    lines += [f"from {table.path}", *proposal.joins]
    if proposal.conditions:
        lines.append(f"where {' and '.join(proposal.conditions)}  -- ? what is marked as deleted is left out")
    if not proposal.joins and not any("select" in each.expression for each in proposal.fields):
        bare = re.compile(rf'(?<![\w".]){re.escape(table.quoted)}\.')
        lines = [line if line.startswith("from ") else bare.sub("", line) for line in lines]
    return _ended(lines)


def _field(each: Field, is_last: bool) -> list[str]:
    is_plain = re.fullmatch(rf"\S+\.{each.column}", each.expression)
    text = each.expression if is_plain else f"{each.expression} as {each.column}"
    lines = textwrap.indent(text + ("" if is_last else ","), "    ").splitlines()
    doubt = each.doubt + (f"; or: {', '.join(each.others)}" if each.doubt and each.others else "")
    if not doubt:
        return lines
    if len(lines[-1]) + len(doubt) < WIDTH:
        return [*lines[:-1], f"{lines[-1]}  -- ? {doubt}"]
    return [*textwrap.wrap(doubt, WIDTH, initial_indent="    -- ? ", subsequent_indent="    --   "), *lines]


def _ended(lines: list[str]) -> list[str]:
    """The statement with its semicolon, before a comment on the last line."""
    code, mark, comment = lines[-1].partition("  -- ? ")
    return [*lines[:-1], f"{code};{mark}{comment}"]


def _nothing(name: str, relation: Relation) -> str:
    columns = ", ".join(relation.columns)
    return _comment(f"{name}: no table looks like it, so it is left out and stays empty. Its columns: {columns}.")


def _size(table: Table) -> str:
    return "" if table.rows is None else f", about {table.rows:,} rows"


def _in_brackets(text: str) -> str:
    return f" ({text.removeprefix(', ')})" if text else ""


def _comment(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="-- ", subsequent_indent="-- ")
