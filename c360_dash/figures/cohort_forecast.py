"""What is expected of cohorts: an answer of get_cohort_forecast and a Writer in, a figure or a sentence out."""

from typing import Any

import pandas as pd

from c360_dash.figures.forecasts import DAYS
from c360_dash.figures.marks import marks_in
from c360_dash.figures.sentences import NOBODY_ORDERED
from c360_dash.figures.style import TEAL, Figure, empty, figure, month_axis
from c360_dash.writer import Writer


def expected_orders(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Order days expected of a customer, by the month of the first order, as bars; why there are none in words."""
    writer = writer or Writer()
    known = with_forecast(frame)
    if known.empty:
        return empty(_why_none(frame))
    bar = {
        "type": "bar",
        "x": [f"{month:%Y-%m-%d}" for month in known["cohort_month"]],
        "y": known["expected_order_days_each"].round(4).tolist(),
        "marker": {"color": TEAL},
        "customdata": [_cohort(row, writer) for row in known.to_dict("records")],
        "meta": marks_in(known),
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    each = {"title": {"text": "Order days per customer"}, "rangemode": "tozero", "exponentformat": "none", "nticks": 6}
    months = month_axis(known) | {"title": {"text": "Month of the first order"}}
    return figure([bar], writer, bargap=0.25, hovermode="closest", xaxis=months, yaxis=each)


def say_expected_orders(frame: pd.DataFrame, writer: Writer) -> str:
    """How much is expected of all, and of which cohort most; or why that is not known."""
    known = with_forecast(frame)
    if known.empty:
        return _why_none(frame)
    people, days = known["customers"].sum(), known["expected_order_days"].sum()
    customers = f"{writer(people, 'count', short=False)} customer{'' if people == 1 else 's'}"
    all_days, each = writer(days, "decimal"), _each(days / people, writer)
    said = f"Of {customers} {all_days} order days are expected within {DAYS} days, {each} each"
    return f"{said}{_sales(known, writer)}{_most(known, writer)}"


def with_forecast(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows, or none where there is no forecast."""
    return frame[frame["expected_order_days"].notna()]


def _why_none(frame: pd.DataFrame) -> str:
    return NOBODY_ORDERED if frame.empty else str(frame["forecast_reason"].iloc[0])


def _sales(known: pd.DataFrame, writer: Writer) -> str:
    """The end of a sentence; the value model may have failed where the purchase model did not."""
    if known["expected_net_sales"].isna().all():
        return f". {known['forecast_reason'].iloc[0]}"
    return f", with net sales of {writer(known['expected_net_sales'].sum(), 'money')}."


def _most(known: pd.DataFrame, writer: Writer) -> str:
    if len(known) == 1:
        return ""
    best = known.iloc[int(known["expected_order_days_each"].argmax())]
    month, each = writer(best["cohort_month"], "month"), _each(best["expected_order_days_each"], writer)
    return f" Most is expected of those who first ordered in {month}: {each} each."


def _cohort(row: dict[Any, Any], writer: Writer) -> str:
    people, month = writer(row["customers"], "count", short=False), writer(row["cohort_month"], "month")
    sales = row["expected_net_sales"]
    money = "" if pd.isna(sales) else f", {writer(sales, 'money')}"
    return (
        f"<b>{month}</b><br>{people} customers, {writer(row['mean_probability_active'], 'percent')} probably active<br>"
        f"Expected within {DAYS} days: {writer(row['expected_order_days'], 'decimal')} order days, "
        f"{_each(row['expected_order_days_each'], writer)} each{money}"
    )


def _each(days: float, writer: Writer) -> str:
    """With two decimals: most are under one."""
    return writer(days, "decimal", short=False)
