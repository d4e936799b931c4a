"""The demo against a real database: made once, used again, and never over somebody else's data."""

from collections.abc import Callable

import pytest

from c360_dash import rebuild
from c360_dash.cli.demo import ForeignData, loaded_shop, prepare
from c360_dash.config import Settings

Rows = Callable[..., list[tuple[object, ...]]]


def test_the_demo_is_made_once_used_again_and_made_anew_in_another_size(fresh_database: Settings, rows: Rows) -> None:
    prepare(fresh_database, 300)
    first = rebuild.status(fresh_database)["published"]["build_id"]
    prepare(fresh_database, 300)

    assert rebuild.status(fresh_database)["published"]["build_id"] == first
    assert rows(fresh_database, "select count(*) from c360.customer_360") == [(300,)]
    assert (fresh_database.data_dir / "shop-300").is_dir()

    prepare(fresh_database, 120)

    assert rebuild.status(fresh_database)["published"]["build_id"] == first + 1
    assert rows(fresh_database, "select count(*) from c360.customer_360") == [(120,)]
    found = loaded_shop(fresh_database)
    assert found is not None
    assert found.customers == 120


def test_the_demo_refuses_a_source_that_it_did_not_load(fresh_database: Settings, rows: Rows) -> None:
    rebuild.install(fresh_database)
    rows(fresh_database, "insert into source.customers (customer_id, first_name) values ('1', 'Ann')")

    with pytest.raises(ForeignData, match="The source holds data of your own; the demo does not replace it"):
        prepare(fresh_database, 300)

    assert rows(fresh_database, "select first_name from source.customers") == [("Ann",)]


def test_the_demo_refuses_the_data_of_another_mapping(fresh_database: Settings, rows: Rows) -> None:
    prepare(fresh_database, 50)
    rows(fresh_database, "update source.loaded set mapping = 'olist'")

    with pytest.raises(ForeignData, match="data loaded with the mapping olist"):
        prepare(fresh_database, 60)
