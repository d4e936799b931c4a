"""The questions about a real build of a small generated shop agree with its customer_360, and with each other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from c360_dash import db, demo, queries, rebuild, sources
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.queries import Filters, products, risk, segmentation

CUSTOMERS = 400
FILTERS = [
    Filters(),
    Filters(value_segment=("High",)),
    Filters(churn_band=("High", "unknown")),
    Filters(acquisition_channel=("Social",), value_segment=("Low", "Medium")),
]
CUSTOMERS_OF = """
    select
        count(*), coalesce(sum(orders), 0), coalesce(round(sum(lifetime_value), 2), 0),
        count(*) filter (where orders > 0)
    from c360.customer_360
    where coalesce(value_segment = any(nullif(%(value_segment)s, array[]::text[])), true)
        and coalesce(coalesce(churn_band, 'unknown') = any(nullif(%(churn_band)s, array[]::text[])), true)
        and coalesce(acquisition_channel = any(nullif(%(acquisition_channel)s, array[]::text[])), true)
"""


@pytest.fixture(scope="module")
def shop(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings, folder = make_database(), tmp_path_factory.mktemp("shop")
    demo.generate(folder, CUSTOMERS)
    rebuild.install(settings)
    sources.load(settings, settings.sql_dir / "mappings" / "shop.sql", Path(folder))
    assert rebuild.run(settings).state == "published"
    return settings


@pytest.fixture
def build(shop: Settings) -> Build:
    db.init(shop)
    return db.current_build()


def of_the_table(settings: Settings, filters: Filters) -> tuple[int, int, float, int]:
    """Customers, orders, lifetime value and buyers, counted on customer_360 itself."""
    names = ("value_segment", "churn_band", "acquisition_channel")
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(CUSTOMERS_OF, {name: list(getattr(filters, name)) for name in names})
        ((customers, orders, value, buyers),) = cursor.fetchall()
    return customers, int(orders), float(value), buyers


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_all_questions_are_about_the_same_customers(shop: Settings, build: Build, filters: Filters) -> None:
    customers, orders, value, buyers = of_the_table(shop, filters)
    assert 0 < buyers <= customers
    kpis = queries.get_kpis(build, filters).set_index("metric")["value"]
    months = queries.get_monthly_revenue(build, filters)
    assert kpis["customers"] == customers
    assert kpis["total_lifetime_value"] == pytest.approx(value)
    assert kpis["average_order_value"] == pytest.approx(value / orders)
    assert queries.get_customer_segments(build, filters)["customers"].sum() == customers
    assert queries.get_churn_risk(build, filters)["customers"].sum() == buyers
    assert queries.get_rfm_segmentation(build, filters)["customers"].sum() == buyers
    assert months["orders"].sum() == orders
    assert months["net_sales"].sum() == pytest.approx(value)
    assert months["new_customers"].sum() == buyers
    assert queries.get_top_customers(build, filters, limit=1000)["lifetime_value"].sum() == pytest.approx(value)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_segments_and_risk_are_about_the_same_customers(shop: Settings, build: Build, filters: Filters) -> None:
    customers, orders, value, buyers = of_the_table(shop, filters)
    segments = segmentation.get_rfm_segments(build, filters)
    cells = risk.get_value_risk(build, filters)
    to_call = cells[(cells["churn_band"] == "High") & cells["value_segment"].isin(["High", "Medium"])]
    assert segments["customers"].sum() == customers
    assert segments["lifetime_value"].sum() == pytest.approx(value)
    assert (segments["mean_orders"].fillna(0) * segments["customers"]).sum() == pytest.approx(orders, rel=1e-4)
    assert cells["customers"].sum() == buyers
    assert cells["lifetime_value"].sum() == pytest.approx(value)
    people = risk.get_customers_to_call(build, filters, limit=1000)
    assert len(people) == to_call["customers"].sum()
    assert people["lifetime_value"].sum() == pytest.approx(to_call["lifetime_value"].sum())
    assert people["reason"].str.startswith("Last order ").all()


def test_brands_and_products_sell_what_categories_sell(build: Build) -> None:
    categories = queries.get_product_category_performance(build, Filters())["net_sales"].sum()
    assert products.get_brand_performance(build, Filters())["net_sales"].sum() == pytest.approx(categories)
    assert products.get_product_concentration(build, Filters())["net_sales"].iloc[-1] == pytest.approx(categories)
    assert products.get_top_products(build, Filters(), limit=1000)["net_sales"].sum() <= categories + 0.01


def test_everybody_of_a_build_was_somewhere_in_the_build_before(shop: Settings, build: Build) -> None:
    assert rebuild.run(shop).state == "published"
    db.reader().builds.forget_current()
    later = db.current_build()
    moved = segmentation.get_value_movement(later, Filters())
    assert segmentation.get_earlier_build(later, Filters())["build_id"].tolist() == [build.id]
    assert moved["customers"].sum() == of_the_table(shop, Filters())[0]
    assert moved["segment_before"].notna().all()
    assert segmentation.get_rfm_movement(later, FILTERS[1])["customers"].sum() == of_the_table(shop, FILTERS[1])[0]


def test_satisfaction_agrees_with_the_kpi(build: Build) -> None:
    kpis = queries.get_kpis(build, Filters()).set_index("metric")
    (summary,) = queries.get_satisfaction_summary(build, Filters()).to_dict("records")
    scores = queries.get_customer_satisfaction(build, Filters())
    assert summary["ratings"] == kpis.loc["csat", "n"] == scores["ratings"].sum()
    assert summary["csat"] == pytest.approx(kpis.loc["csat", "value"], abs=1e-6)
    assert summary["mean_score"] == pytest.approx((scores["score"] * scores["ratings"]).sum() / summary["ratings"])


def test_the_reader_may_only_read(shop: Settings) -> None:
    with db.reader_engine(shop).connect() as connection:
        role, read_only = connection.exec_driver_sql(
            "select current_user, current_setting('default_transaction_read_only')"
        ).one()
    assert (role, read_only) == ("c360_reader", "on")
