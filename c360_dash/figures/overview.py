"""The figures of the questions in queries: a DataFrame as its docstring there describes, and a plain figure out."""

from typing import Any

import pandas as pd

from c360_dash import metrics
from c360_dash.figures.bars import people_and_value, ranking, share_bars, slots
from c360_dash.figures.marks import Mark, marks_in
from c360_dash.figures.style import (
    BANDS,
    BLUE,
    BLUE_SOFT,
    GREY,
    MARGIN,
    TEAL,
    Figure,
    count_axis,
    empty,
    figure,
    money_axis,
    month_axis,
)
from c360_dash.formats import NO_VALUE
from c360_dash.writer import Writer

MOST_CATEGORIES = 10
NO_CATEGORY = "Without category"
SCORES = (1, 2, 3, 4, 5)


def kpis(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """One number with its change for each metric, in two rows of four."""
    writer = writer or Writer()
    cells = [_indicator(row, place) for place, row in enumerate(frame.to_dict("records"))]
    return figure(cells, writer, grid={"rows": 2, "columns": 4, "pattern": "independent"})


def monthly_revenue(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales by month; the unfinished month hangs on by a dashed line."""
    writer = writer or Writer()
    if not frame[["net_sales", "orders"]].any(axis=None):
        return empty("No sales in these months.")
    finished = frame[frame["is_complete"]]
    running = frame[~frame["is_complete"]]
    lines = [_line(finished, writer, {"color": BLUE, "width": 2.5}, fill="tozeroy", fillcolor=BLUE_SOFT)]
    if len(running):
        tail = pd.concat([finished.tail(1), running])
        lines.append(_line(tail, writer, {"color": BLUE, "width": 2.5, "dash": "dot"}))
    return figure(
        lines,
        writer,
        hovermode="x unified",
        xaxis=month_axis(frame),
        yaxis=money_axis(writer, "Net sales", frame["net_sales"]),
    )


def customer_segments(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """For each value segment, its share of the customers beside its share of the lifetime value."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No customers.")
    rows = frame.iloc[::-1]
    bars = [
        share_bars(rows, "share_of_value", "Share of value", BLUE, writer),
        share_bars(rows, "share_of_customers", "Share of customers", GREY, writer),
    ]
    return figure(
        bars,
        writer,
        barmode="group",
        bargap=0.35,
        margin=MARGIN | {"r": 44},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "reversed"},
        xaxis={"tickformat": ".0%", "rangemode": "tozero", "showticklabels": False, "showgrid": False},
        yaxis={"type": "category", "showgrid": False, "ticklabelstandoff": 6, "range": slots(len(rows), 4)},
    )


def top_customers(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The customers worth most, as bars."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No customer has ordered.")
    rows = frame.iloc[::-1]
    return ranking(
        list(named_customers(rows)["customer"]), rows["lifetime_value"], writer, metrics.COLUMNS["lifetime_value"].label
    )


def product_category_performance(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Net sales of the ten largest categories; the others are one bar, so that nothing is left out."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No sales with products.")
    rows = largest_categories(frame).iloc[::-1]
    found = ranking(list(rows["category"]), rows["net_sales"], writer, "Net sales", marks=marks_in(rows))
    if len(frame) > len(rows):
        found["data"][0]["marker"]["color"] = [GREY] + [BLUE] * (len(rows) - 1)
    return found


def customer_satisfaction(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Ratings by score; 4 and 5, which CSAT counts, stand out."""
    writer = writer or Writer()
    if not frame["ratings"].sum():
        return empty("No ratings.")
    shares = frame["ratings"] / frame["ratings"].sum()
    bar = {
        "type": "bar",
        "x": frame["score"].tolist(),
        "y": frame["ratings"].tolist(),
        "text": [writer(share, "percent") for share in shares],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [TEAL if score >= 4 else GREY for score in frame["score"]]},
        "customdata": [_raters(row, writer) for row in frame.to_dict("records")],
        "meta": marks_in(frame),
        "hovertemplate": "Rated %{x}<br>%{customdata}<br>%{text} of the ratings<extra></extra>",
    }
    return figure(
        [bar],
        writer,
        bargap=0.35,
        xaxis={"title": {"text": "Rating, 5 best"}, "dtick": 1, "showgrid": False},
        yaxis=count_axis(writer, "Ratings", frame["ratings"]),
    )


def churn_risk(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Customers with an order by churn risk, as a ring with the number of all in its middle."""
    writer = writer or Writer()
    total = frame["customers"].sum()
    if not total:
        return empty("No customer has ordered.")
    ring = {
        "type": "pie",
        "labels": frame["churn_band"].tolist(),
        "values": frame["customers"].tolist(),
        "hole": 0.62,
        "sort": False,
        "direction": "clockwise",
        "marker": {"colors": [BANDS.get(band, GREY) for band in frame["churn_band"]]},
        "text": [writer(customers / total, "percent") for customers in frame["customers"]],
        "texttemplate": "%{label}<br>%{text}",
        "textposition": "outside",
        "customdata": people_and_value(frame, writer),
        "meta": marks_in(frame),
        "hovertemplate": "<b>%{label} risk</b><br>%{customdata}<extra></extra>",
    }
    middle = f"<b>{writer(total, 'count')}</b><br>customers"
    words = {"text": middle, "showarrow": False, "x": 0.5, "y": 0.5, "font": {"size": 15}}
    return figure([ring], writer, annotations=[words], margin={"l": 24, "r": 24, "t": 34, "b": 34})


def rfm_segmentation(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Customers by recency and frequency score: the 5 × 5 grid that RFM segments are made of."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No customer has ordered.")
    cells = frame.groupby(["frequency_score", "recency_score"])[["customers", "lifetime_value"]].sum()
    grid = cells.reindex(pd.MultiIndex.from_product([SCORES, SCORES]))
    people = grid["customers"].unstack()
    heat = {
        "type": "heatmap",
        "x": list(SCORES),
        "y": list(SCORES),
        "z": [[None if pd.isna(number) else int(number) for number in row] for row in people.to_numpy()],
        "text": [[_blank_if_none(writer(number, "count")) for number in row] for row in people.to_numpy()],
        "texttemplate": "%{text}",
        "customdata": [[_cell_words(r, f, grid, writer) for r in SCORES] for f in SCORES],
        "meta": [[_cell_mark(r, f, grid, frame) for r in SCORES] for f in SCORES],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showscale": False,
        "autocolorscale": True,
        "xgap": 3,
        "ygap": 3,
        "hoverongaps": False,
    }
    score = {"dtick": 1, "showgrid": False, "showline": False, "ticks": ""}
    return figure(
        [heat],
        writer,
        xaxis=score | {"title": {"text": "Recency score, 5 most recent"}},
        yaxis=score | {"title": {"text": "Frequency score, 5 most often"}},
    )


def largest_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """The ten largest categories in words, and one row for all others: category, net_sales, mark if there is one."""
    named = frame.assign(category=frame["category"].fillna(NO_CATEGORY)).filter(["category", "net_sales", "mark"])
    rest = named.iloc[MOST_CATEGORIES:]
    if len(rest) < 2:
        return named
    others = pd.DataFrame({"category": [f"{len(rest)} others"], "net_sales": [rest["net_sales"].sum()]})
    return pd.concat([named.iloc[:MOST_CATEGORIES], others], ignore_index=True)


def named_customers(frame: pd.DataFrame) -> pd.DataFrame:
    """Customers with a column `customer`: first and last name, or the id of a customer without a name."""
    return frame.assign(customer=[_full_name(row) for row in frame.to_dict("records")])


def _indicator(row: dict[Any, Any], place: int) -> dict[str, object]:
    metric = metrics.METRICS[str(row["metric"])]
    known = {key: None if pd.isna(row[key]) else row[key] for key in ("value", "comparison_value")}
    return {
        "type": "indicator",
        "mode": "number+delta",
        "value": known["value"],
        "delta": {"reference": known["comparison_value"], "relative": metric.format != "percent"},
        "number": {"valueformat": ".0%" if metric.format == "percent" else ",.3s"},
        "title": {"text": metric.label},
        "domain": {"row": place // 4, "column": place % 4},
    }


def _line(rows: pd.DataFrame, writer: Writer, line: dict[str, object], **more: object) -> dict[str, object]:
    words = [
        f"{writer(row['net_sales'], 'money')} · {writer(row['orders'], 'count')} orders"
        + ("" if row["is_complete"] else " · month not finished")
        for row in rows.to_dict("records")
    ]
    # The finished month at which the dashed line starts speaks through the solid line.
    if "fill" not in more and rows["is_complete"].iloc[0]:
        words[0] = ""
    return {
        "type": "scatter",
        "mode": "lines" if len(rows) > 2 else "lines+markers",
        "x": [f"{month:%Y-%m-%d}" for month in rows["month"]],
        "y": rows["net_sales"].round(2).tolist(),
        "line": line,
        "customdata": words,
        "meta": marks_in(rows),
        "hovertemplate": "%{customdata}<extra></extra>",
        "hoverinfo": "skip" if not any(words) else "all",
        **more,
    }


def _cell_words(recency: int, frequency: int, grid: pd.DataFrame, writer: Writer) -> str:
    customers, value = grid.loc[[(frequency, recency)]].to_numpy()[0]
    segment = next(
        (part.name for part in metrics.RFM_SEGMENTS if recency in part.recency and frequency in part.frequency), ""
    )
    return (
        f"<b>{segment}</b><br>Recency {recency}, frequency {frequency}<br>"
        f"{writer(customers, 'count', short=False)} customers, {writer(value, 'money')}"
    )


def _cell_mark(recency: int, frequency: int, grid: pd.DataFrame, frame: pd.DataFrame) -> Mark:
    nobody = grid["customers"].isna().loc[(frequency, recency)]
    if "mark" not in frame or nobody:
        return {}
    return {"recency_score": str(recency), "frequency_score": str(frequency)}


def _raters(row: dict[Any, Any], writer: Writer) -> str:
    ratings, people = (writer(row[name], "count", short=False) for name in ("ratings", "customers"))
    return f"<b>{ratings}</b> ratings by {people} customers"


def _full_name(row: dict[Any, Any]) -> str:
    parts = [str(row[key]) for key in ("first_name", "last_name") if not pd.isna(row[key])]
    return " ".join(parts) or str(row["customer_id"])


def _blank_if_none(words: str) -> str:
    return "" if words == NO_VALUE else words


__all__ = [
    "churn_risk",
    "customer_satisfaction",
    "customer_segments",
    "kpis",
    "largest_categories",
    "monthly_revenue",
    "named_customers",
    "product_category_performance",
    "rfm_segmentation",
    "top_customers",
]
