"""Real shops on every page, as they are: what a shop has no data for, its pages say in words."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from c360_dash import rebuild, sources
from c360_dash.config import Settings
from tests.browser import every_page
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
REAL_DATA = Path(__file__).parents[3] / "shared" / "data"
LAST_DAYS = {"olist": date(2018, 10, 15), "complete_journey": date(2018, 1, 1)}
PAGES = every_page.registered()
NOTHING = {
    ("olist", "/products", "#products-brand-performance"): "What was sold has no brand.",
    ("olist", "/products", "#products-bought-together"): "No two products were bought in the same order",
    ("olist", "/revenue", "#revenue-campaign-results"): "No campaign is known.",
    ("olist", "/revenue", "#revenue-orders-by-channel"): "does not tell through which channel an order came",
    ("complete_journey", "/risk", "#risk-customer-satisfaction"): "No ratings yet",
    ("complete_journey", "/revenue", "#revenue-revenue-by-country"): "All sales: Not known.",
    ("complete_journey", "/", ".c360-kpi:nth-child(7)"): "Only 0 of the 30 ratings needed",
}
Served = Callable[[str], tuple[Settings, str]]


@pytest.fixture(scope="module")
def served(make_database: Callable[[], Settings]) -> Iterator[Served]:
    """A function that loads, builds and serves one of the real shops, once."""
    found: dict[str, tuple[Settings, str]] = {}
    with ExitStack() as stack:

        def run(name: str) -> tuple[Settings, str]:
            if not (REAL_DATA / name).is_dir():
                pytest.skip(f"the real data of {name} are not beside the project (../shared/data/{name})")
            if name not in found:
                own = make_database()
                rebuild.install(own)
                sources.load(own, own.sql_dir / "mappings" / f"{name}.sql", REAL_DATA / name)
                rebuild.run(own, LAST_DAYS[name])
                found[name] = own, stack.enter_context(serving(own))
            return found[name]

        yield run


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("shop_name", LAST_DAYS)
def test_every_page_is_shown_and_silent(open_browser: OpenBrowser, served: Served, shop_name: str, page: str) -> None:
    settings, address = served(shop_name)
    path = every_page.address_of(PAGES[page], settings)

    every_page.fits_and_is_silent(open_browser(address), path, 1440, "light")


@pytest.mark.parametrize(("shop_name", "path", "card"), NOTHING)
def test_what_a_shop_does_not_have_is_said(
    open_browser: OpenBrowser, served: Served, shop_name: str, path: str, card: str
) -> None:
    browser = every_page.shown(open_browser(served(shop_name)[1]), path)

    assert NOTHING[shop_name, path, card] in browser.text(card)
    assert "undefined" not in browser.text("main")
    assert "NaN" not in browser.text("main")


def test_a_customer_of_a_shop_without_web_service_and_campaigns(open_browser: OpenBrowser, served: Served) -> None:
    settings, address = served("olist")
    browser = every_page.shown(open_browser(address), every_page.address_of("/customer/<customer_id>", settings))

    for title in ("Web", "Campaigns"):
        facts = "return [...document.querySelectorAll('section')].find(card => card.querySelector('h2')?.innerText === "
        assert "No data about this customer." in browser.run(f"{facts}arguments[0]).innerText", title)
