"""Figures and their sentences: a DataFrame of queries and a Writer in, a plain Plotly figure or a sentence out."""

from c360_dash.figures import sentences
from c360_dash.figures.overview import (
    churn_risk,
    customer_satisfaction,
    customer_segments,
    kpis,
    monthly_revenue,
    named_customers,
    product_category_performance,
    rfm_segmentation,
    top_customers,
)
from c360_dash.figures.style import Figure, empty

__all__ = [
    "Figure",
    "churn_risk",
    "customer_satisfaction",
    "customer_segments",
    "empty",
    "kpis",
    "monthly_revenue",
    "named_customers",
    "product_category_performance",
    "rfm_segmentation",
    "sentences",
    "top_customers",
]
