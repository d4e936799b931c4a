"""The customers as people meet them: found, sorted, turned over, opened, and back again."""

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from c360_dash import metrics
from tests.browser.browsing import Browser
from tests.browser.conftest import CUSTOMERS

OpenBrowser = Callable[..., Browser]
FIRST = ".c360-table tbody tr:first-child"
FOUND = ".c360-found"
HEADING = "[...document.querySelectorAll('th button')].find(heading => heading.textContent === arguments[0])"
WIDER_THAN_THEIR_CARD = """
return [...document.querySelectorAll('.c360-card > *')].filter(part => part.scrollWidth > part.clientWidth)
    .map(part => part.innerText)
"""
IS_DRAWN = "return !!document.querySelector('#customers-grid .c360-table, #customers-grid .c360-state')"


def opened(browser: Browser, path: str) -> Browser:
    browser.open(path).until(IS_DRAWN)
    return browser


def wait_for(browser: Browser, selector: str, words: str) -> None:
    browser.until("return document.querySelector(arguments[0])?.innerText.includes(arguments[1])", selector, words)


def press(browser: Browser, selector: str) -> None:
    """Clicks without scrolling there first, which Bootstrap does slowly."""
    browser.until("return !!document.querySelector(arguments[0])", selector)
    browser.run("document.querySelector(arguments[0]).click()", selector)


def search_of(browser: Browser) -> str:
    found: str = browser.run("return decodeURIComponent(location.search)")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_both_pages_fit_in_every_width_and_theme(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = opened(open_browser(address, width, scheme), "/customers")
    assert browser.text(FOUND) == f"{CUSTOMERS:,} of {CUSTOMERS:,} customers"
    assert browser.run("return document.documentElement.scrollWidth") <= width
    press(browser, f"{FIRST} a")
    browser.until("return document.querySelectorAll('.c360-part').length === 8")
    browser.until("return document.querySelectorAll('#customer-timeline tbody tr').length > 0")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run("return document.documentElement.dataset.bsTheme") == scheme
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


@pytest.mark.parametrize("width", [390, 1200])
def test_the_longest_words_stay_in_their_cards(open_browser: OpenBrowser, address: str, width: int) -> None:
    longest = max((segment.name for segment in metrics.RFM_SEGMENTS), key=len)
    browser = opened(open_browser(address, width), f"/customers?rfm_segment={longest}")
    press(browser, f"{FIRST} a")
    wait_for(browser, ".c360-six", longest)
    assert browser.run(WIDER_THAN_THEIR_CARD) == []


def test_from_the_overview_to_a_customer_and_back(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    name = browser.text("#overview-top-customers tbody tr:first-child a")

    press(browser, "#overview-top-customers tbody tr:first-child a")
    browser.until("return document.querySelector('h1')?.innerText === arguments[0]", name)
    wait_for(browser, "#customer-history", "kept build")
    assert browser.run("return location.pathname").startswith("/customer/")
    browser.driver.back()

    browser.filled()
    assert browser.text("h1") == "Overview"
    assert browser.console() == []


def test_everything_that_is_asked_stands_in_the_address_and_comes_back(open_browser: OpenBrowser, address: str) -> None:
    browser = opened(open_browser(address), "/customers")
    press(browser, ".c360-pages span + button")
    wait_for(browser, ".c360-pages", "Page 2 of 30")
    browser.run(f"{HEADING}.focus()", "Orders")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    wait_for(browser, ".c360-pages", "Page 1 of 30")
    browser.until("return document.querySelector('th[aria-sort=descending]')?.innerText === 'Orders'")
    assert browser.run("return document.activeElement.innerText") == "Orders"
    browser.driver.find_element("id", "customers-search").send_keys("rosa")
    browser.until("return location.search.includes('q=rosa')")
    browser.until("return document.querySelector(arguments[0])?.innerText !== arguments[1]", FOUND, "1,500 of 1,500")
    wait_for(browser, FIRST, "Rosa")
    browser.run("document.getElementById('customers-choice').open = true")
    press(browser, "#customers-columns input[value=city], #customers-columns label:nth-child(5)")
    browser.until("return location.search.includes('columns=')")
    rosa = search_of(browser)
    press(browser, f"{FIRST} a")
    browser.until("return document.querySelector('h1')?.innerText.startsWith('Rosa')")

    browser.driver.back()
    wait_for(browser, FIRST, "Rosa")
    assert search_of(browser) == rosa
    for expected in ("?sort=-orders&q=rosa", "?sort=-orders", "?page=2", ""):
        browser.driver.back()
        browser.until("return decodeURIComponent(location.search) === arguments[0]", expected)
    wait_for(browser, ".c360-pages", "Page 1 of 30")
    browser.until("return document.querySelector('th[aria-sort]')?.innerText === 'Lifetime value'")
    assert browser.run("return document.getElementById('customers-search').value") == ""
    assert browser.console() == []


def test_a_word_that_is_written_slowly_is_one_step_back(open_browser: OpenBrowser, address: str) -> None:
    browser = opened(open_browser(address), "/customers?sort=-orders")
    field = browser.driver.find_element("id", "customers-search")
    for letters, words in (("ro", "ro"), ("sa", "rosa")):
        field.send_keys(letters)
        browser.until("return location.search === arguments[0]", f"?sort=-orders&q={words}")
    wait_for(browser, FIRST, "Rosa")

    browser.driver.back()

    browser.until("return location.search === '?sort=-orders'")
    browser.until(
        "return document.querySelector(arguments[0]).innerText.startsWith(arguments[1])", FOUND, "1,500 of 1,500"
    )
    assert browser.run("return document.getElementById('customers-search').value") == ""
    assert browser.console() == []


def test_a_filter_starts_again_at_the_first_page(open_browser: OpenBrowser, address: str) -> None:
    browser = opened(open_browser(address), "/customers?page=3")
    wait_for(browser, ".c360-pages", "Page 3 of 30")

    browser.run("dash_clientside.set_props({filter: 'value_segment'}, {value: ['High']})")

    wait_for(browser, ".c360-pages", "Page 1 of")
    assert search_of(browser) == "?value_segment=High"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/customers?q=nobodyiscalledthis", "Nobody is found"),
        ("/customers?page=999", "There is no such page"),
        ("/customers?sort=password", "sort cannot be “password”"),
    ],
)
def test_what_cannot_be_shown_is_said(open_browser: OpenBrowser, address: str, path: str, words: str) -> None:
    browser = opened(open_browser(address), path)
    assert words in browser.text("#customers-grid")
    assert browser.console() == []


@pytest.mark.parametrize("identity", ["nobody", "a%2Fb", "%27%20or%201%3D1"])
def test_an_id_that_nobody_has_says_so(open_browser: OpenBrowser, address: str, identity: str) -> None:
    browser = open_browser(address).open(f"/customer/{identity}")
    assert "There is no such customer" in browser.text("h1")
    press(browser, ".c360-link")
    browser.until(IS_DRAWN)
    assert browser.console() == []
