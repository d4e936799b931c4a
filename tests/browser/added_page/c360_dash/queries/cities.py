"""The question of the page of cities."""

import pandas as pd

from c360_dash import db
from c360_dash.db import Build
from c360_dash.filters import Filters
from c360_dash.queries.asking import taken


def get_customers_by_city(build: Build, filters: Filters) -> pd.DataFrame:
    """The ten cities with the most customers: city, customers."""
    return db.read("cities.customers_by_city", build, **taken("cities.customers_by_city", filters))
