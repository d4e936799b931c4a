"""The charts of the back-test, on the risk page."""

from collections.abc import Mapping

import pandas as pd

from c360_dash.charts.chart import Chart
from c360_dash.figures import back_test as figures
from c360_dash.filters import DIMENSION_NAMES
from c360_dash.queries import back_test as questions

TESTED = "customers with an order at the moment of the back-test"


def _tested(frame: pd.DataFrame) -> Mapping[str, float]:
    return {TESTED: frame["customers"].max()}


def _tested_in_tenths(frame: pd.DataFrame) -> Mapping[str, float]:
    return {TESTED: frame["customers"].groupby(frame["rule"]).sum().max()}


CHARTS = {
    "back-test": Chart(
        title="Back-test: was the churn risk right?",
        needs="",
        asks=(questions.get_back_test,),
        draw=figures.back_test,
        say=figures.say_back_test,
        table=figures.named_rules,
        row=("rule", "auc", "lead", "lead_error", "as_of", "until", "days", "customers", "returned"),
        rests_on=_tested,
        columns=("rule_name", "auc", "lead", "lead_error"),
        explains=("auc", "lead", "lead_error", "churn_risk_score", "recency_days"),
        ignores=DIMENSION_NAMES,
    ),
    "back-test-deciles": Chart(
        title="Back-test: churn risk, foretold and true",
        needs="",
        asks=(questions.get_back_test_deciles,),
        draw=figures.deciles,
        say=figures.say_deciles,
        table=figures.named_rules,
        row=(
            "rule",
            "decile",
            "customers",
            "foretold_share",
            "not_returned_share",
            "risk_lift",
            "order_days_foretold",
            "order_days",
        ),
        rests_on=_tested_in_tenths,
        columns=(
            "rule_name",
            "decile",
            "customers",
            "foretold_share",
            "not_returned_share",
            "risk_lift",
            "order_days_foretold",
            "order_days",
        ),
        explains=("foretold_share", "not_returned_share", "risk_lift", "order_days_foretold"),
        ignores=DIMENSION_NAMES,
    ),
    "back-test-groups": Chart(
        title="Back-test: who returned, and what they ordered",
        needs="",
        asks=(questions.get_back_test_groups,),
        draw=figures.groups,
        shows_table=True,
        say=figures.say_groups,
        table=figures.named_groups,
        row=(
            "grouping",
            "group_name",
            "customers",
            "not_returned_share",
            "order_days_foretold",
            "order_days",
            "order_days_before",
            "sales_foretold",
            "sales",
            "sales_before",
        ),
        rests_on=_tested,
        columns=(
            "group",
            "customers",
            "not_returned_share",
            "order_days_foretold",
            "order_days",
            "order_days_before",
            "sales_foretold",
            "sales",
            "sales_before",
        ),
        explains=("not_returned_share", "order_days_foretold", "sales_foretold"),
        ignores=DIMENSION_NAMES,
    ),
}
