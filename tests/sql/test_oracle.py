"""The build against the oracle, every column of every customer: a real marketplace and a generated shop."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from c360_dash import db, demo, rebuild, sources
from c360_dash.config import Settings
from tests.oracle import customer_360
from tests.oracle.comparing import differences
from tests.oracle.reading import change_parameters, read_parameters, read_source, read_table

OLIST = Path(__file__).parents[2].parent / "shared" / "data" / "olist"
OTHER_PARAMETERS = {
    "timezone": "Australia/Lord_Howe",  # half past ten hours ahead, summer time half an hour
    "retention_window_months": 5,
    "high_value_share": 0.07,
    "gap_shrinkage": 0,
    "service_window_days": 100,
    "forecast_model": "BG/NBD",
    "forecast_years": 2,
    "forecast_discount_rate": 0.07,
}


@dataclass(frozen=True)
class Loaded:
    """A database and the rows of its source."""

    settings: Settings
    source: dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def shop(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """A database with a generated shop of 5,000 customers."""
    folder = tmp_path_factory.mktemp("shop") / "files"
    demo.generate(folder, customers=5_000, until=date(2026, 6, 30))
    yield from loaded(make_database(), "shop", folder)


@pytest.fixture(scope="module")
def olist(make_database: Callable[[], Settings]) -> Iterator[Loaded]:
    """A database with the Olist marketplace."""
    if not OLIST.is_dir():
        pytest.skip(f"needs the Olist files in {OLIST.parent.name}/{OLIST.name} beside the checkout")
    yield from loaded(make_database(), "olist", OLIST)


def loaded(settings: Settings, mapping: str, folder: Path) -> Iterator[Loaded]:
    rebuild.install(settings)
    sources.load(settings, settings.sql_dir / "mappings" / f"{mapping}.sql", folder)
    yield Loaded(settings, read_source(settings))
    db.owner_engine(settings).dispose()


def assert_agreement(shop: Loaded, as_of: date | datetime | None = None) -> pd.DataFrame:
    """Build, compute again with the oracle, compare; the table."""
    run = rebuild.run(shop.settings, as_of)
    assert run.as_of is not None
    actual = read_table(shop.settings, f"c360_b{run.id}", "customer_360")
    expected = customer_360(shop.source, pd.Timestamp(run.as_of), read_parameters(shop.settings, run.id))
    difference = differences(expected, actual, shop.source)
    assert not difference, difference
    return actual


def test_the_generated_shop_at_the_end_of_its_data(shop: Loaded) -> None:
    table = assert_agreement(shop)
    assert len(table) == 5_000
    assert table.notna().any().all(), "a column without any value was not compared"


def test_the_generated_shop_a_year_earlier(shop: Loaded) -> None:
    table = assert_agreement(shop, date(2025, 3, 31))
    assert 0 < len(table) < 5_000


def test_the_generated_shop_with_other_parameters(shop: Loaded) -> None:
    change_parameters(shop.settings, OTHER_PARAMETERS)
    assert_agreement(shop, date(2026, 4, 30))


def test_olist_at_the_end_of_its_data(olist: Loaded) -> None:
    table = assert_agreement(olist)
    assert len(table) == 14_904


def test_olist_half_a_year_earlier(olist: Loaded) -> None:
    assert_agreement(olist, date(2018, 2, 28))
