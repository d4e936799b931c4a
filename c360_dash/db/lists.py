"""The narrow tables of customers (sql/procedure, customer_list…): by which columns each of them can be sorted.

No column stands in two of them. Together they have all but the id, by which an index leads.
"""

from collections.abc import Mapping

MOSTLY = (
    "value_segment", "rfm_segment", "churn_band", "country", "acquisition_channel", "orders", "last_order_at",
    "lifetime_value", "first_order_at", "recency_score", "frequency_score", "monetary_score", "is_active",
    "last_name", "first_name", "city", "signup_at", "recency_days", "average_order_value", "churn_risk_score",
    "predicted_lifetime_value",
)  # fmt: skip
PERSON = (
    "email", "phone", "region", "birth_date", "age", "gender", "tenure_days", "marketing_consent",
    "favourite_product_id", "favourite_product", "favourite_category", "favourite_brand", "rfm_score",
    "forecast_reason",
)  # fmt: skip
PURCHASES = (
    "order_days", "units", "gross_sales", "discounts", "returns", "returned_amount", "return_rate",
    "typical_gap_days", "orders_current_window", "orders_previous_window", "recent_order_days", "expected_gap_days",
    "churn_recency_ratio", "churn_recency_part", "churn_frequency_part", "churn_service_part",
    "churn_engagement_part", "probability_active", "expected_orders_90_days", "expected_orders_365_days",
    "expected_sales_90_days", "expected_sales_365_days",
)  # fmt: skip
ENGAGEMENT = (
    "tickets", "open_tickets", "last_ticket_at", "ratings", "satisfied_ratings", "satisfaction_mean",
    "recent_ratings", "recent_low_ratings", "resolution_hours", "web_sessions", "recent_web_sessions", "web_events",
    "product_views", "cart_additions", "web_purchases", "last_visit_at", "campaigns_received", "campaigns_opened",
    "campaigns_clicked", "campaigns_converted", "campaign_conversion_rate", "last_campaign_response_at",
    "last_engaged_at", "days_since_engaged",
)  # fmt: skip

LISTS: Mapping[str, tuple[str, ...]] = {
    "customer_list": MOSTLY,
    "customer_list_person": PERSON,
    "customer_list_purchases": PURCHASES,
    "customer_list_engagement": ENGAGEMENT,
}


def list_of(column: str) -> str | None:
    """The narrow table that has the column; None of the id."""
    return next((table for table, columns in LISTS.items() if column in columns), None)


INDEXED = ("-lifetime_value", "-orders", "-last_order_at")
"""Orders of all customers that an index has (78_customer_360.sql)."""
