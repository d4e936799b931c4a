"""What may be asked about a build: one function a question, each answered from the cache once it was asked.

Every function takes the build and the filters, and returns a DataFrame with the columns its docstring lists. Money is
in the currency of the build (`build.currency`), shares are 0–1, no data is null.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.metrics import Metric

__all__ = [
    "Filters",
    "get_churn_risk",
    "get_customer_satisfaction",
    "get_customer_segments",
    "get_filter_values",
    "get_kpis",
    "get_monthly_revenue",
    "get_product_category_performance",
    "get_rfm_segmentation",
    "get_satisfaction_summary",
    "get_top_customers",
    "refuse_unknown_values",
]

MOST_CUSTOMERS = 1_000


def get_kpis(build: Build, filters: Filters) -> pd.DataFrame:
    """The metrics of metrics.toml, one row each in its order.

    metric (its key), value, comparison_value (the same number `comparison_days` before as-of), n (what a rate rests
    on; null for sums). A value is null where nothing lies below it, or where n is under the metric's minimum.
    """
    moments = _ask("overview.kpis", build, filters).set_index("moment").to_dict("index")
    rows = [
        {
            "metric": key,
            "value": _value(metric, moments["as_of"], build),
            "comparison_value": _value(metric, moments["comparison"], build),
            "n": moments["as_of"][f"{key}_n"],
        }
        for key, metric in metrics.METRICS.items()
    ]
    kinds = {"metric": "str", "value": "float64", "comparison_value": "float64", "n": "Int64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def get_customer_segments(build: Build, filters: Filters) -> pd.DataFrame:
    """Value segments in the order of metrics.toml; segments without customers are absent.

    value_segment, customers, lifetime_value (money), share_of_customers, share_of_value (null where there is none)
    """
    frame = _ask("overview.customer_segments", build, filters)
    return _in_order(frame, "value_segment", (segment.name for segment in metrics.VALUE_SEGMENTS))


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
    if not 1 <= limit <= MOST_CUSTOMERS:
        raise FilterError("limit", f"limit cannot be {limit}; it is a whole number from 1 to {MOST_CUSTOMERS}.")
    return _ask("overview.top_customers", build, filters, row_limit=limit)


def get_product_category_performance(build: Build, filters: Filters) -> pd.DataFrame:
    """Categories by sales, largest first; a null category is what has none.

    category, net_sales (money, before returns), units, orders, customers
    """
    return _ask("overview.product_category_performance", build, filters)


def get_customer_satisfaction(build: Build, filters: Filters) -> pd.DataFrame:
    """The five scores of service tickets, 1 worst: score, ratings."""
    return _ask("overview.customer_satisfaction", build, filters)


def get_satisfaction_summary(build: Build, filters: Filters) -> pd.DataFrame:
    """One row: csat (share of ratings 4–5), mean_score, ratings; both null under the setting csat_minimum_n."""
    scores = get_customer_satisfaction(build, filters)
    ratings = int(scores["ratings"].sum())
    hidden = ratings < max(1, int(build.settings["csat_minimum_n"]))
    summary = {
        "csat": None if hidden else scores.loc[scores["score"] >= 4, "ratings"].sum() / ratings,
        "mean_score": None if hidden else (scores["score"] * scores["ratings"]).sum() / ratings,
        "ratings": ratings,
    }
    return pd.DataFrame([summary]).astype({"csat": "float64", "mean_score": "float64", "ratings": "int64"})


def get_churn_risk(build: Build, filters: Filters) -> pd.DataFrame:
    """Churn bands, lowest risk first, of the customers with an order: churn_band, customers, lifetime_value (money)."""
    frame = _ask("overview.churn_risk", build, filters)
    return _in_order(frame, "churn_band", (band.name for band in metrics.CHURN_BANDS))


def get_rfm_segmentation(build: Build, filters: Filters) -> pd.DataFrame:
    """Cells of customers with an order: at most 125.

    recency_score, frequency_score, monetary_score (1–5, 5 best), rfm_segment, customers, lifetime_value (money)
    """
    return _ask("overview.rfm_segmentation", build, filters)


def get_filter_values(build: Build) -> pd.DataFrame:
    """Every value that a filter can have in the build, most customers first: dimension, value, customers.

    The value `unknown` stands for the customers without one.
    """
    return db.read("filters.values", build)


def refuse_unknown_values(build: Build, filters: Filters) -> None:
    """Raises FilterError when a filter names a country or channel that no customer of the build has."""
    open_ended = {name: getattr(filters, name) for name in ("country", "acquisition_channel")}
    if not any(open_ended.values()):
        return
    values = get_filter_values(build)
    for name, chosen in open_ended.items():
        known = set(values.loc[values["dimension"] == name, "value"])
        for value in chosen:
            if value not in known:
                raise FilterError(name, f"{name} cannot be “{value}”: no customer of build {build.id} has it.")


def _ask(name: str, build: Build, filters: Filters, **parameters: int) -> pd.DataFrame:
    """The question with those of the filters that it takes."""
    taken = db.parameters_of(name)
    chosen = {key: value for key, value in filters.parameters().items() if key in taken}
    return db.read(name, build, **chosen, **parameters)


def _value(metric: Metric, numbers: Mapping[Any, Any], build: Build) -> float | None:
    value, n = numbers[metric.key], numbers[f"{metric.key}_n"]
    needed = build.settings[metric.minimum_n] if metric.minimum_n else None
    hidden = pd.isna(value) or (needed is not None and (pd.isna(n) or n < float(needed)))
    return None if hidden else float(value)


def _in_order(frame: pd.DataFrame, column: str, names: Iterable[str]) -> pd.DataFrame:
    position = {name: place for place, name in enumerate(names)}
    return frame.sort_values(column, key=lambda values: values.map(position), ignore_index=True)
