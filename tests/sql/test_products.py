"""The questions of the products page about the sales of named_people.sql."""

import pandas as pd
import pytest

from c360_dash import charts, db
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.queries import products

EVERYBODY = Filters()


@pytest.fixture
def build(named_people: Settings) -> Build:
    db.init(named_people)
    return db.current_build()


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


def test_brands_by_sales_and_what_has_none(build: Build) -> None:
    assert rows(products.get_brand_performance(build, EVERYBODY)) == [
        (None, 250.00, 7.0, 4, 2),
        ("Leaf", 80.00, 4.0, 3, 2),
    ]
    assert rows(products.get_brand_performance(build, Filters(country=("Italy",)))) == [(None, 50.00, 2.0, 1, 1)]


def test_customers_who_bought_nothing_with_a_brand_are_told_so(build: Build) -> None:
    shown = charts.answer("brand-performance", build, Filters(country=("Italy",)), "en")
    assert (shown["rows"], shown["sentence"]) == ([], "What was sold has no brand.")


def test_brands_within_categories_by_sales(build: Build) -> None:
    assert rows(products.get_category_brand_sales(build, EVERYBODY)) == [
        ("Coffee", None, 200.00, 5.0),
        ("Tea", "Leaf", 80.00, 4.0),
        (None, None, 50.00, 2.0),
    ]
    assert rows(products.get_category_brand_sales(build, Filters(country=("Italy",)))) == [(None, None, 50.00, 2.0)]


def test_customers_who_bought_only_what_has_no_name_are_told_so(build: Build) -> None:
    shown = charts.answer("category-brand-tree", build, Filters(country=("Italy",)), "en")
    assert (shown["rows"], shown["sentence"]) == ([], "What was sold has neither category nor brand.")


def test_concentration_ends_with_all_products_and_all_sales(build: Build) -> None:
    found = products.get_product_concentration(build, EVERYBODY)
    assert found["products"].tolist() == [1, 2, 3]
    assert found["cumulative_share"].tolist() == pytest.approx([200 / 330, 280 / 330, 1], abs=1e-6)
    assert rows(products.get_concentration_summary(build, EVERYBODY)) == [(0.8, 3, 2)]


def test_a_thousand_products_are_two_hundred_points(own_named_people: Settings) -> None:
    with db.owner_connection(own_named_people) as connection, connection.cursor() as cursor:
        cursor.execute(
            "insert into c360_b1.product_sales "
            "select n::text, 'P', null, null, 1, 1, 1, n from generate_series(1, 994) as n"
        )
    db.init(own_named_people)
    found = products.get_product_concentration(db.current_build(), EVERYBODY)
    assert len(found) == 200
    assert found["products"].iloc[-1] == 997
    assert found["cumulative_share"].iloc[-1] == 1
    assert found["cumulative_share"].is_monotonic_increasing


def test_top_products(build: Build) -> None:
    found = products.get_top_products(build, EVERYBODY, limit=2)
    assert rows(found[["product_id", "name", "net_sales"]]) == [("beans", "Beans", 200.0), ("green", "Green tea", 80.0)]
    assert found["share_of_sales"].tolist() == pytest.approx([200 / 330, 80 / 330], abs=1e-6)
    with pytest.raises(FilterError, match="from 1 to 1000"):
        products.get_top_products(build, EVERYBODY, limit=0)


def test_pairs_stand_once_in_their_stronger_direction_and_rare_ones_are_left_out(build: Build) -> None:
    found = products.get_bought_together(build, EVERYBODY)
    assert rows(found[["product_a", "product_b", "orders_both", "confidence", "lift"]]) == [
        ("gift", "green", 3, 0.75, 7.5),
        ("green", "beans", 8, 0.8, 4.0),
    ]
    shown = charts.answer("bought-together", build, EVERYBODY, "en")
    assert shown["rows"][0] == ["gift", "Green tea", "3", "30.00", "75.0 %", "7.50"]
    assert shown["sentence"].startswith("75 % of the orders with gift have Green tea too, 7.5 times as often")


def test_an_empty_shop_is_told_in_words(own_named_people: Settings) -> None:
    with db.owner_connection(own_named_people) as connection, connection.cursor() as cursor:
        cursor.execute(
            "truncate c360_b1.product_sales, c360_b1.affinity, c360_b1.brand_sales, c360_b1.category_brand_sales"
        )
    db.init(own_named_people)
    for chart in (
        "brand-performance",
        "product-concentration",
        "top-products",
        "bought-together",
        "category-brand-tree",
    ):
        shown = charts.answer(chart, db.current_build(), EVERYBODY, "en")
        assert shown["rows"] == []
        assert shown["sentence"].startswith(("Nothing was sold", "No two products"))
        lack = "" if chart == "bought-together" else "completed order"
        assert shown["nothing"] == {"filters": [], "lack": lack}
