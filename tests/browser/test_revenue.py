"""The revenue page as people meet it: filled in both themes and all widths, filtered, and told in tables."""

from collections.abc import Callable

import pytest

from c360_dash.charts import revenue
from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
READY = "return !document.querySelector('.c360-skeleton, [data-dash-is-loading=true]')"
DRAWN = (
    "return document.querySelectorAll('.dash-graph').length === arguments[0] && "
    "document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length === arguments[0]"
)
CHOOSE = "dash_clientside.set_props({filter: arguments[0]}, {value: arguments[1]})"
FIGURES = sum(not chart.shows_table for chart in revenue.CHARTS.values())
COHORTS = "#revenue-cohort-retention .c360-summary"
UPRIGHT = "return !!document.querySelector('#revenue-cohort-retention .xtick text[transform*=rotate]')"
COUNTRIES = "#revenue-revenue-by-country .c360-summary"
NOTHING = "#revenue-revenue-by-country .c360-nothing"
HEIGHT = "return document.querySelector(arguments[0]).closest('.c360-card').offsetHeight"
EMPTIED = f"document.querySelector(arguments[0]).innerHTML = '<div class=c360-skeleton></div>'; {HEIGHT}"


def opened(browser: Browser, path: str = "/revenue") -> Browser:
    browser.open(path).until("return !!document.querySelector('#revenue-campaign-results table')")
    browser.until(READY)
    browser.until(DRAWN, FIGURES)
    return browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440, 2560])
def test_every_chart_is_drawn_in_every_width_and_theme(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = opened(open_browser(address, width, scheme))

    assert browser.run("return document.documentElement.dataset.bsTheme") == scheme
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert not browser.run("return !!document.querySelector('.c360-state, .c360-nothing')")
    assert not browser.run(UPRIGHT)
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


def test_campaigns_and_cohorts_are_drawn(open_browser: OpenBrowser, address: str) -> None:
    browser = opened(open_browser(address))

    spans = "return document.querySelectorAll('#revenue-revenue-and-campaigns .bars .point').length"
    assert browser.run(spans) == 12
    cells = "return document.querySelectorAll('#revenue-cohort-retention .heatmap-label').length"
    assert browser.run(cells) > 24


def test_a_filter_changes_what_heeds_it_and_the_others_say_that_they_do_not(
    open_browser: OpenBrowser, address: str
) -> None:
    browser = opened(open_browser(address))
    cohorts, countries = browser.text(COHORTS), browser.text(COUNTRIES)

    browser.run(CHOOSE, "value_segment", ["Low"])
    browser.until("return document.querySelector(arguments[0])?.innerText !== arguments[1]", COUNTRIES, countries)
    browser.until(READY)

    assert browser.run("return location.search") == "?value_segment=Low"
    assert browser.text(COHORTS) == cohorts
    assert cohorts.endswith("Not filtered by Value segment, RFM segment and Churn risk.")
    assert browser.console() == []


def test_customers_who_never_ordered_have_no_sales(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/revenue?value_segment=Prospect")

    browser.until("return !!document.querySelector('#revenue-revenue-by-country .c360-nothing')")
    assert browser.text(COUNTRIES) == "Nothing was sold in these months."
    assert browser.text(f"{NOTHING} p") == "Filtered by Value segment: Prospect."
    browser.until(READY)
    assert browser.console() == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_a_card_with_nothing_to_see_is_as_high_as_its_words_and_leads_out(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = open_browser(address, width, scheme).open("/revenue?value_segment=Prospect")
    browser.until("return !!document.querySelector(arguments[0])", NOTHING)
    browser.until(READY)

    # Also the one that has rows, of months in which nothing was sold.
    for card in ("revenue-and-campaigns", "revenue-by-country"):
        assert browser.run(HEIGHT, f"#revenue-{card}") < 160
    assert not browser.run("return document.querySelectorAll('#revenue-revenue-and-campaigns .dash-graph').length")
    assert browser.run("return document.documentElement.scrollWidth") <= width

    browser.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", NOTHING)
    # Without scrolling there first, which Bootstrap does slowly.
    browser.run("document.querySelector(arguments[0]).click()", f"{NOTHING} .c360-clear")
    browser.until("return !!document.querySelector('#revenue-revenue-by-country .main-svg')")
    browser.until(READY)
    assert browser.run("return location.search") == ""
    assert not browser.run("return !!document.querySelector('.c360-nothing')")
    # While the next answer is on its way, the card is as high as with the chart that may come.
    filled = browser.run(HEIGHT, "#revenue-revenue-by-country")
    assert browser.run(EMPTIED, "#revenue-revenue-by-country") == filled
    assert browser.console() == []
