"""Figures and sentences of the risk page: a DataFrame of queries/risk.py and a Writer in."""

from typing import Any

import pandas as pd

from c360_dash import metrics
from c360_dash.figures.bars import money_bars, ranking
from c360_dash.figures.grids import Cell, grid
from c360_dash.figures.overview import named_customers
from c360_dash.figures.style import AMBER, BLUE, GREY, Figure, empty, figure
from c360_dash.writer import Writer

NOBODY_ORDERED = "None of these customers has ordered."
QUARTERS = [0, 0.25, 0.5, 0.75, 1]
NOBODY_TO_CALL = "No High or Medium value customer is at high risk."


def value_risk(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Customers and lifetime value by value segment and churn band; colours are the lifetime value."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No customer has ordered.")
    cells = {(row["value_segment"], row["churn_band"]): _cell(row, writer) for row in frame.to_dict("records")}
    segments = [part.name for part in metrics.VALUE_SEGMENTS if part.name in set(frame["value_segment"])]
    bands = [band.name for band in metrics.CHURN_BANDS]
    return grid(cells, segments, bands, writer, ("Value", "Churn risk"))


def say_value_risk(frame: pd.DataFrame, writer: Writer) -> str:
    """How much of the best customers' value is at high risk."""
    if frame.empty:
        return NOBODY_ORDERED
    best = frame[frame["value_segment"] == frame["value_segment"].iloc[0]]
    name = best["value_segment"].iloc[0]
    high = best[best["churn_band"] == metrics.CHURN_BANDS[-1].name]
    if high.empty:
        return f"No {name} value customer is at high risk."
    people = writer(high["customers"].sum(), "count", short=False)
    share = writer(high["customers"].sum() / best["customers"].sum(), "percent")
    value = writer(high["lifetime_value"].sum(), "money")
    return f"{people} {name} value customers ({share} of them) are at high risk; they were worth {value}."


def expected_value(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """What each value segment was worth so far, is predicted to be, and may lose of that, as bars side by side."""
    writer = writer or Writer()
    known = with_forecast(frame)
    if known.empty:
        return empty(NOBODY_ORDERED if frame.empty else str(frame["forecast_reason"].iloc[0]))
    rows = known.iloc[::-1]
    return figure(
        [
            money_bars(rows, "predicted_value_at_risk", metrics.TERMS["predicted_value_at_risk"].label, AMBER, writer),
            money_bars(rows, "predicted_value", metrics.TERMS["predicted_value"].label, BLUE, writer),
            money_bars(rows, "lifetime_value", metrics.COLUMNS["lifetime_value"].label, GREY, writer),
        ],
        writer,
        barmode="group",
        bargap=0.3,
        margin={"l": 4, "r": 56, "t": 4, "b": 4},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "reversed"},
        xaxis={"rangemode": "tozero", "showticklabels": False, "showgrid": False},
        yaxis={"showgrid": False, "ticklabelstandoff": 6},
    )


def say_expected_value(frame: pd.DataFrame, writer: Writer) -> str:
    """Who mattered and who will, or why that is not known."""
    known = with_forecast(frame)
    if known.empty:
        return NOBODY_ORDERED if frame.empty else str(frame["forecast_reason"].iloc[0])
    best, names = known.iloc[0], ("lifetime_value", "predicted_value")
    name = best["value_segment"]
    so_far, ahead = (writer(best[column] / known[column].sum(), "percent") for column in names)
    total, risk = (writer(known[f"predicted_value{end}"].sum(), "money") for end in ("", "_at_risk"))
    years = writer(writer.settings.get("forecast_years"), "count")
    return (
        f"{total} are predicted within {years} years, {risk} of it at risk. {name} value customers brought {so_far} of "
        f"the lifetime value and are predicted to bring {ahead}."
    )


def with_forecast(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows, or none where there is no forecast."""
    return frame[frame["predicted_value"].notna()]


def satisfaction_gauge(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The share of satisfied ratings on a half circle from 0 to 100 %, with the number of ratings beneath."""
    writer = writer or Writer()
    known = known_satisfaction(frame)
    if known.empty:
        return empty("Too few ratings.")
    row = known.iloc[0]
    dial = {
        "type": "indicator",
        "mode": "gauge",
        "value": round(float(row["csat"]), 4),
        "gauge": {"axis": {"range": [0, 1], **_percents(writer)}, "bar": {"thickness": 1}},
    }
    number, share = writer(row["ratings"], "count", short=False), writer(row["csat"], "percent")
    middle = f'<span style="font-size: 2.4em"><b>{share}</b></span><br>of {number} ratings'
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.06, "yanchor": "bottom"}
    words = {"text": middle, "showarrow": False, **place}
    return figure([dial], writer, annotations=[words], margin={"l": 44, "r": 44, "t": 36, "b": 12})


def say_satisfaction_gauge(frame: pd.DataFrame, writer: Writer) -> str:
    """CSAT with the number of ratings; under the least number of ratings how many are needed."""
    row = frame.iloc[0]
    if not row["ratings"]:
        return "No ratings yet: nobody closed a service ticket with a score."
    number = writer(row["ratings"], "count", short=False)
    if pd.isna(row["csat"]):
        return f"{number} of the {writer(writer.settings.get('csat_minimum_n'), 'count')} ratings that CSAT needs."
    return f"{writer(row['csat'], 'percent')} of {number} ratings are 4 or 5."


def known_satisfaction(frame: pd.DataFrame) -> pd.DataFrame:
    """The row, or none where it rests on too few ratings."""
    return frame[frame["csat"].notna()]


def customers_to_call(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The lifetime value of the customers to call, as bars."""
    writer = writer or Writer()
    if frame.empty:
        return empty(NOBODY_TO_CALL)
    rows = named_customers(frame.iloc[::-1])
    return ranking(list(rows["customer"]), rows["lifetime_value"], writer, "Lifetime value")


def say_customers_to_call(frame: pd.DataFrame, cells: pd.DataFrame, writer: Writer) -> str:
    """How many there are to call, what they are worth, and how many of them are listed."""
    if frame.empty:
        return NOBODY_TO_CALL
    segments = [part.name for part in metrics.VALUE_SEGMENTS[:2]]
    all_of_them = cells[cells["value_segment"].isin(segments) & (cells["churn_band"] == metrics.CHURN_BANDS[-1].name)]
    people, value = all_of_them["customers"].sum(), writer(all_of_them["lifetime_value"].sum(), "money")
    number = writer(people, "count", short=False)
    said = (
        "One High or Medium value customer is at high risk, worth"
        if people == 1
        else f"{number} High and Medium value customers are at high risk, together worth"
    )
    listed = f"; the {len(frame)} worth most are listed" if len(frame) < people else ""
    return f"{said} {value}{listed}."


def _percents(writer: Writer) -> dict[str, Any]:
    return {"tickvals": QUARTERS, "ticktext": [writer(share, "percent") for share in QUARTERS]}


def _cell(row: dict[Any, Any], writer: Writer) -> Cell:
    people, value = writer(row["customers"], "count", short=False), writer(row["lifetime_value"], "money")
    return Cell(
        row["lifetime_value"],
        f"{writer(row['customers'], 'count')}<br>{value}",
        f"<b>{row['value_segment']} value, {row['churn_band'].lower()} risk</b><br>{people} customers, {value}",
        row.get("mark"),
    )
