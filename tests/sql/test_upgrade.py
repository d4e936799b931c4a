"""Upgrading in place: what an older version left in the database, and what installing again leaves as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import make_url

from c360_dash import db, rebuild
from c360_dash.app import create_app
from c360_dash.config import Settings
from c360_dash.embedded import accounts
from c360_dash.questions import QUESTIONS
from c360_dash.rebuild import parameters

Rows = Callable[..., list[tuple[object, ...]]]

OLDER = Path(__file__).with_name("older_installation.sql")
AS_OF = date(2024, 5, 31)
ADDRESSES = (*QUESTIONS, "customers", "customers/1", "pages/revenue.xlsx", "runs")
ROLE = "do $$ begin create role c360_reader nologin; exception when duplicate_object then null; end $$"
KEPT = {
    "runs": "select run_id, kind, trigger, requested_by, as_of, state, started_at, ended_at from c360.run",
    "stages": "select * from c360.run_stage order by position",
    "checks": "select * from c360.run_check order by name",
    "exclusions": "select * from c360.run_exclusion order by relation, reason",
    "settings": "select name, value from c360.setting where value <> default_value order by name",
    "audit": "select person, role, action, address from c360.audit order by audit_id limit 1",
    "tokens": "select name, role, hash, made_by, made_at from c360.api_token",
    "erased": "select customer_id, reason, excluded_at from c360.excluded_customer",
    "published": "select build_id, built_at, published_at from c360.published_build",
    "source": "select * from source.order_items order by order_id, line_no",
    "values": "select customer_id, orders, lifetime_value, rfm_score from c360_b1.customer_360 order by customer_id",
}
LEFT_BY_OLDER = (
    "create function c360.erase_from(p_schema text, p_customer_id text) returns bigint return 0",
    "create procedure c360.create_customer_360(timestamptz, text, text) language sql as ''",
    "create procedure c360.create_customer_360(timestamptz, text, text, text) language sql as ''",
)


@pytest.fixture
def older(fresh_database: Settings) -> Settings:
    """A database as the older version left it, its build 1 published."""
    with db.owner_connection(fresh_database) as connection, connection.cursor() as cursor:
        cursor.execute(ROLE)
        cursor.execute(OLDER.read_text(encoding="utf-8"))
    return fresh_database


@pytest.fixture
def client(older: Settings) -> FlaskClient:
    found: FlaskClient = create_app(replace(older, cache="none")).server.test_client()
    dash.page_registry.clear()
    return found


def kept(settings: Settings, rows: Rows) -> dict[str, Any]:
    """What an upgrade must not change."""
    return {name: rows(settings, statement) for name, statement in KEPT.items()}


def unanswered(client: FlaskClient) -> dict[str, str]:
    """What cannot be answered, and why."""
    client.application.extensions["c360"].builds.forget_current()
    answers = {address: client.get(f"/api/v1/{address}", buffered=True) for address in ADDRESSES}
    return {address: answer.text for address, answer in answers.items() if answer.status_code != 200}


def test_an_upgrade_keeps_everything_and_a_rebuild_goes_on_from_there(
    older: Settings, client: FlaskClient, rows: Rows
) -> None:
    before = kept(older, rows)
    assert before["settings"] == [("active_days", "99"), ("timezone", "Europe/Rome")]
    assert before["values"] == [("1", 2, 95, "555"), ("2", 1, 30, "111"), ("3", None, None, None)]

    assert [rebuild.install(older), rebuild.install(older)] == [True, False]
    assert kept(older, rows) == before
    assert all("`c360 rebuild`" in reason for reason in unanswered(client).values())

    run = rebuild.run(older, AS_OF, kind="incremental")
    assert (run.id, run.kind, run.note) == (2, "full", "the SQL of the build was installed anew")
    if run.state == "held":
        rebuild.publish(older, run.id)
    assert unanswered(client) == {}
    assert rows(older, "select customer_id, orders, lifetime_value, rfm_score from c360.customer_360 order by 1") == [
        ("1", 2, 95, "555"),
        ("2", 1, 30, "111"),
    ]
    assert rows(older, "select active_days, timezone from c360_b2.settings") == [(99, "Europe/Rome")]
    rebuild.publish(older, 1)
    assert kept(older, rows)["values"] == before["values"]


def test_before_it_is_installed_the_older_build_is_shown_or_it_is_said_what_to_do(
    older: Settings, client: FlaskClient
) -> None:
    said = unanswered(client)
    assert all("`c360 rebuild`" in reason or "`c360 install`" in reason for reason in said.values()), said
    assert parameters.values(older)["active_days"] == "99"


def test_signatures_that_functions_had_once_do_not_stand_in_the_way(fresh_database: Settings, rows: Rows) -> None:
    for left in LEFT_BY_OLDER:
        rows(fresh_database, f"create schema if not exists c360; {left}")
    assert rebuild.install(fresh_database)
    overloaded = "select proname from pg_proc where pronamespace = 'c360'::regnamespace group by 1 having count(*) > 1"
    assert rows(fresh_database, overloaded) == []


def test_a_view_that_had_other_columns_once_is_made_anew(older: Settings, rows: Rows) -> None:
    rows(older, "drop view c360.run_history cascade; create view c360.run_history as select note, run_id from c360.run")
    assert rebuild.install(older)
    assert [run.state for run in rebuild.history(older)] == ["published"]


def test_installing_again_changes_nothing(own_named_people: Settings, settings: Settings, tmp_path: Path) -> None:
    before = dumped(own_named_people, settings, tmp_path / "before.sql")
    assert rebuild.install(own_named_people, force=True)
    after = dumped(own_named_people, settings, tmp_path / "after.sql")

    assert len(before) > 1000
    assert [line for line in after if line not in set(before)] == []
    assert sorted(after) == sorted(before)  # rows may have come to stand in other places


def dumped(database: Settings, server: Settings, file: Path) -> list[str]:
    """Everything in the database but when it was installed, as pg_dump writes it."""
    url = make_url(database.database_url or "")
    cluster = server.data_dir / "postgres"
    with file.open("wb") as output:
        accounts.run(
            accounts.account_of(cluster),
            "pg_dump",
            f"--host={url.query['host']}",
            "--username=postgres",
            "--inserts",
            "--restrict-key=same",
            "--exclude-table-data=c360.installation",
            "--exclude-table-data=c360.change_gap",
            str(url.database),
            writes=output,
        )
    return file.read_text(encoding="utf-8").splitlines()
