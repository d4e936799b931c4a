"""Names that are scripts, on every page of a real browser: they are read as text, and nothing of them runs."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from selenium.common.exceptions import NoAlertPresentException

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.browser import every_page
from tests.browser.browsing import Browser, serving
from tests.hostile.nasty import FILL, NAMES, SCRIPTS

OpenBrowser = Callable[..., Browser]
PAGES = every_page.registered()
FOREIGN = """
return [...document.querySelectorAll('a[href], img[src], iframe, script[src], svg a')]
    .map(element => element.href?.baseVal ?? element.href ?? element.src ?? element.tagName)
    .filter(address => !String(address).startsWith(location.origin) && !String(address).startsWith('data:'))
"""
INLINE = "return [...document.querySelectorAll('#shell-main script, #shell-main iframe, [onerror], [onload]')].length"


@pytest.fixture(scope="module")
def served(make_database: Callable[[], Settings]) -> Iterator[tuple[Settings, str]]:
    """The shop of such names, and where it is."""
    own = make_database()
    rebuild.install(own)
    with db.owner_connection(own) as connection, connection.cursor() as cursor:
        cursor.execute(FILL, {"names": list(NAMES)})
    rebuild.run(own)
    with serving(own) as found:
        yield own, found


def nothing_has_run(browser: Browser, address: str) -> None:
    """No dialog, no word of the browser, nothing that leads or asks elsewhere."""
    with pytest.raises(NoAlertPresentException):
        _ = browser.driver.switch_to.alert.text
    assert browser.run("return window.hurt") is None
    assert browser.run(FOREIGN) == []
    assert browser.run(INLINE) == 0
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_runs_what_somebody_is_called(
    open_browser: OpenBrowser, served: tuple[Settings, str], page: str
) -> None:
    own, address = served
    template = PAGES[page]
    identity = every_page.address_of("<customer_id>", own)
    path = template.replace("<customer_id>", quote(identity, safe=""))
    browser = every_page.shown(open_browser(address), path)
    nothing_has_run(browser, address)


@pytest.mark.parametrize("script", SCRIPTS)
def test_neither_a_search_nor_a_filter_runs_what_an_address_says(
    open_browser: OpenBrowser, served: tuple[Settings, str], script: str
) -> None:
    _, address = served
    said = quote(script, safe="")
    for path in (f"/customers?q={said}", f"/?country={said}&value_segment={said}", f"/customer/{said}", f"/{said}"):
        nothing_has_run(every_page.shown(open_browser(address), path), address)


def test_the_names_are_read_as_they_are(open_browser: OpenBrowser, served: tuple[Settings, str]) -> None:
    _, address = served
    browser = every_page.shown(open_browser(address), "/customers?columns=city")
    assert SCRIPTS[0] in browser.text("#customers-grid")
