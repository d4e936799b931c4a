"""The charts of the overview."""

from c360_dash import figures, queries
from c360_dash.charts.chart import Chart, rows_of, totals
from c360_dash.figures import customers, sentences

CHARTS = {
    "monthly-revenue": Chart(
        title="Net sales by month",
        over_time=True,
        asks=(queries.get_monthly_revenue,),
        draw=figures.monthly_revenue,
        say=sentences.monthly_revenue,
        rests_on=totals(orders="orders"),
        columns=("month", "net_sales", "orders", "customers", "new_customers", "is_complete"),
        explains=("lifetime_value",),
    ),
    "customer-segments": Chart(
        title="Value segments",
        asks=(queries.get_customer_segments,),
        draw=figures.customer_segments,
        say=sentences.customer_segments,
        rests_on=totals(customers="customers"),
        columns=("value_segment", "customers", "share_of_customers", "lifetime_value", "share_of_value"),
        explains=("value_segment", "lifetime_value"),
    ),
    "top-customers": Chart(
        title="Top customers",
        asks=(queries.get_top_customers,),
        limit=10,
        draw=figures.top_customers,
        shows_table=True,
        say=sentences.top_customers,
        table=figures.named_customers,
        links=customers.addresses,
        rests_on=rows_of("customers"),
        columns=(
            "customer",
            "country",
            "rfm_segment",
            "churn_band",
            "orders",
            "last_order_at",
            "lifetime_value",
        ),
        explains=("lifetime_value", "orders", "churn_band"),
    ),
    "product-category-performance": Chart(
        title="Product categories",
        asks=(queries.get_product_category_performance,),
        draw=figures.product_category_performance,
        say=sentences.product_category_performance,
        rests_on=totals(units="units"),
        columns=("category", "net_sales", "units", "orders", "customers"),
        explains=("gross_sales", "discounts"),
    ),
    "customer-satisfaction": Chart(
        title="Customer satisfaction",
        asks=(queries.get_customer_satisfaction, queries.get_satisfaction_summary),
        draw=figures.customer_satisfaction,
        say=sentences.customer_satisfaction,
        rests_on=totals(ratings="ratings"),
        columns=("score", "ratings"),
        explains=("csat",),
    ),
    "churn-risk": Chart(
        title="Churn risk",
        asks=(queries.get_churn_risk,),
        draw=figures.churn_risk,
        say=sentences.churn_risk,
        rests_on=totals(customers="customers"),
        columns=("churn_band", "customers", "lifetime_value"),
        explains=("churn_risk_score", "churn_band"),
    ),
    "rfm-segmentation": Chart(
        title="Recency × frequency",
        asks=(queries.get_rfm_segmentation,),
        draw=figures.rfm_segmentation,
        say=sentences.rfm_segmentation,
        rests_on=totals(customers="customers"),
        columns=("rfm_segment", "recency_score", "frequency_score", "monetary_score", "customers", "lifetime_value"),
        explains=("rfm_segment", "recency_score", "frequency_score"),
    ),
}
