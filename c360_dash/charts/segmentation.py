"""The charts of the segmentation page."""

from c360_dash import queries
from c360_dash.charts.chart import Chart, totals
from c360_dash.figures import segmentation as figures
from c360_dash.figures import spaces
from c360_dash.figures.marks import by, moved
from c360_dash.filters import DIMENSION_NAMES
from c360_dash.queries import get_churn_risk
from c360_dash.queries import segmentation as questions

MOVED = ("segment_before", "segment_now", "customers", "lifetime_value")

CHARTS = {
    "rfm-3d": Chart(
        title="Recency × frequency × monetary",
        asks=(queries.get_rfm_segmentation,),
        draw=spaces.rfm_space,
        say=spaces.say_rfm_space,
        marks=by("recency_score", "frequency_score", "monetary_score"),
        rests_on=totals(customers="customers"),
        columns=("recency_score", "frequency_score", "monetary_score", "rfm_segment", "customers", "lifetime_value"),
        explains=("recency_score", "frequency_score", "monetary_score", "lifetime_value"),
    ),
    "rfm-segments": Chart(
        title="RFM segments",
        needs="customer",
        asks=(questions.get_rfm_segments,),
        draw=figures.rfm_segments,
        marks=by("rfm_segment"),
        shows_table=True,
        say=figures.say_rfm_segments,
        rests_on=totals(customers="customers"),
        columns=(
            "rfm_segment",
            "customers",
            "share_of_customers",
            "lifetime_value",
            "share_of_value",
            "mean_orders",
            "high_churn_share",
            "meaning",
        ),
        explains=("rfm_segment", "lifetime_value", "mean_orders", "high_churn_share"),
    ),
    "score-cutoffs": Chart(
        title="What a score means",
        asks=(questions.get_score_cutoffs,),
        ignores=DIMENSION_NAMES,
        draw=figures.score_cutoffs,
        shows_table=True,
        say=figures.say_score_cutoffs,
        table=figures.cutoff_table,
        row=("measure", "score", "from_value"),
        rests_on=totals(customers="customers"),
        counted=get_churn_risk,
        columns=("given_score", "recency_cutoff", "frequency_cutoff", "monetary_cutoff"),
        explains=("score_cutoff", "recency_score", "frequency_score", "monetary_score"),
    ),
    "value-segment-movement": Chart(
        title="Movement between value segments",
        needs="",
        asks=(questions.get_value_movement, questions.get_earlier_build),
        compares=True,
        draw=figures.movement,
        marks=moved("value_segment"),
        say=figures.say_movement,
        table=figures.named_movement,
        rests_on=totals(customers="customers"),
        columns=MOVED,
        explains=("movement", "value_segment"),
    ),
    "rfm-segment-movement": Chart(
        title="Movement between RFM segments",
        needs="",
        asks=(questions.get_rfm_movement, questions.get_earlier_build),
        compares=True,
        draw=figures.movement,
        marks=moved("rfm_segment"),
        shows_table=True,
        say=figures.say_movement,
        table=figures.changes,
        rests_on=totals(customers="customers"),
        columns=MOVED,
        explains=("movement", "rfm_segment"),
    ),
}
