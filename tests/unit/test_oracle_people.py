"""The oracle itself, against named people whose values were worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.oracle import COLUMNS, customer_360
from tests.oracle.comparing import differences, differing_columns
from tests.oracle.days import Clock
from tests.people import AS_OF, EXPECTED, PARAMETERS, SOURCE

PEOPLE = list(EXPECTED["customer_id"])


def of_people(**parameters: object) -> dict[str, dict[str, Any]]:
    """The oracle's row of each person, with some parameters changed."""
    table = customer_360(SOURCE, pd.Timestamp(AS_OF), PARAMETERS | parameters)
    return {
        str(row["customer_id"]): {str(key): value for key, value in row.items()} for row in table.to_dict("records")
    }


def values(column: str, **parameters: object) -> dict[str, Any]:
    return {name: row[column] for name, row in of_people(**parameters).items()}


def test_the_people_have_an_expected_value_for_every_column() -> None:
    assert set(EXPECTED.columns) == set(COLUMNS)


def test_the_oracle_says_of_the_people_what_was_worked_out_by_hand() -> None:
    difference = differences(EXPECTED[COLUMNS], customer_360(SOURCE, pd.Timestamp(AS_OF), PARAMETERS), SOURCE)
    assert not difference, difference


def test_nino_and_zoe_do_not_exist() -> None:
    assert list(of_people()) == PEOPLE


def test_segments_by_amount_begin_at_the_amount() -> None:
    segments = values("value_segment", value_cutoff_kind="amount", high_value_amount=100, medium_value_amount="60.00")
    assert [name for name in PEOPLE if segments[name] == "High"] == ["hugo", "jacopo", "katia"]
    assert [name for name in PEOPLE if segments[name] == "Medium"] == ["ada", "chiara", "elena", "giulia"]


def test_a_high_share_of_nothing_is_still_the_best_customer() -> None:
    segments = values("value_segment", high_value_share=0, medium_value_share=0)
    assert [name for name in PEOPLE if segments[name] == "High"] == ["jacopo"]
    assert "Medium" not in segments.values()


def test_a_share_is_exactly_what_is_written() -> None:
    """Seven hundredths of a hundred are seven, though the product of the doubles is a little more."""
    customers = pd.DataFrame({"customer_id": range(100)})
    orders = pd.DataFrame(
        {"order_id": range(100), "customer_id": range(100), "status": "completed", "ordered_at": AS_OF}, dtype=object
    )
    items = pd.DataFrame(
        {"order_id": range(100), "customer_id": range(100), "quantity": 1, "unit_price": range(100)}, dtype=object
    )
    source = {"customers": customers, "orders": orders, "order_items": items}
    table = customer_360(source, pd.Timestamp(AS_OF), {"high_value_share": 0.07})
    assert (table["value_segment"] == "High").sum() == 7


def test_without_shrinkage_a_single_order_expects_the_median_gap() -> None:
    gaps = values("expected_gap_days", gap_shrinkage=0)
    assert (gaps["bruno"], gaps["ada"], gaps["giulia"], gaps["luca"]) == (90, 90, 28, None)


def test_without_second_order_days_the_default_gap_is_expected() -> None:
    source = SOURCE | {"orders": SOURCE["orders"].query("customer_id in ('bruno', 'irene')")}
    table = customer_360(source, pd.Timestamp(AS_OF), PARAMETERS | {"default_gap_days": 31}).set_index("customer_id")
    assert table.loc["bruno", "expected_gap_days"] == 31
    assert table.loc["irene", "churn_recency_ratio"] == 1


def test_a_part_without_weight_does_not_count() -> None:
    scores = values("churn_risk_score", churn_weight_recency=0, churn_weight_frequency=0)
    assert scores["katia"] == 100
    assert scores["bruno"] is None


def test_the_bands_begin_where_the_parameters_say() -> None:
    katia = Decimal("87.58561")  # 25575/292
    assert values("churn_band", churn_high_above=katia + Decimal("0.0001"))["katia"] == "Medium"
    assert values("churn_band", churn_high_above=katia - Decimal("0.0001"))["katia"] == "High"
    assert values("churn_band", churn_medium_from=0)["chiara"] == "Medium"


def test_one_customer_alone_scores_one() -> None:
    source = SOURCE | {"orders": SOURCE["orders"].query("customer_id == 'ada'")}
    table = customer_360(source, pd.Timestamp(AS_OF), PARAMETERS).set_index("customer_id")
    assert table.loc["ada", "rfm_score"] == "111"
    assert table.loc["ada", "value_segment"] == "High"


def test_nobody_at_all_is_an_empty_table() -> None:
    table = customer_360({}, pd.Timestamp(AS_OF), {})
    assert list(table.columns) == COLUMNS
    assert table.empty


@pytest.mark.parametrize(
    ("day", "age"),
    [((2025, 2, 28), 24), ((2025, 3, 1), 25), ((2028, 2, 28), 27), ((2028, 2, 29), 28), ((2000, 2, 29), 0)],
)
def test_who_is_born_on_29_february_turns_older_on_1_march(day: tuple[int, int, int], age: int) -> None:
    clock = Clock(datetime(*day, 12, tzinfo=UTC), "UTC")
    assert clock.full_years_since(date(2000, 2, 29)) == age


@pytest.mark.parametrize(
    ("as_of", "months", "earlier"),
    [
        ("2026-03-31 21:30Z", 1, "2026-02-28 22:30Z"),  # clipped to the month, and winter time
        ("2026-03-31 21:30Z", 12, "2025-03-31 21:30Z"),
        ("2024-02-29 12:00Z", 12, "2023-02-28 12:00Z"),
        ("2026-04-29 00:30Z", 1, "2026-03-29 01:30Z"),  # 02:30 in Rome is skipped: read as 03:30
        ("2026-11-25 01:30Z", 1, "2026-10-25 01:30Z"),  # 02:30 in Rome comes twice: the second
        ("2026-01-15 12:00Z", 1, "2025-12-15 12:00Z"),
    ],
)
def test_months_go_back_on_the_calendar_of_rome(as_of: str, months: int, earlier: str) -> None:
    clock = Clock(datetime.fromisoformat(as_of), "Europe/Rome")
    assert clock.months_ago(months) == datetime.fromisoformat(earlier)


def test_a_comparison_tells_values_apart() -> None:
    row = of_people()["ada"]
    assert differing_columns(row, row | {"lifetime_value": Decimal("70.01")}) == ["lifetime_value"]
    assert differing_columns(row, row | {"is_active": 1, "orders": None}) == ["orders", "is_active"]
    assert differing_columns(row, row | {"return_rate": Decimal("0.28934010152284263959")}) == []
    assert differing_columns(row, row | {"return_rate": 0.2893401}) == ["return_rate"]
