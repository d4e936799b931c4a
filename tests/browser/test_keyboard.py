"""The application with the keyboard alone, and what moves while it loads."""

from collections.abc import Callable

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
MOST_STOPS = 80
PAGES = ("", "segmentation", "revenue", "products", "risk", "customers", "customer/1", "definitions")
FOCUSED = "return document.activeElement.matches(arguments[0])"
VISIBLE = """
    const here = document.activeElement.closest(".dash-input-container") || document.activeElement;
    const { outlineStyle } = getComputedStyle(here);
    const { width, height } = here.getBoundingClientRect();
    return outlineStyle !== "none" && width > 1 && height > 1;
"""
WATCH = """
    window.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
"""


def press(browser: Browser, *keys: str) -> None:
    ActionChains(browser.driver).send_keys(*keys).perform()


def walk_to(browser: Browser, selector: str, key: str = Keys.TAB) -> None:
    """Tab by tab until the selector has the focus; every stop on the way shows that it has it."""
    for _ in range(MOST_STOPS):
        press(browser, key)
        assert browser.run(VISIBLE), browser.run("return document.activeElement.outerHTML.slice(0, 200)")
        if browser.run(FOCUSED, selector):
            return
    pytest.fail(f"{selector} was not reached in {MOST_STOPS} stops")


def test_from_the_overview_to_a_customer_and_back(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    walk_to(browser, ".c360-nav a[href='/customers']")
    press(browser, Keys.ENTER)
    browser.until("return !!document.querySelector('#customers-grid table a')")
    walk_to(browser, "#customers-search")
    walk_to(browser, "#customers-grid .c360-scroll")
    walk_to(browser, "#customers-grid tbody a")
    name = browser.run("return document.activeElement.textContent")
    press(browser, Keys.ENTER)
    browser.until("return document.querySelector('h1')?.textContent === arguments[0]", name)
    browser.driver.back()
    browser.until("return document.querySelector('h1')?.textContent === 'Customers'")
    assert browser.console() == []


def test_the_first_stop_leads_past_the_navigation(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    press(browser, Keys.TAB)
    assert browser.run("return document.activeElement.textContent") == "Skip to the content"
    press(browser, Keys.ENTER, Keys.TAB)
    assert browser.run(FOCUSED, "main .c360-heading .c360-downloads a")
    press(browser, Keys.TAB)
    assert browser.run("return !!document.activeElement.closest('main .c360-filters')")


def test_escape_closes_the_menu_and_gives_the_focus_back(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address, 390).open().filled()
    walk_to(browser, ".c360-menu")
    press(browser, Keys.ENTER)
    walk_to(browser, ".c360-nav a:first-child")
    press(browser, Keys.ESCAPE)
    assert browser.run(FOCUSED, ".c360-menu[aria-expanded=false]")
    assert browser.run("return getComputedStyle(document.querySelector('.c360-nav')).display") == "none"


def test_a_filter_is_chosen_and_a_table_unfolded(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    walk_to(browser, ".dash-dropdown")
    press(browser, Keys.ENTER)
    browser.until(FOCUSED, ".dash-dropdown-content [type=search]")
    press(browser, Keys.ARROW_DOWN)
    browser.until(FOCUSED, ".dash-dropdown-content [type=checkbox]")
    press(browser, Keys.SPACE)
    browser.until("return location.search.startsWith('?value_segment=')")
    press(browser, Keys.ESCAPE)
    browser.until(FOCUSED, ".dash-dropdown")
    browser.filled()
    assert browser.run(FOCUSED, ".dash-dropdown")
    walk_to(browser, ".c360-more summary")
    press(browser, Keys.ENTER)
    browser.until("return !!document.querySelector('.c360-more .c360-scroll tbody tr')")
    walk_to(browser, ".c360-more .c360-scroll")
    assert browser.run("return document.activeElement.querySelectorAll('tbody tr').length > 0")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_while_a_page_fills(open_browser: OpenBrowser, address: str, page: str, width: int) -> None:
    browser = open_browser(address, width)
    added = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    try:
        browser.open(f"/{page}").until("return !!document.querySelector('.c360-main h1')")
        browser.until("return !document.querySelector('.c360-skeleton, [data-dash-is-loading=true]')")
        browser.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        assert browser.run("return window.moved") < 0.1
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_who_wants_less_motion_gets_none(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address)
    less = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", less)
    browser.open().filled()
    moving = "const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(each);"
    moves = 'animationName !== "none" || transitionDuration !== "0s" || scrollBehavior !== "auto"'
    every = "[document.documentElement, ...document.querySelectorAll('body *')]"
    assert browser.run(f"return {every}.filter((each) => {{ {moving} return {moves}; }}).length") == 0
