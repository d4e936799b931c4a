"""The chart of the page of definitions."""

from c360_dash.charts.chart import Chart, totals
from c360_dash.figures import definitions as figures
from c360_dash.filters import DIMENSION_NAMES
from c360_dash.queries import definitions as questions

CHARTS = {
    "exclusions": Chart(
        title="Not counted in this build",
        needs="",
        asks=(questions.get_exclusions,),
        draw=figures.exclusions,
        shows_table=True,
        say=figures.exclusions_sentence,
        table=figures.exclusions_in_words,
        row=("relation", "reason", "rows"),
        rests_on=totals(rows="rows not counted"),
        columns=("relation_name", "because", "rows"),
        explains=("orders", "lifetime_value"),
        ignores=DIMENSION_NAMES,
    ),
}
