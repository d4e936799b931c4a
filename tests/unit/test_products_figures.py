"""Figures and sentences of the products page from hand-made answers."""

import json
from typing import Any

import pandas as pd
import pytest

from c360_dash.figures import products
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {"affinity_minimum_orders": 5})
BRANDS = pd.DataFrame(
    {"brand": ["Leaf", None], "net_sales": [750.0, 250.0], "units": [1, 1], "orders": [1, 1], "customers": [1, 1]}
)
PLACES = pd.DataFrame(
    {
        "products": [1, 2],
        "share_of_products": [0.5, 1.0],
        "net_sales": [750.0, 1000.0],
        "cumulative_share": [0.75, 1.0],
    }
)
SUMMARY = pd.DataFrame({"share": [0.8], "products": [1200], "products_for_share": [240]})
TOP = pd.DataFrame(
    {"product_id": ["1", "2"], "name": ["Tea", None], "net_sales": [750.0, 250.0], "share_of_sales": [0.075, 0.025]}
)
PAIRS = pd.DataFrame(
    {
        "product_a": ["1", "3"],
        "product_b": ["2", "1"],
        "name_a": ["Tea", None],
        "name_b": ["Pot", "Tea"],
        "orders_both": [10, 12],
        "support": [0.01, 0.012],
        "confidence": [0.4, 0.3],
        "lift": [6.04, 2.0],
    }
)
DRAWN = {
    products.brand_performance: BRANDS,
    products.product_concentration: PLACES,
    products.top_products: TOP,
    products.bought_together: PAIRS,
}


@pytest.mark.parametrize(("draw", "frame"), DRAWN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_figure_is_plain_json_and_says_in_words_when_there_is_nothing(draw: Any, frame: pd.DataFrame) -> None:
    figure = json.loads(json.dumps(draw(frame, WRITER), allow_nan=False))
    assert figure["data"]
    assert "template" not in figure["layout"]
    assert draw(frame.iloc[:0], WRITER)["layout"]["annotations"][0]["text"].endswith(".")


def test_what_has_no_brand_is_named_beside_brands_and_is_nothing_alone() -> None:
    assert products.brand_performance(BRANDS, WRITER)["data"][0]["customdata"] == ["Without brand", "Leaf"]
    assert products.brand_performance(BRANDS.tail(1), WRITER)["data"] == []
    assert products.say_brand_performance(BRANDS.tail(1), WRITER) == "What was sold has no brand."


def test_concentration_starts_at_nothing_and_ends_at_all() -> None:
    line, equal = products.product_concentration(PLACES, WRITER)["data"]
    assert (line["x"], line["y"]) == ([0, 0.5, 1.0], [0, 0.75, 1.0])
    assert line["customdata"][1] == "<b>The best 1 products</b> (50 %)<br>75 % of the net sales, €750"
    assert (equal["x"], equal["y"]) == ([0, 1], [0, 1])


def test_the_lift_of_pairs_is_no_money() -> None:
    bar = products.bought_together(PAIRS, WRITER)["data"][0]
    assert bar["text"] == ["2.00", "6.04"]
    assert bar["customdata"] == ["3 → Tea", "Tea → Pot"]


def test_each_figure_is_told_in_a_sentence() -> None:
    assert products.say_brand_performance(BRANDS, WRITER) == (
        "Leaf sells most, 75 % of the net sales of 2 brands (before returns)."
    )
    assert products.say_product_concentration(PLACES, SUMMARY, WRITER) == (
        "240 of 1,200 products (20 %) bring 80 % of the net sales. This is of all customers: filters do not change it."
    )
    assert products.say_top_products(TOP, WRITER).startswith("Tea sells most; these 2 bring 10 % of the net sales.")
    assert products.say_bought_together(PAIRS, WRITER).startswith(
        "40 % of the orders with Tea have Pot too, 6.0 times as often as all orders."
    )
    assert products.say_bought_together(PAIRS.iloc[:0], WRITER) == (
        "No two products were bought in the same order 5 times or more."
    )
