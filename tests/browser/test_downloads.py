"""Files as people get them: from a chart, from a page and from the customers, with the filters of the address."""

import csv
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from c360_dash.charts import CHARTS
from tests.browser.browsing import SECONDS, Browser

OpenBrowser = Callable[..., Browser]
FOLD = "[...document.querySelectorAll('#{card} .c360-more summary')].find(fold => fold.innerText === 'Download')"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def downloads(driver: Any, tmp_path: Path) -> Callable[[str], Path]:
    """A function that waits for a file whose name begins and ends like that, and gives it."""
    allowed = {"behavior": "allow", "downloadPath": str(tmp_path)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)

    def wait(pattern: str) -> Path:
        def complete(_: object) -> list[Path]:
            return [path for path in tmp_path.glob(pattern) if path.suffix != ".crdownload"]

        found: list[Path] = WebDriverWait(driver, SECONDS, 0.05).until(complete, f"no file {pattern}")
        return found[0]

    return wait


def follow(browser: Browser, card: str, words: str) -> None:
    """Opens the fold of a card and presses what stands there, with the keyboard alone."""
    fold = FOLD.format(card=card)
    browser.run(f"{fold}.focus()")
    if not browser.run(f"return {fold}.parentNode.open"):
        browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
        browser.until(f"return {fold}.parentNode.open")
    inside = f"[...{fold}.parentNode.querySelectorAll('a, button')].find(one => one.innerText === arguments[0])"
    browser.run(f"{inside}.focus()", words)
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)


def test_a_chart_is_a_csv_file_a_workbook_and_a_picture(
    open_browser: OpenBrowser, address: str, downloads: Callable[[str], Path]
) -> None:
    browser = open_browser(address).open("/?country=Italy&value_segment=High").filled()
    for words in ("CSV", "XLSX", "PNG"):
        follow(browser, "overview-customer-segments", words)

    with downloads("customer-segments_build-1_*.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["value_segment"] for row in rows] == ["High"]
    book = openpyxl.load_workbook(downloads("customer-segments_build-1_*.xlsx"))
    assert book.sheetnames == ["About", "Value segments"]
    assert "Value segment: High; Country: Italy" in [row[2] for row in book["About"].iter_rows(values_only=True)]
    assert book["Value segments"]["B2"].value == int(rows[0]["customers"])
    picture = downloads("customer-segments_build-1_*.png").read_bytes()
    assert picture.startswith(PNG)
    width, height = struct.unpack(">II", picture[16:24])
    assert width >= 1_280
    assert height >= 600
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


def test_filters_that_a_chart_does_not_heed_are_not_asked_of_it(
    open_browser: OpenBrowser, address: str, downloads: Callable[[str], Path]
) -> None:
    browser = open_browser(address).open("/products?country=Italy").filled()
    follow(browser, "products-top-products", "XLSX")

    book = openpyxl.load_workbook(downloads("top-products_build-1_*.xlsx"))

    assert book["Top products"].max_row > 100
    assert "No filter applies here." in [row[2] for row in book["About"].iter_rows(values_only=True)]


def test_a_filter_chosen_later_is_carried_too(
    open_browser: OpenBrowser, address: str, downloads: Callable[[str], Path]
) -> None:
    browser = open_browser(address).open("/risk").filled()
    browser.run("window.dash_clientside.set_props({filter: 'churn_band'}, {value: ['High']})")
    browser.until("return location.search === '?churn_band=High'")
    browser.filled()
    follow(browser, "risk-churn-risk", "CSV")

    assert [line[:5] for line in downloads("churn-risk_build-1_*.csv").read_text().splitlines()] == ["churn", "High,"]


@pytest.mark.parametrize(
    ("path", "page", "first"),
    [("/", "overview", "Key figures"), ("/revenue", "revenue", "Net sales and campaigns")],
)
def test_a_page_is_a_workbook_of_its_charts(
    open_browser: OpenBrowser, address: str, downloads: Callable[[str], Path], path: str, page: str, first: str
) -> None:
    browser = open_browser(address).open(f"{path}?country=Italy").filled()
    shown = browser.run("return [...document.querySelectorAll('.c360-grid .c360-body')].map(card => card.id)")
    browser.run("document.querySelector('.c360-heading a').focus()")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)

    book = openpyxl.load_workbook(downloads(f"{page}_build-1_*.xlsx"))

    titles = [CHARTS[card.removeprefix(f"{page}-")].title for card in shown]
    titles = [title.replace(":", "") if len(title) < 32 else f"{title[:30]}…" for title in titles]
    assert book.sheetnames == ["About", *dict.fromkeys([first, *titles])]
    assert all(book[title].max_row > 1 for title in titles)


def test_the_customers_are_downloaded_as_they_are_asked_for(
    open_browser: OpenBrowser, address: str, downloads: Callable[[str], Path]
) -> None:
    browser = open_browser(address).open("/customers?q=an&sort=-orders&columns=orders,city&country=Germany&page=2")
    browser.until("return !!document.querySelector('#customers-grid .c360-table')")
    found = int(browser.text(".c360-found").split()[0])
    assert found > browser.run("return document.querySelectorAll('#customers-grid tbody tr').length")
    browser.click(".c360-tools a[href*='format=csv']")

    with downloads("customers_build-1_*.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == found
    assert list(rows[0]) == ["customer_id", "first_name", "last_name", "city", "orders"]
    # Whoever never ordered comes last, with an empty cell.
    orders = [int(row["orders"] or -1) for row in rows]
    assert orders == sorted(orders, reverse=True)
