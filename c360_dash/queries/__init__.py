"""What may be asked about a build: one module a page, one function a question, each answered from the cache once asked.

Every function takes the build and the filters, and returns a DataFrame with the columns its docstring lists. Money is
in the currency of the build (`build.currency`), shares are 0–1, no data is null.
"""

from c360_dash.filters import Filters
from c360_dash.queries.choices import filter_choices, months, refuse_unknown_values
from c360_dash.queries.overview import (
    get_churn_risk,
    get_customer_satisfaction,
    get_customer_segments,
    get_kpis,
    get_monthly_revenue,
    get_product_category_performance,
    get_rfm_segmentation,
    get_satisfaction_summary,
    get_top_customers,
)

__all__ = [
    "Filters",
    "filter_choices",
    "get_churn_risk",
    "get_customer_satisfaction",
    "get_customer_segments",
    "get_kpis",
    "get_monthly_revenue",
    "get_product_category_performance",
    "get_rfm_segmentation",
    "get_satisfaction_summary",
    "get_top_customers",
    "months",
    "refuse_unknown_values",
]
