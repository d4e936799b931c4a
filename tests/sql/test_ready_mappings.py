"""Mappings of well-known shops on a few rows of their shape, with what their rules make of them worked out by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from c360_dash import rebuild, sources
from c360_dash.config import Settings

SHAPES = Path(__file__).parent / "shapes"
Rows = Callable[..., list[tuple[object, ...]]]
Load = Callable[..., Settings]
LINES = "select order_id, line_no, product_id, quantity::text, (quantity * unit_price - discount)::numeric(12, 2)::text"


@pytest.fixture(scope="module")
def load(make_database: Callable[[], Settings]) -> Load:
    """A function that loads the rows of a shop through the mapping of its name, once."""
    loaded: dict[str, Settings] = {}

    def run(name: str) -> Settings:
        if name not in loaded:
            loaded[name] = make_database()
            sources.load(loaded[name], loaded[name].sql_dir / "mappings" / f"{name}.sql", SHAPES / name)
        return loaded[name]

    return run


def excluded(settings: Settings) -> dict[tuple[str, str], int]:
    """What the check finds that a build leaves out."""
    found = sources.check(settings)
    assert found.can_build
    return {
        (each.relation, each.finding): each.rows for each in found.findings if each.rows and each.treatment != "keep"
    }


def test_online_retail_invoices_credit_notes_and_lines_of_nobody(load: Load, rows: Rows) -> None:
    shop = load("online_retail")

    assert rows(shop, "select * from (select customer_id, country from source.customers) as found order by 1") == [
        (12583, "Belgium"),
        (17850, "United Kingdom"),
    ]
    assert rows(shop, f"{LINES} from source.order_items where customer_id is not null order by 1, 2") == [
        ("536365", 1, "71053", "2", "6.78"),
        ("536365", 2, "85123A", "6", "15.30"),
        ("536370", 1, "85123A", "1", "2.55"),
        ("536371", 1, "71053", "1", "0.00"),
    ]
    assert rows(shop, "select return_id, product_id, amount::text from source.returns order by 1") == [
        ("C536379:1", "D", "27.5"),
        ("C536380:1", "85123A", "5.10"),
    ]
    assert rows(shop, "select product_id, name from source.products order by 1") == [
        ("22139", "damaged"),
        ("71053", "LANTERN"),
        ("85123A", "heart holder crushed"),
        ("B", "Adjust bad debt"),
        ("D", "Discount"),
    ]
    assert excluded(shop) == {
        ("orders", "no customer"): 4,
        ("order_items", "quantity missing or negative"): 1,
        ("order_items", "unit price missing or negative"): 1,
        ("order_items", "order not counted"): 4,
    }


def test_thelook_states_returns_and_events(load: Load, rows: Rows) -> None:
    shop = load("thelook")

    assert rows(shop, "select order_id, status from source.orders order by 1") == [
        (70, "completed"),
        (71, "cancelled"),
        (72, "pending"),
        (73, "completed"),
    ]
    assert rows(shop, f"{LINES} from source.order_items where order_id = 70 order by 2") == [
        (70, 1, 7, "1", "49.99"),
        (70, 2, 8, "1", "9.50"),
    ]
    returned = "select order_id, product_id, returned_at::date::text, amount::text from source.returns"
    assert rows(shop, returned) == [(70, 7, "2022-03-09", "49.99")]
    assert rows(shop, "select event_type, product_id from source.web_events order by event_id") == [
        ("view", 7),
        ("cart", None),
        ("home", None),
    ]
    assert rows(shop, "select acquisition_channel, region from source.customers order by customer_id") == [
        ("Search", "Bahia"),
        ("Email", "Bayern"),
    ]
    assert excluded(shop)[("web_events", "no customer")] == 1


def test_woocommerce_coupons_refunds_and_states(load: Load, rows: Rows) -> None:
    shop = load("woocommerce")

    assert rows(
        shop, f"{LINES}, discount::text from source.order_items where order_id in (100, 102) order by 1, 2"
    ) == [
        (100, 1, 7, "3", "20.00", "1"),
        (100, 2, 8, "1", "8.00", "0"),
        (102, 1, 8, "1", "5.00", "3"),
    ]
    assert rows(
        shop, "select return_id, customer_id, order_id, product_id, amount::text from source.returns order by 1"
    ) == [
        ("101:3", 1, 100, 7, "10.00"),
        ("103:0", 2, 102, None, "1.50"),
    ]
    assert dict(rows(shop, "select order_id, status from source.orders")) == {  # type: ignore[arg-type]
        100: "completed",
        102: "completed",
        104: "pending",
        105: "cancelled",
    }
    assert rows(shop, "select name, category from source.products order by 1") == [("Mug", "Cups"), ("Tea", "Food")]
    assert rows(shop, "select (min(ordered_at) at time zone 'UTC')::text from source.orders") == [
        ("2025-02-01 09:00:00",)
    ]


def test_shopify_lines_add_up_to_the_subtotal(load: Load, rows: Rows) -> None:
    shop = load("shopify")
    first = f"{LINES} from source.order_items where order_id = '#1001' order by 2"

    # Three mugs and a card list at 100.00 and cost 90.00: a tenth is taken off each line, to the cent in the sum.
    assert rows(shop, first) == [
        ("#1001", 1, "M1", "1", "30.00"),
        ("#1001", 2, "M2", "2", "59.99"),
        ("#1001", 3, "Gift card", "1", "0.01"),
    ]
    assert rows(shop, "select order_id, customer_id, status, channel from source.orders order by 1") == [
        ("#1001", "ada@example.com", "completed", "web"),
        ("#1002", "bruno@example.com", "completed", "pos"),
        ("#1003", "bruno@example.com", "cancelled", "web"),
        ("#1004", None, "completed", "pos"),
        ("#1005", "bruno@example.com", "pending", "web"),
    ]
    assert rows(shop, "select order_id, amount::text from source.returns") == [("#1001", "10.00")]
    assert rows(shop, "select (min(ordered_at) at time zone 'UTC')::text from source.orders") == [
        ("2025-01-06 04:30:00",)
    ]


def test_shopify_people_and_products_come_from_several_files(load: Load, rows: Rows) -> None:
    shop = load("shopify")
    people = (
        "select customer_id, first_name, last_name, phone, country, marketing_consent from source.customers order by 1"
    )

    assert rows(shop, people) == [
        ("ada@example.com", "Ada", "Silva", "+351 1", "PT", True),
        ("bruno@example.com", "Bruno", "van Berg", None, "DE", None),
    ]
    assert rows(shop, "select product_id, name, category, brand from source.products order by 1") == [
        ("Gift card", "Gift card", None, "Clay"),
        ("M1", "Mug", "Cups", "Clay"),
        ("M2", "Mug", "Cups", "Clay"),
        ("T1", "Tea", None, None),
    ]
    assert excluded(shop)[("orders", "no customer")] == 1


def test_adventureworks_is_connected_by_its_ready_mapping(fresh_database: Settings, rows: Rows) -> None:
    rows(fresh_database, (SHAPES / "adventureworks.sql").read_text(encoding="utf-8"))
    rebuild.install(fresh_database)
    sources.apply(fresh_database, fresh_database.sql_dir / "mappings" / "adventureworks.sql")

    run = rebuild.run(fresh_database, date(2013, 6, 30))

    assert run.state == "published"
    people = """
        select customer_id, first_name, last_name, email, city, country, marketing_consent, orders,
            trim_scale(lifetime_value)::text, favourite_category
        from c360.customer_360 order by 1
    """
    # Two bicycles and two bells; ten bells less a tenth. The rejected order is not counted.
    assert rows(fresh_database, people) == [
        (11, "Ada", "Silva", "ada@example.com", "Hamburg", "Germany", True, 1, "7166.54", "Bikes"),
        (12, None, "Wheel World", None, "Altona", "Germany", None, 1, "45", None),
    ]
    assert rows(fresh_database, "select name, channel from source.campaigns") == [("Volume", "Reseller")]
