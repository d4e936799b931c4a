"""docs/connect.md, followed from its first line to its last: a database engineer's commands and what they leave."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from c360_dash import sources
from c360_dash.config import Settings
from c360_dash.sources import SourceError
from tests import documented

PAGE = "docs/connect.md"
SHAPES = Path(__file__).parent / "shapes"
OWNER = "c360_owner"
Rows = Callable[..., list[tuple[object, ...]]]


def section(title: str, language: str) -> list[str]:
    """The blocks of one section of the page."""
    text = documented.page_text(PAGE).partition(f"## {title}\n")[2].partition("\n## ")[0]
    return [code for name, code in documented.BLOCK.findall(text) if name == language]


@pytest.fixture
def music(fresh_database: Settings, rows: Rows) -> Iterator[Settings]:
    """A database with the tables of the shop of music; at the end without the role that the page creates."""
    rows(fresh_database, (SHAPES / "chinook.sql").read_text(encoding="utf-8"))
    yield fresh_database
    rows(fresh_database, f"drop owned by {OWNER} cascade")
    rows(fresh_database, f"drop role {OWNER}")


def test_tables_are_connected_by_a_user_who_may_only_read_them(music: Settings, tmp_path: Path, rows: Rows) -> None:
    url = make_url(music.database_url or "")
    rights, tracking = section("Tables of your own", "sql")
    *first, last = rights.replace("database shop", f"database {url.database}").strip().splitlines()
    first_command, others = section("Tables of your own", "sh")
    owner = url.set(username=OWNER).render_as_string(hide_password=False)
    rows(music, "\n".join(first))
    unread = tmp_path / "unread.sql"

    sources.propose(replace(music, database_url=owner), unread)
    with pytest.raises(
        SourceError, match="Customer; grant the role of C360_DATABASE_URL usage of its schema and select"
    ):
        sources.apply(replace(music, database_url=owner), unread)

    assert "-- ? the role of C360_DATABASE_URL may not read it" in unread.read_text(encoding="utf-8")
    rows(music, last)
    done = documented.run_in_shell(first_command + others, tmp_path, {"C360_DATABASE_URL": owner})
    assert done.returncode == 0, done.stdout + done.stderr
    assert section("Tables of your own", "text")[0] in (tmp_path / "my_shop.sql").read_text(encoding="utf-8")
    assert rows(music, "select first_name, orders, lifetime_value::text from c360.customer_360 order by 1") == [
        ("Ada", 2, "4.96"),
        ("Bruno", 1, "1.99"),
        ("Chloë", None, None),
    ]
    rows(music, tracking)
    assert rows(music, "select c360.watched() ->> 'orders'") == [("log",)]


def test_files_are_loaded(fresh_database: Settings, tmp_path: Path, rows: Rows) -> None:
    files = tmp_path / "path" / "to" / "the" / "files"
    files.mkdir(parents=True)
    kunden = "nr;vorname;nachname;mail;land;seit\n7;Jörg;Müller;joerg@example.com;Österreich;2025-01-31\n"
    (files / "kunden.csv").write_text(kunden, encoding="latin1")
    belege = "beleg,nr,zeit,artikel,menge,preis\n1,7,2025-03-01 00:30,Kanne,2,19.90\n1,7,2025-03-01 00:30,Glas,6,4.50\n"
    (files / "belege_2025.csv").write_text(belege, encoding="utf-8")
    (mapping,), (commands,) = section("Files", "sql"), section("Files", "sh")
    (tmp_path / "my_files.sql").write_text(mapping, encoding="utf-8")

    done = documented.run_in_shell(commands, tmp_path, {"C360_DATABASE_URL": fresh_database.database_url or ""})

    assert done.returncode == 0, done.stdout + done.stderr
    people = "select first_name, country, orders, lifetime_value::text, recency_days from c360.customer_360"
    assert rows(fresh_database, people) == [("Jörg", "Österreich", 1, "66.80", 0)]
    assert rows(fresh_database, "select currency, timezone from c360.published_build") == [("EUR", "Europe/Berlin")]


def test_what_the_page_says_of_an_awkward_shop_is_in_its_mapping() -> None:
    mapping = (SHAPES / "awful_mapping.sql").read_text(encoding="utf-8")
    table = documented.page_text(PAGE).partition("| There are | Then |")[2].partition("\n\n")[0]
    quoted = [code for code in re.findall(r"`(.*?)`", table) if " " in code and code != "c360 link"]

    assert len(quoted) == 5
    assert [code for code in quoted if code not in mapping] == []


def test_every_ready_mapping_is_on_the_page() -> None:
    page = documented.page_text(PAGE)

    for path in (Settings().sql_dir / "mappings").glob("*.sql"):
        assert f"`{path.stem}`" in page
