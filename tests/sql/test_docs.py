"""Every command of docs/api.md and docs/operate.md, run in the order of the page against a shop that is served."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from c360_dash.config import Settings
from c360_dash.embedded.accounts import MAJOR_VERSION
from tests import documented, servers
from tests.load.serving import Served, shop_served

Rows = Callable[..., list[tuple[object, ...]]]
CUSTOMERS = 300
API, OPERATE = "docs/api.md", "docs/operate.md"
ADDRESS, DATABASE = "http://localhost:8050", "postgresql://user:password@db.example.com/shop"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A small shop behind two workers, on a server of its own."""
    with shop_served(CUSTOMERS) as found:
        yield found


@pytest.fixture
def run_all(served: Served, named_people: Settings, tmp_path: Path) -> Callable[[str], Path]:
    """A function that runs all `sh` blocks of a page in one folder, where the data directory has its usual name."""
    (tmp_path / ".c360").symlink_to(served.settings.data_dir)
    database = str(named_people.database_url).replace("+psycopg2", "")
    programs = servers.carried(f"pginstall{MAJOR_VERSION}")[0]

    def run(page: str) -> Path:
        for block in documented.blocks(page):
            script = block.replace(ADDRESS, f"http://127.0.0.1:{served.port}").replace(DATABASE, database)
            done = documented.run_in_shell(f"PATH={programs}:$PATH\n{script}", tmp_path, {})
            assert done.returncode == 0, (script, done.stdout[-500:], done.stderr[-500:])
        return tmp_path

    return run


def test_the_page_about_the_api(run_all: Callable[[str], Path]) -> None:
    folder = run_all(API)
    assert (folder / "revenue.xlsx").read_bytes().startswith(b"PK")
    assert (folder / "customers.csv").read_text(encoding="utf-8-sig").startswith("customer_id,")


def test_the_page_about_operating(served: Served, run_all: Callable[[str], Path], rows: Rows) -> None:
    measured = served.get("/metrics")[1].decode()
    for alarm in documented.blocks(OPERATE, "yaml"):
        assert set(re.findall(r"c360_\w+", alarm)) <= set(re.findall(r"^(c360_\w+)", measured, re.MULTILINE))
    for statements in documented.blocks(OPERATE, "sql"):
        for statement in statements.strip().rstrip(";").split(";\n"):
            rows(served.settings, statement.replace("%", "%%"))

    folder = run_all(OPERATE)

    made = {path.name for path in folder.iterdir()} - {".c360"}
    assert made == {"shop.backup", "shop-files.tar.gz", "shop.dump", "before-upgrade.backup"}
