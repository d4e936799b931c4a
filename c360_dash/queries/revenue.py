"""What the revenue page asks; functions as in queries: build and filters in, a DataFrame out."""

import pandas as pd

from c360_dash import db
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.queries.asking import taken
from c360_dash.queries.overview import get_monthly_revenue

MOST_MARKED = 12


def get_revenue_and_campaigns(build: Build, filters: Filters) -> pd.DataFrame:
    """`get_monthly_revenue`, and how many campaigns ran in each month.

    month, net_sales (money), orders, customers, campaigns, is_complete; in `attrs["campaigns"]` the dozen campaigns
    that reached most customers, each a dict with campaign, started_at, ended_at (as-of where it still runs), sent,
    converted. Campaigns are those of all customers, whatever the filters.
    """
    months = get_monthly_revenue(build, filters).drop(columns="new_customers")
    dated = get_campaign_results(build, filters).dropna(subset="started_at")
    months.insert(4, "campaigns", _running(dated, months["month"], build))
    months.attrs["campaigns"] = _largest(dated, build)
    return months


def get_campaign_results(build: Build, _: Filters) -> pd.DataFrame:
    """Campaigns, the newest first, whatever the filters.

    campaign_id (text), campaign (its name), campaign_channel, started_at, ended_at (null: it still runs), cost (money),
    sent, opened, clicked, converted (customers; opened and clicked are null where the shop notes them of nobody),
    conversion_rate (of those it was sent to)
    """
    return db.read("revenue.campaigns", build)


def get_new_and_returning(build: Build, filters: Filters) -> pd.DataFrame:
    """Who ordered in each month; the date range applies.

    month (its first day), customers, new_customers (whose first order it was), returning_customers, share_of_new (null
    where nobody ordered), is_complete
    """
    return _over_time("revenue.customers_by_month", build, filters)


def get_revenue_by_country(build: Build, filters: Filters) -> pd.DataFrame:
    """Countries by sales, largest first; the date range applies: country, net_sales (money), share_of_sales, orders."""
    return _over_time("revenue.by_country", build, filters)


def get_revenue_by_acquisition_channel(build: Build, filters: Filters) -> pd.DataFrame:
    """As by country: acquisition_channel, net_sales (money), share_of_sales, orders."""
    return _over_time("revenue.by_acquisition_channel", build, filters)


def get_orders_by_channel(build: Build, filters: Filters) -> pd.DataFrame:
    """Channels of the orders, most orders first; the date range applies: order_channel, orders, share_of_orders."""
    return _over_time("revenue.by_order_channel", build, filters)


def get_cohort_retention(build: Build, filters: Filters) -> pd.DataFrame:
    """Cohorts by the month of the first order, for every month up to as-of; of the filters only country and channel.

    cohort_month (its first day), months_after (0: the month itself), cohort_size, customers (who ordered in that
    month), share_who_ordered, is_complete (whether that month had ended at as-of)
    """
    return db.read("revenue.cohorts", build, **taken("revenue.cohorts", filters))


def get_cohort_forecast(build: Build, filters: Filters) -> pd.DataFrame:
    """Cohorts by the month of the first order, and what is expected of them; of the filters only country and channel.

    cohort_month (its first day), customers, expected_order_days (within 90 days after as-of), expected_order_days_each
    (per customer), mean_probability_active, expected_net_sales (money, within the same days; the last four null without
    a forecast), forecast_reason (why there is none, or none of sales)
    """
    return db.read("revenue.cohort_forecast", build, **taken("revenue.cohort_forecast", filters))


def _over_time(name: str, build: Build, filters: Filters) -> pd.DataFrame:
    return db.read(name, build, **filters.parameters())


def _running(dated: pd.DataFrame, months: "pd.Series[pd.Timestamp]", build: Build) -> list[int]:
    """How many campaigns ran in each month; one without an end ran until as-of."""
    begins = dated["started_at"].dt.tz_localize(None)
    ends = dated["ended_at"].dt.tz_localize(None).fillna(pd.Timestamp(build.as_of).tz_localize(None))
    return [int(((begins < month + pd.DateOffset(months=1)) & (ends >= month)).sum()) for month in months]


def _largest(dated: pd.DataFrame, build: Build) -> list[dict[str, object]]:
    """The dozen sent to most customers, in the order of their beginning."""
    largest = dated.nlargest(MOST_MARKED, "sent").sort_values("started_at")
    shown = largest.assign(ended_at=largest["ended_at"].fillna(pd.Timestamp(build.as_of)))
    return [
        {
            "campaign": row.campaign,
            "started_at": f"{row.started_at:%Y-%m-%d %H:%M}",
            "ended_at": f"{row.ended_at:%Y-%m-%d %H:%M}",
            "sent": row.sent,
            "converted": row.converted,
        }
        for row in shown.itertuples()
    ]
