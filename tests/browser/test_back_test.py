"""The back-test on the risk page: how to run one where there is none, and what it found as soon as there is one."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from c360_dash import demo, rebuild, sources
from c360_dash.config import Settings
from tests.browser.browsing import Browser, serving

OpenBrowser = Callable[..., Browser]
SAID = "#risk-back-test .c360-summary"


@pytest.fixture
def own_shop(fresh_database: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, str]]:
    """A shop of the test's own without a back-test, served."""
    folder = tmp_path_factory.mktemp("shop")
    demo.generate(folder, 400)
    rebuild.install(fresh_database)
    sources.load(fresh_database, fresh_database.sql_dir / "mappings" / "shop.sql", folder)
    rebuild.run(fresh_database)
    with serving(fresh_database) as address:
        yield fresh_database, address


def test_the_page_says_how_to_run_one_and_then_how_right_the_score_was(
    open_browser: OpenBrowser, own_shop: tuple[Settings, str]
) -> None:
    settings, address = own_shop
    browser = open_browser(address).open("/risk").filled()
    assert "No back-test yet: `c360 backtest`" in browser.text(SAID)

    rebuild.back_test(settings)

    # The page is open all the while: it asks every minute what is new, and now until it hears of it.
    times = count(1)

    def asked(_: object) -> bool:
        browser.run("dash_clientside.set_props('shell-poll', {n_intervals: arguments[0]})", next(times))
        return browser.text(SAID).startswith("Looking from")

    browser.wait(asked, "the page does not hear of the back-test")
    browser.settled()
    assert "Shown one of each" in browser.text(SAID)
    assert browser.run("return document.querySelectorAll('#risk-back-test .bars .point').length") == 2
    assert browser.run("return document.querySelectorAll('#risk-back-test-deciles .bars .point').length") == 10
    rows = browser.run("return [...document.querySelectorAll('#risk-back-test-groups tbody tr')].map(r => r.innerText)")
    assert rows[0].startswith("All customers")
    assert len(rows) == 7
    assert browser.console() == []
