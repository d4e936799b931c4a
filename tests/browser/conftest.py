"""A small shop, served, and headless browsers for it; what is missing is said before anything waits for it."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from selenium import webdriver

from c360_dash import demo, rebuild, sources
from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

CUSTOMERS = 1_500
UNTIL = date(2026, 11, 16)
"""The shop is the same on every day the tests run, and its last month is unfinished."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The last one draws three dimensions where there is no graphics card.
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--enable-unsafe-swiftshader",
)


@pytest.fixture(scope="session")
def shop(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small generated shop, loaded and built."""
    own = make_database()
    folder = tmp_path_factory.mktemp("shop")
    demo.generate(folder, CUSTOMERS, until=UNTIL)
    rebuild.install(own)
    sources.load(own, own.sql_dir / "mappings" / "shop.sql", folder)
    rebuild.run(own)
    return own


@pytest.fixture(scope="session")
def address(shop: Settings) -> Iterator[str]:
    """Where the small shop is served."""
    with serving(shop) as found:
        yield found


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    """One headless browser for all tests: starting it takes longer than most of them."""
    started = start_chrome()
    yield started
    started.quit()


def start_chrome() -> webdriver.Chrome:
    """A headless browser; the test fails with what to install when there is none."""
    path = os.environ.get("DASH_TEST_CHROMEPATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None or shutil.which("chromedriver") is None:
        pytest.fail(
            "Browser tests need chromium and chromedriver; on Debian: apt-get install chromium chromium-driver."
        )
    options = webdriver.ChromeOptions()
    options.binary_location = path
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in ARGUMENTS:
        options.add_argument(argument)
    return webdriver.Chrome(options=options)


@pytest.fixture
def open_browser(driver: webdriver.Chrome) -> Iterator[Callable[..., Browser]]:
    """A function that gives the browser as somebody new has it, in a width and colour scheme."""

    def make(address: str, width: int = 1440, scheme: str = "light") -> Browser:
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 600}
        preference = {"name": "prefers-color-scheme", "value": scheme}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [preference]})
        driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "local_storage"})
        # Chromium keeps 50 pages; once earlier tests have filled them, the driver's Back goes too far.
        driver.execute_cdp_cmd("Page.resetNavigationHistory", {})
        return Browser(driver, address)

    yield make
    driver.get("about:blank")
    for kind in ("browser", "performance"):
        driver.get_log(kind)
