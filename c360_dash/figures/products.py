"""Figures and sentences of the products page: a DataFrame of queries/products.py and a Writer in."""

from typing import Any

import pandas as pd

from c360_dash.figures.bars import ranking
from c360_dash.figures.marks import marks_in
from c360_dash.figures.style import BLUE, BLUE_SOFT, GREY, MARGIN, Figure, empty, figure, share_axis
from c360_dash.writer import Writer

MOST_BRANDS = 10
NO_BRAND = "Without brand"
NO_BRANDS = "What was sold has no brand."
NOTHING_SOLD = "Nothing was sold."


def brand_performance(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales of the ten largest brands. The others as one bar would dwarf them; the sentence tells of them."""
    writer = writer or Writer()
    named = named_brands(frame)
    if named.empty:
        return empty(NO_BRANDS if len(frame) else "No sales with products.")
    rows = named.iloc[MOST_BRANDS - 1 :: -1]
    return ranking(list(rows["brand"]), rows["net_sales"], writer, "Net sales", marks=marks_in(rows))


def named_brands(frame: pd.DataFrame) -> pd.DataFrame:
    """Brands with a name for what has none; no row where nothing has one."""
    return frame.iloc[:0] if frame["brand"].isna().all() else frame.assign(brand=frame["brand"].fillna(NO_BRAND))


def say_brand_performance(frame: pd.DataFrame, writer: Writer) -> str:
    """The largest brand and its share of the sales."""
    total = frame["net_sales"].sum()
    if frame.empty or not total:
        return "Nothing was sold to these customers."
    named = named_brands(frame)
    if named.empty:
        return NO_BRANDS
    first = named.iloc[0]
    share = writer(first["net_sales"] / total, "percent")
    if len(named) == 1:
        return f"All sales are of {first['brand']}."
    said = f"{first['brand']} sells most, {share} of the net sales of {len(named)} brands (before returns)"
    if len(named) <= MOST_BRANDS:
        return f"{said}."
    largest = writer(named["net_sales"].iloc[:MOST_BRANDS].sum() / total, "percent")
    return f"{said}; the {MOST_BRANDS} drawn bring {largest}."


def product_concentration(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The share of the sales over the share of the products, best first, with the line of equal products."""
    writer = writer or Writer()
    if frame.empty or frame["cumulative_share"].isna().all():
        return empty(NOTHING_SOLD)
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, *frame["share_of_products"].round(4)],
        "y": [0, *frame["cumulative_share"].round(4)],
        "line": {"color": BLUE, "width": 2.5},
        "fill": "tozeroy",
        "fillcolor": BLUE_SOFT,
        "customdata": ["", *(_place(row, writer) for row in frame.to_dict("records"))],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    equal = {"x": [0, 1], "y": [0, 1], "line": {"color": GREY, "width": 1, "dash": "dot"}}
    axis = {"ticklabelstandoff": 4}
    return figure(
        [line, {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **equal}],
        writer,
        margin=MARGIN | {"r": 28},
        xaxis=share_axis(writer, "Share of products, best first") | axis | {"showgrid": False},
        yaxis=share_axis(writer, "Share of net sales") | axis,
    )


def say_product_concentration(frame: pd.DataFrame, summary: pd.DataFrame, writer: Writer) -> str:
    """How many of the products bring four fifths of the sales."""
    found = summary.iloc[0]
    if pd.isna(found["products_for_share"]):
        return NOTHING_SOLD
    number, products = (writer(found[key], "count", short=False) for key in ("products_for_share", "products"))
    share = writer(found["products_for_share"] / found["products"], "percent")
    brought = writer(found["share"], "percent")
    return f"{number} of {products} products ({share}) bring {brought} of the net sales."


def top_products(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The products that sell most, as bars."""
    writer = writer or Writer()
    if frame.empty:
        return empty(NOTHING_SOLD)
    rows = named_products(frame).iloc[::-1]
    return ranking(list(rows["product"]), rows["net_sales"], writer, "Net sales")


def named_products(frame: pd.DataFrame) -> pd.DataFrame:
    """Products with a column `product`: the name, or the id of one without a name."""
    return frame.assign(product=frame["name"].fillna(frame["product_id"]))


def say_top_products(frame: pd.DataFrame, writer: Writer) -> str:
    """What share of all sales the products of the list bring."""
    if frame.empty:
        return NOTHING_SOLD
    together = writer(frame["share_of_sales"].sum(), "percent")
    first = named_products(frame)["product"].iloc[0]
    if len(frame) == 1:
        return f"{first} brings {together} of the net sales."
    return f"{first} sells most; these {len(frame)} bring {together} of the net sales."


def bought_together(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The lift of each pair as bars."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No two products were bought together often enough.")
    rows = named_pairs(frame).iloc[::-1]
    names = [f"{row['first_product']} → {row['second_product']}" for row in rows.to_dict("records")]
    found = ranking(names, rows["lift"], writer, "Lift")
    found["data"][0]["text"] = [writer(lift, "decimal", short=False) for lift in rows["lift"]]
    return found


def named_pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """Pairs with first_product and second_product (names, or ids without one) and support_per_thousand orders."""
    return frame.assign(
        first_product=frame["name_a"].fillna(frame["product_a"]),
        second_product=frame["name_b"].fillna(frame["product_b"]),
        support_per_thousand=frame["support"] * 1000,
    )


def say_bought_together(frame: pd.DataFrame, writer: Writer) -> str:
    """The pair with the highest lift, in words."""
    if frame.empty:
        least = writer(writer.settings.get("affinity_minimum_orders"), "count")
        return f"No two products were bought in the same order {least} times or more."
    first = named_pairs(frame).iloc[0]
    confidence, lift = writer(first["confidence"], "percent"), writer(first["lift"], "decimal")
    return (
        f"{confidence} of the orders with {first['first_product']} have {first['second_product']} too, "
        f"{lift} times as often as all orders."
    )


def _place(row: dict[Any, Any], writer: Writer) -> str:
    products, share = writer(row["products"], "count", short=False), writer(row["share_of_products"], "percent")
    value = f"{writer(row['cumulative_share'], 'percent')} of the net sales, {writer(row['net_sales'], 'money')}"
    return f"<b>The best {products} products</b> ({share})<br>{value}"
