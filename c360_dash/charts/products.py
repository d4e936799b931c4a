"""The charts of the products page."""

from c360_dash.charts.chart import Chart, rows_of, totals
from c360_dash.figures import products as figures
from c360_dash.figures import trees
from c360_dash.figures.marks import by
from c360_dash.filters import DIMENSION_NAMES
from c360_dash.queries import everything
from c360_dash.queries import products as questions

CHARTS = {
    "category-brand-tree": Chart(
        title="Brands within categories",
        asks=(questions.get_category_brand_sales,),
        draw=trees.category_brand_tree,
        say=trees.say_category_brand_tree,
        table=trees.named_categories,
        rests_on=totals(units="units"),
        columns=("category", "brand", "net_sales", "units"),
        explains=("gross_sales", "discounts"),
    ),
    "brand-performance": Chart(
        title="Brands",
        asks=(questions.get_brand_performance,),
        draw=figures.brand_performance,
        marks=by("brand"),
        say=figures.say_brand_performance,
        table=figures.named_brands,
        rests_on=totals(units="units"),
        columns=("brand", "net_sales", "units", "orders", "customers"),
        explains=("gross_sales", "discounts"),
    ),
    "product-concentration": Chart(
        title="How few products bring how much",
        asks=(questions.get_product_concentration, questions.get_concentration_summary),
        ignores=DIMENSION_NAMES,
        draw=figures.product_concentration,
        say=figures.say_product_concentration,
        rests_on=totals(products="products"),
        counted=questions.get_concentration_summary,
        columns=("products", "share_of_products", "net_sales", "cumulative_share"),
        explains=("cumulative_share",),
    ),
    "top-products": Chart(
        title="Top products",
        asks=(questions.get_top_products,),
        ignores=DIMENSION_NAMES,
        limit=20,
        every=everything.top_products,
        row=(
            "product_id",
            "name",
            "category",
            "brand",
            "units",
            "orders",
            "customers",
            "net_sales",
            "share_of_sales",
        ),
        draw=figures.top_products,
        shows_table=True,
        say=figures.say_top_products,
        table=figures.named_products,
        rests_on=rows_of("products"),
        columns=("product", "net_sales", "share_of_sales", "units", "orders", "customers", "category", "brand"),
        explains=("share_of_sales", "gross_sales"),
    ),
    "bought-together": Chart(
        title="Bought together",
        needs="",
        asks=(questions.get_bought_together,),
        ignores=DIMENSION_NAMES,
        limit=20,
        every=everything.bought_together,
        row=("product_a", "product_b", "name_a", "name_b", "orders_both", "support", "confidence", "lift"),
        draw=figures.bought_together,
        shows_table=True,
        say=figures.say_bought_together,
        table=figures.named_pairs,
        rests_on=rows_of("pairs of products"),
        columns=("first_product", "second_product", "orders_both", "support_per_thousand", "confidence", "lift"),
        explains=("orders_both", "support", "confidence", "lift"),
    ),
}
