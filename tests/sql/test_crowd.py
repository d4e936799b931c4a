"""The build against the oracle about crowds by lot, in whose rows nearly everything may be odd."""

import pandas as pd
import pytest

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.oracle import customer_360
from tests.oracle.comparing import differences
from tests.oracle.reading import change_parameters, read_parameters, read_source, read_table
from tests.people import fill
from tests.people.crowd import AS_OF, crowd


@pytest.mark.parametrize("seed", range(6))
def test_the_build_agrees_with_the_oracle_about_a_crowd(fresh_database: Settings, seed: int) -> None:
    rebuild.install(fresh_database)
    with db.owner_connection(fresh_database) as connection:
        fill(connection, crowd(seed))
    parameters = {"timezone": "Europe/Rome", "retention_window_months": 1, "gap_shrinkage": seed}
    change_parameters(fresh_database, parameters)
    run = rebuild.run(fresh_database, AS_OF)
    source = read_source(fresh_database)
    expected = customer_360(source, pd.Timestamp(AS_OF), read_parameters(fresh_database, run.id))
    difference = differences(expected, read_table(fresh_database, f"c360_b{run.id}", "customer_360"), source)
    assert not difference, difference
