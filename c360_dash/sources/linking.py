"""Ids that are one person: who shares an e-mail address or a telephone number, links between their ids, and undoing.

A link says that an id is another id of a person, and never leads on to a further link. The links are rows of the
optional relation source.customer_links; the next rebuild counts everything of a linked id as the person's.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg2 import extensions, sql
from psycopg2.extras import execute_values

from c360_dash.config import Settings
from c360_dash.db.engines import owner_connection
from c360_dash.sources import contract
from c360_dash.sources.errors import SourceError
from c360_dash.sources.statements import Statements

KINDS = ("e-mail", "phone")
MOST_SHARING = 10  # an address of more people is that of a shop, an office or nobody
BY_HAND = "by hand"


@dataclass(frozen=True)
class Member:
    """A customer who shares an address with another; `place` is the order of signing up."""

    customer_id: str
    place: int
    name: str = ""
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Link:
    """An id that is to be, or is, another id of a person, and why."""

    customer_id: str
    person_id: str
    reason: str


@dataclass(frozen=True)
class Proposals:
    """Links that are proposed, who the people are, and how many addresses too many people share."""

    links: tuple[Link, ...]
    members: Mapping[str, Member]
    crowded: int


class Persons:
    """Groups of ids that are one person each; the person is whoever was one before, else the first to sign up."""

    def __init__(self, links: Mapping[str, str], places: Mapping[str, int]) -> None:
        self._links = links
        self._places = places
        self._known_persons = set(links.values())
        self._leads = dict(links)
        self._reasons: dict[str, set[str]] = defaultdict(set)

    def person(self, customer_id: str) -> str:
        """Whose id it is, as far as is known."""
        while customer_id in self._leads:
            customer_id = self._leads[customer_id]
        return customer_id

    def join(self, ids: Sequence[str], reason: str) -> None:
        """These ids are one person's."""
        for customer_id in ids:
            self._reasons[customer_id].add(reason)
        persons = sorted({self.person(customer_id) for customer_id in ids}, key=self._rank)
        self._leads |= dict.fromkeys(persons[1:], persons[0])

    def new_links(self) -> list[Link]:
        """The links that are not there yet, each straight to the person."""
        wanted = {customer_id: self.person(customer_id) for customer_id in self._leads}
        return [
            Link(customer_id, person_id, " and ".join(sorted(self._reasons[customer_id])) or "person linked")
            for customer_id, person_id in wanted.items()
            if self._links.get(customer_id) != person_id
        ]

    def _rank(self, customer_id: str) -> tuple[bool, int, str]:
        return customer_id not in self._known_persons, self._places.get(customer_id, 0), customer_id


def propose(settings: Settings, kinds: Sequence[str] = KINDS, country_code: str | None = None) -> Proposals:
    """Links between customers with the same e-mail address (lower case, trimmed) or telephone number.

    `country_code` (49) is that of numbers that are written without one. Who was linked and undone, or erased, is left
    out; an address of more than MOST_SHARING people links nobody.
    """
    with _linking(settings) as run:
        values: dict[str, object] = {"kinds": list(kinds), "country_code": country_code}
        found = run.rows("sharing", values)
        links = _straight_links(run)
    members = {row[4]: Member(row[4], row[3], *row[5:]) for row in found}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, address, sharing, _, customer_id, *_ in found:
        if sharing <= MOST_SHARING:
            groups[kind, address].append(customer_id)
    persons = Persons(links, {member.customer_id: member.place for member in members.values()})
    for (kind, _), ids in groups.items():
        persons.join(ids, kind)
    crowded = len({(row[0], row[1]) for row in found if row[2] > MOST_SHARING})
    return Proposals(tuple(persons.new_links()), members, crowded)


def by_hand(settings: Settings, customer_id: str, person_id: str) -> Proposals:
    """The links that make the first id one of the person behind the second.

    Raises SourceError where they are one already, and where one of them is no customer.
    """
    with _linking(settings) as run:
        links = _straight_links(run)
        known = [found for (found,) in run.rows("known", {"ids": [customer_id, person_id]})]
    for wanted in (customer_id, person_id):
        if wanted not in known:
            raise SourceError(f"there is no customer {wanted}")
    person = links.get(person_id, person_id)
    former = links.get(customer_id, customer_id)
    if person in (customer_id, former):
        raise SourceError(f"{customer_id} and {person_id} are one person already, {person}")
    moved = [customer_id] if customer_id in links else [former, *(one for one, of in links.items() if of == former)]
    return Proposals(tuple(Link(one, person, BY_HAND) for one in moved), {}, 0)


def apply(settings: Settings, links: Sequence[Link], done_by: str) -> None:
    """Links them. Makes the relation when there is none. Raises SourceError when it is a view."""
    with _linking(settings) as run:
        kind = run.value("kind_of_links")
        _refuse_view(kind)
        if kind is None:
            run.script(contract.optional(settings.sql_dir)[contract.LINKS].sql)
            run.run("set_id_types", type=_id_type(run))
        run.run("name_links")
        with run.connection.cursor() as cursor:
            rows = [(link.customer_id, link.person_id, link.reason) for link in links]
            execute_values(cursor, "insert into wanted_link values %s", rows)
        run.run("add_links", type=_id_type(run))
        run.run("log_links", {"done_by": done_by})


def undo(settings: Settings, ids: Sequence[str], done_by: str) -> None:
    """Makes these ids persons again, who are not proposed any more. Raises SourceError for one that is not linked."""
    with _linking(settings) as run:
        _refuse_view(run.value("kind_of_links"))
        unknown = sorted(set(ids) - _links(run).keys())
        if unknown:
            raise SourceError(f"{', '.join(unknown)} is not linked; c360 link --undo takes the id that was linked")
        run.run("undo", {"ids": list(ids), "done_by": done_by})


@contextmanager
def _linking(settings: Settings) -> Iterator[Statements]:
    """The statements of linking, in one transaction."""
    with owner_connection(settings) as connection:
        connection.autocommit = False
        with connection:
            yield _statements(connection, settings)


def _statements(connection: extensions.connection, settings: Settings) -> Statements:
    return Statements(connection, settings.sql_dir, "linking")


def _links(run: Statements) -> dict[str, str]:
    return dict(run.rows("links")) if run.value("kind_of_links") else {}


def _straight_links(run: Statements) -> dict[str, str]:
    found = _links(run)
    if not found.keys().isdisjoint(found.values()):
        raise SourceError("source.customer_links leads on to further links, in a chain or circle; undo one of them")
    return found


def _id_type(run: Statements) -> sql.Composable:
    return sql.SQL(run.value("id_type"))


def _refuse_view(kind: str | None) -> None:
    if kind not in (None, "r"):
        raise SourceError("source.customer_links is a view of yours; change the links where they come from")
