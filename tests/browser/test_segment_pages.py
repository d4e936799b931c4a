"""Segmentation, products and risk as people meet them: filled in both themes, silent, with filters and tables."""

from collections.abc import Callable

import pytest

from c360_dash.charts import CHARTS
from tests.browser.browsing import Browser

OpenBrowser = Callable[..., Browser]
PAGES = ["segmentation", "products", "risk"]
CARDS = "return [...document.querySelectorAll('.c360-grid .c360-body')].map(card => card.id)"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_card_is_filled_and_the_console_silent(
    open_browser: OpenBrowser, address: str, page: str, width: int, scheme: str
) -> None:
    browser = open_browser(address, width, scheme).open(f"/{page}").filled()

    assert browser.run("return document.documentElement.dataset.bsTheme") == scheme
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.text(".c360-nav [aria-current=page]" if width > 991 else "h1").lower() == page
    assert browser.console() == []
    assert browser.hosts() == {address.removeprefix("http://")}


@pytest.mark.parametrize("page", PAGES)
def test_every_card_has_its_sentence_its_table_and_its_definition(
    open_browser: OpenBrowser, address: str, page: str
) -> None:
    browser = open_browser(address).open(f"/{page}").filled()
    browser.run("document.querySelectorAll('.c360-more details').forEach(details => { details.open = true; })")

    cards = browser.run(CARDS)
    assert cards
    for card in cards:
        assert browser.text(f"#{card} .c360-summary").endswith(".")
        assert browser.text(f"#{card} dl dd").endswith(".")
        if "movement" not in card:
            browser.until(f"return document.querySelectorAll('#{card} tbody tr').length > 0")
            assert browser.text(f"#{card} th") != ""


@pytest.mark.parametrize("page", PAGES)
def test_a_filter_in_the_address_changes_what_it_can(open_browser: OpenBrowser, address: str, page: str) -> None:
    sentences = f"return Object.fromEntries(({CARDS[7:]}).map(id => [id, document.getElementById(id).innerText]))"
    everybody = open_browser(address).open(f"/{page}").filled().run(sentences)

    filtered = open_browser(address).open(f"/{page}?acquisition_channel=Social").filled().run(sentences)

    changed = {card for card in everybody if everybody[card] != filtered[card]}
    assert changed == {f"{page}-{key}" for key, chart in CHARTS.items() if chart.filtered} & everybody.keys() - {
        card for card in everybody if "movement" in card
    }


def test_before_a_second_build_the_cards_of_movement_say_so(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser(address).open("/segmentation").filled()

    assert "There is no build before this one" in browser.text("#segmentation-value-segment-movement .c360-state")
    assert "There is no build before this one" in browser.text("#segmentation-rfm-segment-movement .c360-state")
