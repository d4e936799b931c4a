"""The forecast as part of the build: of a generated shop, with too little data, twice, and in another order of rows."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from c360_dash import db, demo, rebuild, sources
from c360_dash.config import Settings
from c360_dash.queries import Filters, customer, revenue
from tests.oracle.forecasts import COLUMNS
from tests.oracle.reading import change_parameters, read_table

Rows = Callable[..., list[tuple[object, ...]]]
PARAMETERS = {
    "forecast_minimum_customers": 500,
    "forecast_minimum_days": 180,
    "forecast_minimum_regulars": 50,
    "forecast_fit_customers": 50_000,
    "forecast_model": "MBG/NBD",
    "forecast_discount_rate": 0.1,
}
NUMBERS = COLUMNS[:-1]
DRAWS = 100_000


@pytest.fixture(scope="module")
def loaded(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("shop") / "files"
    demo.generate(folder, customers=800, until=date(2026, 6, 30))
    settings = make_database()
    rebuild.install(settings)
    sources.load(settings, settings.sql_dir / "mappings" / "shop.sql", folder)
    return settings


@pytest.fixture
def shop(loaded: Settings) -> Settings:
    """A generated shop of 800 customers with the default settings, not built yet."""
    change_parameters(loaded, PARAMETERS)
    return loaded


def forecasts(settings: Settings, as_of: date | None = None) -> pd.DataFrame:
    """Build, and what the build says of the customers, by id."""
    assert rebuild.run(settings, as_of).state in ("published", "held")
    table = read_table(settings, f"c360_b{newest(settings)}", "customer_360").set_index("customer_id")
    return table[["orders", "order_days", *COLUMNS]].sort_index()


def newest(settings: Settings) -> int:
    return int(read_table(settings, "c360", "run")["run_id"].max())


def model(settings: Settings) -> pd.Series:
    return read_table(settings, f"c360_b{newest(settings)}", "forecast_model").iloc[0]


def test_everybody_with_an_order_has_a_forecast(shop: Settings) -> None:
    table = forecasts(shop)
    buyers, prospects = table[table["orders"].notna()], table[table["orders"].isna()]
    assert len(buyers) > 600
    assert buyers["forecast_reason"].isna().all()
    numbers = buyers[NUMBERS].astype(float)
    assert ((numbers >= 0) & np.isfinite(numbers)).all(axis=None)
    assert (numbers["probability_active"] < 1).all(), "with MBG/NBD the first order may have been the last"
    assert (numbers["expected_orders_90_days"] < numbers["expected_orders_365_days"]).all()
    assert (numbers["predicted_lifetime_value"] >= numbers["expected_sales_365_days"] / 1.1**0.5).all()
    assert len(prospects) > 20
    assert set(prospects["forecast_reason"]) == {"No order yet."}
    assert prospects[NUMBERS].isna().all(axis=None)


def test_cohorts_add_up_what_is_expected_of_their_customers(shop: Settings) -> None:
    assert rebuild.run(shop).state in ("published", "held")
    table = read_table(shop, f"c360_b{newest(shop)}", "customer_360").dropna(subset="orders")
    db.init(shop)
    build, of = db.current_build(), "probability_active"
    expected = {"expected_orders_90_days": "expected_order_days", "expected_sales_90_days": "expected_net_sales"}
    months = pd.to_datetime(table["first_order_at"], utc=True).dt.tz_convert(build.timezone).dt.strftime("%Y-%m")
    by_hand = table[[*expected, of]].astype(float).groupby(pd.to_datetime(months))

    found = revenue.get_cohort_forecast(build, Filters()).set_index("cohort_month")
    assert len(found) > 12
    assert found["customers"].to_dict() == by_hand.size().to_dict()
    for column, name in expected.items():
        assert found[name].to_dict() == pytest.approx(by_hand[column].sum().to_dict(), abs=0.05), name
    assert found["mean_probability_active"].to_dict() == pytest.approx(by_hand[of].mean().to_dict(), abs=0.0001)
    each = found["expected_order_days"] / found["customers"]
    assert found["expected_order_days_each"].to_dict() == pytest.approx(each.to_dict(), abs=0.006)
    retention = revenue.get_cohort_retention(build, Filters()).query("months_after == 0").set_index("cohort_month")
    assert found["customers"].to_dict() == retention["cohort_size"].to_dict()


@pytest.mark.parametrize(
    ("name", "needed", "words"),
    [
        ("customers", 5_000, "of the 5000 customers with an order that a forecast needs."),
        ("days", 2_000, "of the 2000 days of orders that a forecast needs."),
        ("regulars", 799, "of the 799 customers with three order days that a forecast needs."),
    ],
)
def test_with_too_little_data_there_is_no_forecast_but_a_reason(
    shop: Settings, name: str, needed: int, words: str
) -> None:
    change_parameters(shop, {f"forecast_minimum_{name}": needed})
    table = forecasts(shop)
    assert table[NUMBERS].isna().all(axis=None)
    (reason,) = set(table.loc[table["orders"].notna(), "forecast_reason"])
    number, _, rest = reason.partition(" ")
    assert (rest, 0 < int(number) < needed) == (words, True)
    assert model(shop)["purchase_reason"] == reason


def test_with_an_early_as_of_the_shop_is_too_young(shop: Settings) -> None:
    table = forecasts(shop, date(2023, 10, 1))
    assert set(table["forecast_reason"]) <= {
        f"{(table['orders'].notna()).sum()} of the 500 customers with an order that a forecast needs.",
        "No order yet.",
    }


def test_the_same_rows_in_another_order_give_the_same_numbers(shop: Settings, rows: Rows) -> None:
    first = forecasts(shop)
    for relation in ("customers", "orders", "order_items", "returns"):
        rows(shop, f"create table moved as select * from source.{relation} order by md5({relation}::text)")
        rows(shop, f"truncate source.{relation}; insert into source.{relation} select * from moved; drop table moved")
    pd.testing.assert_frame_equal(forecasts(shop), first)


def test_many_customers_are_fitted_on_some_the_same_ones_each_time(shop: Settings) -> None:
    everybody = forecasts(shop)
    change_parameters(shop, {"forecast_fit_customers": 400})
    some = forecasts(shop)
    assert 340 < model(shop)["fitted_customers"] < 460
    assert model(shop)["customers"] > 600
    pd.testing.assert_frame_equal(forecasts(shop), some)
    total = "expected_orders_365_days"
    assert some[total].sum() == pytest.approx(everybody[total].sum(), rel=0.2)
    assert some[total].sum() != everybody[total].sum()


def test_with_bg_nbd_nobody_left_after_a_single_order(shop: Settings) -> None:
    change_parameters(shop, {"forecast_model": "BG/NBD"})
    table = forecasts(shop)
    once = table["order_days"] == 1
    assert set(table.loc[once, "probability_active"]) == {1.0}
    assert (table.loc[table["order_days"] > 1, "probability_active"] < 1).all()


def test_without_discount_the_first_year_counts_whole(shop: Settings) -> None:
    change_parameters(shop, {"forecast_discount_rate": 0, "forecast_years": 1})
    table = forecasts(shop)
    change_parameters(shop, {"forecast_years": 3})
    buyers = table[table["orders"].notna()].astype(dict.fromkeys(NUMBERS, float))
    assert buyers["predicted_lifetime_value"].tolist() == pytest.approx(buyers["expected_sales_365_days"].tolist())


def test_the_likely_range_holds_nine_in_ten(shop: Settings, rows: Rows) -> None:
    """Against customers drawn by lot from what is known of one: rate and chance to leave, then orders."""
    table = forecasts(shop)
    db.init(shop)
    build = db.build_by_id(newest(shop))
    fitted = model(shop)
    rng = np.random.default_rng(1)
    busiest = table["expected_orders_90_days"].astype(float).nlargest(3).index
    for customer_id in (*busiest, *table.index[table["orders"].notna()][:10]):
        found = customer.profile(build, str(customer_id))
        assert found is not None
        likely = customer.likely_order_days(build, found, 90, 90)
        assert likely is not None
        orders = drawn(found, fitted, rng)
        assert (orders < likely[0]).mean() < 0.055
        assert (orders > likely[1]).mean() < 0.055
        assert (orders >= max(likely[0], 1) - 1).mean() > 0.9
        assert orders.mean() == pytest.approx(found["expected_orders_90_days"], rel=0.05, abs=0.01)


def drawn(found: dict[str, object], fitted: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """Order days in the next 90 of that customer, drawn many times."""
    repeats = float(str(found["order_days"])) - 1
    first, last = (pd.Timestamp(str(found[name])).normalize() for name in ("first_order_at", "last_order_at"))
    observed = (last - first).days + float(str(found["recency_days"]))
    counts = rng.poisson(rng.gamma(fitted["r"] + repeats, 90 / (fitted["alpha"] + observed), DRAWS))
    leaving = rng.beta(fitted["a"], fitted["b"] + repeats + 1, DRAWS)
    active = rng.random(DRAWS) < float(str(found["probability_active"]))
    return np.where(active, np.minimum(counts, rng.geometric(leaving)), 0)


def test_a_customer_without_a_forecast_has_no_range(shop: Settings) -> None:
    table = forecasts(shop)
    db.init(shop)
    build = db.build_by_id(newest(shop))
    prospect = customer.profile(build, str(table.index[table["orders"].isna()][0]))
    assert prospect is not None
    assert customer.likely_order_days(build, prospect, 90, 90) is None
