"""The chart of the page of cities."""

import pandas as pd

from c360_dash.charts.chart import Chart, totals
from c360_dash.figures.bars import ranking
from c360_dash.figures.style import Figure
from c360_dash.queries import cities as questions
from c360_dash.writer import Writer


def draw(frame: pd.DataFrame, writer: Writer | None = None) -> Figure:
    """Customers by city, as bars."""
    rows = frame.iloc[::-1]
    return ranking(list(rows["city"]), rows["customers"], writer or Writer(), "Customers", kind="count")


def say(frame: pd.DataFrame, writer: Writer) -> str:
    """How many there are in the ten cities."""
    return f"{writer(frame['customers'].sum(), 'count', short=False)} customers live in these cities."


CHARTS = {
    "customers-by-city": Chart(
        title="Customers by city",
        asks=(questions.get_customers_by_city,),
        draw=draw,
        say=say,
        rests_on=totals(customers="customers"),
        columns=("city", "customers"),
        explains=("city",),
    ),
}
