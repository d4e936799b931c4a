"""Figures and sentences of the segmentation page: a DataFrame of queries/segmentation.py and a Writer in."""

from typing import Any

import pandas as pd

from c360_dash import metrics
from c360_dash.figures.bars import ranking
from c360_dash.figures.grids import Cell, grid
from c360_dash.figures.style import Figure, empty
from c360_dash.writer import Writer

NEW = "New customer"
LEFT = "Left"
NO_BUILD_BEFORE = "There is no build before this one to compare with; after the next rebuild there is."
BEST_FIRST = (5, 4, 3, 2, 1)
UNITS = {"frequency": "count", "monetary": "money", "value": "money"}


def rfm_segments(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The lifetime value of each RFM segment as bars."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No customers.")
    rows = frame.iloc[::-1]
    return ranking(list(rows["rfm_segment"]), rows["lifetime_value"], writer, "Lifetime value")


def say_rfm_segments(frame: pd.DataFrame, writer: Writer) -> str:
    """Which segment is worth most, and which is most at risk."""
    if not frame["lifetime_value"].sum():
        return "None of these customers has ordered." if len(frame) else "No customers."
    best = frame.iloc[int(frame["lifetime_value"].argmax())]
    share, people = writer(best["share_of_value"], "percent"), writer(best["share_of_customers"], "percent")
    said = f"{best['rfm_segment']}: {people} of the customers bring {share} of the value"
    risks = frame["high_churn_share"].fillna(0)
    if risks.nunique() > 1:
        risky = frame.iloc[int(risks.argmax())]
        risk = writer(risky["high_churn_share"], "percent")
        said += f". The highest churn risk is in {risky['rfm_segment']}, where {risk} are at high risk"
    return f"{said}."


def score_cutoffs(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """The cut-offs in words, by measure and score."""
    writer = writer or Writer()
    scored = frame[frame["measure"] != "value"]
    if scored.empty:
        return empty("No customer has ordered.")
    cells = {
        (str(row["measure"]).capitalize(), str(row["score"])): Cell(
            row["score"], _reach(row["measure"], row["from_value"], writer), f"Score {row['score']}"
        )
        for row in scored.to_dict("records")
    }
    return grid(cells, ["Recency", "Frequency", "Monetary"], ["1", "2", "3", "4", "5"], writer, ("", "Score, 5 best"))


def cutoff_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a score, best first: given_score, recency_cutoff, frequency_cutoff, monetary_cutoff (NaN: by none)."""
    scored = frame[frame["measure"] != "value"]
    wide = scored.pivot(index="score", columns="measure", values="from_value")
    names = ["recency", "frequency", "monetary"]
    if wide.empty:
        return pd.DataFrame(columns=["given_score", *(f"{name}_cutoff" for name in names)])
    return wide.reindex(BEST_FIRST)[names].add_suffix("_cutoff").rename_axis("given_score").reset_index()


def say_score_cutoffs(frame: pd.DataFrame, writer: Writer) -> str:
    """What the best scores mean, and from which value on a customer is High or Medium; no filter changes it."""
    found = {(row["measure"], row["score"]): row["from_value"] for row in frame.to_dict("records")}
    if ("recency", 5) not in found and ("value", 2) not in found:
        return "No customer has ordered."
    said = []
    if ("recency", 5) in found:
        said.append(f"Recency 5 means {_reach('recency', found['recency', 5], writer)} since the last order.")
    limits = {name: found.get(("value", score)) for name, score in (("High", 2), ("Medium", 1))}
    if not any(pd.isna(limit) for limit in limits.values()):
        high, medium = (writer(limit, "money", short=False) for limit in limits.values())
        said.append(f"High value is {high} or more, Medium {medium} or more.")
    return " ".join(said)


def movement(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Of each segment before, where its customers are now; colours are shares of those who were in it."""
    writer = writer or Writer()
    if frame.empty:
        return empty("No movement to show.")
    named = named_movement(frame)
    totals = named.groupby("segment_before")["customers"].sum()
    cells = {
        (row["segment_before"], row["segment_now"]): _moved(row, totals[row["segment_before"]], writer)
        for row in named.to_dict("records")
    }
    return grid(cells, _in_order(named["segment_before"]), _in_order(named["segment_now"]), writer, ("Before", "Now"))


def say_movement(frame: pd.DataFrame, before: pd.DataFrame, writer: Writer) -> str:
    """Since when, how many moved, and the most frequent move."""
    if before.empty:
        return NO_BUILD_BEFORE
    build, as_of = before["build_id"].iloc[0], writer(before["as_of"].iloc[0], "date")
    since = f"Since build {build} (data as of {as_of})"
    stayed = frame[frame["segment_before"].notna() & frame["segment_now"].notna()]
    moved, total = changes(stayed), stayed["customers"].sum()
    if moved.empty:
        said = f"{since} none of {writer(total, 'count', short=False)} customers moved"
    else:
        most = moved.iloc[0]
        number, share = moved["customers"].sum(), writer(moved["customers"].sum() / total, "percent")
        said = (
            f"{since} {writer(number, 'count', short=False)} of {writer(total, 'count', short=False)} customers "
            f"({share}) moved; most, {writer(most['customers'], 'count', short=False)}, "
            f"from {most['segment_before']} to {most['segment_now']}"
        )
    return f"{said}.{_came_and_left(frame, writer)}"


def _came_and_left(frame: pd.DataFrame, writer: Writer) -> str:
    """` 2 are new. 1 left.`"""
    came, left = (int(frame.loc[frame[side].isna(), "customers"].sum()) for side in ("segment_before", "segment_now"))
    said = f" {writer(came, 'count', short=False)} {'is' if came == 1 else 'are'} new." if came else ""
    return f"{said} {writer(left, 'count', short=False)} left." if left else said


def named_movement(frame: pd.DataFrame) -> pd.DataFrame:
    """Movement with a name for those who were no customers before, and for those who are none any more."""
    return frame.assign(
        segment_before=frame["segment_before"].fillna(NEW), segment_now=frame["segment_now"].fillna(LEFT)
    )


def changes(frame: pd.DataFrame) -> pd.DataFrame:
    """Only those whose segment is another one than before, most customers first, with who came and left."""
    named = named_movement(frame)
    return named[named["segment_before"] != named["segment_now"]].sort_values(
        "customers", ascending=False, kind="stable"
    )


def _moved(row: dict[Any, Any], total: int, writer: Writer) -> Cell:
    number = row["customers"]
    share = number / total
    people = writer(number, "count", short=False)
    return Cell(
        share,
        writer(number, "count"),
        f"<b>{row['segment_before']} → {row['segment_now']}</b><br>{people} customers, {writer(share, 'percent')} of "
        f"{row['segment_before']}<br>{writer(row['lifetime_value'], 'money')} lifetime value",
        row.get("mark"),
    )


def _in_order(names: "pd.Series[str]") -> list[str]:
    known = [segment.name for segment in (*metrics.VALUE_SEGMENTS, *metrics.RFM_SEGMENTS)]
    return sorted(set(names), key=lambda name: known.index(name) if name in known else len(known))


def _reach(measure: str, value: float, writer: Writer) -> str:
    """`21 days or fewer`, `6 orders or more`, `€512.30 or more`."""
    if measure == "recency":
        return f"{writer(value, 'days')} or fewer"
    if measure == "frequency":
        return f"{writer(value, 'count')} {'order' if value == 1 else 'orders'} or more"
    return f"{writer(value, 'money', short=False)} or more"
