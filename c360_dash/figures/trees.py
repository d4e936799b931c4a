"""The tree map of the products page: what categories sell, and within them brands."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from c360_dash.figures.overview import NO_CATEGORY
from c360_dash.figures.products import NO_BRAND
from c360_dash.figures.style import Figure, empty, figure
from c360_dash.writer import Writer

MOST_CATEGORIES = 12
MOST_BRANDS = 8
EVERYTHING = "All"
NEITHER = "What was sold has neither category nor brand."
OTHERS = re.compile(r"\d+ other (categories|brands)$")
Node = dict[str, Any]


def category_brand_tree(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales of each category as a field, split into its brands; the small ones of each share one field."""
    writer = writer or Writer()
    sold = named_categories(frame)
    if sold.empty:
        return empty(NEITHER if len(frame) else "No sales with products.")
    nodes = list(_nodes(sold, with_brands=bool(frame["brand"].notna().any())))
    total = sold["net_sales"].sum()
    tree = {
        "type": "treemap",
        "branchvalues": "total",
        "ids": [node["id"] for node in nodes],
        "labels": [node["label"] for node in nodes],
        "parents": [node["parent"] for node in nodes],
        "values": [round(node["net_sales"], 2) for node in nodes],
        "text": [writer(node["net_sales"], "money") for node in nodes],
        "textinfo": "label+text",
        "customdata": [writer(node["net_sales"] / total, "percent") for node in nodes],
        "hovertemplate": "<b>%{label}</b><br>%{text}, %{customdata} of the net sales<extra></extra>",
        "marker": {"colors": [node["colour"] for node in nodes], "cmin": 0},
        "sort": False,
        "tiling": {"pad": 2},
        "pathbar": {"thickness": 22},
    }
    readable = {"minsize": 10, "mode": "hide"}
    return figure([tree], writer, margin={"l": 0, "r": 0, "t": 24, "b": 0}, uniformtext=readable)


def named_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """Sales with names for what has no category or brand; no row where nothing has either."""
    if frame[["category", "brand"]].isna().all(axis=None):
        return frame.iloc[:0]
    return frame.assign(category=frame["category"].fillna(NO_CATEGORY), brand=frame["brand"].fillna(NO_BRAND))


def say_category_brand_tree(frame: pd.DataFrame, writer: Writer) -> str:
    """The largest brand within a category and its share; what the shop does not name is said."""
    total = frame["net_sales"].sum()
    if frame.empty or not total:
        return "Nothing was sold to these customers."
    if frame[["category", "brand"]].isna().all(axis=None):
        return NEITHER
    first = named_categories(frame).iloc[0]
    share = writer(first["net_sales"] / total, "percent")
    if frame["brand"].isna().all():
        return f"{first['category']} sells most, {share} of the net sales; what was sold has no brand."
    if frame["category"].isna().all():
        return f"{first['brand']} sells most, {share} of the net sales; what was sold has no category."
    return f"{first['brand']} in {first['category']} sells most, {share} of the net sales (before returns)."


def _nodes(sold: pd.DataFrame, with_brands: bool) -> Iterable[Node]:
    """All, then categories, each before its brands, largest first; what sold for nothing or less has no field."""
    yield _node(EVERYTHING, EVERYTHING, "", sold["net_sales"].clip(lower=0).sum(), coloured=False)
    kept = _largest(sold[sold["net_sales"] > 0], "category", MOST_CATEGORIES, "categories")
    for category, rows in kept.groupby("category", sort=False):
        sales = rows["net_sales"].sum()
        yield _node(str(category), str(category), EVERYTHING, sales, coloured=not with_brands)
        for brand, part in _brands(rows).items() if with_brands else ():
            quiet = bool(OTHERS.match(str(category)))
            yield _node(f"{category} / {brand}", str(brand), str(category), part, coloured=not quiet)


def _node(identity: str, label: str, parent: str, sales: float, coloured: bool) -> Node:
    """A field; the more it sells the darker, but what stands for many is as quiet as a heading."""
    colour = round(sales, 2) if coloured and not OTHERS.match(label) else 0
    return {"id": identity, "label": label, "parent": parent, "net_sales": sales, "colour": colour}


def _brands(rows: pd.DataFrame) -> "pd.Series[float]":
    return _largest(rows, "brand", MOST_BRANDS, "brands").groupby("brand", sort=False)["net_sales"].sum()


def _largest(rows: pd.DataFrame, column: str, most: int, plural: str) -> pd.DataFrame:
    """The rows in the order of the column's sales, with one name for all but the largest."""
    sales = rows.groupby(column)["net_sales"].sum().sort_values(ascending=False, kind="stable")
    names = list(sales.index)
    if len(names) > most + 1:
        others = f"{len(names) - most} other {plural}"
        rows = rows.assign(**{column: rows[column].where(rows[column].isin(names[:most]), others)})
        names = [*names[:most], others]
    place = {name: number for number, name in enumerate(names)}
    return rows.sort_values(column, key=lambda found: found.map(place), kind="stable")
