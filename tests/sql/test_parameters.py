"""Settings: refused with a reason, tried on the published build before they are saved, and true in the next build."""

from collections.abc import Callable

import pytest

from c360_dash import db, rebuild
from c360_dash.config import Settings
from c360_dash.rebuild import comparing, parameters
from tests.sql.test_rebuild import AS_OF, SHOP, builds

Rows = Callable[..., list[tuple[object, ...]]]

# Ten more buyers, worth 10, 20, … 100; beside Ada (95) and Bruno (30) they are twelve.
TEN = """
insert into source.customers (customer_id, first_name, signup_at)
select 'n' || n, 'Number ' || n, '2024-01-01' from generate_series(1, 10) as n;
insert into source.orders (order_id, customer_id, ordered_at, status)
select 'o' || n, 'n' || n, timestamptz '2024-05-30 12:00Z' - make_interval(days => 12 * n), 'completed'
from generate_series(1, 10) as n;
insert into source.order_items (order_id, line_no, customer_id, product_id, quantity, unit_price)
select 'o' || n, 1, 'n' || n, '10', 1, 10 * n from generate_series(1, 10) as n;
"""
SIZES = "select {column}, count(*) from c360.customer_360 where orders > 0 group by 1"


def sizes(settings: Settings, rows: Rows, column: str) -> dict[object, object]:
    """Customers with orders by group, in the published build."""
    found = rows(settings, SIZES.format(column=column))
    return {row[0]: row[1] for row in found}


def fill(settings: Settings) -> Settings:
    """Twelve buyers and Chiara, who never bought; build 1 is published."""
    rebuild.install(settings)
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(SHOP + TEN)
    rebuild.run(settings, AS_OF)
    return settings


@pytest.fixture
def shop(fresh_database: Settings) -> Settings:
    """The shop of a test that changes it."""
    return fill(fresh_database)


@pytest.fixture(scope="module")
def untouched(make_database: Callable[[], Settings]) -> Settings:
    """The same shop for all tests that only look."""
    return fill(make_database())


def test_value_segments_are_previewed_by_share(untouched: Settings) -> None:
    (effect,) = parameters.preview(untouched, {"high_value_share": "0.5"}, 1)

    # 20 % of twelve are three (100, 95, 90), with the next 30 % six; half of them are six, with 30 % more ten.
    assert effect.name == "value_segments"
    assert effect.sizes == {"High": (3, 6), "Medium": (3, 4), "Low": (6, 2)}
    assert effect.moved == 3 + 4


def test_value_segments_are_previewed_by_amount(untouched: Settings) -> None:
    proposed = {"value_cutoff_kind": "amount", "high_value_amount": "95", "medium_value_amount": "30"}

    (effect,) = parameters.preview(untouched, proposed, 1)

    # 100 and 95 are High; 30 (twice), 40, 50, 60, 70, 80, 90 Medium; 10 and 20 Low.
    assert {group: after for group, (_, after) in effect.sizes.items()} == {"High": 2, "Medium": 8, "Low": 2}


@pytest.mark.parametrize(
    ("proposed", "column"),
    [
        ({"high_value_share": "0.07", "medium_value_share": "0.5"}, "value_segment"),
        ({"value_cutoff_kind": "amount", "high_value_amount": "50", "medium_value_amount": "20"}, "value_segment"),
        ({"churn_weight_recency": "1", "churn_weight_service": "3", "churn_medium_from": "40"}, "churn_band"),
        ({"churn_weight_recency": "0", "churn_weight_frequency": "2", "churn_high_above": "70"}, "churn_band"),
        ({"churn_medium_from": "10", "churn_high_above": "30"}, "churn_band"),
        ({"active_days": "40"}, "case when is_active then 'Active' else 'Not active' end"),
    ],
)
def test_the_next_build_is_as_the_preview_said(
    shop: Settings, rows: Rows, proposed: dict[str, str], column: str
) -> None:
    (effect,) = parameters.preview(shop, proposed, 1)
    before = sizes(shop, rows, column)
    parameters.save(shop, proposed)
    run = rebuild.run(shop, AS_OF)
    rebuild.publish(shop, run.id)

    assert before == {group: size for group, (size, _) in effect.sizes.items() if size}
    assert sizes(shop, rows, column) == {group: size for group, (_, size) in effect.sizes.items() if size}
    assert effect.moved > 0


NEAR = "{} is near the published build's"
CUSTOMERS, LOW = NEAR.format("customers"), NEAR.format("the share of Low customers")


@pytest.mark.parametrize(
    ("limits", "held_by"),
    [
        ({"drift_customers_limit": "0.1"}, {CUSTOMERS}),
        ({"drift_customers_limit": "0.15", "drift_value_limit": "0"}, {CUSTOMERS}),
        (
            {"drift_segment_limit": "0.01"},
            {NEAR.format(f"the share of {name} customers") for name in ("High", "Low", "Medium")},
        ),
        ({"drift_customers_limit": "0.16"}, set()),
    ],
)
def test_the_next_build_is_held_by_what_the_preview_said(
    shop: Settings, limits: dict[str, str], held_by: set[str], rows: Rows
) -> None:
    # Two more than thirteen are 15.4 %; the shares of the segments among them move from 3/13 to 3/15, 3/13 and 6/13.
    rows(shop, "insert into source.customers (customer_id) values ('new 1'), ('new 2')")
    assert rebuild.run(shop, AS_OF).state == "published"

    (found,) = parameters.consequences(shop, limits)
    assert (found.name, found.build, found.before, set(found.after)) == ("drift", 2, [], held_by)

    rebuild.publish(shop, 1)
    parameters.save(shop, limits)
    run = rebuild.run(shop, AS_OF)
    assert {check.sentence for check in run.failed_checks} == held_by
    assert run.state == ("held" if held_by else "published")


def test_wider_limits_would_have_let_the_held_build_pass(shop: Settings, rows: Rows) -> None:
    rows(shop, "insert into source.customers (customer_id) select 'new ' || n from generate_series(1, 13) as n")
    held = rebuild.run(shop, AS_OF)
    assert held.state == "held"
    limits = {"drift_customers_limit": "1", "drift_segment_limit": "0.3"}

    (found,) = parameters.consequences(shop, limits)
    assert set(found.before) == {check.sentence for check in held.failed_checks} >= {CUSTOMERS, LOW}
    assert found.after == []

    parameters.save(shop, limits)
    assert rebuild.run(shop, AS_OF).state == "published"


def test_the_builds_that_the_preview_said_are_dropped(shop: Settings, rows: Rows) -> None:
    rows(shop, "update c360.setting set value = '5' where name = 'builds_kept'")
    for _ in range(3):
        rebuild.run(shop, AS_OF)
    rebuild.publish(shop, 2)

    (found,) = parameters.consequences(shop, {"builds_kept": "2"})
    assert (found.name, found.build, found.before, found.after) == ("retention", 2, [], ["1", "2", "3"])

    parameters.save(shop, {"builds_kept": "2"})
    rebuild.run(shop, AS_OF)
    assert builds(shop, rows) == ["c360_b4", "c360_b5"]


def test_without_a_build_limits_mean_nothing_yet(fresh_database: Settings) -> None:
    rebuild.install(fresh_database)
    assert parameters.consequences(fresh_database, {"builds_kept": "2", "drift_value_limit": "1"}) == []


def test_only_what_is_different_is_changed(shop: Settings, rows: Rows) -> None:
    saved = parameters.save(shop, {"active_days": "180", "high_value_share": "0.20", "currency": "EUR"})

    assert [(change.parameter.key, change.before, change.after) for change in saved] == [("active_days", "365", "180")]
    assert rows(shop, "select value from c360.setting where name = 'active_days'") == [("180",)]


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [
        ({"active_days": "0"}, "Active within cannot be “0”: it is from 1 to 1000000"),
        ({"active_days": "30.5"}, "whole number of days"),
        ({"active_days": "many"}, "is a number"),
        ({"high_value_share": "NaN"}, "is a number"),
        ({"high_value_share": "0.8"}, "more than 1 together"),
        ({"medium_value_amount": "5000"}, "above High value from"),
        ({"churn_medium_from": "90"}, "above High risk above"),
        ({"churn_weight_recency": "0", "churn_weight_frequency": "0"}, "one must be above 0"),
        ({"timezone": "Mars/Olympus"}, "time zone"),
        ({"currency": "euro"}, "three capital letters"),
        ({"value_cutoff_kind": "'; drop table c360.setting"}, "one of percentile, amount"),
        ({"password": "1"}, "no setting “password”"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(
    untouched: Settings, rows: Rows, proposed: dict[str, str], reason: str
) -> None:
    with pytest.raises(parameters.SettingRefused, match=reason):
        parameters.save(untouched, {"comparison_days": "7", **proposed})

    assert rows(untouched, "select count(*) from c360.setting where value <> default_value") == [(0,)]


def test_a_build_is_compared_with_another(shop: Settings, rows: Rows) -> None:
    rows(shop, "delete from source.customers where customer_id = 'n10'")
    rows(shop, "insert into source.customers (customer_id, first_name) values ('new', 'Dora')")
    rows(shop, "update source.order_items set unit_price = 200 where order_id = 'o1'")
    run = rebuild.run(shop, AS_OF)

    found = comparing.difference(shop, run.id, 1)

    # Before: 10 + … + 100 and Ada's 95 and Bruno's 30; the 100 are gone and the 10 have become 200.
    assert found.totals == {
        "customers_now": 13,
        "customers_before": 13,
        "customers_new": 1,
        "customers_gone": 1,
        "value_now": 550 + 125 + 190 - 100,
        "value_before": 550 + 125,
        "customers_moved": found.totals["customers_moved"],
    }
    assert [(row["customer_id"], row["value_before"], row["value_now"]) for row in found.movers] == [
        ("n1", 10, 200),
        ("n10", 100, 0),
    ]
    gone = [row for row in found.segments if row["segment_now"] is None]
    assert [(row["segment_before"], row["customers"]) for row in gone] == [("High", 1)]
