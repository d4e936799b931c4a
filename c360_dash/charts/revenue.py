"""The charts of the revenue page."""

from c360_dash.charts.chart import Chart, totals
from c360_dash.figures import revenue as figures
from c360_dash.figures import revenue_sentences as sentences
from c360_dash.figures.cohorts import cohort_customers, cohort_retention
from c360_dash.filters import DIMENSION_NAMES
from c360_dash.queries import revenue as questions

CHARTS = {
    "revenue-and-campaigns": Chart(
        title="Net sales and campaigns",
        over_time=True,
        asks=(questions.get_revenue_and_campaigns,),
        draw=figures.revenue_and_campaigns,
        say=sentences.revenue_and_campaigns,
        rests_on=totals(orders="orders"),
        columns=("month", "net_sales", "orders", "customers", "campaigns", "is_complete"),
        explains=("lifetime_value", "campaigns_received"),
    ),
    "new-and-returning": Chart(
        title="New and returning customers",
        over_time=True,
        asks=(questions.get_new_and_returning,),
        draw=figures.new_and_returning,
        say=sentences.new_and_returning,
        rests_on=totals(customers="customers, once for each month with an order"),
        columns=("month", "customers", "new_customers", "returning_customers", "share_of_new", "is_complete"),
        explains=("first_order_at", "orders"),
    ),
    "revenue-by-country": Chart(
        title="Net sales by country",
        over_time=True,
        asks=(questions.get_revenue_by_country,),
        draw=figures.revenue_by_country,
        say=sentences.revenue_by_country,
        rests_on=totals(orders="orders"),
        columns=("country", "net_sales", "share_of_sales", "orders"),
        explains=("country", "lifetime_value"),
    ),
    "revenue-by-acquisition-channel": Chart(
        title="Net sales by acquisition channel",
        over_time=True,
        asks=(questions.get_revenue_by_acquisition_channel,),
        draw=figures.revenue_by_acquisition_channel,
        say=sentences.revenue_by_acquisition_channel,
        rests_on=totals(orders="orders"),
        columns=("acquisition_channel", "net_sales", "share_of_sales", "orders"),
        explains=("acquisition_channel", "lifetime_value"),
    ),
    "orders-by-channel": Chart(
        title="Orders by channel",
        over_time=True,
        asks=(questions.get_orders_by_channel,),
        draw=figures.orders_by_channel,
        say=sentences.orders_by_channel,
        rests_on=totals(orders="orders"),
        columns=("order_channel", "orders", "share_of_orders"),
        explains=("orders",),
    ),
    "cohort-retention": Chart(
        title="Cohorts: who orders again",
        asks=(questions.get_cohort_retention,),
        draw=cohort_retention,
        say=sentences.cohort_retention,
        rests_on=cohort_customers,
        columns=("cohort_month", "months_after", "cohort_size", "customers", "share_who_ordered", "is_complete"),
        explains=("first_order_at", "orders"),
        ignores=("value_segment", "rfm_segment", "churn_band"),
    ),
    "campaign-results": Chart(
        title="Campaigns",
        asks=(questions.get_campaign_results,),
        draw=figures.campaign_results,
        shows_table=True,
        say=sentences.campaign_results,
        rests_on=totals(sent="messages sent"),
        columns=(
            "campaign",
            "campaign_channel",
            "started_at",
            "ended_at",
            "cost",
            "sent",
            "opened",
            "clicked",
            "converted",
            "conversion_rate",
        ),
        explains=("campaigns_received", "campaigns_opened", "campaigns_clicked", "campaigns_converted"),
        ignores=DIMENSION_NAMES,
    ),
}
