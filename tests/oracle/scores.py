"""What compares a customer with all others: value segment, R, F and M, churn risk."""

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from .definitions import RFM_SEGMENTS, Parameters
from .rows import Row


def add_scores(customers: list[Row], settings: Parameters) -> None:
    """Add the columns of the stage customer_360 to each customer."""
    buyers = [customer for customer in customers if customer["orders"]]
    for customer in customers:
        customer["is_active"] = None
        if customer["orders"]:
            customer["is_active"] = customer["recency_days"] <= settings.whole("active_days")
    _add_value_segments(customers, buyers, settings)
    _add_rfm(customers, buyers)
    _add_churn_risk(customers, buyers, settings)


def _add_value_segments(customers: list[Row], buyers: list[Row], settings: Parameters) -> None:
    values = sorted((customer["lifetime_value"] for customer in buyers), reverse=True)
    high_from, medium_from = _value_cutoffs(values, settings)
    for customer in customers:
        value = customer["lifetime_value"]
        if value is None:
            customer["value_segment"] = "Prospect"
        else:
            customer["value_segment"] = "High" if value >= high_from else "Medium" if value >= medium_from else "Low"


def _value_cutoffs(values: Sequence[Decimal], settings: Parameters) -> tuple[Decimal, Decimal]:
    """From which lifetime value a customer is High, and Medium; `values` are sorted, greatest first."""
    if settings.text("value_cutoff_kind") == "amount" or not values:
        return settings.exact("high_value_amount"), settings.exact("medium_value_amount")
    high = settings.exact("high_value_share")
    medium = min(high + settings.exact("medium_value_share"), Decimal(1))
    high_position, medium_position = (max(1, math.ceil(share * len(values))) for share in (high, medium))
    return values[high_position - 1], values[medium_position - 1]


def _add_rfm(customers: list[Row], buyers: list[Row]) -> None:
    for customer in customers:
        names = ("recency_score", "frequency_score", "monetary_score", "rfm_score")
        customer |= dict.fromkeys(names) | {"rfm_segment": "Prospect"}
    _add_rank_scores(buyers, "recency_score", [-customer["recency_days"] for customer in buyers])
    _add_rank_scores(buyers, "frequency_score", [customer["orders"] for customer in buyers])
    _add_rank_scores(buyers, "monetary_score", [customer["lifetime_value"] for customer in buyers])
    for customer in buyers:
        recency, frequency = customer["recency_score"], customer["frequency_score"]
        customer["rfm_score"] = f"{recency}{frequency}{customer['monetary_score']}"
        customer["rfm_segment"] = RFM_SEGMENTS[recency, frequency]


def _add_rank_scores(buyers: list[Row], name: str, values: Sequence[Any]) -> None:
    """Fifths by the share of the other customers who lie strictly below; equal values score equally."""
    below: dict[Any, int] = {}
    for position, value in enumerate(sorted(values)):
        below.setdefault(value, position)
    others = max(1, len(buyers) - 1)
    for customer, value in zip(buyers, values, strict=True):
        customer[name] = min(5, 1 + 5 * below[value] // others)


def _add_churn_risk(customers: list[Row], buyers: list[Row], settings: Parameters) -> None:
    gaps = [customer["typical_gap_days"] for customer in buyers if customer["order_days"] > 1]
    median_gap = median(gaps) if gaps else settings.number("default_gap_days")
    for customer in customers:
        customer |= _recency_part(customer, median_gap, settings)
        customer |= _other_parts(customer, settings)
        customer["churn_risk_score"] = _weighted_mean(customer, settings) if customer["orders"] else None
        customer["churn_band"] = _churn_band(customer["churn_risk_score"], settings)


def _recency_part(customer: Row, median_gap: float, settings: Parameters) -> Row:
    if not customer["orders"]:
        return dict.fromkeys(("expected_gap_days", "churn_recency_ratio", "churn_recency_part"))
    added, half = settings.number("gap_shrinkage"), settings.number("churn_recency_half")
    gaps = customer["order_days"] - 1 + added
    expected_gap = max(1.0, (customer["span_days"] + added * median_gap) / gaps if gaps else median_gap)
    ratio = customer["recency_days"] / expected_gap
    part = 100 * ratio / (ratio + half)
    return {"expected_gap_days": expected_gap, "churn_recency_ratio": ratio, "churn_recency_part": part}


def _other_parts(customer: Row, settings: Parameters) -> Row:
    if not customer["orders"]:
        return dict.fromkeys(("churn_frequency_part", "churn_service_part", "churn_engagement_part"))
    ratings, days = customer["recent_ratings"], customer["days_since_engaged"]
    half, frequency_half = (settings.number(f"churn_{name}") for name in ("engagement_half_days", "frequency_half"))
    return {
        "churn_frequency_part": 100 * frequency_half / (frequency_half + customer["recent_order_days"]),
        "churn_service_part": 100 * customer["recent_low_ratings"] / ratings if ratings else None,
        "churn_engagement_part": None if days is None else 100 * days / (days + half),
    }


def _weighted_mean(customer: Row, settings: Parameters) -> float | None:
    """The mean of the parts that have data; None where those weigh nothing."""
    parts = [
        (settings.number(f"churn_weight_{name}"), customer[f"churn_{name}_part"])
        for name in ("recency", "frequency", "service", "engagement")
        if customer[f"churn_{name}_part"] is not None
    ]
    weight = sum(weight for weight, _ in parts)
    return sum(weight * part for weight, part in parts) / weight if weight else None


def _churn_band(score: float | None, settings: Parameters) -> str | None:
    if score is None:
        return None
    if score < settings.number("churn_medium_from"):
        return "Low"
    return "High" if score > settings.number("churn_high_above") else "Medium"
