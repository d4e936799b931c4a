"""What each figure shows in one sentence: beneath its title, and for those who hear the page instead of seeing it."""

import pandas as pd

from c360_dash import metrics
from c360_dash.figures.overview import NO_CATEGORY
from c360_dash.writer import Writer

NOTHING_SOLD = "Nothing was sold to these customers."
NOBODY_ORDERED = "None of these customers has ordered."


def monthly_revenue(frame: pd.DataFrame, writer: Writer) -> str:
    """The last full month, its change, and the best month; the unfinished one is named as such."""
    finished = frame[frame["is_complete"]]
    if not frame[["net_sales", "orders"]].any(axis=None):
        return NOTHING_SOLD
    if finished.empty:
        return "No month has ended yet."
    last, best = finished.iloc[-1], finished.iloc[int(finished["net_sales"].argmax())]
    said = f"{writer.first(last['month'], 'month')} brought {writer(last['net_sales'], 'money')}"
    if len(finished) > 1:
        said += f", {_more_or_less(last['net_sales'], finished.iloc[-2]['net_sales'], writer)} than the month before"
    if best["month"] != last["month"]:
        said += f"; the best month was {writer(best['month'], 'month')} with {writer(best['net_sales'], 'money')}"
    running = frame[~frame["is_complete"]]
    if len(running):
        said += f". {writer.first(running.iloc[-1]['month'], 'month')} is not finished and drawn dashed"
    return f"{said}."


def customer_segments(frame: pd.DataFrame, writer: Writer) -> str:
    """How much of the value the best segment brings."""
    if frame.empty:
        return "No customers."
    first = frame.iloc[0]
    if pd.isna(first["share_of_value"]):
        return f"{writer(frame['customers'].sum(), 'count', short=False)} customers, none with an order."
    share = writer(first["share_of_customers"], "percent")
    value = writer(first["share_of_value"], "percent")
    return f"{first['value_segment']} value customers are {share} of the customers and bring {value} of the value."


def top_customers(frame: pd.DataFrame, writer: Writer) -> str:
    """What the customers of the list are worth together."""
    if frame.empty:
        return NOBODY_ORDERED
    if len(frame) == 1:
        return f"One customer, worth {writer(frame['lifetime_value'].iloc[0], 'money')}."
    total, first = frame["lifetime_value"].sum(), frame["lifetime_value"].iloc[0]
    return f"These {len(frame)} are worth {writer(total, 'money')} together, the first one {writer(first, 'money')}."


def product_category_performance(frame: pd.DataFrame, writer: Writer) -> str:
    """The largest category and its share of the sales."""
    total = frame["net_sales"].sum()
    if frame.empty or not total:
        return NOTHING_SOLD
    first = frame.iloc[0]
    name = NO_CATEGORY if pd.isna(first["category"]) else first["category"]
    share = writer(first["net_sales"] / total, "percent")
    if len(frame) == 1:
        return f"All sales are in {name}."
    return f"{name} sells most, {share} of the net sales of {len(frame)} categories (before returns)."


def customer_satisfaction(scores: pd.DataFrame, summary: pd.DataFrame, writer: Writer) -> str:
    """CSAT, mean and number of ratings; below the least number of ratings only the number."""
    ratings = int(scores["ratings"].sum())
    if not ratings:
        return "No ratings yet: nobody closed a service ticket with a score."
    number = writer(ratings, "count", short=False)
    found = summary.iloc[0]
    if pd.isna(found["csat"]):
        return f"{number} ratings: too few for a CSAT."
    csat, mean = writer(found["csat"], "percent"), writer(found["mean_score"], "decimal", short=False)
    return f"CSAT {csat}: that share of {number} ratings is 4 or 5. The mean is {mean}."


def churn_risk(frame: pd.DataFrame, writer: Writer) -> str:
    """How many customers are at high risk, and what they have been worth."""
    total = frame["customers"].sum()
    if not total:
        return NOBODY_ORDERED
    high = frame[frame["churn_band"] == metrics.CHURN_BANDS[-1].name]
    if high.empty:
        return "No customer is at high risk."
    share, value = high["customers"].sum() / total, high["lifetime_value"].sum()
    people = writer(high["customers"].sum(), "count", short=False)
    return (
        f"{people} customers ({writer(share, 'percent')}) are at high risk; they were worth {writer(value, 'money')}."
    )


def rfm_segmentation(frame: pd.DataFrame, writer: Writer) -> str:
    """The largest RFM segment."""
    if frame.empty:
        return NOBODY_ORDERED
    sizes = frame.groupby("rfm_segment")["customers"].sum()
    share = writer(sizes.max() / sizes.sum(), "percent")
    meaning = next((part.meaning for part in metrics.RFM_SEGMENTS if part.name == sizes.idxmax()), "")
    return f"{sizes.idxmax()} is the largest segment with {share} of the customers who ordered. {meaning}".strip()


def _more_or_less(value: float, reference: float, writer: Writer) -> str:
    if reference <= 0:
        return "more" if value > reference else "no more"
    change = value / reference - 1
    if abs(change) < 0.0005:
        return "no more"
    return f"{writer(abs(change), 'percent')} {'more' if change > 0 else 'less'}"
