"""The questions of the risk page: how much value is at risk, and whom to call, with the reason in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.queries.asking import checked_limit, taken
from c360_dash.queries.seeing import seen_rows

TO_CALL = "risk.customers_to_call"
WORTH_A_CALL = 2
"""The first value segments of metrics.toml, High and Medium, are those to call."""

TELLING = 50
"""The engagement part of the churn risk score (0–100) is told as a reason from here on."""


def get_value_risk(build: Build, filters: Filters) -> pd.DataFrame:
    """Customers with an order by value segment and churn band, both in the order of metrics.toml; at most 9 rows.

    value_segment, churn_band, customers, lifetime_value (money)
    """
    question = "risk.value_risk"
    segments = [segment.name for segment in metrics.VALUE_SEGMENTS]
    bands = [band.name for band in metrics.CHURN_BANDS]
    return db.read(question, build, **taken(question, filters), segments=segments, bands=bands)


def get_expected_value(build: Build, filters: Filters) -> pd.DataFrame:
    """Customers with an order by value segment, in the order of metrics.toml; at most 3 rows.

    value_segment, customers, lifetime_value, predicted_value, predicted_value_at_risk (money, the last two null without
    a forecast), forecast_reason (why there is none)
    """
    question = "risk.expected_value"
    segments = [segment.name for segment in metrics.VALUE_SEGMENTS]
    return db.read(question, build, **taken(question, filters), segments=segments)


def get_customers_to_call(build: Build, filters: Filters, limit: int = 50) -> pd.DataFrame:
    """The High and Medium value customers at high churn risk, worth most first, at most `limit` (1–1000).

    customer_id (text), first_name, last_name, country, value_segment, rfm_segment, reason (in words), orders,
    order_days, recency_days, typical_gap_days (null under two order days), recent_order_days, recent_ratings,
    recent_low_ratings, days_since_engaged, churn_recency_part, churn_frequency_part, churn_service_part,
    churn_engagement_part (0–100, null without data), churn_risk_score (0–100), lifetime_value (money)
    """
    found = seen_rows(db.read(TO_CALL, build, **to_call(filters), row_limit=checked_limit(limit)))
    reasons = [reason(row) for row in found.to_dict("records")]
    found.insert(6, "reason", pd.Series(reasons, dtype="str"))
    return found


def to_call(filters: Filters) -> dict[str, Any]:
    """Who of the customers of the filters is to be called, as parameters of the question."""
    segments = [segment.name for segment in metrics.VALUE_SEGMENTS[:WORTH_A_CALL]]
    bands = [metrics.CHURN_BANDS[-1].name]
    narrowed = {
        "value_segment": _among(segments, filters.value_segment),
        "churn_band": _among(bands, filters.churn_band),
    }
    return taken(TO_CALL, filters) | narrowed


def _among(wanted: list[str], chosen: tuple[str, ...]) -> list[str]:
    """Those that are also chosen; none of them finds nobody."""
    return [name for name in wanted if name in chosen or not chosen]


def reason(row: Mapping[Any, Any]) -> str:
    """Why a customer has this churn risk: `Last order 74 days ago, usually every 21 days; 2 of 3 recent …`.

    The last order is always told, bad ratings where there are some, engagement where its part of the score is high.
    """
    told = [_last_order(row)]
    if _known(row["recent_low_ratings"]) > 0:
        told.append(f"{row['recent_low_ratings']:.0f} of {row['recent_ratings']:.0f} recent ratings low")
    if _known(row["churn_engagement_part"]) >= TELLING:
        told.append(f"no visit or response for {_days(row['days_since_engaged'])}")
    return "; ".join(told)


def _last_order(row: Mapping[Any, Any]) -> str:
    said = f"Last order {_days(row['recency_days'])} ago"
    if row["orders"] == 1:
        return f"{said}, the only one"
    if pd.isna(row["typical_gap_days"]):
        return said
    gap = round(row["typical_gap_days"])
    return f"{said}, usually every {gap} days" if gap > 1 else f"{said}, usually every day"


def _days(number: float) -> str:
    return f"{number:.0f} {'day' if number == 1 else 'days'}"


def _known(value: float | None) -> float:
    return 0 if value is None or pd.isna(value) else value
