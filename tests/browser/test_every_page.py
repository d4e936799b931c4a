"""Every page that Dash knows: whatever is added to c360_dash/pages is opened here by itself."""

from collections.abc import Callable

import pytest

from c360_dash.charts import CHARTS
from c360_dash.config import Settings
from tests.browser import every_page
from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
PAGES = every_page.registered()
IN_NAVIGATION = [name for name, path in PAGES.items() if "<" not in path and name != "not_found_404"]
FILTERED = "?value_segment=High&country=Germany"


@pytest.mark.parametrize(
    ("width", "scheme", "filters"),
    [(360, "light", ""), (360, "dark", FILTERED), (1440, "light", FILTERED), (1440, "dark", "")],
)
@pytest.mark.parametrize("page", PAGES)
def test_it_fits_and_is_silent(
    open_browser: OpenBrowser, address: str, shop: Settings, page: str, width: int, scheme: str, filters: str
) -> None:
    path = every_page.address_of(PAGES[page], shop) + filters
    every_page.fits_and_is_silent(open_browser(address, width, scheme), path, width, scheme)


@pytest.mark.parametrize("page", IN_NAVIGATION)
def test_it_is_found_in_the_navigation(open_browser: OpenBrowser, address: str, page: str) -> None:
    every_page.is_found_in_the_navigation(open_browser(address), PAGES[page])


@pytest.mark.parametrize("page", IN_NAVIGATION)
def test_every_chart_has_sentence_table_and_definition(open_browser: OpenBrowser, address: str, page: str) -> None:
    every_page.every_chart_has_sentence_table_and_definition(open_browser(address), page, PAGES[page])


@pytest.mark.parametrize("page", IN_NAVIGATION)
def test_a_filter_changes_what_heeds_it(open_browser: OpenBrowser, address: str, page: str) -> None:
    ignoring = {key: chart.ignores for key, chart in CHARTS.items()}
    every_page.a_filter_changes_what_heeds_it(open_browser(address), page, PAGES[page], ignoring)
