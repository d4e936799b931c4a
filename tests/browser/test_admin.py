"""The admin page as administrators meet it: rebuild, watch, cancel, decide, go back, set."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from selenium.webdriver.common.keys import Keys

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving
from tests.browser.conftest import start_chrome
from tests.sql.test_rebuild import AS_OF, SHOP, holding

OpenBrowser = Callable[..., Browser]
LOCK_ITEMS = "lock table source.order_items in access exclusive mode"
FILLED = (
    "return !!document.querySelector('#admin-history table') && !!document.querySelector('#admin-settings input')"
    " && !document.querySelector('.c360-skeleton')"
)
OUTCOME = "#admin-outcome"


@pytest.fixture
def own_shop(fresh_database: Settings) -> Settings:
    """Three customers; build 1 is published."""
    rebuild.install(fresh_database)
    with db.owner_connection(fresh_database) as connection, connection.cursor() as cursor:
        cursor.execute(SHOP)
    rebuild.run(fresh_database, AS_OF)
    return fresh_database


@pytest.fixture
def page(own_shop: Settings, open_browser: OpenBrowser) -> Iterator[Browser]:
    """The admin page of the shop."""
    with serving(own_shop) as address:
        browser = open_browser(address)
        yield opened(browser)
        browser.driver.get("about:blank")


@contextmanager
def second_browser(address: str) -> Iterator[Browser]:
    """Somebody else who looks at the same page."""
    driver = start_chrome()
    try:
        yield opened(Browser(driver, address))
    finally:
        driver.quit()


def opened(browser: Browser, path: str = "/admin") -> Browser:
    browser.open(path).until(FILLED)
    return browser


def press(browser: Browser, selector: str) -> None:
    browser.until("return !!document.querySelector(arguments[0])", selector)
    browser.run("document.querySelector(arguments[0]).click()", selector)


def wait_for(browser: Browser, selector: str, words: str) -> None:
    browser.until("return document.querySelector(arguments[0])?.innerText.includes(arguments[1])", selector, words)


def act(browser: Browser, name: str, run: int) -> None:
    """Opens what asks once, and confirms."""
    selector = f'[id=\'{{"admin-act":"{name}","run":{run}}}\']'
    press(browser, f"details:has({selector}) > summary")
    press(browser, selector)


def write(browser: Browser, setting: str, value: str) -> None:
    field = browser.driver.find_element("css selector", f'[id=\'{{"setting":"{setting}"}}\']')
    field.send_keys(Keys.CONTROL + "a")
    field.send_keys(value)


def audit(settings: Settings) -> list[tuple[object, ...]]:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute("select person, action, subject from c360.audit order by audit_id")
        return cursor.fetchall()


def test_a_rebuild_is_started_on_the_page_seen_by_everybody_and_cancelled(page: Browser, own_shop: Settings) -> None:
    with second_browser(page.address) as other, holding(own_shop, LOCK_ITEMS):
        press(page, "#admin-start")
        for browser in (page, other):
            wait_for(browser, "#admin-stage", "Rebuild 2, asked for by local (web): stage")
            wait_for(browser, "#admin-numbers", "6 rows so far")
            assert browser.run("return document.querySelector('#admin-start').disabled")
        press(other, "#admin-cancel-place summary")
        press(other, "#admin-cancel")
        for browser in (page, other):
            wait_for(browser, OUTCOME, "Last: rebuild 2, cancelled by local")

    wait_for(page, "#admin-history", "cancelled by local")
    assert page.text("#admin-published").startswith("Build 1 ")
    assert audit(own_shop) == [("local", "rebuild", "full"), ("local", "cancel", "2")]
    assert page.console() == []


def test_a_rebuild_started_elsewhere_is_seen_on_the_page(page: Browser, own_shop: Settings) -> None:
    with holding(own_shop, LOCK_ITEMS):
        rebuild.start(own_shop, "cli", "Otto")
        wait_for(page, "#admin-stage", "asked for by Otto (cli)")
        press(page, "#admin-start")
    wait_for(page, OUTCOME, "Last: rebuild 2, published")
    page.until("return document.querySelector('#admin-published dd')?.innerText === '2'")

    act(page, "roll-back", 1)
    wait_for(page, "#admin-said", "Build 1 is published")
    wait_for(page, "#admin-history tbody tr:nth-child(2)", "published")
    assert rebuild.status(own_shop)["published"]["build_id"] == 1
    assert page.console() == []


def test_a_held_build_is_compared_and_published(page: Browser, own_shop: Settings) -> None:
    with db.owner_connection(own_shop) as connection, connection.cursor() as cursor:
        cursor.execute(
            "insert into source.customers (customer_id) select 'new ' || n from generate_series(1, 100) as n"
        )
    press(page, "#admin-start")
    wait_for(page, "#admin-builds", "Build 2 waits for a decision")
    wait_for(page, "#admin-builds", "Against build 1: 3 → 103 customers (100 new, 0 gone)")
    wait_for(page, "#admin-builds table", "Not in it")

    act(page, "publish", 2)
    wait_for(page, "#admin-said", "Build 2 is published; all pages show it.")
    wait_for(page, "#admin-builds", "Go back to build 1")
    assert rebuild.status(own_shop)["published"]["build_id"] == 2

    act(page, "discard", 1)
    wait_for(page, "#admin-builds", "no other build")
    assert [run.state for run in rebuild.history(own_shop)] == ["published", "discarded"]
    assert [line[1:] for line in audit(own_shop)] == [("rebuild", "full"), ("publish", "2"), ("discard", "1")]


def test_settings_are_refused_previewed_and_saved(page: Browser, own_shop: Settings) -> None:
    write(page, "active_days", "0")
    press(page, "#admin-preview")
    wait_for(page, "#admin-effect", "Active within cannot be “0”")

    # Ada is worth 95 and Bruno 30.
    write(page, "active_days", "365")
    write(page, "high_value_share", "0.6")
    write(page, "builds_kept", "5")
    press(page, "#admin-preview")
    wait_for(page, "#admin-effect", "High 1 → 2, Low 1 → 0; 1 customer of the published build would change.")
    wait_for(page, "#admin-effect", "the builds dropped are: none; as it is set now: none.")
    press(page, "#admin-save")

    wait_for(page, "#admin-effect", "Saved: High value share 0.2 → 0.6, Builds kept 3 → 5.")
    with db.owner_connection(own_shop) as connection, connection.cursor() as cursor:
        cursor.execute("select name, value from c360.setting where value <> default_value order by name")
        assert cursor.fetchall() == [("builds_kept", "5"), ("high_value_share", "0.6")]
    assert [line[1:] for line in audit(own_shop)] == [("set", "high_value_share"), ("set", "builds_kept")]
    assert page.console() == []


def test_a_customer_is_erased_for_good(page: Browser, own_shop: Settings) -> None:
    press(page, "details:has(#admin-erase) > summary")
    press(page, "#admin-erase")
    wait_for(page, "#admin-said", "Write the id of the customer first")
    page.driver.find_element("id", "admin-erase-id").send_keys("2")
    press(page, "#admin-erase")

    wait_for(page, "#admin-said", "Customer 2 is out of 1 build, and no later one will have it.")
    with db.owner_connection(own_shop) as connection, connection.cursor() as cursor:
        cursor.execute("select first_name from c360.customer_360 order by 1")
        assert cursor.fetchall() == [("Ada",), ("Chiara",)]
    assert audit(own_shop) == [("local", "erase customer", "2")]


def test_the_source_is_checked_and_a_run_told_in_detail(page: Browser, own_shop: Settings) -> None:
    press(page, "#admin-check")
    wait_for(page, "#admin-source", "A build can be made.")
    wait_for(page, "#admin-source table", "is left out and counted")

    press(page, "#admin-history a")
    wait_for(page, "#admin-run", "Published; took")
    wait_for(page, "#admin-run", "other currency")
    wait_for(page, "#admin-run", "sales lines")
    assert page.run("return location.search") == "?run=1"
    assert page.console() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_fits_in_every_width_and_theme(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = opened(open_browser(address, width, scheme))

    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}
