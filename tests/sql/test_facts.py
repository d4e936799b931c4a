"""Real shops from their files to the API, as of their own last day: the published facts come out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from c360_dash import rebuild, sources
from c360_dash.app import create_app
from c360_dash.config import Settings

REAL_DATA = Path(__file__).parents[3] / "shared" / "data"
LAST_DAYS = {"olist": date(2018, 10, 15), "complete_journey": date(2018, 1, 1)}
Rows = Callable[..., list[tuple[object, ...]]]
Shop = Callable[[str], Settings]


@pytest.fixture(scope="module")
def shop(make_database: Callable[[], Settings]) -> Shop:
    """A function that loads and builds one of the real data sets, once."""
    built: dict[str, Settings] = {}

    def run(name: str) -> Settings:
        if not (REAL_DATA / name).is_dir():
            pytest.skip(f"the real data of {name} are not beside the project (../shared/data/{name})")
        if name not in built:
            built[name] = make_database()
            rebuild.install(built[name])
            sources.load(built[name], Settings().sql_dir / "mappings" / f"{name}.sql", REAL_DATA / name)
            assert rebuild.run(built[name], LAST_DAYS[name]).state == "published"
        return built[name]

    return run


@pytest.fixture
def ask(shop: Shop) -> Callable[[str, str], list[dict[str, Any]]]:
    """A function that asks the API of a shop one question and returns the data of the answer."""

    def run(name: str, question: str) -> list[dict[str, Any]]:
        client: FlaskClient = create_app(shop(name)).server.test_client()
        answer = client.get(f"/api/v1/{question}")
        assert answer.status_code == 200, answer.text
        data: list[dict[str, Any]] = answer.get_json()["data"]
        return data

    return run


Ask = Callable[[str, str], list[dict[str, Any]]]


def total(rows: list[dict[str, Any]], column: str) -> Decimal:
    return sum((Decimal(str(row[column])) for row in rows), Decimal(0))


def excluded(rows: Rows, settings: Settings) -> dict[tuple[object, object], object]:
    found = rows(settings, "select relation, reason, rows from c360.exclusions")
    return {(relation, reason): count for relation, reason, count in found}


def test_olist_people_and_orders(ask: Ask, shop: Shop, rows: Rows) -> None:
    kpis = {row["metric"]: row for row in ask("olist", "kpis")}
    months = ask("olist", "monthly-revenue")

    assert kpis["customers"]["value"] == 14_904
    assert total(months, "orders") == 14_552 + 159
    assert excluded(rows, shop("olist")) == {
        ("orders", "cancelled"): 113 + 89,
        ("orders", "pending"): 49 + 37 + 1,
        ("order_items", "order not counted"): 212,
    }


def test_olist_sales_and_what_is_not_counted_make_the_items_total(ask: Ask, shop: Shop, rows: Rows) -> None:
    uncounted = rows(
        shop("olist"),
        "select sum(quantity * unit_price) from source.order_items join source.orders using (order_id)"
        " where status <> 'completed'",
    )
    assert total(ask("olist", "monthly-revenue"), "net_sales") + Decimal(str(uncounted[0][0])) == Decimal("2030270.94")


def test_olist_review_scores(ask: Ask) -> None:
    scores = {row["score"]: row["ratings"] for row in ask("olist", "customer-satisfaction")}
    kpis = {row["metric"]: row for row in ask("olist", "kpis")}

    assert scores == {1: 1_701, 2: 478, 3: 1_281, 4: 2_887, 5: 8_597}
    assert round(sum(score * ratings for score, ratings in scores.items()) / 14_944, 4) == 4.0841
    assert kpis["csat"]["n"] == 14_944
    assert kpis["csat"]["value"] == pytest.approx((2_887 + 8_597) / 14_944)


def test_complete_journey_sales_households_and_orders(ask: Ask, shop: Shop, rows: Rows) -> None:
    kpis = {row["metric"]: row for row in ask("complete_journey", "kpis")}
    months = ask("complete_journey", "monthly-revenue")

    assert kpis["total_lifetime_value"]["value"] == pytest.approx(312_753.23, abs=0.005)
    assert float(total(months, "net_sales")) == pytest.approx(312_753.23, abs=0.005)
    assert total(months, "orders") == 56_625
    assert total(ask("complete_journey", "customer-segments"), "customers") == 2_406
    assert kpis["repeat_purchase_rate"]["n"] == 2_405
    assert excluded(rows, shop("complete_journey")) == {}


def test_complete_journey_campaigns(shop: Shop, rows: Rows) -> None:
    journey = shop("complete_journey")

    assert rows(
        journey,
        "select count(*), sum(campaigns_received), count(*) filter (where campaigns_converted > 0)"
        " from c360.customer_360 where campaigns_received > 0",
    ) == [(1_559, 6_589, 410)]
    by_type = rows(
        journey,
        "select channel, count(converted_at), count(*) from source.campaign_responses"
        " join source.campaigns using (campaign_id) group by channel order by channel",
    )
    assert by_type == [("Type A", 604, 3_647), ("Type B", 154, 2_368), ("Type C", 34, 574)]
