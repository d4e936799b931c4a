"""What the overview asks: numbers, segments, months, best customers, categories, ratings, churn risk, RFM cells."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.queries.asking import checked_limit, taken
from c360_dash.queries.seeing import seen_rows


def get_kpis(build: Build, filters: Filters) -> pd.DataFrame:
    """The metrics of metrics.toml, one row each in its order.

    metric (its key), value, comparison_value (the same number `comparison_days` before as-of), n (what a rate rests
    on; null for sums). A value is null where nothing lies below it, or where n is under the metric's minimum.
    """
    rows = db.read_records("overview.kpis", build, **taken("overview.kpis", filters))
    then, now = sorted(rows, key=lambda row: row["moment"], reverse=True)
    keys = list(metrics.METRICS)
    found = {
        "metric": pd.array(keys, dtype="str"),
        "value": np.array([_value(key, now, build) for key in keys], dtype="float64"),
        "comparison_value": np.array([_value(key, then, build) for key in keys], dtype="float64"),
        "n": pd.array([now[f"{key}_n"] for key in keys], dtype="Int64"),
    }
    return pd.DataFrame(found, copy=False)


def get_customer_segments(build: Build, filters: Filters) -> pd.DataFrame:
    """Value segments in the order of metrics.toml; segments without customers are absent.

    value_segment, customers, lifetime_value (money), share_of_customers, share_of_value (null where there is none)
    """
    names = [segment.name for segment in metrics.VALUE_SEGMENTS]
    return _ask("overview.customer_segments", build, filters, names=names)


def get_monthly_revenue(build: Build, filters: Filters) -> pd.DataFrame:
    """Months from the first to the last with a sale, those without one included; the date range applies.

    month (its first day), net_sales (money; returns count in their own month), orders, customers (who ordered),
    new_customers (whose first order it was), is_complete (whether the month had ended at as-of)
    """
    return _ask("overview.monthly_revenue", build, filters)


def get_top_customers(build: Build, filters: Filters, limit: int = 10) -> pd.DataFrame:
    """The customers with an order worth most, at most `limit` (1–1000).

    customer_id (text, whatever the source has), first_name, last_name, country, value_segment, rfm_segment,
    churn_band, orders, last_order_at, lifetime_value (money)
    """
    return seen_rows(_ask("overview.top_customers", build, filters, row_limit=checked_limit(limit)))


def get_product_category_performance(build: Build, filters: Filters) -> pd.DataFrame:
    """Categories by sales, largest first; a null category is what has none.

    category, net_sales (money, before returns), units, orders, customers
    """
    return _ask("overview.product_category_performance", build, filters)


def get_customer_satisfaction(build: Build, filters: Filters) -> pd.DataFrame:
    """The five scores of service tickets, 1 worst: score, ratings, customers (who gave it)."""
    return _ask("overview.customer_satisfaction", build, filters)


def get_satisfaction_summary(build: Build, filters: Filters) -> pd.DataFrame:
    """One row: ratings, csat (share of ratings 4–5), mean_score; the last two null under the setting csat_minimum_n."""
    question = "overview.satisfaction_summary"
    return _ask(question, build, filters, minimum=int(build.settings["csat_minimum_n"]))


def get_churn_risk(build: Build, filters: Filters) -> pd.DataFrame:
    """Churn bands, lowest risk first, of the customers with an order: churn_band, customers, lifetime_value (money)."""
    return _ask("overview.churn_risk", build, filters, names=[band.name for band in metrics.CHURN_BANDS])


def get_rfm_segmentation(build: Build, filters: Filters) -> pd.DataFrame:
    """Cells of customers with an order: at most 125.

    recency_score, frequency_score, monetary_score (1–5, 5 best), rfm_segment, customers, lifetime_value (money)
    """
    return _ask("overview.rfm_segmentation", build, filters)


def _ask(name: str, build: Build, filters: Filters, **parameters: int | list[str]) -> pd.DataFrame:
    """The question with those of the filters that it takes."""
    return db.read(name, build, **taken(name, filters), **parameters)


def _value(key: str, numbers: Mapping[str, Any], build: Build) -> float | None:
    minimum = metrics.METRICS[key].minimum_n
    needed = float(build.settings[minimum]) if minimum else 0.0
    return None if needed > (numbers[f"{key}_n"] or 0) else numbers[key]
