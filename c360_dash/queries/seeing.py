"""What of a customer leaves the database: everything passes here, and personal columns only for who may see them.

A personal column (`personal` in sql/metrics.toml) that may not be seen is null, whatever stands in the database; the id
stays. What could be used to find it out, words that search names and an order by names, is refused where it is asked.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from c360_dash import metrics, privacy

Customer = dict[str, Any]
"""The columns of customer_360 by name, as JSON has them: moments and days as ISO text; customer_id is text."""


def personal_columns() -> frozenset[str]:
    """The columns that say who somebody is."""
    return frozenset(column.key for column in metrics.COLUMNS.values() if column.personal)


def hidden_columns() -> frozenset[str]:
    """The personal columns where whoever asks may not see them, else none."""
    return frozenset() if privacy.sees_personal_data() else personal_columns()


def seen(customer: Mapping[str, Any]) -> Customer:
    """A customer as whoever asks may see them: the columns that are defined, hidden ones as null."""
    hidden = hidden_columns()
    return {name: None if name in hidden else customer[name] for name in metrics.COLUMNS if name in customer}


def seen_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Customers in rows as whoever asks may see them: the same columns of the same types, hidden ones null."""
    hidden = {
        name: pd.Series([None] * len(frame), index=frame.index, dtype=frame[name].dtype)
        for name in frame.columns.intersection(list(hidden_columns()))
    }
    return frame.assign(**hidden) if hidden else frame
