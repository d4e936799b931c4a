"""What each figure of the revenue page shows in a sentence."""

import pandas as pd

from c360_dash.figures import sentences
from c360_dash.figures.cohorts import LAST_MONTH, MOST_COHORTS
from c360_dash.figures.revenue import (
    NO_CAMPAIGNS,
    NOBODY_ORDERED,
    NOT_KNOWN,
    NOTHING_SOLD,
    campaigns_shown,
)
from c360_dash.writer import Writer

TOLD_MONTHS = (1, 3, 6, 12)


def revenue_and_campaigns(frame: pd.DataFrame, writer: Writer) -> str:
    """The last full month, and which campaigns are marked."""
    said = sentences.monthly_revenue(frame, writer)
    if not frame[["net_sales", "orders"]].any(axis=None):
        return said
    marked = len(campaigns_shown(frame))
    if not marked:
        return f"{said} No campaign ran in these months."
    campaigns = "One campaign is" if marked == 1 else f"The {marked} campaigns that reached most customers are"
    return f"{said} {campaigns} marked, whatever the filters."


def campaign_results(frame: pd.DataFrame, writer: Writer) -> str:
    """How many campaigns there were, and which converted most."""
    if frame.empty:
        return NO_CAMPAIGNS
    best = frame.nlargest(1, "converted").iloc[0]
    number = writer(len(frame), "count", short=False)
    if not best["converted"]:
        return f"{number} campaigns; no conversion is known."
    converted, sent = (writer(best[name], "count", short=False) for name in ("converted", "sent"))
    return f"{number} campaigns; {best['campaign']} converted most: {converted} of the {sent} customers it was sent to."


def new_and_returning(frame: pd.DataFrame, writer: Writer) -> str:
    """Who ordered in the last full month, and the share of new customers over all months."""
    finished = frame[frame["is_complete"]]
    people = finished["customers"].sum()
    if not people:
        return "No month has ended yet." if frame["customers"].sum() else NOBODY_ORDERED
    last = finished.iloc[-1]
    month = writer(last["month"], "month")
    said = f"Nobody ordered in {month}"
    if last["customers"]:
        ordered = writer(last["customers"], "count", short=False)
        said = f"In {month} {ordered} customers ordered, {writer(last['share_of_new'], 'percent')} for the first time"
    mean = writer(finished["new_customers"].sum() / people, "percent")
    running = frame[~frame["is_complete"]]
    unfinished = (
        f" {writer.first(running.iloc[-1]['month'], 'month')} is not finished and drawn pale." if len(running) else ""
    )
    return f"{said}; over all finished months it was {mean}.{unfinished}"


def revenue_by_country(frame: pd.DataFrame, writer: Writer) -> str:
    """The largest country and its share."""
    return _largest(frame, "country", "countries", writer)


def revenue_by_acquisition_channel(frame: pd.DataFrame, writer: Writer) -> str:
    """The channel whose customers bring most."""
    return _largest(frame, "acquisition_channel", "channels", writer)


def orders_by_channel(frame: pd.DataFrame, writer: Writer) -> str:
    """The channel with most orders and its share."""
    if frame.empty:
        return NOTHING_SOLD
    if frame["order_channel"].isna().all():
        return "The shop does not tell through which channel an order came."
    first = frame.iloc[0]
    total = writer(frame["orders"].sum(), "count", short=False)
    share = f"{writer(first['share_of_orders'], 'percent')} of {total}"
    if pd.isna(first["order_channel"]):
        return f"The channel of most orders is not known: {share}."
    return f"Most orders came through the channel {first['order_channel']}: {share}."


def cohort_retention(frame: pd.DataFrame, writer: Writer) -> str:
    """The share of all cohorts that ordered in some months after, and what is not drawn."""
    finished = frame[frame["is_complete"]]
    if finished.empty:
        return "No month with a first order has ended yet."
    sums = finished.groupby("months_after")[["customers", "cohort_size"]].sum()
    told = [month for month in TOLD_MONTHS if month in sums.index]
    if not told:
        return "No month after a first order has ended yet."
    shares = sums["customers"] / sums["cohort_size"]
    parts = [f"{writer(shares[month], 'percent')} ordered in month {month}" for month in told]
    said = f"Of the customers of all cohorts, {_listed(parts)} after the first order. Cells are in percent"
    cohorts = finished["cohort_month"].nunique()
    if cohorts > MOST_COHORTS or sums.index.max() > LAST_MONTH:
        latest = f"the latest {MOST_COHORTS} cohorts" if cohorts > MOST_COHORTS else "the cohorts"
        said += f"; drawn are {latest} to month {LAST_MONTH}, the table holds all"
    return f"{said}."


def _largest(frame: pd.DataFrame, column: str, many: str, writer: Writer) -> str:
    if frame.empty or frame["net_sales"].sum() <= 0:
        return NOTHING_SOLD
    first = frame.iloc[0]
    name = NOT_KNOWN if pd.isna(first[column]) else first[column]
    if len(frame) == 1:
        return f"All sales: {name}."
    share = writer(first["share_of_sales"], "percent")
    return f"{name} brings most: {share} of the net sales of {len(frame)} {many}."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
