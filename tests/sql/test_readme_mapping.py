"""The mapping in the README is loaded and built, as a reader would try it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from c360_dash import rebuild, sources
from c360_dash.config import Settings
from tests import documented


def test_the_mapping_of_the_readme_loads_a_shop(
    fresh_database: Settings, tmp_path: Path, rows: Callable[..., list[tuple[object, ...]]]
) -> None:
    (text,) = [block for block in documented.blocks("README.md", "sql") if block.startswith("-- setting: currency")]
    mapping = tmp_path / "my_shop.sql"
    mapping.write_text(text, encoding="utf-8")
    kunden = "nr;vorname;nachname;mail;land;seit\n7;Jörg;Müller;joerg@example.com;Österreich;2025-01-31\n"
    (tmp_path / "kunden.csv").write_text(kunden, encoding="latin1")
    belege = "beleg,nr,zeit,artikel,menge,preis\n1,7,2025-03-01 00:30,Kanne,2,19.90\n1,7,2025-03-01 00:30,Glas,6,4.50\n"
    (tmp_path / "belege_2025.csv").write_text(belege, encoding="utf-8")

    rebuild.install(fresh_database)
    sources.load(fresh_database, mapping, tmp_path)
    run = rebuild.run(fresh_database, date(2025, 3, 31))

    assert run.state == "published"
    found_rows = rows(
        fresh_database, "select first_name, country, orders, lifetime_value, recency_days from c360.customer_360"
    )
    assert [(name, land, orders, float(str(value)), days) for name, land, orders, value, days in found_rows] == [
        ("Jörg", "Österreich", 1, 66.8, 30)
    ]
    assert rows(fresh_database, "select currency, timezone from c360.published_build") == [("EUR", "Europe/Berlin")]
