"""The shipped mappings on real data: the facts known about the files come out of the source."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from c360_dash import sources
from c360_dash.config import Settings

REAL_DATA = Path(__file__).parents[3] / "shared" / "data"
Rows = Callable[..., list[tuple[Any, ...]]]
Load = Callable[[str], Settings]


@pytest.fixture(scope="module")
def load(make_database: Callable[[], Settings]) -> Load:
    """A function that loads a folder of the real data through the mapping of the same name, once."""
    loaded: dict[str, Settings] = {}

    def run(name: str) -> Settings:
        if not (REAL_DATA / name).is_dir():
            pytest.skip(f"the real data of {name} are not beside the project (../shared/data/{name})")
        if name not in loaded:
            loaded[name] = make_database()
            sources.load(loaded[name], _mapping(name), REAL_DATA / name)
        return loaded[name]

    return run


def _mapping(name: str) -> Path:
    return Settings().sql_dir / "mappings" / f"{name}.sql"


def test_olist_people_orders_and_sales(load: Load, rows: Rows) -> None:
    olist = load("olist")

    assert rows(olist, "select count(*), count(distinct country) from source.customers") == [(14_904, 1)]
    assert dict(rows(olist, "select status, count(*) from source.orders group by status")) == {
        "completed": 14_552 + 159,
        "cancelled": 113 + 89,
        "pending": 49 + 37 + 1,
    }
    assert rows(olist, "select count(*), sum(quantity * unit_price - discount) from source.order_items") == [
        (17_071, Decimal("2030270.94"))
    ]
    repeat = "select count(*) from (select from source.orders group by customer_id having count(*) > 1) as repeat"
    assert rows(olist, repeat) == [(93,)]


def test_olist_reviews_are_rated_tickets(load: Load, rows: Rows) -> None:
    scores = rows(
        load("olist"), "select satisfaction, count(*) from source.service_tickets group by satisfaction order by 1"
    )
    assert scores == [(1, 1_701), (2, 478), (3, 1_281), (4, 2_887), (5, 8_597)]


def test_olist_categories_are_english_and_fall_back_to_portuguese(load: Load, rows: Rows) -> None:
    found = rows(load("olist"), "select category, count(*) from source.products group by category")
    categories: dict[Any, Any] = dict(found)

    assert categories[None] == 156
    assert "health_beauty" in categories  # the first line of the translation, behind the byte-order mark
    assert "beleza_saude" not in categories
    assert "portateis_cozinha_e_preparadores_de_alimentos" in categories


def test_olist_times_are_those_of_sao_paulo(load: Load, rows: Rows) -> None:
    last = "select (max(ordered_at) at time zone 'UTC')::text from source.orders"
    assert rows(load("olist"), last) == [("2018-10-03 21:55:29",)]


def test_complete_journey_sales_are_exact(load: Load, rows: Rows) -> None:
    journey = load("complete_journey")

    assert rows(
        journey,
        "select count(*), count(distinct order_id), sum(quantity * unit_price - discount), "
        "min(discount) >= 0, max(scale(trim_scale(quantity * unit_price - discount))) from source.order_items",
    ) == [(100_000, 56_625, Decimal("312753.23"), True, 2)]
    assert rows(journey, "select count(*) from source.order_items where quantity = 0 and unit_price = 0") == [(577,)]
    days = "select min(ordered_at at time zone 'UTC')::date::text, max(ordered_at at time zone 'UTC')::date::text"
    assert rows(journey, f"{days} from source.orders") == [("2017-01-01", "2018-01-01")]


def test_complete_journey_ids_in_scientific_notation_are_whole(load: Load, rows: Rows) -> None:
    journey = load("complete_journey")

    assert rows(journey, "select count(*) from source.products where product_id = 900000") == [(1,)]
    assert rows(journey, "select count(*) from source.orders where order_id = 40128000000") == [(1,)]


def test_complete_journey_campaigns_and_conversions(load: Load, rows: Rows) -> None:
    journey = load("complete_journey")
    by_type = """
        select channel, count(*), count(converted_at)
        from source.campaign_responses inner join source.campaigns using (campaign_id)
        group by channel order by channel
    """
    people = """
        select count(distinct customer_id), count(distinct customer_id) filter (where converted_at is not null)
        from source.campaign_responses
    """

    assert rows(journey, by_type) == [("Type A", 3_647, 604), ("Type B", 2_368, 154), ("Type C", 574, 34)]
    assert rows(journey, people) == [(1_559, 410)]


def test_complete_journey_check_names_what_is_known_to_be_awkward(load: Load) -> None:
    report = sources.check(load("complete_journey"))
    found = {(finding.relation, finding.finding): finding.rows for finding in report.findings if finding.rows}

    assert report.can_build
    assert found[("order_items", "unknown product")] == 316
    assert found[("products", "no category")] == 540


def test_rees46_events_and_orders(load: Load, rows: Rows) -> None:
    shop = load("rees46")

    assert rows(shop, "select count(*) from source.customers") == [(4_504,)]
    assert dict(rows(shop, "select event_type, count(*) from source.web_events group by event_type")) == {
        "view": 17_055 - 4,
        "cart": 165 - 1,
        "purchase": 214,
    }
    assert rows(shop, "select count(distinct order_id), sum(quantity * unit_price) from source.order_items") == [
        (200, Decimal("59442.63"))
    ]


def test_rees46_reports_the_repeated_events_and_a_second_load_changes_nothing(load: Load) -> None:
    again = sources.load(load("rees46"), _mapping("rees46"), REAL_DATA / "rees46")
    events = next(relation for relation in again.relations if relation.relation == "web_events")

    assert not again.changed
    assert (events.rows, events.duplicates, events.unchanged) == (17_434, 5, 17_429)
