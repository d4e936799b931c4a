"""What the newest back-test found: how what was foretold at an earlier moment came true, whatever build is shown.

To return is to order again within the days of the back-test; no filter applies. Without a back-test there are no rows.
"""

import pandas as pd

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import Filters


def get_back_test(build: Build, _: Filters) -> pd.DataFrame:
    """How well each rule told who returns: the churn risk score first, days since the last order last.

    rule, auc (share of pairs ranked right, ties half; null where all returned, or nobody), lead (auc less that of
    recency_days), lead_error (its standard error), as_of, until, days, customers (with an order at as_of), returned
    """
    return db.read("back_test.ranking", build)


def get_back_test_deciles(build: Build, _: Filters) -> pd.DataFrame:
    """Tenths of the customers by the risk that each rule saw, the lowest first; equal values share a tenth.

    rule, decile (1–10), customers, foretold_share (not to return; null where the rule says none), not_returned_share,
    risk_lift (of it over that of all), order_days_foretold (null without a forecast), order_days, days
    """
    return db.read("back_test.deciles", build)


def get_back_test_groups(build: Build, _: Filters) -> pd.DataFrame:
    """What all customers, those of each churn band and of each value segment did in the days of the back-test.

    grouping (all, churn_band, value_segment), group_name, customers, not_returned_share, order_days_foretold (null
    without a forecast), order_days, order_days_before (in as many days before), sales_foretold, sales, sales_before
    (money), days
    """
    return db.read("back_test.groups", build, names=bands())


def bands() -> list[str]:
    """The names of bands and segments, from Low to High."""
    return [band.name for band in metrics.CHURN_BANDS]
