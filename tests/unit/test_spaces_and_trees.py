"""The RFM cells in space, the gauge and the tree map from hand-made answers."""

import json
from typing import Any

import pandas as pd
import pytest

from c360_dash.bundles import needed
from c360_dash.figures import risk, spaces, trees
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {"csat_minimum_n": 30})
CELLS = pd.DataFrame(
    {
        "recency_score": [5, 1],
        "frequency_score": [5, 2],
        "monetary_score": [4, 1],
        "rfm_segment": ["Champions", "Hibernating"],
        "customers": [25, 100],
        "lifetime_value": [3000.0, -10.0],
    }
)
RATED = pd.DataFrame({"ratings": [1200], "csat": [0.62], "mean_score": [3.61]})
HARDLY_RATED = pd.DataFrame({"ratings": [12], "csat": [None], "mean_score": [None]})
SALES = pd.DataFrame(
    {
        "category": ["Tea", "Coffee", "Tea", None],
        "brand": ["Leaf", None, "Root", "Leaf"],
        "net_sales": [500.0, 300.0, 150.0, 50.0],
        "units": [5, 3, 2, 1],
    }
)
DRAWN = {
    spaces.rfm_space: (CELLS, {"base", "scatter3d"}),
    risk.satisfaction_gauge: (RATED, {"base", "indicator"}),
    trees.category_brand_tree: (SALES, {"base", "treemap"}),
}


@pytest.mark.parametrize(("draw", "given"), DRAWN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_figure_is_plain_json_and_says_in_words_when_there_is_nothing(draw: Any, given: Any) -> None:
    frame, bundles = given
    figure = json.loads(json.dumps(draw(frame, WRITER), allow_nan=False))
    assert needed(figure) == bundles
    assert "template" not in figure["layout"]
    nothing = draw(frame.iloc[:0], WRITER)
    assert nothing["layout"]["annotations"][0]["text"].endswith(".")
    assert needed(nothing) == {"base"}


def test_four_times_the_customers_are_a_ball_of_twice_the_width() -> None:
    (balls,) = spaces.rfm_space(CELLS, WRITER)["data"]
    assert balls["marker"]["size"] == [spaces.LARGEST / 2, spaces.LARGEST]
    assert balls["marker"]["color"] == [3000.0, 0.0]
    assert balls["customdata"][0] == "<b>Champions</b><br>Recency 5, frequency 5, monetary 4<br>25 customers, €3,000"
    assert spaces.say_rfm_space(CELLS.head(1), WRITER).startswith(
        "Most value lies at recency 5, frequency 5 and monetary 4: 100 % of the customers who ordered "
    )


def test_the_gauge_carries_its_number_of_ratings_and_hides_under_the_least() -> None:
    figure = risk.satisfaction_gauge(RATED, WRITER)
    assert figure["data"][0]["value"] == 0.62
    assert figure["layout"]["annotations"][0]["text"].endswith("<b>62 %</b></span><br>of 1,200 ratings")
    assert risk.say_satisfaction_gauge(RATED, WRITER) == "62 % of 1,200 ratings are 4 or 5."
    assert risk.satisfaction_gauge(HARDLY_RATED, WRITER)["data"] == []
    assert risk.known_satisfaction(HARDLY_RATED).empty
    assert risk.say_satisfaction_gauge(HARDLY_RATED, WRITER) == "12 of the 30 ratings that CSAT needs."


def test_brands_lie_in_their_categories_and_add_up_to_them() -> None:
    (tree,) = trees.category_brand_tree(SALES, WRITER)["data"]
    fields = list(zip(tree["ids"], tree["parents"], tree["values"], strict=True))
    assert fields == [
        ("All", "", 1000.0),
        ("Tea", "All", 650.0),
        ("Tea / Leaf", "Tea", 500.0),
        ("Tea / Root", "Tea", 150.0),
        ("Coffee", "All", 300.0),
        ("Coffee / Without brand", "Coffee", 300.0),
        ("Without category", "All", 50.0),
        ("Without category / Leaf", "Without category", 50.0),
    ]
    assert tree["marker"]["colors"] == [0, 0, 500.0, 150.0, 0, 300.0, 0, 50.0]
    assert trees.say_category_brand_tree(SALES, WRITER) == (
        "Leaf in Tea sells most, 50 % of the net sales (before returns)."
    )


def test_small_brands_share_a_quiet_field() -> None:
    many = pd.DataFrame(
        {"category": "Tea", "brand": [f"B{n}" for n in range(20)], "net_sales": range(40, 20, -1), "units": 1}
    )
    (tree,) = trees.category_brand_tree(many, WRITER)["data"]
    assert tree["labels"][-1] == "12 other brands"
    assert tree["values"][-1] == sum(range(21, 33))
    assert tree["marker"]["colors"][-1] == 0


@pytest.mark.parametrize(
    ("given", "labels", "sentence"),
    [
        ({"brand": None}, ["All", "Tea", "Coffee"], "what was sold has no brand."),
        ({"category": None}, ["All", "Without category", "Leaf"], "what was sold has no category."),
        ({"category": None, "brand": None}, [], "What was sold has neither category nor brand."),
    ],
)
def test_a_shop_without_brands_or_categories_is_told_so(given: Any, labels: list[str], sentence: str) -> None:
    frame = SALES.assign(**given)
    figure = trees.category_brand_tree(frame, WRITER)
    assert (figure["data"][0]["labels"][:3] if figure["data"] else []) == labels
    assert trees.say_category_brand_tree(frame, WRITER).endswith(sentence)
    assert trees.named_categories(frame).empty == (not labels)


def test_customers_who_bought_nothing_are_told_so() -> None:
    assert trees.say_category_brand_tree(SALES.iloc[:0], WRITER) == "Nothing was sold to these customers."
    assert spaces.say_rfm_space(CELLS.iloc[:0], WRITER) == "None of these customers has ordered."
