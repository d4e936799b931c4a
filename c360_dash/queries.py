"""What may be asked about a build: one function a question, each answered from the cache once it was asked.

Every function takes the build and the filters, and returns a DataFrame with the columns its docstring lists. Money is
in the currency of the build (`build.currency`), shares are 0–1, no data is null.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters

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
    "refuse_unknown_values",
]

MOST_CUSTOMERS = 1_000


def get_kpis(build: Build, filters: Filters) -> pd.DataFrame:
    """The metrics of metrics.toml, one row each in its order.

    metric (its key), value, comparison_value (the same number `comparison_days` before as-of), n (what a rate rests
    on; null for sums). A value is null where nothing lies below it, or where n is under the metric's minimum.
    """
    rows = db.read_records("overview.kpis", build, **_taken("overview.kpis", filters))
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


def filter_choices(build: Build) -> dict[str, list[str]]:
    """For each dimension the values that customers of the build have, most customers first.

    The value `unknown` stands for the customers without one.
    """
    choices: dict[str, list[str]] = {name: [] for name in metrics.DIMENSIONS}
    for row in db.read_records("filters.choices", build):
        choices[row["dimension"]].append(row["choice"])
    return choices


def refuse_unknown_values(build: Build, filters: Filters) -> None:
    """Raises FilterError when a filter names a country or channel that no customer of the build has."""
    chosen = {name: getattr(filters, name) for name in ("country", "acquisition_channel")}
    if not any(chosen.values()):
        return
    choices = filter_choices(build)
    for name, values in chosen.items():
        for value in values:
            if value not in choices[name]:
                raise FilterError(name, f"{name} cannot be “{value}”: no customer of build {build.id} has it.")


def _ask(name: str, build: Build, filters: Filters, **parameters: int | list[str]) -> pd.DataFrame:
    """The question with those of the filters that it takes."""
    return db.read(name, build, **_taken(name, filters), **parameters)


def _taken(name: str, filters: Filters) -> dict[str, list[str] | date | None]:
    known = db.parameters_of(name)
    return {key: value for key, value in filters.parameters().items() if key in known}


def _value(key: str, numbers: Mapping[str, Any], build: Build) -> float | None:
    minimum = metrics.METRICS[key].minimum_n
    needed = float(build.settings[minimum]) if minimum else 0.0
    return None if needed > (numbers[f"{key}_n"] or 0) else numbers[key]
