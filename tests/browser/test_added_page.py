"""A page added to a copy of the program as the README says: four new files, and no other is touched.

Navigation, filters, API, the drawer of definitions and the checks of every page follow by themselves.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from c360_dash.config import Settings
from tests.browser import every_page
from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
ROOT = Path(__file__).parents[2]
ADDED = Path(__file__).parent / "added_page"
PAGE, PATH, CHART = "cities", "/cities", "customers-by-city"
SERVE = """
import logging, sys
from werkzeug.serving import make_server
from c360_dash import config
config.dotenv_values = lambda path: {}
from c360_dash.app import create_app
server = make_server("127.0.0.1", 0, create_app(config.Settings.from_env()).server, threaded=True)
logging.getLogger("werkzeug").setLevel(logging.ERROR)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture(scope="module")
def added_address(shop: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a copy of the program with the added page is served."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("c360_dash", "sql", "assets"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ADDED.rglob("*.*"):
        if path.suffix in (".py", ".sql"):
            target = copy / path.relative_to(ADDED)
            assert not target.exists()
            shutil.copy(path, target)
    environment = {"C360_DATABASE_URL": shop.database_url or "", "C360_DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=copy,
        env={**os.environ, **environment, "PYTHONPATH": str(copy)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    process.terminate()
    process.wait()
    process.stdout.close()


def test_a_page_takes_the_files_that_the_readme_promises() -> None:
    added = {str(path.parent.relative_to(ADDED)) for path in ADDED.rglob("*.*") if path.suffix in (".py", ".sql")}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (promise,) = [line for line in readme.splitlines() if line.startswith("| a page |")]

    assert added == {"c360_dash/pages", "c360_dash/charts", "c360_dash/queries", "sql/queries"}
    assert all(f"`{folder}`" in promise for folder in added)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_it_is_a_page_like_every_other(open_browser: OpenBrowser, added_address: str, width: int, scheme: str) -> None:
    every_page.fits_and_is_silent(open_browser(added_address, width, scheme), PATH, width, scheme)


def test_navigation_filters_table_and_definition_follow(open_browser: OpenBrowser, added_address: str) -> None:
    browser = open_browser(added_address)
    every_page.is_found_in_the_navigation(browser, PATH)
    every_page.every_chart_has_sentence_table_and_definition(browser, PAGE, PATH, [CHART])
    every_page.a_filter_changes_what_heeds_it(browser, PAGE, PATH, {CHART: ()})

    browser.click(f"#{PAGE}-{CHART} .c360-define")
    browser.until("return document.querySelector('.c360-drawer[open]')?.innerText.includes('Computed')")


def test_the_api_answers_its_question(added_address: str) -> None:
    with urlopen(f"{added_address}/api/v1/{CHART}?value_segment=High") as answer:
        found = json.load(answer)["data"]

    assert len(found) == 10
    assert list(found[0]) == ["city", "customers"]
