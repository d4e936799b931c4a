"""Figures and sentences of the back-test: a DataFrame of queries/back_test.py and a Writer in."""

from typing import Any

import pandas as pd

from c360_dash.figures.bars import ranking
from c360_dash.figures.style import AMBER, BANDS, BLUE, GREY, Figure, empty, figure, share_axis
from c360_dash.writer import Writer

NO_BACK_TEST = (
    "No back-test yet: `c360 backtest` builds as of 90 days before the data end, and compares what the scores said "
    "then with what happened."
)
SCORE, PLAIN = "churn_risk_score", "recency_days"
RULES = {
    SCORE: "Churn risk score",
    "probability_active": "Probability of being active",
    "expected_orders": "Expected orders",
    PLAIN: "Days since last order",
}
GROUPINGS = {"all": "All customers", "churn_band": "{} churn risk", "value_segment": "{} value"}
SURE = 2
"""A lead under so many of its standard errors may be chance."""


def named_rules(frame: pd.DataFrame) -> pd.DataFrame:
    """With the column rule_name, in words."""
    return frame.assign(rule_name=frame["rule"].map(RULES).astype("str"))


def named_groups(frame: pd.DataFrame) -> pd.DataFrame:
    """With the column group, in words."""
    names = [GROUPINGS[row["grouping"]].format(row["group_name"]) for row in frame.to_dict("records")]
    return frame.assign(group=pd.Series(names, dtype="str", index=frame.index))


def back_test(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The share of pairs that each rule ranked right, as bars; the plain rule in grey."""
    writer = writer or Writer()
    if frame.empty:
        return empty(NO_BACK_TEST)
    rows = named_rules(frame.iloc[::-1])
    found = ranking(list(rows["rule_name"]), rows["auc"], writer, "Pairs ranked right", kind="percent")
    found["data"][0] |= {
        "x": [None if pd.isna(share) else round(share, 4) for share in rows["auc"]],
        "text": [writer(share, "percent", short=False) for share in rows["auc"]],
        "marker": {"color": [GREY if rule == PLAIN else BLUE for rule in rows["rule"]]},
    }
    return found


def say_back_test(frame: pd.DataFrame, writer: Writer) -> str:
    """How many returned, how well the score ranked them, and whether it beats the plain rule."""
    if frame.empty:
        return NO_BACK_TEST
    rules = {row["rule"]: row for row in frame.to_dict("records")}
    any_rule = frame.iloc[0]
    customers, returned = (writer(any_rule[name], "count", short=False) for name in ("customers", "returned"))
    since, days = writer(any_rule["as_of"], "date"), writer(any_rule["days"], "days")
    said = f"Looking from {since}: of {customers} customers with an order, {returned} ordered again within {days}."
    if SCORE not in rules or pd.isna(rules[SCORE]["auc"]):
        return f"{said} So there is nobody to tell apart by risk."
    score, plain = (writer(rules[rule]["auc"], "percent", short=False) for rule in (SCORE, PLAIN))
    found = (
        f"{said} Shown one of each, the churn risk score tells which is which in {score} of cases, the plain rule of "
        f"days since the last order in {plain}: {_verdict(rules[SCORE])}."
    )
    return " ".join([found, *(_forecast(rules[rule], writer) for rule in rules if rule not in (SCORE, PLAIN))])


def deciles(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Of each tenth by churn risk score, the share that did not return, and the score as a line."""
    writer = writer or Writer()
    rows = frame[frame["rule"] == SCORE]
    if rows.empty:
        return empty(NO_BACK_TEST)
    bar = {
        "type": "bar",
        "name": "Did not return",
        "x": rows["decile"].tolist(),
        "y": rows["not_returned_share"].round(4).tolist(),
        "marker": {"color": BLUE},
        "customdata": [_tenth(row, writer) for row in rows.to_dict("records")],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Score ÷ 100",
        "x": rows["decile"].tolist(),
        "y": rows["foretold_share"].round(4).tolist(),
        "line": {"color": AMBER, "width": 2.5},
        "hoverinfo": "skip",
    }
    return figure(
        [bar, line],
        writer,
        bargap=0.25,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"title": {"text": "Tenths by churn risk, 10 the highest"}, "dtick": 1, "showgrid": False},
        yaxis=share_axis(writer, "Did not return"),
    )


def say_deciles(frame: pd.DataFrame, writer: Writer) -> str:
    """What became of those at the lowest and at the highest risk."""
    rows = frame[frame["rule"] == SCORE]
    if rows.empty:
        return NO_BACK_TEST
    low, high = (writer(rows["not_returned_share"].iloc[place], "percent") for place in (0, -1))
    lift = rows["risk_lift"].iloc[-1]
    times = "" if pd.isna(lift) else f", {writer(lift, 'decimal')} times as many as of all"
    return f"Of the tenth at the lowest risk {low} did not return, of the tenth at the highest {high}{times}."


def groups(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The share of each churn band that did not return, as bars."""
    rows = frame[frame["grouping"] == "churn_band"].iloc[::-1]
    if rows.empty:
        return empty(NO_BACK_TEST)
    shares, names = rows["not_returned_share"], list(named_groups(rows)["group"])
    found = ranking(names, shares, writer or Writer(), "Did not return", kind="percent")
    found["data"][0]["marker"] = {"color": [BANDS[name] for name in rows["group_name"]]}
    return found


def say_groups(frame: pd.DataFrame, writer: Writer) -> str:
    """What became of each churn band, and all order days beside what could be expected."""
    if frame.empty:
        return NO_BACK_TEST
    bands = frame[frame["grouping"] == "churn_band"].to_dict("records")
    shares = [f"at {row['group_name']} risk {writer(row['not_returned_share'], 'percent')}" for row in bands]
    everybody = frame.iloc[0]
    ordered, before = (writer(everybody[name], "count", short=False) for name in ("order_days", "order_days_before"))
    days, foretold = writer(everybody["days"], "days"), everybody["order_days_foretold"]
    expected = "" if pd.isna(foretold) else f"; {writer(foretold, 'count', short=False)} were foretold"
    went = f"Of customers {', '.join(shares)} did not return. " if shares else ""
    return f"{went}Together they had {ordered} order days in {days}, after {before} in the {days} before{expected}."


def _verdict(score: dict[Any, Any]) -> str:
    lead, error = score["lead"], score["lead_error"]
    if pd.isna(error) or abs(lead) <= SURE * error:
        return "too close to tell which is better on these data"
    if lead > 0:
        return "the score beats the plain rule on these data"
    return "the score does not beat the plain rule on these data"


def _forecast(row: dict[Any, Any], writer: Writer) -> str:
    return f"{RULES[row['rule']]}: {writer(row['auc'], 'percent', short=False)} of cases."


def _tenth(row: dict[Any, Any], writer: Writer) -> str:
    people, lost = writer(row["customers"], "count", short=False), writer(row["not_returned_share"], "percent")
    return f"<b>Tenth {row['decile']}</b><br>{people} customers, {lost} did not return"
