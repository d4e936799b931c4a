"""Movement between builds of three as-of moments of one shop, and what a shop with one build says."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from c360_dash import db, demo, rebuild, sources
from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
CUSTOMERS = 600
MOMENTS = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30))
IN_WORDS = ("31 Dec 2025", "31 Mar 2026", "30 Jun 2026")
CARD = "#segmentation-value-segment-movement"
SENTENCE = f"{CARD} .c360-summary"
TABLE = "return [...document.querySelectorAll(arguments[0] + ' tbody tr')].map(row => row.innerText.split('\\t'))"


@pytest.fixture(scope="module")
def moving(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small shop with builds 1, 2 and 3 of three moments, and since build 2 without its best customer."""
    own = make_database()
    folder = tmp_path_factory.mktemp("moving")
    demo.generate(folder, CUSTOMERS)
    rebuild.install(own)
    sources.load(own, own.sql_dir / "mappings" / "shop.sql", folder)
    rebuild.run(own, MOMENTS[0])
    with db.owner_connection(own) as connection, connection.cursor() as cursor:
        cursor.execute("update c360.setting set value = '10' where name like 'drift%'")
    rebuild.run(own, MOMENTS[1])
    with db.owner_connection(own) as connection, connection.cursor() as cursor:
        cursor.execute(
            "delete from source.customers where customer_id in"
            " (select customer_id from c360.customer_360 order by lifetime_value desc nulls last limit 1)"
        )
    rebuild.run(own, MOMENTS[2])
    return own


@pytest.fixture(scope="module")
def moving_address(moving: Settings) -> Iterator[str]:
    with serving(moving) as found:
        yield found


def people(settings: Settings, build: int) -> int:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(f"select count(*) from c360_b{build}.customer_360")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def wait_for(browser: Browser, selector: str, words: str) -> None:
    browser.until("return document.querySelector(arguments[0])?.innerText.includes(arguments[1])", selector, words)


def counted(browser: Browser, named: Callable[[list[str]], bool]) -> int:
    """The customers of the rows of the table that are meant."""
    browser.run(f"document.querySelector('{CARD} details').open = true")
    browser.until(f"return !!document.querySelector('{CARD} tbody tr')")
    return sum(int(row[2].replace(",", "")) for row in browser.run(TABLE, CARD) if named(row))


@pytest.mark.parametrize(("since", "build"), [("", 2), ("?since=1", 1), ("?since=2", 2)])
def test_everybody_of_both_builds_stands_in_one_place(
    open_browser: OpenBrowser, moving_address: str, moving: Settings, since: str, build: int
) -> None:
    browser = open_browser(moving_address).open(f"/segmentation{since}").filled()

    wait_for(browser, SENTENCE, f"Since build {build} (data as of {IN_WORDS[build - 1]})")
    assert browser.text(SENTENCE).endswith("1 left.")
    assert counted(browser, lambda row: row[1] != "Left") == people(moving, 3)
    assert counted(browser, lambda row: row[0] != "New customer") == people(moving, build)
    assert counted(browser, lambda row: row[:2] == ["High", "Left"]) == 1
    assert browser.console() == []


def test_the_earlier_build_is_chosen_and_stays_after_reload_and_back(
    open_browser: OpenBrowser, moving_address: str
) -> None:
    browser = open_browser(moving_address).open("/segmentation").filled()
    wait_for(browser, SENTENCE, "Since build 2")

    browser.click("#segmentation-since")
    options = "return [...document.querySelectorAll('.dash-dropdown-option')].map(option => option.innerText.trim())"
    browser.until(f"return ({options[7:]}).length === 2")
    assert browser.run(options) == [f"Build 2, as of {IN_WORDS[1]}", f"Build 1, as of {IN_WORDS[0]}"]
    browser.run("[...document.querySelectorAll('.dash-dropdown-option')].at(-1).click()")
    wait_for(browser, SENTENCE, "Since build 1")
    assert browser.run("return location.search") == "?since=1"

    browser.driver.refresh()
    wait_for(browser, SENTENCE, "Since build 1")
    wait_for(browser, "#segmentation-since", f"Build 1, as of {IN_WORDS[0]}")
    browser.driver.back()
    wait_for(browser, SENTENCE, "Since build 2")
    assert browser.run("return location.search") == ""
    assert browser.console() == []


def test_a_build_that_is_not_there_is_named(open_browser: OpenBrowser, moving_address: str) -> None:
    browser = open_browser(moving_address).open("/segmentation?since=99")

    wait_for(browser, f"{CARD} .c360-state", "since cannot be 99; builds to compare build 3 with: 2, 1.")
    assert browser.console() == []


def test_before_a_second_build_the_cards_say_so(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/segmentation").filled()

    for card in ("value", "rfm"):
        assert "There is no build before this one" in browser.text(
            f"#segmentation-{card}-segment-movement .c360-summary"
        )
