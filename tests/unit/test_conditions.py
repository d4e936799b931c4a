"""What an address asks of customers besides filters, and how it is said."""

from datetime import date

import pytest

from c360_dash.conditions import CONDITION_NAMES, READ, Conditions, Months
from c360_dash.config import Settings
from c360_dash.customers.chips import said
from c360_dash.db.blocks import load_blocks
from c360_dash.writer import Writer

WRITER = Writer("EUR", "en", {})


@pytest.mark.parametrize(
    ("text", "months", "before"),
    [
        ("2026-03", Months(date(2026, 3, 1), date(2026, 3, 1)), date(2026, 4, 1)),
        ("2025-11..2025-12", Months(date(2025, 11, 1), date(2025, 12, 1)), date(2026, 1, 1)),
        ("..2026-01", Months(None, date(2026, 1, 1)), date(2026, 2, 1)),
        ("2026-01..", Months(date(2026, 1, 1), None), None),
        ("..", Months(), None),
    ],
)
def test_months_are_read_and_written_alike(text: str, months: Months, before: date | None) -> None:
    found = Conditions.from_args({"order_month": [text]}).order_month
    assert found == months
    assert found is not None
    assert (str(found), found.before) == (text, before)


def test_every_condition_is_read_and_has_its_sql_and_its_words() -> None:
    values = dict.fromkeys(CONDITION_NAMES, "1") | {
        "is_active": "true",
        "first_order_month": "2026-03",
        "order_month": "..",
        "value_segment_before": "High",
        "rfm_segment_before": "unknown",
    }
    conditions = Conditions.from_args({name: [value] for name, value in values.items()})
    blocks = load_blocks(Settings().sql_dir / "queries", {"metric_columns": "1 as one"})

    assert tuple(READ) == CONDITION_NAMES
    assert conditions.parameters().keys() <= blocks["customers.found"].parameters
    assert {name for _, names in said(conditions, WRITER) for name in names} == set(CONDITION_NAMES)


def test_nothing_asked_is_no_condition() -> None:
    assert not Conditions.from_args({"category": [""], "country": ["IT"]})
    assert list(said(Conditions(), WRITER)) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"recency_score": "5", "frequency_score": "4"}, ["Recency score 5", "Frequency score 4"]),
        ({"orders_at_least": "1"}, ["1 order or more"]),
        ({"orders_at_least": "2", "is_active": "false"}, ["2 orders or more", "Not active"]),
        ({"first_order_month": "2026-03"}, ["First order in Mar 2026"]),
        ({"first_order_month": "..2026-02"}, ["First order up to Feb 2026"]),
        ({"order_month": "2026-01..2026-03"}, ["Ordered from Jan 2026 to Mar 2026"]),
        ({"order_month": "2026-01.."}, ["Ordered from Jan 2026 on"]),
        ({"order_month": ".."}, ["Ordered"]),
        ({"category": "Books", "brand": "unknown"}, ["Bought in category: Books", "Bought of brand: Not known"]),
        ({"rating": "2"}, ["Gave the rating 2"]),
        ({"value_segment_before": "High", "since": "7"}, ["In build 7: value segment High"]),
        ({"rfm_segment_before": "unknown"}, ["In the build before: no customer yet"]),
    ],
)
def test_conditions_are_said_in_words(query: dict[str, str], words: list[str]) -> None:
    conditions = Conditions.from_args({name: [value] for name, value in query.items()})
    assert [text for text, _ in said(conditions, WRITER)] == words
