"""The charts of the risk page."""

from c360_dash import queries
from c360_dash.charts.chart import Chart, rows_of, totals
from c360_dash.figures import customers, named_customers
from c360_dash.figures import risk as figures
from c360_dash.figures.marks import by
from c360_dash.queries import everything
from c360_dash.queries import risk as questions

CHARTS = {
    "satisfaction-gauge": Chart(
        title="CSAT",
        needs="",
        asks=(queries.get_satisfaction_summary,),
        draw=figures.satisfaction_gauge,
        say=figures.say_satisfaction_gauge,
        table=figures.known_satisfaction,
        rests_on=totals(ratings="ratings"),
        columns=("csat", "ratings", "mean_score"),
        explains=("csat",),
    ),
    "value-risk": Chart(
        title="Value × churn risk",
        asks=(questions.get_value_risk,),
        draw=figures.value_risk,
        marks=by("value_segment", "churn_band"),
        say=figures.say_value_risk,
        rests_on=totals(customers="customers"),
        columns=("value_segment", "churn_band", "customers", "lifetime_value"),
        explains=("value_segment", "churn_band", "lifetime_value"),
    ),
    "expected-value": Chart(
        title="Worth so far and predicted",
        asks=(questions.get_expected_value,),
        draw=figures.expected_value,
        marks=by("value_segment"),
        say=figures.say_expected_value,
        table=figures.with_forecast,
        rests_on=totals(customers="customers"),
        columns=("value_segment", "customers", "lifetime_value", "predicted_value", "predicted_value_at_risk"),
        explains=("lifetime_value", "predicted_value", "predicted_value_at_risk", "probability_active"),
    ),
    "customers-to-call": Chart(
        title="Customers to call",
        needs="",
        asks=(questions.get_customers_to_call, questions.get_value_risk),
        limit=50,
        every=everything.customers_to_call,
        row=(
            "customer_id",
            "first_name",
            "last_name",
            "country",
            "value_segment",
            "rfm_segment",
            "reason",
            "orders",
            "order_days",
            "recency_days",
            "typical_gap_days",
            "recent_order_days",
            "recent_ratings",
            "recent_low_ratings",
            "days_since_engaged",
            "churn_recency_part",
            "churn_frequency_part",
            "churn_service_part",
            "churn_engagement_part",
            "churn_risk_score",
            "lifetime_value",
        ),
        draw=figures.customers_to_call,
        shows_table=True,
        say=figures.say_customers_to_call,
        table=named_customers,
        links=customers.addresses,
        rests_on=rows_of("customers"),
        columns=("customer", "lifetime_value", "churn_risk_score", "reason", "value_segment", "rfm_segment"),
        explains=(
            "churn_risk_score",
            "churn_recency_part",
            "churn_frequency_part",
            "churn_service_part",
            "churn_engagement_part",
        ),
    ),
}
