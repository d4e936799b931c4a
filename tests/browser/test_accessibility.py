"""What axe-core 4.14.1 (tests/browser/axe, Mozilla Public License 2.0) finds on every page, in every state: nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
LOOK = """
    const [rules, done] = arguments;
    const told = (found) => found.nodes.map((node) => `${found.id}: ${node.html.slice(0, 120)} ${node.failureSummary}`);
    axe.run(document, { runOnly: rules }).then((answer) => done(answer.violations.flatMap(told)));
"""
PAGES = ("", "segmentation", "revenue", "products", "risk", "customers", "customer/1", "definitions", "nowhere")
SIZES = [(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]
CELLS = """
    const bright = (colour) => {
        const [red, green, blue] = colour
            .map((value) => value / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return [...document.querySelectorAll(".hm")].flatMap((map) => {
        const image = map.querySelector("image");
        const corner = image.getBoundingClientRect();
        const canvas = document.createElement("canvas");
        canvas.width = corner.width;
        canvas.height = corner.height;
        const picture = canvas.getContext("2d");
        picture.drawImage(image, 0, 0, canvas.width, canvas.height);
        const told = [...map.querySelectorAll(".heatmap-label text")].filter((words) => words.textContent);
        return told.map((words) => {
            const box = words.getBoundingClientRect();
            const under = picture.getImageData(box.x - corner.x - 2, box.y - corner.y - 1, 1, 1).data;
            const ink = getComputedStyle(words).fill.match(/[0-9]+/g).map(Number);
            return contrast(bright([...under].slice(0, 3)), bright(ink));
        });
    });
"""


def complaints(browser: Browser) -> list[str]:
    """What axe has to say about the page as it stands."""
    browser.run(AXE)
    found: list[str] = browser.driver.execute_async_script(LOOK, RULES)
    return found


def opened(browser: Browser, path: str) -> Browser:
    browser.open(f"/{path}").until("return !!document.querySelector('.c360-main h1')")
    return browser.settled()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), SIZES[1:])
def test_axe_finds_nothing(open_browser: OpenBrowser, address: str, page: str, width: int, scheme: str) -> None:
    assert complaints(opened(open_browser(address, width, scheme), page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_where_all_is_unfolded(open_browser: OpenBrowser, address: str, page: str) -> None:
    browser = opened(open_browser(address, *SIZES[0]), page)
    browser.run("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    assert complaints(browser) == []


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_in_an_open_dropdown_and_menu(
    open_browser: OpenBrowser, address: str, width: int, scheme: str
) -> None:
    browser = opened(open_browser(address, width, scheme), "")
    browser.run("document.querySelector('.c360-menu').click()")
    browser.driver.find_element("css selector", ".dash-dropdown").send_keys(Keys.ENTER)
    browser.until("return !!document.querySelector('.dash-dropdown-content')")
    assert complaints(browser) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "?country=Atlantis",
        "risk?country=Atlantis",
        "customers?q=nobodyiscalledthis",
        "customers?sort=password",
        "customer/nobody",
    ],
)
def test_axe_finds_nothing_where_there_is_nothing(
    open_browser: OpenBrowser, address: str, path: str, scheme: str
) -> None:
    assert complaints(opened(open_browser(address, 1440, scheme), path)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_the_database_is_away(open_browser: OpenBrowser, shop: Settings, scheme: str) -> None:
    away = replace(shop, database_url="postgresql+psycopg2://nobody@127.0.0.1:9/nowhere")
    with serving(away) as address:
        browser = opened(open_browser(address, 1440, scheme), "")
        assert "database" in browser.text("#shell-freshness")
        assert complaints(browser) == []


@pytest.mark.parametrize("page", ["", "revenue", "risk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_in_heat_maps_can_be_read_whatever_is_under_them(
    open_browser: OpenBrowser, address: str, page: str, scheme: str
) -> None:
    browser = open_browser(address, 1440, scheme).open(f"/{page}").filled()
    assert min(browser.run(CELLS)) >= 4.5

    browser.click(".c360-theme")
    browser.until("return document.documentElement.dataset.bsTheme !== arguments[0]", scheme)
    browser.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert min(browser.run(CELLS)) >= 4.5
