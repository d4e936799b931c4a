"""The check of the source on named people: each has one thing wrong, and each is found once."""

import json
from collections.abc import Callable

import pytest

from c360_dash import db, sources
from c360_dash.config import Settings
from c360_dash.sources import CheckReport, contract
from c360_dash.sources.statements import Statements

PEOPLE = """
create schema c360;
create table c360.setting (name text, value text);
insert into c360.setting values ('currency', 'EUR');

insert into source.customers (customer_id, signup_at, birth_date) values
('ada', '2025-01-01', '1990-01-01'), -- all is well
('bruno', now() + interval '1 day', null), -- signs up tomorrow
('chiara', now() + interval '1 day', '1880-01-01'); -- too, but has ordered; and is very old
insert into source.products values ('espresso', 'Espresso', 'Coffee', 'Aroma'), ('mug', 'Mug', null, null);

insert into source.orders (order_id, customer_id, ordered_at, status, currency) values
('good', 'ada', '2025-02-01', 'completed', 'EUR'),
('plain', 'chiara', '2025-02-01', 'completed', null), -- no currency is the shop's
('nobody', null, '2025-02-01', 'completed', 'EUR'),
('stranger', 'zoe', '2025-02-01', 'completed', 'EUR'),
('timeless', 'ada', null, 'completed', 'EUR'),
('tomorrow', 'ada', now() + interval '1 day', 'completed', 'EUR'),
('cancelled', 'ada', '2025-02-01', 'cancelled', 'EUR'),
('pending', 'ada', '2025-02-01', 'pending', 'EUR'),
('lost', 'ada', '2025-02-01', 'lost', 'EUR'),
('unsaid', 'ada', '2025-02-01', null, 'EUR'),
('dollars', 'ada', '2025-02-01', 'completed', 'USD');

insert into source.order_items values
('good', 1, 'ada', 'espresso', 2, 1.50, 0.50),
('good', 2, 'ada', 'espresso', null, 1.50, 0),
('good', 3, 'ada', 'espresso', -1, 1.50, 0),
('good', 4, 'ada', 'espresso', 1, -1.50, 0),
('good', 5, 'ada', 'espresso', 1, 1.50, -1),
('good', 6, 'ada', 'espresso', 1, 1.50, 2),
('good', 7, 'ada', 'unicorn', 1, 1.50, 0),
('good', 8, 'bruno', 'espresso', 1, 1.50, 0),
('plain', 1, 'chiara', 'espresso', 0, 0, null),
('nowhere', 1, 'ada', 'espresso', 1, 1.50, 0),
('dollars', 1, 'ada', 'espresso', 1, 1.50, 0);

insert into source.returns values
('fine', 'ada', 'good', 'espresso', '2025-03-01', 1),
('loose', 'ada', null, null, '2025-03-01', 1),
('nobody', null, 'good', null, '2025-03-01', 1),
('stranger', 'zoe', null, null, '2025-03-01', 1),
('nothing', 'ada', 'good', null, '2025-03-01', 0),
('timeless', 'ada', 'good', null, null, 1),
('tomorrow', 'ada', 'good', null, now() + interval '1 day', 1),
('nowhere', 'ada', 'nowhere', null, '2025-03-01', 1),
('swapped', 'ada', 'plain', null, '2025-03-01', 1),
('undone', 'ada', 'cancelled', null, '2025-03-01', 1),
('windfall', 'bruno', null, null, '2025-03-01', 1);

insert into source.service_tickets (ticket_id, customer_id, opened_at, closed_at, satisfaction) values
('fine', 'ada', '2025-03-01', '2025-03-02', 5),
('nobody', null, '2025-03-01', null, null),
('stranger', 'zoe', '2025-03-01', null, null),
('timeless', 'ada', null, null, 1),
('tomorrow', 'ada', now() + interval '1 day', null, 1),
('six', 'ada', '2025-03-01', null, 6),
('hasty', 'ada', '2025-03-02', '2025-03-01', 3);

insert into source.web_events (event_id, customer_id, session_id, occurred_at, event_type) values
('fine', 'ada', 's', '2025-03-01', 'view'),
('nobody', null, 's', '2025-03-01', 'view'),
('stranger', 'zoe', 's', '2025-03-01', 'view'),
('timeless', 'ada', 's', null, 'view'),
('tomorrow', 'ada', 's', now() + interval '1 day', 'view'),
('loose', 'ada', null, '2025-03-01', 'view'),
('search', 'ada', 's', '2025-03-01', 'search');

insert into source.campaigns values
('spring', 'Spring', 'mail', '2025-03-01', '2025-02-01', -1), ('autumn', 'Autumn', 'mail', null, null, 5);
insert into source.campaign_responses values
('spring', 'ada', '2025-03-02', '2025-03-01', null, null),
('spring', 'zoe', '2025-03-02', null, null, null),
('autumn', 'ada', now() + interval '1 day', null, null, null),
('autumn', 'chiara', null, null, null, null),
('unknown', 'ada', '2025-03-02', null, null, null);
"""
EXPECTED = {
    "customers": {"after now": 1, "implausible birth date": 1},
    "products": {"no category": 1, "no brand": 1},
    "orders": {
        "no customer": 1,
        "unknown customer": 1,
        "no time": 1,
        "after now": 1,
        "cancelled": 1,
        "pending": 1,
        "unknown status": 2,
        "other currency": 1,
        "no items": 4,
    },
    "order_items": {
        "unknown order": 1,
        "customer differs from order": 1,
        "quantity missing or negative": 2,
        "unit price missing or negative": 1,
        "negative discount": 1,
        "order not counted": 1,
        "discount above price": 1,
        "unknown product": 1,
    },
    "returns": {
        "no customer": 1,
        "unknown customer": 1,
        "amount missing or not positive": 1,
        "no time": 1,
        "after now": 1,
        "unknown order": 1,
        "customer differs from order": 1,
        "order not counted": 1,
        "customer without counted order": 1,
        "no order": 3,
    },
    "service_tickets": {
        "no customer": 1,
        "unknown customer": 1,
        "no time": 1,
        "after now": 1,
        "rating outside 1–5": 1,
        "closed before opened": 1,
    },
    "web_events": {
        "no customer": 1,
        "unknown customer": 1,
        "no time": 1,
        "after now": 1,
        "no session": 1,
        "other event type": 1,
    },
    "campaigns": {"no time": 1, "ended before started": 1, "negative cost": 1},
    "campaign_responses": {
        "unknown customer": 1,
        "after now": 1,
        "no time": 1,
        "unknown campaign": 1,
        "answered before sent": 1,
    },
}
AS_VIEWS = """
create schema shop;
alter table source.orders set schema shop;
alter table source.customers set schema shop;
create view source.orders as select * from shop.orders union all select * from shop.orders where order_id = 'good';
create view source.customers as
select nullif(customer_id, 'bruno') as customer_id, first_name, last_name, email, phone, city, region, country,
birth_date, gender, signup_at, acquisition_channel, marketing_consent
from shop.customers;
"""


@pytest.fixture
def empty_source(fresh_database: Settings) -> Settings:
    with db.owner_connection(fresh_database) as connection:
        contract.install(Statements(connection, fresh_database.sql_dir), contract.relations(fresh_database.sql_dir))
    return fresh_database


@pytest.fixture
def people(empty_source: Settings) -> Settings:
    change(empty_source, PEOPLE)
    return empty_source


def change(settings: Settings, statements: str) -> None:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(statements)


def found(report: CheckReport) -> dict[str, dict[str, int]]:
    """The findings that have rows, by relation."""
    relations: dict[str, dict[str, int]] = {}
    for finding in report.findings:
        if finding.rows:
            relations.setdefault(finding.relation, {})[finding.finding] = finding.rows
    return relations


def stops(report: CheckReport) -> dict[tuple[str, str], str]:
    return {
        (one.relation, one.finding): one.sentence for one in report.findings if one.treatment == "stop" and one.rows
    }


def test_every_awkward_row_is_found(people: Settings) -> None:
    report = sources.check(people)

    assert found(report) == EXPECTED
    assert report.can_build
    assert report.rows["orders"] == 11


def test_an_empty_source_has_no_findings_and_still_lists_what_was_looked_for(empty_source: Settings) -> None:
    report = sources.check(empty_source)

    assert found(report) == {}
    looked_for = {(finding.relation, finding.finding) for finding in report.findings}
    assert {(relation, name) for relation, names in EXPECTED.items() for name in names} <= looked_for
    assert {(relation, "duplicate key") for relation in EXPECTED} <= looked_for


def test_the_report_is_plain_data_and_a_readable_table(people: Settings) -> None:
    report = sources.check(people)
    data = json.loads(json.dumps(report.as_json()))

    assert data["can_build"] is True
    assert {
        "relation": "orders",
        "finding": "cancelled",
        "treatment": "exclude",
        "rows": 1,
        "ok": False,
        "sentence": "1 of 11 rows were cancelled",
    } in data["findings"]
    assert sum(not one["ok"] for one in data["findings"]) == report.__rich__().row_count


def test_the_words_for_what_is_excluded_are_those_of_the_build(people: Settings) -> None:
    stages = ("12_source_rows.sql", "13_exclusions.sql")
    build = "".join((people.sql_dir / "procedure" / stage).read_text(encoding="utf-8") for stage in stages)
    excluded = {one.finding for one in sources.check(people).findings if one.treatment == "exclude"}

    assert {word for word in excluded if f"'{word}'" not in build} == {"after now"}


def test_views_are_measured_and_their_repeated_or_missing_keys_stop_a_build(people: Settings) -> None:
    change(people, AS_VIEWS)
    report = sources.check(people)

    assert not report.can_build
    assert stops(report) == {
        ("customers", "no key"): "rows without customer_id: 1",
        ("orders", "duplicate key"): "rows that repeat an earlier order_id: 1",
    }


@pytest.mark.parametrize(
    ("wrong", "relation", "finding", "sentence"),
    [
        ("drop table source.returns", "returns", "missing relation", "does not exist; create a table or view"),
        ("alter table source.orders drop column status", "orders", "missing column", "has no column status"),
        (
            "alter table source.orders alter ordered_at type text",
            "orders",
            "wrong type",
            "ordered_at is text instead of timestamptz",
        ),
        (
            "alter table source.returns alter order_id type bigint using 1",
            "returns",
            "wrong type",
            "order_id is bigint instead of text as in the other relations",
        ),
    ],
)
def test_a_source_that_does_not_fit_stops_and_the_rest_is_still_measured(
    people: Settings, wrong: str, relation: str, finding: str, sentence: str
) -> None:
    change(people, wrong)
    report = sources.check(people)

    assert set(stops(report)) == {(relation, finding)}
    assert stops(report)[relation, finding].startswith(sentence)
    assert found(report)["products"] == EXPECTED["products"]


@pytest.mark.parametrize("kind", ["character varying(40)", "uuid", "integer"])
def test_ids_may_be_of_another_type_as_long_as_they_agree(
    empty_source: Settings, kind: str, rows: Callable[..., list[tuple[object, ...]]]
) -> None:
    holders = rows(
        empty_source,
        "select table_name from information_schema.columns "
        "where table_schema = 'source' and column_name = 'customer_id'",
    )
    for (table,) in holders:
        change(empty_source, f"alter table source.{table} alter customer_id type {kind} using null")

    assert sources.check(empty_source).can_build
