"""The peers of the benchmark, where it is installed, still do the same work as the stages that they are measured by."""

from datetime import date
from pathlib import Path

import pytest

from c360_dash import demo, rebuild, sources
from c360_dash.config import Settings

CUSTOMERS, UNTIL = 300, date(2026, 11, 16)


def test_duckdb_makes_the_same_tables(fresh_database: Settings, tmp_path: Path) -> None:
    duck = pytest.importorskip("tests.bench.peers.duck", reason="the benchmark is not installed: `make bench` does it")
    demo.generate(tmp_path, CUSTOMERS, until=UNTIL)
    rebuild.install(fresh_database)
    sources.load(fresh_database, fresh_database.sql_dir / "mappings" / "shop.sql", tmp_path)
    rebuild.run(fresh_database)

    database = tmp_path / "peer.duckdb"
    duck.prepare(fresh_database, database)
    duck.settle(fresh_database, database)
    duck.build(database)

    differing = duck.differences(fresh_database, database)
    assert "customer_360" in differing
    assert {name: rows for name, rows in differing.items() if rows} == {}
