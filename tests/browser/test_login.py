"""Coming in as people do: the login page in both themes, a wrong password, what each role sees, and the end of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from c360_dash.auth import Role, sessions
from c360_dash.auth.users import users_of
from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
PASSWORD = "correct horse"
IS_DRAWN = "return !!document.querySelector('#customers-grid .c360-table, #customers-grid .c360-state')"
NAMES = "return [...document.querySelectorAll('#customers-grid tbody td:first-child')].map(cell => cell.innerText)"
WHO = "return document.querySelector('.c360-person').textContent"


@pytest.fixture(scope="module")
def door(shop: Settings) -> Iterator[str]:
    """Where the small shop is served to those who log in."""
    guarded = replace(shop, auth="users", users_file=shop.data_dir / "people.json")
    for role in Role:
        users_of(guarded).add(str(role), role, PASSWORD)
    with serving(guarded) as found:
        yield found


@pytest.fixture
def visit(open_browser: OpenBrowser, door: str) -> Iterator[Callable[..., Browser]]:
    """A function that opens a page as somebody who has never been here."""
    opened: list[Browser] = []

    def make(path: str, *, width: int = 1440, scheme: str = "light") -> Browser:
        browser = open_browser(door, width, scheme)
        browser.driver.delete_all_cookies()
        opened.append(browser)
        return browser.open(path)

    yield make
    for browser in opened:
        browser.driver.delete_all_cookies()


def log_in(browser: Browser, name: str, password: str = PASSWORD) -> Browser:
    browser.until("return !!document.querySelector('#password')")
    for field, text in (("#name", name), ("#password", password)):
        element = browser.driver.find_element("css selector", field)
        element.clear()
        element.send_keys(text)
    browser.click(".c360-primary")
    return browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_login_page_fits_every_width_and_theme(visit: Callable[..., Browser], width: int, scheme: str) -> None:
    browser = visit("/risk?country=Italy", width=width, scheme=scheme)
    browser.until("return !!document.querySelector('#password')")
    assert browser.text("h1") == "Log in"
    assert browser.run("return document.activeElement.id") == "name"
    assert browser.run("return document.documentElement.dataset.bsTheme") == scheme
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.console() == []

    log_in(browser, "analyst").filled()
    assert browser.run("return location.pathname + location.search") == "/risk?country=Italy"
    assert browser.run(WHO) == "analyst analyst"
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.console() == []


def test_a_wrong_password_says_so_and_keeps_the_name(visit: Callable[..., Browser]) -> None:
    browser = log_in(visit("/"), "viewer", "wrong horse")
    assert browser.text("[role=alert]") == "That name and password do not go together."
    assert browser.run("return document.querySelector('#name').value") == "viewer"
    assert browser.run("return document.activeElement.id") == "password"
    log_in(browser, "viewer").filled()
    assert browser.run(WHO) == "viewer viewer, names hidden"


def test_a_viewer_sees_ids_where_an_analyst_sees_names(visit: Callable[..., Browser]) -> None:
    seen = {}
    for role in ("analyst", "viewer"):
        browser = log_in(visit("/customers?columns=email,orders"), role)
        browser.until(IS_DRAWN)
        seen[role] = browser.run(NAMES)
        mails = browser.run("return document.querySelector('#customers-grid tbody').innerText.includes('@')")
        assert mails == (role == "analyst")
    assert len(seen["viewer"]) == len(seen["analyst"]) == 50
    assert all(name.isdigit() for name in seen["viewer"])
    assert not any(name.isdigit() for name in seen["analyst"])


def test_a_viewer_looks_at_one_customer_without_learning_who_it_is(visit: Callable[..., Browser]) -> None:
    browser = log_in(visit("/customer/7"), "viewer")
    assert browser.text("h1") == "7"
    browser.until("return document.querySelectorAll('.c360-part').length === 8")
    assert "@" not in browser.text("#customer-profile")
    assert browser.console() == []


def test_the_heading_of_the_names_sorts_a_viewers_list_by_id(visit: Callable[..., Browser]) -> None:
    browser = log_in(visit("/customers"), "viewer")
    browser.until(IS_DRAWN)
    assert browser.run("return document.querySelector('#customers-search').placeholder") == "The beginning of an id"
    browser.click("#customers-grid th button")
    browser.until("return location.search.includes('sort=customer_id')")
    browser.until("return document.querySelector('#customers-grid tbody td')?.innerText === '1'")


def test_a_page_whose_session_has_ended_leads_to_the_login_and_back(
    visit: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = log_in(visit("/revenue"), "analyst").filled()
    later = sessions.now() + 4 * 3600
    monkeypatch.setattr(sessions, "now", lambda: later)
    browser.run("document.querySelector('.c360-nav a[href=\"/products\"]').click()")
    browser.until("return !!document.querySelector('#password')")
    assert browser.text(".c360-door-words") == "Your session has ended. Log in again to go on."
    log_in(browser, "analyst").filled()
    assert browser.run("return location.pathname") == "/products"


def test_whoever_logs_out_leaves_nothing_behind(visit: Callable[..., Browser]) -> None:
    browser = log_in(visit("/"), "admin").filled()
    browser.click(".c360-who button")
    browser.until("return !!document.querySelector('#password')")
    assert browser.text(".c360-door-words") == "You are logged out."
    browser.open("/customers").until("return !!document.querySelector('#password')")
    assert browser.run("return document.cookie") == ""
