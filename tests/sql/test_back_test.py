"""The back-test of six people whose places can be worked out by hand, and that it leaves no trace but its result."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from c360_dash import charts, db, rebuild
from c360_dash.admin.runs import stage_words
from c360_dash.charts.back_test import CHARTS
from c360_dash.cli import main
from c360_dash.config import Settings
from c360_dash.filters import Filters
from tests.sql.test_rebuild import stuck_run

Rows = Callable[..., list[tuple[object, ...]]]

# Seen from 31 May 2024 at noon, 90 days before the last order. Days since the last order: Ada 30, Chiara and Elena 60,
# Dario 90, Bruno and Fabio 150. Ada, Chiara (in the last moment) and Fabio return. Gina comes only later.
SHOP = """
insert into source.customers (customer_id, first_name) values
('a', 'Ada'), ('b', 'Bruno'), ('c', 'Chiara'), ('d', 'Dario'), ('e', 'Elena'), ('f', 'Fabio'), ('g', 'Gina');
insert into source.orders (order_id, customer_id, ordered_at, status, currency) values
('a1', 'a', '2024-03-01 10:00Z', 'completed', null), ('a2', 'a', '2024-04-01 10:00Z', 'completed', null),
('a3', 'a', '2024-05-01 10:00Z', 'completed', null), ('a4', 'a', '2024-06-10 10:00Z', 'completed', null),
('a5', 'a', '2024-07-10 10:00Z', 'completed', null),
('b1', 'b', '2024-01-02 10:00Z', 'completed', null), ('b2', 'b', '2024-06-10 10:00Z', 'cancelled', null),
('b3', 'b', '2024-06-11 10:00Z', 'completed', 'USD'),
('c1', 'c', '2024-04-01 10:00Z', 'completed', null), ('c2', 'c', '2024-08-29 12:00Z', 'completed', null),
('d1', 'd', '2024-03-02 13:00Z', 'completed', null), ('e1', 'e', '2024-04-01 10:00Z', 'completed', null),
('f1', 'f', '2024-01-01 10:00Z', 'completed', null), ('f2', 'f', '2024-01-02 10:00Z', 'completed', null),
('f3', 'f', '2024-06-20 10:00Z', 'completed', null), ('g1', 'g', '2024-06-20 10:00Z', 'completed', null);
insert into source.order_items (order_id, line_no, customer_id, quantity, unit_price, discount)
select order_id, 1, customer_id, 2, 5.50, 1 from source.orders;
insert into source.returns (return_id, customer_id, order_id, returned_at, amount) values
('r1', 'f', 'f3', '2024-07-01 10:00Z', 4), ('r2', 'b', 'b2', '2024-07-01 10:00Z', 4);
"""
FROM, UNTIL = datetime(2024, 5, 31, 12, tzinfo=UTC), datetime(2024, 8, 29, 12, tzinfo=UTC)
RANKING = "select rule, auc, lead, lead_error, customers, returned from c360.last_back_test_ranking order by rule"
FORETOLD = """
select rule, decile, customers, round(expected_returned::numeric, 9)
from c360.back_test_decile where run_id = (select run_id from c360.last_back_test) order by 1, 2
"""


@pytest.fixture
def shop(fresh_database: Settings, rows: Rows) -> Settings:
    """The seven, not built yet."""
    rebuild.install(fresh_database)
    rows(fresh_database, SHOP)
    return fresh_database


def test_who_wants_a_rebuild_while_a_back_test_runs_is_told_so(shop: Settings, rows: Rows) -> None:
    with stuck_run(shop, rows, lambda settings: rebuild.back_test(settings, requested_by="Erika")) as (_, raised):
        running = rebuild.status(shop)["running"]
        status = CliRunner().invoke(main, ["status"], env={"C360_DATABASE_URL": shop.database_url}).output
        with pytest.raises(rebuild.RebuildRefused) as of_the_page:
            rebuild.start(shop, "web", "Otto")
        with pytest.raises(rebuild.RebuildRefused) as of_the_command:
            rebuild.run(shop, trigger="cli", requested_by="Otto")

    assert stage_words(running).startswith("Back-test 1, asked for by Erika (cli): stage ")
    assert "Running: back-test 1, asked for by Erika, stage " in status
    assert "back-test 1 is running, asked for by Erika" in str(of_the_page.value)
    assert str(of_the_command.value) == (
        "Only one build runs at a time, and back-test 1 is running, asked for by Erika. "
        "c360 status shows how far it is; start again when it has ended."
    )
    assert (raised, [run.state for run in rebuild.history(shop)]) == ([], ["tested"])


def test_pairs_are_counted_as_by_hand(shop: Settings, rows: Rows) -> None:
    run = rebuild.back_test(shop)

    assert (run.state, run.kind, run.as_of) == ("tested", "backtest", FROM)
    assert rows(shop, "select as_of, until, days, customers, returned from c360.last_back_test") == [
        (FROM, UNTIL, 90, 6, 3)
    ]
    (score, plain) = rows(shop, RANKING)
    # Recency: Bruno (150) stands above Ada and Chiara and beside Fabio, Dario above two, Elena above Ada and beside
    # Chiara: 2.5 + 2 + 1.5 of 9 pairs.
    assert plain == ("recency_days", pytest.approx(6 / 9), 0, 0, 6, 3)
    # Score: the typical gaps 30.5 and 1 have the median 15.75, so a single order expects 15.75 days, Ada (61 + 31.5)
    # / 4 and Fabio 32.5 / 3. With one order day of 180 the frequency part is 75, with Fabio's two 60, with Ada's three
    # 50: Bruno 75.5, Fabio 71.1, Dario 70.3, Chiara and Elena 65.5, Ada 40.1. Bruno is above all three now, Dario
    # still above two.
    # Lead: only Bruno's share (3/3, was 2.5/3) and Fabio's (1/3, was 0.5/3) differ, each by 1/6; the variance of
    # 1/6, 0, 0 is 1/108, a third of it on either side.
    error = (2 / 324) ** 0.5
    assert score == ("churn_risk_score", pytest.approx(6.5 / 9), pytest.approx(0.5 / 9), pytest.approx(error), 6, 3)


def test_tenths_and_groups_are_counted_as_by_hand(shop: Settings, rows: Rows) -> None:
    rebuild.back_test(shop)

    found = rows(
        shop,
        "select decile, customers, not_returned_share, risk_lift, order_days from c360.last_back_test_deciles"
        " where rule = 'churn_risk_score' order by decile",
    )
    # Below Ada nobody, below Chiara and Elena one of five others, below Dario three, Fabio four, Bruno all five.
    assert found == [(1, 1, 0, 0, 2), (3, 2, 0.5, 1, 1), (7, 1, 1, 2, 0), (9, 1, 0, 0, 1), (10, 1, 1, 2, 0)]
    groups = rows(
        shop,
        "select group_name, customers, round(not_returned_share::numeric, 2), order_days, order_days_before, sales,"
        " sales_before, order_days_foretold from c360.last_back_test_groups where grouping <> 'value_segment'"
        " order by customers desc, group_name",
    )
    # An order is 2 × 5.50 − 1. After: Ada two, Chiara and Fabio one, who brought back 4. Before: Ada, Chiara, Elena and
    # Dario, whose order is an hour inside; Ada's first is a day too early, Bruno's and Fabio's are older.
    assert [(str(name), *(float(str(number)) for number in numbers)) for name, *numbers, _ in groups] == [
        ("All", 6, 0.5, 4, 5, 36, 50),
        ("High", 3, 0.67, 1, 1, 6, 10),
        ("Medium", 3, 0.33, 3, 4, 30, 40),
    ]
    assert {group[-1] for group in groups} == {None}


def test_an_order_after_the_moment_changes_what_happened_and_nothing_that_was_foretold(
    shop: Settings, rows: Rows
) -> None:
    rebuild.back_test(shop)
    before = rows(shop, FORETOLD)
    rows(
        shop,
        "insert into source.orders (order_id, customer_id, ordered_at, status)"
        " values ('d2', 'd', '2024-05-31 12:00:00.000001Z', 'completed')",
    )
    rebuild.back_test(shop)

    assert rows(shop, FORETOLD) == before
    assert rows(shop, "select returned from c360.back_test order by run_id") == [(3,), (4,)]
    # Of 2 × 4 pairs: Bruno above Ada, Chiara and Dario and beside Fabio, Elena above Ada and beside Chiara.
    assert rows(shop, RANKING)[1][:2] == ("recency_days", pytest.approx(5 / 8))


def test_nothing_is_left_of_the_build_and_what_is_published_stays(shop: Settings, rows: Rows) -> None:
    first = rebuild.run(shop)
    rows(shop, "update source.customers set first_name = 'Adele' where customer_id = 'a'")
    tested = rebuild.back_test(shop)

    assert rows(shop, "select nspname from pg_namespace where nspname ~ '^c360_b'") == [(f"c360_b{first.id}",)]
    assert rows(shop, "select build_id from c360.published_build") == [(first.id,)]
    assert rows(shop, "select count(*) from c360.run_stage where run_id = %s and stage = 'cohorts'", tested.id) == [
        (0,)
    ]
    # What changed before the back-test is still known to the next incremental run, which starts from the first build.
    second = rebuild.run(shop, kind="incremental")
    assert (second.kind, second.note, second.changed_customers, second.state) == ("incremental", None, 1, "published")
    assert [run.state for run in rebuild.history(shop)] == ["published", "tested", "replaced"]
    assert rows(shop, "select count(*) from c360.back_test") == [(1,)]


def test_an_installation_loses_no_result(shop: Settings, rows: Rows) -> None:
    rebuild.back_test(shop)
    before = rows(shop, "select * from c360.last_back_test_groups")

    assert rebuild.install(shop, force=True)
    assert rows(shop, "select * from c360.last_back_test_groups") == before != []


def test_a_failed_back_test_is_no_failed_rebuild(shop: Settings, rows: Rows) -> None:
    rebuild.run(shop)
    rebuild.back_test(shop)
    rows(shop, "update c360.run set state = 'failed' where kind = 'backtest'")

    assert rows(shop, "select * from c360.last_failure") == []
    assert rows(shop, "select * from c360.news()") == []
    assert rows(shop, "select c360.last_rebuild_at() = started_at from c360.run where kind = 'full'") == [(True,)]


@pytest.mark.parametrize(
    ("days", "as_of", "reason"),
    [
        (130, None, "The orders begin on 2024-01-01, which is less than 130 days before 2024-04-21. A back-test needs"),
        (90, date(2024, 6, 30), "The data end on 2024-08-29, which is less than 90 days after 2024-06-30. Look from"),
    ],
)
def test_too_little_history_is_said_and_nothing_is_run(
    shop: Settings, days: int, as_of: date | None, reason: str
) -> None:
    with pytest.raises(rebuild.TooLittleHistory, match=reason):
        rebuild.back_test(shop, days, as_of)

    assert rebuild.history(shop) == []


def test_a_shop_without_orders_is_told_so(fresh_database: Settings) -> None:
    rebuild.install(fresh_database)

    with pytest.raises(rebuild.TooLittleHistory, match="There is no completed order"):
        rebuild.back_test(fresh_database)


def test_when_nobody_returns_there_are_no_pairs(shop: Settings, rows: Rows) -> None:
    rows(shop, "delete from source.orders where ordered_at > '2024-05-31' and order_id <> 'g1'")
    rebuild.back_test(shop, 30, date(2024, 5, 15))

    assert rows(shop, RANKING) == [
        ("churn_risk_score", None, None, None, 6, 0),
        ("recency_days", None, None, None, 6, 0),
    ]


def test_forecasts_for_as_many_days_stand_beside_the_score(shop: Settings, rows: Rows) -> None:
    rows(
        shop,
        "update c360.stage set body = replace(body, 'churn_risk.churn_band', 'churn_risk.churn_band,"
        " purchases.orders / 2.0 as expected_orders_60_days, 20 as expected_sales_60_days')"
        " where name = 'customer_360'",
    )
    rebuild.back_test(shop, 60, date(2024, 5, 31))

    # Until 30 July Ada and Fabio return. Foretold by half of the orders so far: Ada 1.5, Fabio 1, all others 0.5.
    assert ("expected_orders", 1) in rows(shop, "select rule, auc from c360.last_back_test_ranking")
    groups = (
        "select order_days_foretold, order_days, sales_foretold from c360.last_back_test_groups where grouping = 'all'"
    )
    assert rows(shop, groups) == [(4.5, 3, 120)]


def test_the_page_says_how_right_the_score_was_as_soon_as_it_is_known(shop: Settings) -> None:
    rebuild.run(shop)
    db.init(shop)
    before = db.current_build()
    assert "`c360 backtest`" in charts.answer("back-test", before, Filters(), "en")["sentence"]
    rebuild.back_test(shop)
    db.reader().builds.forget_current()

    build = db.current_build()
    shown = {key: charts.answer(key, build, Filters(), "en") for key in CHARTS}
    assert build.id == before.id
    assert shown["back-test"]["sentence"].startswith(
        "Looking from 31 May 2024: of 6 customers with an order, 3 ordered again within 90 days. Shown one of each,"
        " the churn risk score tells which is which in 72.2 % of cases, the plain rule of days since the last order in"
        " 66.7 %: too close to tell which is better on these data."
    )
    assert shown["back-test-deciles"]["sentence"].startswith(
        "Of the tenth at the lowest risk 0 % did not return, of the tenth at the highest 100 %, 2.0 times as many"
    )
    assert shown["back-test-groups"]["sentence"].startswith(
        "Of customers at Medium risk 33 %, at High risk 67 % did not return. Together they had 4 order days in 90 days,"
        " after 5 in the 90 days before."
    )
    assert shown["back-test-groups"]["rows"][0][:4] == ["All customers", "6", "50.0 %", "–"]


def test_the_command_prints_what_was_found(shop: Settings) -> None:
    rebuild.run(shop)
    environ = {"C360_DATABASE_URL": shop.database_url, "C360_DATA_DIR": str(shop.data_dir)}
    result = CliRunner().invoke(main, ["backtest", "--days", "60", "--as-of", "2024-05-31"], env=environ)

    assert result.exit_code == 0, result.output
    assert "Back-test 2 as of 2024-05-31 23:59 UTC: tested" in result.output
    said = " ".join(result.output.split())
    assert "Looking from 31 May 2024: of 6 customers with an order, 2 ordered again within 60 days." in said
    assert "Churn risk score 1 1 " in said
    assert "filter" not in said
    short = CliRunner().invoke(main, ["backtest", "--days", "200"], env=environ)
    assert short.exit_code == 1
    assert "Error: The orders begin on 2024-01-01" in short.output
