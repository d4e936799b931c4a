"""The charts of the overview."""

from c360_dash import figures, queries
from c360_dash.charts.chart import Chart
from c360_dash.figures import customers, sentences
from c360_dash.figures.marks import by
from c360_dash.queries import everything

CHARTS = {
    "monthly-revenue": Chart(
        title="Net sales by month",
        over_time=True,
        asks=(queries.get_monthly_revenue,),
        draw=figures.monthly_revenue,
        marks=by(order_month="month"),
        say=sentences.monthly_revenue,
        columns=("month", "net_sales", "orders", "customers", "new_customers", "is_complete"),
        explains=("lifetime_value",),
    ),
    "customer-segments": Chart(
        title="Value segments",
        asks=(queries.get_customer_segments,),
        draw=figures.customer_segments,
        marks=by("value_segment"),
        say=sentences.customer_segments,
        columns=("value_segment", "customers", "share_of_customers", "lifetime_value", "share_of_value"),
        explains=("value_segment", "lifetime_value"),
    ),
    "top-customers": Chart(
        title="Top customers",
        asks=(queries.get_top_customers,),
        limit=10,
        every=everything.top_customers,
        row=(
            "customer_id",
            "first_name",
            "last_name",
            "country",
            "value_segment",
            "rfm_segment",
            "churn_band",
            "orders",
            "last_order_at",
            "lifetime_value",
        ),
        draw=figures.top_customers,
        shows_table=True,
        say=sentences.top_customers,
        table=figures.named_customers,
        links=customers.addresses,
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
        marks=by("category"),
        say=sentences.product_category_performance,
        columns=("category", "net_sales", "units", "orders", "customers"),
        explains=("gross_sales", "discounts"),
    ),
    "customer-satisfaction": Chart(
        title="Customer satisfaction",
        asks=(queries.get_customer_satisfaction, queries.get_satisfaction_summary),
        draw=figures.customer_satisfaction,
        marks=by(rating="score"),
        say=sentences.customer_satisfaction,
        columns=("score", "ratings", "customers"),
        explains=("csat",),
    ),
    "churn-risk": Chart(
        title="Churn risk",
        asks=(queries.get_churn_risk,),
        draw=figures.churn_risk,
        marks=by("churn_band"),
        say=sentences.churn_risk,
        columns=("churn_band", "customers", "lifetime_value"),
        explains=("churn_risk_score", "churn_band"),
    ),
    "rfm-segmentation": Chart(
        title="Recency × frequency",
        asks=(queries.get_rfm_segmentation,),
        draw=figures.rfm_segmentation,
        marks=by("recency_score", "frequency_score", "monetary_score"),
        say=sentences.rfm_segmentation,
        columns=("rfm_segment", "recency_score", "frequency_score", "monetary_score", "customers", "lifetime_value"),
        explains=("rfm_segment", "recency_score", "frequency_score"),
    ),
}
