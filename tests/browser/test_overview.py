"""The overview as people meet it: filled, in both themes and all widths, with filters, and when things are missing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from c360_dash import db, metrics, queries
from c360_dash.charts import overview
from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
GROUND = "return getComputedStyle(document.querySelector('.c360-card')).backgroundColor"
INK = "return getComputedStyle(document.querySelector('.xtick text')).fill"
CHOOSE = "dash_clientside.set_props({filter: arguments[0]}, {value: arguments[1]})"
ASKED = "return performance.getEntriesByType('resource').map(each => each.name).filter(name => /_dash-[^c]/.test(name))"
CUSTOMERS = ".c360-kpi:first-child .c360-number"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1440, 2560])
def test_every_card_is_filled_in_every_width_and_theme(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = open_browser(address, width, scheme).open().filled()

    labels = browser.run("return [...document.querySelectorAll('.c360-kpi h2')].map(label => label.textContent)")
    assert labels == [metric.label for metric in metrics.METRICS.values()]
    assert len(browser.run("return document.querySelectorAll('.js-plotly-plot')")) == sum(
        not chart.shows_table for chart in overview.CHARTS.values()
    )
    assert browser.run("return document.documentElement.dataset.bsTheme") == scheme
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert not browser.run("return !!document.querySelector('.c360-state, .c360-nothing')")
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


def test_the_line_above_says_how_fresh_the_data_is(open_browser: OpenBrowser, address: str, shop: Settings) -> None:
    db.init(shop)
    build = db.current_build()

    line = open_browser(address).open().text("#shell-freshness")

    assert build.data_to is not None
    data_to = f"{build.data_to.day} {build.data_to:%b %Y}"
    built_at = f"{build.built_at.day} {build.built_at:%b %Y, %H:%M}"
    assert line == f"Data to {data_to} · built {built_at} · build {build.id}"


def test_the_theme_is_changed_without_the_server_and_remembered(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    light = browser.run(GROUND), browser.run(INK)
    browser.run("performance.clearResourceTimings()")

    browser.click(".c360-theme")
    browser.until(f"return ({INK[7:]}) !== arguments[0]", light[1])
    dark = browser.run(GROUND), browser.run(INK)

    assert dark[0] != light[0]
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    browser.open().filled()
    assert (browser.run(GROUND), browser.run(INK)) == dark


def test_a_filter_changes_the_page_and_stays_after_reload_and_back(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open().filled()
    everybody = browser.text(CUSTOMERS)

    browser.run(CHOOSE, "value_segment", ["High"])
    browser.until("return document.querySelector(arguments[0])?.innerText !== arguments[1]", CUSTOMERS, everybody)
    high = browser.filled().text(CUSTOMERS)

    assert browser.run("return location.search") == "?value_segment=High"
    browser.driver.refresh()
    assert browser.filled().text(CUSTOMERS) == high
    assert "High" in browser.text("[data-c360-filter=value_segment] .dash-dropdown-value")
    browser.driver.back()
    browser.until("return document.querySelector(arguments[0])?.innerText === arguments[1]", CUSTOMERS, everybody)
    assert browser.run("return location.search") == ""
    assert browser.console() == []


def test_a_page_whose_answers_are_kept_comes_filled_and_asks_nothing(open_browser: OpenBrowser, address: str) -> None:
    path = "/?churn_band=High"
    high = open_browser(address).open(path).filled().text(CUSTOMERS)

    browser = open_browser(address).open(path).filled()

    assert browser.run(ASKED) == []
    open_browser(address).open(f"/segmentation{path[1:]}").filled()
    assert open_browser(address).open(f"/segmentation{path[1:]}").filled().run(ASKED) == []
    browser.open(path).filled()
    assert browser.text(CUSTOMERS) == high
    browser.run(CHOOSE, "churn_band", [])
    browser.until("return document.querySelector(arguments[0])?.innerText === '1,500'", CUSTOMERS)
    assert browser.console() == []


def test_a_shared_link_shows_the_customers_it_is_about(open_browser: OpenBrowser, address: str, shop: Settings) -> None:
    db.init(shop)
    filters = queries.Filters(churn_band=("High",), value_segment=("Low", "Medium"))
    kpis = queries.get_kpis(db.current_build(), filters).set_index("metric")

    browser = open_browser(address).open(f"/?{filters.to_query_string()}").filled()

    assert browser.text(CUSTOMERS) == metrics.format_value(kpis.loc["customers", "value"], "count")


def test_a_link_with_a_segment_that_does_not_exist_says_so(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/?value_segment=Gold")

    assert "value_segment cannot be “Gold”; known are High, Medium, Low" in browser.text(".c360-state")


def test_an_address_without_a_page_says_so(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/nowhere")

    assert "There is no page at this address" in browser.text("h1")
    assert browser.console() == []


def test_without_a_build_the_page_says_what_to_run(open_browser: OpenBrowser, fresh_database: Settings) -> None:
    with serving(fresh_database) as address:
        browser = open_browser(address).open().filled()

        assert "run `c360 rebuild`" in browser.text("#shell-freshness")
        assert "run `c360 rebuild`" in browser.text("#overview-kpis")
        assert browser.console() == []


def test_a_page_without_its_database_says_so_and_recovers_by_itself(
    open_browser: OpenBrowser, shop: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = replace(shop, database_url="postgresql+psycopg2://nobody@127.0.0.1:9/nowhere")
    with serving(away) as address:
        browser = open_browser(address).open().filled()
        assert "database" in browser.text("#shell-freshness")
        assert "database" in browser.text("#overview-monthly-revenue")

        monkeypatch.setattr("c360_dash.db.builds.reader_engine", lambda _: db.reader_engine(shop))
        monkeypatch.setattr("c360_dash.db.reading.reader_engine", lambda _: db.reader_engine(shop))
        browser.until("return !!document.querySelector('.c360-number')")

        assert browser.filled().text("#shell-freshness").startswith("Data to")
        assert browser.console() == []
