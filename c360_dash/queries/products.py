"""The questions of the products page. Sales are before returns."""

import pandas as pd

from c360_dash import db
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.queries.asking import checked_limit, taken

POINTS = 200
MOST_OF_SALES = "0.8"


def get_brand_performance(build: Build, filters: Filters) -> pd.DataFrame:
    """Brands by sales, largest first; a null brand is what has none.

    brand, net_sales (money), units, orders, customers
    """
    question = "products.brand_performance"
    return db.read(question, build, **taken(question, filters))


def get_category_brand_sales(build: Build, filters: Filters) -> pd.DataFrame:
    """Brands within categories by sales, largest first; a null category or brand is what has none.

    category, brand, net_sales (money), units
    """
    question = "products.category_brand_sales"
    return db.read(question, build, **taken(question, filters))


def get_product_concentration(build: Build, filters: Filters) -> pd.DataFrame:
    """At most 200 places in the ranking of all products by sales, the last one included; filters do not change it.

    products (how many of the best), share_of_products, net_sales (money, theirs together), cumulative_share (of all
    sales; null when nothing was sold)
    """
    return db.read("products.product_concentration", build, points=POINTS)


def get_concentration_summary(build: Build, filters: Filters) -> pd.DataFrame:
    """One row: share (0.8), products, products_for_share (how many of the best bring that share, or null)."""
    return db.read("products.concentration_summary", build, share=MOST_OF_SALES)


def get_top_products(build: Build, filters: Filters, limit: int = 20) -> pd.DataFrame:
    """The products that sell most, at most `limit` (1–1000); filters do not change it.

    product_id (text), name, category, brand, units, orders, customers, net_sales (money), share_of_sales
    """
    return db.read("products.top_products", build, row_limit=checked_limit(limit))


def get_bought_together(build: Build, filters: Filters, limit: int = 20) -> pd.DataFrame:
    """Pairs of products in the same order, highest lift first, at most `limit` (1–1000); filters do not change them.

    Among the half of the pairs with the most common orders, each pair once, in its direction of higher confidence:
    product_a, product_b (ids as text), name_a, name_b, orders_both, support, confidence (of b given a), lift
    """
    return db.read("products.bought_together", build, row_limit=checked_limit(limit))
