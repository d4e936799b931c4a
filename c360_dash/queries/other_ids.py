"""Who is listed by another id: the words are none of what is shown of the person, but an id that was linked."""

from collections.abc import Iterable

from c360_dash import db
from c360_dash.db import Build
from c360_dash.queries.seeing import Customer


def found_by(build: Build, words: str | None, listed: Iterable[Customer]) -> list[Customer]:
    """Those of the listed whom the words found as another id, and not by anything that is shown of them.

    The database is asked only where there can be such a person, which few words do.
    """
    unexplained = [row for row in listed if words and not _explains(words.casefold(), row)]
    if not unexplained:
        return []
    persons = {row["customer_id"] for row in db.read_records("customers.persons", build, words=words)}
    return [row for row in unexplained if row["customer_id"] in persons]


def _explains(words: str, row: Customer) -> bool:
    """Whether name, e-mail or the beginning of the id say why the customer is found."""
    name = " ".join(part for part in (row.get("first_name"), row.get("last_name")) if part)
    shown = (name, row.get("email") or "")
    return str(row["customer_id"]).casefold().startswith(words) or any(words in text.casefold() for text in shown)
