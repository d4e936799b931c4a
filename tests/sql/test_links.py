"""Sofia has an account, ordered once as a guest and once by telephone: three ids, one person. Tom has one id."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import dash
import pandas as pd
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from c360_dash import db, privacy, rebuild, sources
from c360_dash.app import create_app
from c360_dash.cli import main
from c360_dash.config import Settings
from c360_dash.customers import grid, profile
from c360_dash.filters import Filters
from c360_dash.queries import customer, customers, other_ids
from c360_dash.queries.customers import Asked
from c360_dash.sources import contract, linking
from c360_dash.writer import Writer
from tests.oracle import customer_360
from tests.oracle.comparing import differences
from tests.oracle.reading import change_parameters, read_parameters, read_source, read_table
from tests.people import AS_OF, fill
from tests.people.crowd import crowd
from tests.people.tables import table

Rows = Callable[..., list[tuple[object, ...]]]
TYPES = ("text", "bigint", "uuid")
RELATIONS = {
    "customers": """
        customer_id|first_name|email             |phone             |city |signup_at        |marketing_consent
        1          |Sofia     |sofia@example.com |0049 (0)30 5550101|Bonn |2024-06-01 10:00Z|true
        2          |S.        | SOFIA@Example.com|                  |Ulm  |2025-01-10 10:00Z|false
        3          |Neri      |                  |+49 30 555 01 01  |Kiel |2025-12-01 10:00Z|
        4          |Tom       |tom@example.com   |030 5550199       |Ulm  |2025-02-01 10:00Z|true
    """,
    # Sofia wrote e-mails and telephoned: the line of o3 was booked on her account.
    "orders": """
        order_id|customer_id|ordered_at       |status
        o1      |1          |2025-03-01 10:00Z|completed
        o2      |2          |2026-01-05 10:00Z|completed
        o3      |3          |2026-02-01 10:00Z|completed
        o4      |4          |2026-02-01 10:00Z|completed
    """,
    "order_items": """
        order_id|line_no|customer_id|product_id|quantity|unit_price
        o1      |1      |1          |p1        |1       |10.00
        o2      |1      |2          |p1        |1       |20.00
        o3      |1      |1          |p1        |1       |30.00
        o4      |1      |4          |p1        |1       |40.00
    """,
    "returns": """
        return_id|customer_id|order_id|returned_at      |amount
        r1       |2          |o3      |2026-02-20 10:00Z|5.00
    """,
    "service_tickets": """
        ticket_id|customer_id|opened_at        |closed_at        |satisfaction
        t1       |3          |2026-02-03 10:00Z|2026-02-04 10:00Z|4
    """,
    "web_events": """
        event_id|customer_id|session_id|occurred_at      |event_type
        w1      |1          |s1        |2026-01-04 10:00Z|view
        w2      |2          |s2        |2026-01-05 09:00Z|view
    """,
    "campaigns": """
        campaign_id|name |started_at
        spring     |Spring|2026-02-01 00:00Z
    """,
    "campaign_responses": """
        campaign_id|customer_id|sent_at          |opened_at
        spring     |1          |2026-02-02 10:00Z|
        spring     |2          |2026-02-01 10:00Z|2026-02-03 10:00Z
    """,
}
SAID = """
select
    right(customer_id::text, 1), first_name, email, city, signup_at::date::text, marketing_consent, coalesce(orders, 0),
    coalesce(lifetime_value, 0), coalesce(returns, 0), coalesce(tickets, 0), coalesce(web_events, 0),
    coalesce(campaigns_received, 0), coalesce(campaigns_opened, 0)
from {}.customer_360
"""
# 10 + 20 + 30 − 5; her account describes her, but as a guest she said no to marketing.
SOFIA = ("Sofia", "sofia@example.com", "Bonn", "2024-06-01", False, 3, Decimal(55), 1, 1, 2, 1, 1)
TOM = ("Tom", "tom@example.com", "Ulm", "2025-02-01", True, 1, Decimal(40), 0, 0, 0, 0, 0)


def ids(kind: str, *numbers: int) -> list[str]:
    """The ids of these customers as their type writes them."""
    return [f"00000000-0000-0000-0000-{number:012}" if kind == "uuid" else str(number) for number in numbers]


def filled(settings: Settings, kind: str = "text") -> Settings:
    """The rows in a source whose customers have ids of that type."""
    rebuild.install(settings)
    names = tuple(name for name, text in RELATIONS.items() if "customer_id" in text)
    frames = {name: table(text, words=("customer_id", "phone")) for name, text in RELATIONS.items()}
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("drop schema c360_in, c360_touched cascade")
        for name in names:
            cursor.execute(f"alter table source.{name} alter customer_id type {kind} using null")
            frames[name]["customer_id"] = [ids(kind, int(number))[0] for number in frames[name]["customer_id"]]
        fill(connection, frames)
    change_parameters(settings, {"currency": "EUR", "incremental_limit": 10})
    return settings


@pytest.fixture
def shop(fresh_database: Settings) -> Settings:
    return filled(fresh_database)


def people(rows: Rows, settings: Settings, schema: str = "c360") -> dict[object, tuple[object, ...]]:
    """What the published build, or the one in the schema, says of each customer, by the last figure of the id."""
    return {number: tuple(said) for number, *said in rows(settings, SAID.format(schema))}


def link(settings: Settings, *arguments: str, answer: str = "") -> str:
    result = CliRunner().invoke(
        main, ["link", *arguments], input=answer, env={"C360_DATABASE_URL": settings.database_url}
    )
    assert result.exit_code == 0, result.output
    return result.output


def refused(settings: Settings, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["link", *arguments], env={"C360_DATABASE_URL": settings.database_url})
    assert result.exit_code == 1
    return result.output


@pytest.mark.parametrize("kind", TYPES)
def test_linked_ids_are_one_person_everywhere(fresh_database: Settings, rows: Rows, kind: str) -> None:
    shop = filled(fresh_database, kind)
    shown = link(shop, "--yes", "--country-code", "49")
    assert "e-mail" in shown
    assert "2 in all" in shown
    run = rebuild.run(shop, AS_OF)

    assert run.state == "published", run.failed_checks
    assert people(rows, shop) == {"1": SOFIA, "4": TOM}
    assert [(left.relation, left.reason) for left in run.exclusions] == []


def test_without_links_they_are_three_people(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop, AS_OF)

    assert {number: said[5:7] for number, said in people(rows, shop).items()} == {
        # The line of o3 names another customer than its order, and so does the return.
        "1": (1, 10),
        "2": (1, 20),
        "3": (1, 0),
        "4": (1, 40),
    }


def test_links_come_and_go_in_incremental_runs(shop: Settings, rows: Rows) -> None:
    link(shop, "2", "1", "--yes")
    rebuild.run(shop, AS_OF)
    assert set(people(rows, shop)) == {"1", "3", "4"}

    link(shop, "3", "2", "--yes")  # of the person behind 2, who is 1
    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert (run.kind, run.changed_customers) == ("incremental", 2)
    assert people(rows, shop, f"c360_b{run.id}") == {"1": SOFIA, "4": TOM}

    rows(shop, "update source.orders set status = 'cancelled' where order_id = 'o3'")
    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert (run.kind, run.changed_customers) == ("incremental", 1)
    assert people(rows, shop, f"c360_b{run.id}")["1"][5:8] == (2, 30, 0)

    link(shop, "--undo", "2", "--undo", "3")
    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert run.kind == "incremental"
    said = people(rows, shop, f"c360_b{run.id}")
    assert {number: told[5] for number, told in said.items()} == {"1": 1, "2": 1, "3": 0, "4": 1}


def test_links_are_shown_asked_about_kept_with_who_and_when_and_not_proposed_again(shop: Settings, rows: Rows) -> None:
    shown = link(shop, answer="n\n")
    assert "SOFIA@Example.com" in shown
    assert rows(shop, "select to_regclass('source.customer_links')::text") == [(None,)]

    link(shop, "--by", "e-mail", answer="y\n")
    assert rows(shop, "select * from source.customer_links") == [("2", "1")]
    link(shop, "--undo", "2")
    assert rows(shop, "select * from source.customer_links") == []
    assert rows(
        shop, "select customer_id, person_id, action, reason, done_by <> '', done_at <= now() from c360.link_log"
    ) == [("2", "1", "linked", "e-mail", True, True), ("2", "1", "undone", None, True, True)]
    assert rows(shop, "select action, subject from c360.audit") == [
        ("link customers", "2"),
        ("unlink customers", "2"),
    ]
    assert "Nobody was found" in link(shop, "--by", "e-mail")


@pytest.mark.parametrize(
    ("phones", "country_code", "are_one"),
    [
        (("030 5550199", "+49 30/555-0199"), "49", True),
        (("030 5550199", "+49 30/555-0199"), None, False),
        (("030 5550199", "030-555 01 99"), None, True),
        (("0043 30 5550199", "+49 30 5550199"), "49", False),
        (("(415) 555-2671", "+1 415 555 2671"), "1", True),
        (("110", "110"), "49", False),
    ],
)
def test_which_telephone_numbers_are_the_same(
    shop: Settings, phones: tuple[str, str], country_code: str | None, are_one: bool
) -> None:
    with db.owner_connection(shop) as connection, connection.cursor() as cursor:
        for number, phone in zip(("2", "4"), phones, strict=True):
            cursor.execute("update source.customers set phone = %s where customer_id = %s", [phone, number])
    found = linking.propose(shop, ["phone"], country_code).links

    assert (("4", "2") in {(proposed.customer_id, proposed.person_id) for proposed in found}) == are_one


def test_an_address_of_many_links_nobody(shop: Settings, rows: Rows) -> None:
    rows(
        shop,
        "insert into source.customers (customer_id, email)"
        " select 'x' || number, 'office@example.com' from generate_series(1, 11) as number",
    )
    found = linking.propose(shop, ["e-mail"])

    assert [(proposed.customer_id, proposed.person_id) for proposed in found.links] == [("2", "1")]
    assert found.crowded == 1


def test_two_persons_who_turn_out_to_be_one_are_linked_without_a_chain(shop: Settings, rows: Rows) -> None:
    link(shop, "2", "1", "--yes")
    link(shop, "1", "4", "--yes")

    assert rows(shop, "select * from source.customer_links order by customer_id") == [("1", "4"), ("2", "4")]
    assert "4 and 2 are one person already, 4" in refused(shop, "4", "2")
    assert "there is no customer 5" in refused(shop, "5", "4")
    assert "3 is not linked" in refused(shop, "--undo", "3")


def test_rows_of_linked_ids_have_all_columns_of_the_contract(shop: Settings, rows: Rows) -> None:
    rows(shop, "create view source.customer_links as select '2' as customer_id, '1' as person_id")
    rebuild.install(shop)
    found = rows(
        shop,
        "select table_schema, table_name, array_agg(column_name::text order by column_name)"
        " from information_schema.columns where table_schema in ('c360_in', 'c360_touched') group by 1, 2",
    )
    columns = {(schema, name): names for schema, name, names in found}
    for relation in contract.relations(shop.sql_dir).values():
        if "customer_id" in relation.columns:
            view = f"every_{relation.name.removesuffix('s')}"
            for schema in ("c360_in", "c360_touched"):
                assert columns[schema, view] == sorted(relation.columns), (schema, view)


@pytest.mark.parametrize("links", ["('1', '2'), ('2', '3')", "('1', '2'), ('2', '1')"], ids=["chain", "circle"])
def test_chains_and_circles_stop_a_build_and_the_check_says_why(shop: Settings, rows: Rows, links: str) -> None:
    rows(
        shop, "create view source.customer_links as select * from (values " + links + ") as l (customer_id, person_id)"
    )
    report = sources.check(shop)
    found = {finding.finding: finding for finding in report.findings if finding.relation == "customer_links"}

    assert not report.can_build
    assert not found["linked on"].is_ok
    assert "link each id straight to the person" in found["linked on"].sentence
    run = rebuild.run(shop, AS_OF)
    assert run.state == "rejected"
    assert [check.name for check in run.failed_checks] == ["links_lead_to_persons"]
    assert "in a chain or circle" in refused(shop, "--yes")


def test_the_check_knows_the_types_and_keys_of_links(shop: Settings, rows: Rows) -> None:
    rows(shop, "create table source.customer_links (customer_id text, person_id bigint)")
    assert "person_id is bigint instead of text" in " ".join(
        finding.sentence for finding in sources.check(shop).findings if not finding.is_ok
    )
    rows(shop, "alter table source.customer_links alter person_id type text")
    rows(shop, "insert into source.customer_links values ('2', '1'), ('2', '4'), ('3', null), ('4', '4'), ('x', 'y')")
    found = {
        finding.finding: finding.rows
        for finding in sources.check(shop).findings
        if finding.relation == "customer_links" and not finding.is_ok
    }
    assert found == {
        "duplicate key": 1,
        "no person": 1,
        "linked to itself": 1,
        "unknown person": 1,
        "unknown customer": 1,
    }


@pytest.fixture
def client(shop: Settings) -> FlaskClient:
    link(shop, "--yes", "--country-code", "49")
    rebuild.run(shop, AS_OF)
    found: FlaskClient = create_app(shop).server.test_client()
    dash.page_registry.clear()
    return found


def test_an_old_id_leads_to_the_person(client: FlaskClient) -> None:
    asked = client.get("/api/v1/customers/3").get_json()

    assert asked["data"]["customer_id"] == "1"
    assert [event["kind"] for event in asked["timeline"]] == [
        event["kind"] for event in client.get("/api/v1/customers/1").get_json()["timeline"]
    ]
    assert {event["reference"] for event in asked["timeline"] if event["kind"] == "order"} == {"o1", "o2", "o3"}
    assert client.get("/api/v1/customers/9").status_code == 404


@pytest.mark.parametrize("kind", TYPES)
def test_whoever_is_linked_is_found_by_any_of_the_ids(
    fresh_database: Settings, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    shop = filled(fresh_database, kind)
    link(shop, "--yes", "--country-code", "49")
    rebuild.run(shop, AS_OF)
    db.init(shop)
    build = db.current_build()
    own, guest, telephone, tom = ids(kind, 1, 2, 3, 4)

    def found(words: str, *filters: Filters) -> list[str]:
        asked = Asked(words=words, filters=filters[0] if filters else Filters())
        listed = [row["customer_id"] for row in customers.page(build, asked).rows]
        assert listed == [str(row["customer_id"]) for rows in customers.everybody(build, asked) for row in rows]
        assert listed == [row["customer_id"] for row in customers.page(build, replace(asked, sort="customer_id")).rows]
        return listed

    assert found(own) == found(guest) == found(telephone) == [own]
    assert found(telephone, Filters(churn_band=("Low", "Medium", "High"))) == [own]
    assert found(telephone, Filters(value_segment=("Prospect",))) == []
    assert found(tom) == [tom]
    # Only the whole id: its beginning would be that of others too.
    assert found(ids(kind, 9)[0]) == found(f"{guest}2") == []
    assert customer.other_ids(build, {"customer_id": own}) == [guest, telephone]
    assert customer.other_ids(build, {"customer_id": tom}) == []
    monkeypatch.setattr(privacy, "sees_personal_data", lambda: False)
    assert found(telephone) == [own]


def test_the_page_of_an_old_id_is_that_of_the_person_and_says_why(client: FlaskClient) -> None:
    def words(asked: str) -> str:
        build = db.current_build()
        found = customer.profile(build, asked)
        assert found is not None
        shown = profile.who(found, customer.other_ids(build, found), asked, Writer("EUR", "en", {}))
        return " ".join(str(part) for part in shown)

    with client.application.test_request_context("/"):
        assert "id 1, also 2 and 3" in words("1")
        assert "another id" not in words("1")
        assert "“3” is another id of this person: what happened under it counts here, under 1." in words("3")
        assert "also" not in words("4")


def test_the_list_says_whom_another_id_found(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    build = db.current_build()

    def words(asked: str) -> str:
        page = customers.page(build, Asked(words=asked))
        by_other_id = other_ids.found_by(build, asked, page.rows)
        return grid.found_in_words(Asked(words=asked), page, Writer("EUR", "en", {}), by_other_id)

    assert words("3") == "1 of 2 customers: “3” is another id of Sofia"
    assert words("1") == words("SOFIA") == words("sofia@Example.com") == "1 of 2 customers"
    assert words("9") == "0 of 2 customers"
    monkeypatch.setattr(privacy, "sees_personal_data", lambda: False)
    assert words("3") == "1 of 2 customers: “3” is another id of 1"


def test_what_no_link_explains_is_not_called_another_id(client: FlaskClient) -> None:
    """PostgreSQL writes letters small otherwise than Python does, so that a found name may look like another."""
    ilknur = {"customer_id": "4", "first_name": "İlknur", "last_name": "Tom", "email": None}
    assert other_ids.found_by(db.current_build(), "ilknur", [ilknur]) == []


@pytest.mark.parametrize("number", ["1", "3"], ids=["her account", "an old id"])
def test_who_is_erased_is_erased_under_all_ids_and_does_not_return(
    shop: Settings, client: FlaskClient, rows: Rows, number: str
) -> None:
    assert rebuild.erase(shop, number) == 1
    assert rows(shop, "select customer_id from c360.excluded_customer order by 1") == [("1",), ("2",), ("3",)]
    assert set(people(rows, shop)) == {"4"}
    assert rows(shop, "select count(*) from c360.linked_customers") == [(0,)]

    rebuild.run(shop, AS_OF)
    assert set(people(rows, shop)) == {"4"}
    link(shop, "--undo", "2", "--undo", "3")
    rebuild.run(shop, AS_OF)
    assert set(people(rows, shop)) == {"4"}


def test_a_build_that_counted_an_erased_id_as_somebody_else_loses_that_row_too(
    shop: Settings, client: FlaskClient, rows: Rows
) -> None:
    link(shop, "--undo", "3")
    assert rebuild.erase(shop, "3") == 1
    assert set(people(rows, shop)) == {"4"}

    run = rebuild.run(shop, AS_OF, kind="incremental")
    assert (run.kind, run.note) == ("full", "a customer was erased")
    said = people(rows, shop, f"c360_b{run.id}")
    assert {number: told[5:7] for number, told in said.items()} == {"1": (2, 30), "4": (1, 40)}


def test_a_crowd_with_links_agrees_with_the_oracle(fresh_database: Settings, rows: Rows) -> None:
    rebuild.install(fresh_database)
    with db.owner_connection(fresh_database) as connection:
        fill(connection, crowd(3))
    change_parameters(fresh_database, {"timezone": "Europe/Rome", "forecast_minimum_customers": 2})
    rows(fresh_database, "create table source.customer_links (customer_id text primary key, person_id text)")
    links = {str(number): str(150 - number % 40) for number in range(1, 90)}
    frame = pd.DataFrame(list(links.items()), columns=["customer_id", "person_id"])
    with db.owner_connection(fresh_database) as connection:
        fill(connection, {"customer_links": frame})
    run = rebuild.run(fresh_database, AS_OF)
    assert run.state != "rejected", run.failed_checks

    source = linked(read_source(fresh_database), links)
    expected = customer_360(source, pd.Timestamp(AS_OF), read_parameters(fresh_database, run.id))
    difference = differences(expected, read_table(fresh_database, f"c360_b{run.id}", "customer_360"), source)
    assert not difference, difference


def linked(source: dict[str, pd.DataFrame], links: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The source as it were if the shop itself had counted each linked id as its person."""
    for frame in source.values():
        if "customer_id" in frame:
            frame["own_id"] = frame["customer_id"]
            frame["customer_id"] = [links.get(number, number) for number in frame["customer_id"]]
    source["customers"] = pd.DataFrame([person(rows) for _, rows in source["customers"].groupby("customer_id")])
    answers = source["campaign_responses"]
    moments = ["sent_at", "opened_at", "clicked_at", "converted_at"]
    keys = ["campaign_id", "customer_id"]
    source["campaign_responses"] = pd.DataFrame(
        [
            [*key, *(min(group[name].dropna(), default=None) for name in moments)]
            for key, group in answers.groupby(keys)
        ],
        columns=[*keys, *moments],
        dtype=object,
    )
    return source


def person(rows: pd.DataFrame) -> dict[str, object]:
    """The row of a person's own id, else of the newest to sign up; first sign-up of all, and nobody said no."""
    records = rows.to_dict("records")
    first_to_last = sorted(records, key=lambda row: row["own_id"])
    by_sign_up = sorted(first_to_last, key=lambda row: -row["signup_at"].timestamp() if row["signup_at"] else 0)
    (best, *_) = sorted(by_sign_up, key=lambda row: row["own_id"] != row["customer_id"])
    consents = {row["marketing_consent"] for row in records} - {None}
    signups = [row["signup_at"] for row in records if row["signup_at"]]
    return best | {
        "signup_at": min(signups, default=None),
        "marketing_consent": all(consents) if consents else None,
    }


MAPPING = """
-- file: people.csv
create table c360_raw.people (number text);

-- relation: customers
select number as customer_id from c360_raw.people;
"""


def test_loading_a_shop_again_keeps_its_links_and_another_shop_has_none(
    fresh_database: Settings, rows: Rows, tmp_path: Path
) -> None:
    rebuild.install(fresh_database)
    (tmp_path / "people.csv").write_text("number\n1\n2\n")
    for name in ("ours", "theirs"):
        (tmp_path / f"{name}.sql").write_text(MAPPING)
    sources.load(fresh_database, tmp_path / "ours.sql", tmp_path)
    link(fresh_database, "2", "1", "--yes")

    sources.load(fresh_database, tmp_path / "ours.sql", tmp_path, replace=True)
    assert rows(fresh_database, "select * from source.customer_links") == [("2", "1")]
    sources.load(fresh_database, tmp_path / "theirs.sql", tmp_path, replace=True)
    assert rows(fresh_database, "select * from source.customer_links") == []
