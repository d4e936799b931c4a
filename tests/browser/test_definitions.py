"""The page of definitions: complete, to be searched by the browser, and with an address for every definition."""

from collections.abc import Callable

import pytest

from c360_dash import metrics
from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
READY = "return !document.querySelector('.c360-skeleton, [data-dash-is-loading=true]')"
IN_VIEW = (
    "const place = document.getElementById(arguments[0])?.getBoundingClientRect();"
    "return !!place && place.top >= 0 && place.bottom <= innerHeight"
)


def opened(browser: Browser, anchor: str = "") -> Browser:
    browser.open("/").open(f"/definitions{anchor}").until("return !!document.querySelector('#settings table')")
    browser.until(READY)
    return browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_everything_is_there_in_every_width_and_theme(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = opened(open_browser(address, width, scheme))

    shown = browser.run("return document.querySelector('main').innerText")
    for metric in metrics.METRICS.values():
        assert metric.label in shown
    assert browser.run("return document.querySelectorAll('#columns tbody tr').length") == len(metrics.COLUMNS)
    assert "Not counted in this build" in shown
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


@pytest.mark.parametrize("anchor", ["csat", "churn_risk_score", "setting-active_days"])
def test_an_address_that_names_a_definition_shows_it(open_browser: OpenBrowser, address: str, anchor: str) -> None:
    browser = opened(open_browser(address), f"#{anchor}")

    browser.until(IN_VIEW, anchor)
    assert browser.run("return document.querySelector('.c360-here').id") == anchor


def test_a_definition_is_a_link_to_itself(open_browser: OpenBrowser, address: str) -> None:
    browser = opened(open_browser(address))

    browser.click("#csat a")

    browser.until("return location.hash === '#csat' && document.querySelector('.c360-here')?.id === 'csat'")
    assert "Hidden under 30 ratings." in browser.text("#csat")
    assert browser.console() == []
