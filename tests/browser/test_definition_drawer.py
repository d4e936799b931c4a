"""The drawer of definitions as people use it: opened, read, followed and closed, with the keyboard too."""

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
DRAWER = ".c360-drawer[open]"
IS_CLOSED = "return !document.querySelector('.c360-drawer[open]')"
CHURN = "#overview-churn-risk .c360-define"
CSAT = ".c360-kpi:nth-child(7) .c360-info"


def press(browser: Browser, selector: str, key: str) -> None:
    browser.until("return !!document.querySelector(arguments[0])", selector)
    browser.driver.find_element("css selector", selector).send_keys(key)


def wait_for(browser: Browser, words: str) -> str:
    browser.until("return document.querySelector(arguments[0])?.innerText.includes(arguments[1])", DRAWER, words)
    return browser.text(DRAWER)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_opens_with_the_keyboard_and_gives_the_focus_back(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = open_browser(address, width, scheme).open().filled()

    press(browser, CHURN, Keys.ENTER)
    said = wait_for(browser, "Computed")
    assert browser.run("return document.activeElement.closest('.c360-drawer') !== null")
    assert browser.run("return document.querySelector('.c360-drawer').getBoundingClientRect().left") >= 0
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.until(IS_CLOSED)

    assert "The order was cancelled." in said
    assert "Rests on" in said
    assert browser.run("return document.activeElement === document.querySelector(arguments[0])", CHURN)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.console() == []


def test_it_tells_of_what_was_asked_last_with_the_filters_there_are(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    press(browser, CSAT, Keys.ENTER)
    everybody = wait_for(browser, "Hidden under 30 ratings.")
    press(browser, ".c360-close", Keys.ENTER)
    browser.until(IS_CLOSED)

    browser.open("/?value_segment=Low").filled()
    press(browser, CSAT, Keys.ENTER)
    low = wait_for(browser, "Hidden under 30 ratings.")

    assert "sum(satisfied_ratings)" in low
    assert everybody.partition("Rests on")[2][:14] != low.partition("Rests on")[2][:14]


def test_its_links_lead_to_the_definition(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    press(browser, CSAT, Keys.ENTER)
    wait_for(browser, "Computed")

    press(browser, f"{DRAWER} a[href='/definitions#csat']", Keys.ENTER)

    browser.until("return document.querySelector('.c360-here')?.id === 'csat'")
    assert browser.run(IS_CLOSED)
    assert browser.run("return location.pathname + location.hash") == "/definitions#csat"
    assert browser.console() == []


def test_columns_of_a_customer_have_it_too(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    browser.run("document.querySelector('#overview-top-customers tbody a').click()")

    press(browser, "#customer-profile .c360-define[aria-label='Definition: Churn risk']", Keys.ENTER)

    assert "This customer." in wait_for(browser, "Computed")
