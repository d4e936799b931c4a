"""What draws the charts: each page loads the parts of plotly.js that it needs, and draws with them in both themes."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
PARTS = {
    "/": [],
    "/revenue": [],
    "/segmentation": ["scatter3d"],
    "/products": ["treemap"],
    "/risk": ["indicator"],
}
LOADED = """
    return [...document.scripts].map((script) => script.src.match(/plotly-(\\w+)\\.min\\.js/)?.[1]).filter(Boolean)
"""
DRAWN_IN_SPACE = """
    const scene = document.querySelector("#segmentation-rfm-3d .js-plotly-plot")?._fullLayout.scene._scene;
    return scene?.glplot && !scene.glplot.contextLost && scene.traces && Object.keys(scene.traces).length;
"""
AXIS = "return document.querySelector('#segmentation-rfm-3d .js-plotly-plot')._fullLayout.scene.xaxis.tickfont.color"
WORDS_OF_THE_GAUGE = "return document.querySelector('#risk-satisfaction-gauge .annotation').textContent"
WITHOUT_WEBGL = """
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.includes("webgl") ? null : getContext.call(this, kind, ...more);
    };
"""
DRAWINGS_OF_A_RESIZE = """
    const [width, done] = arguments;
    const place = document.querySelector("#overview-churn-risk .js-plotly-plot");
    let drawings = 0;
    place.on("plotly_afterplot", () => (drawings += 1));
    place.style.width = width;
    const fits = () => Math.abs(place._fullLayout.width - place.clientWidth) < 1;
    Plotly.Plots.resize(place).then(() => done([drawings > 0, fits()]));
"""


@pytest.fixture
def without_webgl(open_browser: OpenBrowser, address: str) -> Iterator[Browser]:
    """A browser that cannot draw in three dimensions."""
    browser = open_browser(address)
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WITHOUT_WEBGL})
    yield browser
    browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


@pytest.mark.parametrize("page", PARTS)
def test_a_page_loads_the_parts_that_it_needs_once(open_browser: OpenBrowser, address: str, page: str) -> None:
    browser = open_browser(address).open(page).filled()

    assert browser.run(LOADED) == ["base", *PARTS[page]]
    assert browser.console() == []


def test_parts_come_with_the_page_that_needs_them_and_charts_stay_whole(
    open_browser: OpenBrowser, address: str
) -> None:
    browser = open_browser(address).open("/").filled()
    charts = browser.run("return document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length")

    browser.click(".c360-nav a[href='/segmentation']")
    browser.until(DRAWN_IN_SPACE)
    browser.filled().click(".c360-nav a[href='/']")
    browser.until("return !!document.querySelector('#overview-monthly-revenue')")
    browser.filled()

    assert browser.run(LOADED) == ["base", "scatter3d"]
    assert browser.run("return document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length") == charts
    assert browser.run("return document.querySelectorAll('#overview-monthly-revenue .scatterlayer path').length") > 0
    assert browser.console() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_space_gauge_and_tree_are_drawn(open_browser: OpenBrowser, address: str, scheme: str) -> None:
    browser = open_browser(address, scheme=scheme).open("/segmentation")
    browser.until(DRAWN_IN_SPACE)
    browser.open("/risk").filled()
    assert browser.run(WORDS_OF_THE_GAUGE).endswith("ratings")
    assert browser.run("return document.querySelectorAll('#risk-satisfaction-gauge .value-arc path').length") == 1
    browser.open("/products").filled()
    assert browser.run("return document.querySelectorAll('#products-category-brand-tree .slice').length") > 10
    assert browser.console() == []


def test_the_theme_reaches_the_third_dimension(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/segmentation").filled()
    browser.until(DRAWN_IN_SPACE)
    light = browser.run(AXIS)

    browser.click(".c360-theme")

    browser.until(f"{AXIS} !== arguments[0]", light)
    browser.until(DRAWN_IN_SPACE)
    assert browser.console() == []


def test_without_webgl_the_card_says_so_and_opens_its_table(without_webgl: Browser) -> None:
    browser = without_webgl.open("/segmentation").filled()

    browser.until("return document.querySelectorAll('#segmentation-rfm-3d tbody tr').length > 10")
    said = browser.run("return document.querySelector('#segmentation-rfm-3d .annotation').textContent")
    assert "cannot draw in three dimensions" in said
    assert browser.console() == []


def test_a_chart_is_drawn_again_only_where_its_place_has_another_size(open_browser: OpenBrowser, address: str) -> None:
    driver = open_browser(address).open().filled().driver

    assert driver.execute_async_script(DRAWINGS_OF_A_RESIZE, "") == [False, True]
    assert driver.execute_async_script(DRAWINGS_OF_A_RESIZE, "240px") == [True, True]


def test_words_in_a_tree_map_can_be_read_on_their_fields(open_browser: OpenBrowser, address: str) -> None:
    for scheme in ("light", "dark"):
        browser = open_browser(address, scheme=scheme).open("/products").filled()
        fields = "document.querySelectorAll('#products-category-brand-tree .slice')"
        browser.until(f"return [...{fields}].some(field => field.querySelector('.slicetext')?.style.fill)")
        inks = browser.run(f"return [...{fields}].map(field => field.querySelector('.slicetext')?.style.fill)")
        assert set(filter(None, inks)) == {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
