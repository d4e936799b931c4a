"""What holds for every page that is registered, whoever adds it: no page is named here."""

import tempfile
from collections.abc import Collection
from pathlib import Path

import dash

from c360_dash import db, queries
from c360_dash.app import create_app
from c360_dash.charts import CHARTS
from c360_dash.config import Settings
from tests.browser.browsing import Browser

CARDS = """
    return Object.fromEntries([...document.querySelectorAll('.c360-grid .c360-body[id]')]
        .map(card => [card.id, card.querySelector('.c360-state, .c360-nothing') ? '' : card.innerText]))
"""
FILTERS = "return [...document.querySelectorAll('[data-c360-filter]')].map(field => field.dataset.c360Filter)"
UNREACHABLE = "postgresql+psycopg2://nobody@127.0.0.1:9/nowhere"


def registered() -> dict[str, str]:
    """The address of each page by the name of its module, as Dash knows them."""
    with tempfile.TemporaryDirectory() as folder:
        create_app(Settings(database_url=UNREACHABLE, data_dir=Path(folder), cache="none"))
    pages = {page["module"].rpartition(".")[2]: page for page in dash.page_registry.values()}
    dash.page_registry.clear()
    return {name: page["path_template"] or page["path"] for name, page in pages.items()}


def address_of(template: str, shop: Settings) -> str:
    """The address of a page; of a page about one customer, that of the customer worth most."""
    if "<customer_id>" not in template:
        return template
    db.init(shop)
    best = queries.get_top_customers(db.current_build(), queries.Filters(), 1)
    return template.replace("<customer_id>", best["customer_id"].iloc[0])


def shown(browser: Browser, path: str) -> Browser:
    """Opens a page, and waits until everything on it is there."""
    browser.open(path).until("return !!document.querySelector('#shell-main h1, #shell-main .c360-state')")
    return browser.settled()


def fits_and_is_silent(browser: Browser, path: str, width: int, scheme: str) -> None:
    """The page is as wide as the window, in the colours that were asked for, alone, and nothing complains."""
    shown(browser, path)
    assert browser.run("return document.documentElement.dataset.bsTheme") == scheme
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.console() == []
    assert browser.hosts() == {browser.address.removeprefix("http://")}


def is_found_in_the_navigation(browser: Browser, path: str) -> None:
    """The navigation marks the page that is shown, and names it as its heading does."""
    shown(browser, path)
    assert browser.text(".c360-nav [aria-current=page]") == browser.text("h1")


def cards_of(browser: Browser) -> dict[str, str]:
    """The text of each card by its id; empty where the card says that there is nothing to show."""
    found: dict[str, str] = browser.run(CARDS)
    return found


def every_chart_has_sentence_table_and_definition(
    browser: Browser, page: str, path: str, known: Collection[str] = tuple(CHARTS)
) -> None:
    """Each card of a chart tells a sentence, the same as a table, and what it means."""
    shown(browser, path)
    browser.run("document.querySelectorAll('.c360-more details').forEach(details => { details.open = true; })")
    for card, text in cards_of(browser).items():
        if card.removeprefix(f"{page}-") in known:
            assert browser.text(f"#{card} .c360-summary").endswith(".")
            assert browser.text(f"#{card} .c360-define") == "Definition"
            browser.until(f"return !{str(bool(text)).lower()} || !!document.querySelector('#{card} tbody tr')")


def a_filter_changes_what_heeds_it(
    browser: Browser, page: str, path: str, ignoring: dict[str, tuple[str, ...]]
) -> None:
    """Each chart changes with the filter unless it says that it does not heed it. `ignoring`: what each does not."""
    everybody = cards_of(shown(browser, path))
    if "acquisition_channel" not in browser.run(FILTERS):
        return
    some = cards_of(shown(browser, f"{path}?acquisition_channel=Social"))

    changed = {card for card in everybody if everybody[card] != some[card]}
    heeding = {f"{page}-{key}" for key, ignored in ignoring.items() if "acquisition_channel" not in ignored}
    assert changed == heeding & {card for card, text in everybody.items() if text}
    assert browser.console() == []
