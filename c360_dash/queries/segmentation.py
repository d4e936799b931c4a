"""The questions of the segmentation page: who is in which RFM segment, from where on, and who moved."""

from collections.abc import Sequence

import pandas as pd

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters
from c360_dash.metrics import Segment
from c360_dash.queries.asking import taken

MOVEMENT = {"segment_before": "str", "segment_now": "str", "customers": "int64", "lifetime_value": "float64"}


def get_rfm_segments(build: Build, filters: Filters) -> pd.DataFrame:
    """RFM segments in the order of metrics.toml; segments without customers are absent.

    rfm_segment, meaning, customers, share_of_customers, lifetime_value (money), share_of_value (null where there is
    none), mean_orders (null without an order), high_churn_share (of its customers with an order; null without one)
    """
    question = "segmentation.rfm_segments"
    names = [segment.name for segment in metrics.RFM_SEGMENTS]
    found = db.read(question, build, **taken(question, filters), names=names)
    meanings = {segment.name: segment.meaning for segment in metrics.RFM_SEGMENTS}
    found.insert(1, "meaning", found["rfm_segment"].map(meanings).astype("str"))
    return found


def get_score_cutoffs(build: Build, filters: Filters) -> pd.DataFrame:
    """From which value on a customer of the build has a score; filters do not change it.

    measure (recency, frequency, monetary; value: 1 is Medium, 2 is High), score, from_value (recency: the score applies
    to that many days or fewer; else to that value or more). A score that ties leave without customers is absent.
    """
    return db.read("segmentation.score_cutoffs", build)


def get_value_movement(build: Build, filters: Filters, since: int | None = None) -> pd.DataFrame:
    """The customers by their value segment in an earlier build and now: no rows when there is none before.

    segment_before (null: was not a customer), segment_now (null: is none any more), customers, lifetime_value (money,
    of now; of then where somebody left). `since` is the number of a kept build, otherwise the one before; raises
    FilterError. What was counted when the build was made still counts who was erased since, as all its numbers do.
    """
    return _movement("value_segment", metrics.VALUE_SEGMENTS, build, filters, since)


def get_rfm_movement(build: Build, filters: Filters, since: int | None = None) -> pd.DataFrame:
    """As `get_value_movement`, of RFM segments."""
    return _movement("rfm_segment", metrics.RFM_SEGMENTS, build, filters, since)


def get_earlier_build(build: Build, filters: Filters, since: int | None = None) -> pd.DataFrame:
    """The build that movement starts from, whatever the filters: build_id, as_of; one row, or none."""
    before = earlier_build(build, since)
    found = [] if before is None else [(before.id, before.as_of)]
    return pd.DataFrame(found, columns=["build_id", "as_of"])


def earlier_build(build: Build, since: int | None = None) -> Build | None:
    """The kept build of that number, or the one before where none is named; raises FilterError."""
    if since is None:
        return db.build_before(build)
    others = {other.id: other for other in db.comparable_builds(build)}
    if since not in others:
        known = ", ".join(map(str, others)) or "none yet"
        raise FilterError("since", f"since cannot be {since}; builds to compare build {build.id} with: {known}.")
    return others[since]


def is_kept(build: Build, before: Build) -> bool:
    """Whether movement between the two was counted when the build was made."""
    return bool(db.read_records("segmentation.is_kept", build, build_id=build.id, since=before.id)[0]["is_kept"])


def _movement(
    segment: str,
    segments: Sequence[Segment],
    build: Build,
    filters: Filters,
    since: int | None,
) -> pd.DataFrame:
    before = earlier_build(build, since)
    if before is None:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in MOVEMENT.items()})
    names = [part.name for part in segments]
    pair = {"build_id": build.id, "since": before.id}
    if is_kept(build, before):
        question = "segmentation.kept_movement" + db.of_type(segment)
        return db.read(question, build, **taken(question, filters), **pair, names=names)
    # A later build, one that was published afterwards, or one of an earlier version: every customer is looked at.
    question = "segmentation.movement" + db.of_type(segment)
    return db.read_since(question, build, before, **taken(question, filters), names=names)
