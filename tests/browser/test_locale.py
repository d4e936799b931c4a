"""Numbers and dates in German and French, on pages whose words are English."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache

import pytest

from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
PAGES = ("", "segmentation", "revenue", "products", "risk", "customers", "customer/1", "definitions")
DAY = {"en": r"\d{1,2} [A-Z][a-z]{2} \d{4}", "de": r"\d{2}\.\d{2}\.\d{4}", "fr": r"\d{2}/\d{2}/\d{4}"}
AXIS = (
    "return [...document.querySelectorAll('#revenue-revenue-and-campaigns .xtick text')].map(each => each.textContent)"
)
AMOUNTS = AXIS.replace("xtick", "ytick")


@pytest.fixture(scope="module")
def address_in(shop: Settings) -> Iterator[Callable[[str], str]]:
    """A function that serves the shop in a locale, once."""
    with ExitStack() as stack:
        yield cache(lambda locale: stack.enter_context(serving(replace(shop, locale=locale))))


@pytest.mark.parametrize("locale", DAY)
def test_no_page_shows_a_date_of_machines(
    open_browser: OpenBrowser, address_in: Callable[[str], str], locale: str
) -> None:
    for page in PAGES:
        browser = open_browser(address_in(locale)).open(f"/{page}")
        browser.until("return !!document.querySelector('.c360-main h1')")
        browser.settled()
        browser.run("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
        browser.until("return !document.querySelector('[data-c360-table]:empty')")
        said = browser.text("body")
        assert browser.run("return arguments[0].match(/\\d{4}-\\d\\d(-\\d\\d)?/)", said) is None
        assert browser.run(
            "return new RegExp(`^Data to ${arguments[0]} ·`).test(arguments[1])",
            DAY[locale],
            browser.text("#shell-freshness"),
        )
    assert browser.run("return document.documentElement.lang") == "en"
    assert browser.console() == []


@pytest.mark.parametrize(
    ("locale", "month", "thousand"), [("en", "Jul", " k"), ("de", "Juli", " Tsd. €"), ("fr", "juil.", " k €")]
)
def test_axes_speak_the_language_of_the_texts(
    open_browser: OpenBrowser, address_in: Callable[[str], str], locale: str, month: str, thousand: str
) -> None:
    browser = open_browser(address_in(locale)).open("/revenue").filled()
    assert any(words.startswith(month) for words in browser.run(AXIS))
    assert any(words.endswith(thousand) for words in browser.run(AMOUNTS))
