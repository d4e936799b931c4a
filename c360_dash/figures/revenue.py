"""The figures of the revenue page: answers of queries/revenue.py in, plain figures out."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from c360_dash.figures.bars import ranking
from c360_dash.figures.marks import Mark, marks_in, new, returning
from c360_dash.figures.overview import monthly_revenue
from c360_dash.figures.style import (
    AMBER,
    AMBER_SOFT,
    BLUE,
    GREY,
    TEAL,
    Figure,
    count_axis,
    empty,
    figure,
    month_axis,
    share_axis,
)
from c360_dash.writer import Writer

NOBODY_ORDERED = "Nobody ordered in these months."
NOTHING_SOLD = "Nothing was sold in these months."
NO_CAMPAIGNS = "No campaign is known."
NOT_KNOWN = "Not known"
MOST_BARS = 10


def revenue_and_campaigns(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales by month, and above them when the largest campaigns ran."""
    writer = writer or Writer()
    found = monthly_revenue(frame, writer)
    shown = campaigns_shown(frame)
    if not found["data"] or not shown:
        return found
    lines = [line | {"xperiod": "M1", "xperiodalignment": "middle"} for line in found["data"]]
    lanes = _lanes(shown)
    layout = found["layout"] | {
        "hovermode": "closest",
        "hoverdistance": 40,
        "yaxis": found["layout"]["yaxis"] | {"domain": [0, 0.86]},
        "yaxis2": _strip(max(lanes) + 1),
        "xaxis": found["layout"]["xaxis"] | {"range": _drawn_time(frame)},
        "shapes": [_band(campaign) for campaign in shown],
    }
    return {"data": [*lines, _spans(frame, shown, lanes, writer)], "layout": layout}


def campaigns_shown(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The marked campaigns that ran in the months of the frame."""
    if frame.empty:
        return []
    begin, end = frame["month"].min(), frame["month"].max() + pd.DateOffset(months=1)
    return [
        campaign
        for campaign in frame.attrs.get("campaigns", [])
        if pd.Timestamp(campaign["started_at"]) < end and pd.Timestamp(campaign["ended_at"]) >= begin
    ]


def campaign_results(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Customers who converted, of the ten campaigns with most of them."""
    if frame.empty:
        return empty(NO_CAMPAIGNS)
    rows = frame.nlargest(MOST_BARS, "converted").iloc[::-1]
    return ranking(list(rows["campaign"]), rows["converted"], writer or Writer(), "Converted", kind="count")


def new_and_returning(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Returning and new customers of each month as stacked bars; beneath, the share of the new ones."""
    writer = writer or Writer()
    if not frame["customers"].sum():
        return empty(NOBODY_ORDERED)
    shares = [_share_line(frame[frame["is_complete"]], writer, None)]
    if not frame["is_complete"].all():
        shares.append(_share_line(_tail(frame), writer, "dot"))
    bars = [
        _people(frame, "returning_customers", "Returning", BLUE, returning, writer),
        _people(frame, "new_customers", "New", AMBER, new, writer),
    ]
    return figure(
        [*bars, *shares],
        writer,
        barmode="stack",
        bargap=0.25,
        hovermode="closest",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis=month_axis(frame) | {"anchor": "y2"},
        yaxis=count_axis(writer, "Customers", frame["customers"]) | {"domain": [0.34, 1]},
        yaxis2=share_axis(writer, "New", frame["share_of_new"]) | {"domain": [0, 0.24]},
    )


def revenue_by_country(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales of the ten largest countries; the others are one bar."""
    return _ranked(frame, "country", "net_sales", "money", writer or Writer())


def revenue_by_acquisition_channel(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales by the channel that won the customer; from the eleventh on they are one bar."""
    return _ranked(frame, "acquisition_channel", "net_sales", "money", writer or Writer())


def orders_by_channel(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Orders by the channel they came through; from the eleventh on they are one bar."""
    return _ranked(frame, "order_channel", "orders", "count", writer or Writer())


def _drawn_time(frame: pd.DataFrame) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in (frame["month"].min(), frame["month"].max() + pd.DateOffset(months=1))]


def _spans(frame: pd.DataFrame, shown: list[dict[str, Any]], lanes: list[int], writer: Writer) -> dict[str, object]:
    least = (frame["month"].max() - frame["month"].min()) / 200
    lengths = [pd.Timestamp(each["ended_at"]) - pd.Timestamp(each["started_at"]) for each in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "yaxis": "y2",
        "base": [each["started_at"] for each in shown],
        "x": [max(length, least).total_seconds() * 1000 for length in lengths],
        "y": lanes,
        "width": 0.7,
        "marker": {"color": AMBER},
        "customdata": [_campaign_words(each, writer) for each in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _campaign_words(campaign: dict[str, Any], writer: Writer) -> str:
    sent, converted = (writer(campaign[name], "count", short=False) for name in ("sent", "converted"))
    first, last = (writer(pd.Timestamp(campaign[name]), "date") for name in ("started_at", "ended_at"))
    return f"<b>{campaign['campaign']}</b><br>{first} to {last}<br>Sent to {sent} customers, {converted} converted"


def _lanes(shown: list[dict[str, Any]]) -> list[int]:
    """For each campaign the first lane that is free when it begins."""
    ends: list[str] = []
    lanes = []
    for campaign in shown:
        free = next((lane for lane, end in enumerate(ends) if end < campaign["started_at"]), len(ends))
        ends[free:] = [campaign["ended_at"], *ends[free + 1 :]]
        lanes.append(free)
    return lanes


def _strip(lanes: int) -> dict[str, object]:
    return {
        "domain": [0.91, 1],
        "range": [lanes - 0.4, -0.6],
        "tickvals": [(lanes - 1) / 2],
        "ticktext": ["Campaigns"],
        "showgrid": False,
        "fixedrange": True,
    }


def _band(campaign: dict[str, Any]) -> dict[str, object]:
    ends = {"x0": campaign["started_at"], "x1": campaign["ended_at"], "y0": 0, "y1": 0.86}
    return ends | {
        "type": "rect",
        "yref": "paper",
        "layer": "below",
        "fillcolor": AMBER_SOFT,
        "line": {"width": 0},
    }


def _people(
    frame: pd.DataFrame, column: str, name: str, colour: str, part: Callable[[Mark], Mark], writer: Writer
) -> dict[str, object]:
    return {
        "type": "bar",
        "name": name,
        "x": _days(frame),
        "y": frame[column].tolist(),
        "marker": {"color": colour, "opacity": [1 if complete else 0.5 for complete in frame["is_complete"]]},
        "customdata": [
            f"<b>{writer(month, 'month')}</b><br>{name} {writer(value, 'count', short=False)}"
            + ("" if complete else " · month not finished")
            for month, value, complete in zip(frame["month"], frame[column], frame["is_complete"], strict=True)
        ],
        "meta": [
            part(mark) if people else {} for mark, people in zip(marks_in(frame) or [], frame[column], strict=False)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _share_line(frame: pd.DataFrame, writer: Writer, dash: str | None) -> dict[str, object]:
    words = [
        f"<b>{writer(month, 'month')}</b><br>{writer(share, 'percent')} are new"
        for month, share in zip(frame["month"], frame["share_of_new"], strict=True)
    ]
    return {
        "type": "scatter",
        "yaxis": "y2",
        "mode": "lines" if len(frame) > 2 else "lines+markers",
        "x": _days(frame),
        "y": [None if pd.isna(share) else round(share, 4) for share in frame["share_of_new"]],
        "line": {"color": AMBER, "width": 2} | ({"dash": dash} if dash else {}),
        "showlegend": False,
        "customdata": words,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _tail(frame: pd.DataFrame) -> pd.DataFrame:
    """The last finished month and those that are not."""
    finished = frame[frame["is_complete"]]
    return pd.concat([finished.tail(1), frame[~frame["is_complete"]]])


def _days(frame: pd.DataFrame) -> list[str]:
    return [f"{month:%Y-%m-%d}" for month in frame["month"]]


def _ranked(frame: pd.DataFrame, column: str, amount: str, kind: str, writer: Writer) -> Figure:
    if frame.empty:
        return empty(NOTHING_SOLD)
    rows = _with_others(frame, column, amount).iloc[::-1]
    title = amount.replace("_", " ").capitalize()
    found = ranking(list(rows[column]), rows[amount], writer, title, kind, marks_in(rows))
    plain = {NOT_KNOWN, rows[column].iloc[0]} if len(rows) < len(frame) else {NOT_KNOWN}
    found["data"][0]["marker"]["color"] = [GREY if name in plain else TEAL for name in rows[column]]
    return found


def _with_others(frame: pd.DataFrame, column: str, amount: str) -> pd.DataFrame:
    """The ten largest, named, and one row for all others: the column, the amount, mark if there is one."""
    named = frame.assign(**{column: frame[column].fillna(NOT_KNOWN)}).filter([column, amount, "mark"])
    rest = named.iloc[MOST_BARS:]
    if len(rest) < 2:
        return named
    others = pd.DataFrame({column: [f"{len(rest)} others"], amount: [rest[amount].sum()]})
    return pd.concat([named.iloc[:MOST_BARS], others], ignore_index=True)
