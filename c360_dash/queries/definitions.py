"""What the page of definitions asks."""

import pandas as pd

from c360_dash import db
from c360_dash.db import Build
from c360_dash.filters import Filters


def get_exclusions(build: Build, _: Filters) -> pd.DataFrame:
    """The source rows that the build does not count, whatever the filters: relation, reason, rows."""
    return db.read("definitions.exclusions", build)
