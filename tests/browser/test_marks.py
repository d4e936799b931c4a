"""From a number to the customers behind it and back, with the mouse and with the keyboard; filters that stay."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from selenium.webdriver.common.keys import Keys

from c360_dash import charts, db, rebuild
from c360_dash.config import Settings
from c360_dash.filters import Filters
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
FOUND = ".c360-found"
CHOOSE = "dash_clientside.set_props({filter: arguments[0]}, {value: arguments[1]})"
SEARCH = "return decodeURIComponent(location.search)"


def listed(browser: Browser) -> str:
    """How many customers the page of customers says that it lists."""
    browser.until("return location.pathname === '/customers'")
    return browser.text(FOUND).partition(" of ")[0]


def back(browser: Browser, heading: str) -> None:
    browser.driver.back()
    browser.until("return document.querySelector('h1')?.innerText === arguments[0]", heading)
    browser.filled()


def click_mark(browser: Browser, selector: str, across: float = 0.5, down: float = 0.5) -> None:
    """Moves to a place within an element, waits until its mark says that it can be followed, and clicks."""
    place = browser.run(
        "const found = document.querySelector(arguments[0]); found.scrollIntoView({ block: 'center', behavior: "
        "'instant' }); const box = found.getBoundingClientRect();"
        "return [box.x + arguments[1] * box.width, box.y + arguments[2] * box.height]",
        selector,
        across,
        down,
    )

    def mouse(kind: str, **more: object) -> None:
        event = {"type": kind, "x": place[0], "y": place[1], **more}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def pointed(_: object) -> bool:
        mouse("mouseMoved")
        return bool(browser.run("return !!document.querySelector('.c360-points')"))

    browser.wait(pointed, f"no mark to follow at {selector}")
    mouse("mousePressed", button="left", clickCount=1)
    mouse("mouseReleased", button="left", clickCount=1)


def rows_of(shop: Settings, key: str, query: str = "") -> charts.Answer:
    db.init(shop)
    return charts.answer(key, db.current_build(), Filters.from_query_string(query), "en")


def test_from_a_key_figure_to_customers_to_one_customer_and_back(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/?country=Germany").filled()
    number = browser.text(".c360-kpi:nth-child(2) .c360-number")

    browser.run("document.querySelector('.c360-kpi:nth-child(2) .c360-number a').click()")
    assert listed(browser) == number
    assert browser.text(".c360-chips") == "Active ×"
    list_address = browser.run(SEARCH)
    browser.run("document.querySelector('.c360-table tbody a').click()")
    browser.until("return location.pathname.startsWith('/customer/')")
    browser.until("return document.querySelectorAll('.c360-part').length === 8")
    name = browser.text("h1")
    browser.until("return document.title === `${arguments[0]} · Customer 360`", name)

    browser.driver.back()
    assert listed(browser) == number
    assert browser.run(SEARCH) == list_address
    back(browser, "Overview")
    assert browser.text(".c360-kpi:nth-child(2) .c360-number") == number
    assert browser.run(SEARCH) == "?country=Germany"
    assert browser.console() == []


@pytest.mark.parametrize(
    ("page", "key", "place", "row"),
    [
        ("", "customer-segments", (".bars .point:nth-child(4)",), 0),
        ("", "churn-risk", (".slice path", 0.7, 0.35), 0),
        ("", "product-category-performance", (".bars .point:nth-child(11)",), 0),
        ("risk", "value-risk", (".nsewdrag", 0.84, 0.17), 2),
        ("risk", "customer-satisfaction", (".bars .point:nth-child(5)",), 4),
        ("revenue", "cohort-retention", (".nsewdrag", 0.05, 0.01), None),
        ("revenue", "cohort-forecast", (".bars .point:nth-child(5)",), 4),
        ("revenue", "new-and-returning", (".bars .point:nth-child(20)",), None),
    ],
)
def test_a_click_on_a_mark_lists_as_many_as_it_says(
    open_browser: OpenBrowser,
    address: str,
    shop: Settings,
    page: str,
    key: str,
    place: tuple[str, ...],
    row: int | None,
) -> None:
    selector, *where = place
    browser = open_browser(address).open(f"/{page}").filled()
    heading = browser.text("h1")

    click_mark(browser, f"#{page or 'overview'}-{key} {selector}", *map(float, where))
    number = listed(browser)

    shown = rows_of(shop, key)
    if row is None:
        assert int(number.replace(",", "")) > 0
    else:
        people = [label for label, _ in shown["columns"]].index("Customers")
        assert number == shown["rows"][row][people]
        assert browser.run("return location.pathname + location.search") == shown["links"][row]
    back(browser, heading)
    assert browser.console() == []


def test_a_row_of_the_table_is_followed_with_the_keyboard(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/segmentation").filled()
    row = "#segmentation-rfm-segments tbody tr:nth-child(2)"
    segment, number = browser.text(f"{row} td"), browser.text(f"{row} td:nth-child(2)")

    browser.driver.find_element("css selector", f"{row} a").send_keys(Keys.ENTER)

    assert listed(browser) == number
    assert segment in browser.text("[data-c360-filter=rfm_segment] .dash-dropdown-value")
    back(browser, "Segmentation")
    assert browser.console() == []


def test_a_cell_of_the_heat_map_says_what_it_is_and_a_chip_is_taken_away(
    open_browser: OpenBrowser, address: str, shop: Settings
) -> None:
    browser = open_browser(address).open("/segmentation").filled()
    click_mark(browser, "#segmentation-rfm-segmentation .nsewdrag", 0.9, 0.1)

    number = listed(browser)
    assert browser.text(".c360-chips") == "Recency score 5 × Frequency score 5 ×"
    shown = rows_of(shop, "rfm-segmentation")["rows"]
    best = [row for row in shown if row[1:3] == ["5", "5"]]
    assert int(number.replace(",", "")) == sum(int(row[4].replace(",", "")) for row in best)

    browser.run("document.querySelector('[aria-label=\"Remove: Recency score 5\"]').click()")
    browser.until("return document.querySelector('.c360-chips')?.innerText.trim().startsWith('Frequency')")
    assert browser.run(SEARCH) == "?frequency_score=5"
    browser.driver.back()
    browser.until("return document.querySelectorAll('.c360-chips li').length === 2")
    assert listed(browser) == number
    browser.click(".c360-clear")
    browser.until("return document.querySelector('.c360-found')?.innerText === '1,500 of 1,500 customers'")
    assert browser.run("return location.search + document.querySelector('.c360-clear').hidden") == "true"
    assert browser.console() == []


def test_filters_go_along_from_page_to_page(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/?value_segment=High&country=Germany&date_from=2026-01-01").filled()
    kept = browser.run(SEARCH)
    count = browser.text("[id*=counted]")

    for heading in ("Segmentation", "Revenue", "Customers", "Definitions"):
        link = f".c360-nav a[href^='/{heading.lower()}']"
        browser.run("document.querySelector(arguments[0]).click()", link)
        browser.until("return document.querySelector('h1')?.innerText === arguments[0]", heading)
        assert browser.run(SEARCH) == kept
    browser.run("document.querySelector('.c360-brand').click()")
    browser.until("return document.querySelector('h1')?.innerText === 'Overview'")
    assert browser.filled().run(SEARCH) == kept
    browser.until("return document.querySelector('[id*=counted]')?.innerText === arguments[0]", count)
    assert browser.text(".c360-nav [aria-current=page]") == "Overview"
    assert browser.console() == []


def test_the_way_back_to_the_list_keeps_search_order_and_page(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/customers?q=a&sort=-orders&page=2&churn_band=High")
    browser.until("return !!document.querySelector('.c360-table tbody a')")
    asked = browser.run(SEARCH)
    browser.run("document.querySelector('.c360-table tbody a').click()")
    browser.until("return document.querySelectorAll('.c360-part').length === 8")
    assert browser.run(SEARCH) == "?churn_band=High"
    browser.driver.refresh()
    browser.until("return document.querySelectorAll('.c360-part').length === 8")

    browser.click(".c360-back")

    browser.until("return location.pathname === '/customers'")
    assert browser.run(SEARCH) == asked
    browser.until("return document.querySelector('.c360-pages')?.innerText.includes('Page 2')")
    assert browser.console() == []


def test_dates_are_chosen_kept_and_contradict_each_other_never(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/revenue").filled()
    sentence = "document.querySelector('#revenue-orders-by-channel .c360-summary')?.innerText"
    ever = browser.run(f"return {sentence}")

    browser.run(CHOOSE, "date_from", "2026-01-01")
    browser.until("return location.search === '?date_from=2026-01-01'")
    browser.until(f"return {sentence} && {sentence} !== arguments[0]", ever)
    assert "Jan 2026" in browser.text("[data-c360-filter=date_from] .dash-dropdown-value")
    browser.run(CHOOSE, "date_to", "2026-03-31")
    browser.until("return location.search.endsWith('date_to=2026-03-31')")
    spring = browser.filled().run(f"return {sentence}")
    browser.driver.refresh()
    browser.filled()
    assert browser.run(f"return {sentence}") == spring
    assert "Dates do not change this." in browser.text("#revenue-cohort-retention .c360-summary")

    browser.run(CHOOSE, "date_from", "2026-05-01")
    browser.until("return location.search === '?date_from=2026-05-01'")
    browser.driver.back()
    browser.until("return location.search.endsWith('date_to=2026-03-31')")
    browser.until(f"return {sentence} === arguments[0]", spring)
    assert browser.console() == []


def test_all_filters_are_cleared_at_once_and_back_brings_them_again(open_browser: OpenBrowser, address: str) -> None:
    path = "/?value_segment=High&value_segment=Low&country=Germany&churn_band=High&date_to=2026-03-31"
    browser = open_browser(address).open(path).filled()
    browser.until("return !document.querySelector('.c360-clear').hidden")
    some = browser.text("[id*=counted]")
    assert some.endswith(" of 1,500 customers")

    browser.click(".c360-clear")
    browser.until("return location.search === ''")
    browser.until("return document.querySelector('[id*=counted]')?.innerText === '1,500 of 1,500 customers'")
    assert browser.run("return document.querySelector('.c360-clear').hidden")
    assert browser.filled().run("return location.search") == ""

    browser.driver.back()
    browser.until("return document.querySelector('[id*=counted]')?.innerText === arguments[0]", some)
    assert browser.filled().run("return location.pathname + location.search") == path
    assert browser.console() == []


def test_pages_say_what_their_filters_do_not_change(open_browser: OpenBrowser, address: str) -> None:
    products = open_browser(address).open("/products").filled()
    assert "No filter changes “How few products bring how much”, “Top products” and" in products.text(".c360-chosen")
    assert not products.run("return !!document.querySelector('[data-c360-filter=date_from]')")
    overview = open_browser(address).open().filled()
    assert "Dates change only “Net sales by month”." in overview.text(".c360-chosen")


@pytest.fixture(scope="module")
def moved(shop: Settings) -> Iterator[str]:
    """Where the shop is served after a second build; the first one is published again afterwards."""
    with serving(replace(shop)) as found:
        db.init(shop)
        first = db.current_build().id
        assert rebuild.run(shop).state == "published"
        yield found
        rebuild.publish(shop, first)


def test_who_moved_is_listed(open_browser: OpenBrowser, moved: str) -> None:
    browser = open_browser(moved).open("/segmentation").filled()
    click_mark(browser, "#segmentation-value-segment-movement .nsewdrag", 0.125, 0.125)

    listed(browser)
    assert browser.text(".c360-chips") == "In build 1: value segment High ×"
    assert "value_segment=High" in browser.run(SEARCH)
    assert browser.console() == []
