"""How heavy each page is and how soon it is ready, in headless Chromium: cold and warm, fast and slow.

Seen means: what a window of 1440 × 1000 shows is there, cards and charts; ready: all cards filled, all charts drawn,
those further down too, which wait until the browser has time. Warm is the same page opened again; slow is 10 Mbit/s
with 40 ms to and fro and half the processor. `work` is what the browser's main thread computed until then, which says
more than the clock on a machine that has other things to do; `answer` is the longest that a card waited for the server.
With several addresses the runs take turns, so that two versions are compared under the same load.
"""

import json
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from selenium import webdriver
from selenium.webdriver.support.wait import WebDriverWait

from c360_dash import demo, embedded, rebuild, sources
from c360_dash.config import Settings
from tests.browser.browsing import serving

PAGES = ("/", "/segmentation", "/revenue", "/products", "/risk", "/customers", "/definitions")
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader")
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
SECONDS = 60
SCALES = {"requests": 1, "bytes": 1000, "seen": 1, "ready": 1, "work": 1, "answer": 1}
WATCH = """
    const all = (selector) => [...document.querySelectorAll(selector)];
    const there = (part) => part.matches(".dash-graph") && part.querySelector(".main-svg");
    const parts = ".c360-skeleton, [data-dash-is-loading=true], .dash-graph";
    const missing = () => all(parts).filter((part) => !there(part));
    const inSight = (part) => part.getBoundingClientRect().top < innerHeight;
    const watch = setInterval(() => {
        if (document.querySelector(".c360-heading")) {
            const found = missing();
            window.c360Seen ??= found.some(inSight) ? undefined : performance.now();
            window.c360Ready ??= found.length ? undefined : performance.now();
        }
        if (window.c360Ready) {
            clearInterval(watch);
        }
    }, 5);
"""
ANSWERS = """
    return performance.getEntriesByType("resource").filter((entry) => entry.name.includes("_dash-update-component"))
        .map((entry) => entry.responseStart - entry.requestStart);
"""


@dataclass(frozen=True)
class Opening:
    """One opening of a page: requests that left the browser, bytes that arrived, milliseconds."""

    requests: int
    bytes: int
    seen: float
    ready: float
    work: float
    answer: float


def opening(driver: Any, address: str, slow: bool) -> Opening:
    """Opens the address and waits until it is ready."""
    driver.get("about:blank")
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", SLOW if slow else FAST)
    driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": 2 if slow else 1})
    driver.get_log("performance")
    driver.get(address)
    ready = WebDriverWait(driver, SECONDS, 0.1).until(lambda _: driver.execute_script("return window.c360Ready"))
    requests, size = _wire(driver)
    answers = driver.execute_script(ANSWERS)
    seen = driver.execute_script("return window.c360Seen")
    return Opening(requests, size, seen, ready, _work(driver), max(answers, default=0))


def _work(driver: Any) -> float:
    found = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return 1000 * next(float(metric["value"]) for metric in found if metric["name"] == "TaskDuration")


def _wire(driver: Any) -> tuple[int, int]:
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    finished = [m["params"] for m in messages if m["method"] == "Network.loadingFinished"]
    sizes = [found["encodedDataLength"] for found in finished if found["encodedDataLength"]]
    return len(sizes), int(sum(sizes))


def cold_and_warm(driver: Any, address: str, slow: bool) -> Iterator[tuple[str, Opening]]:
    """The page with an empty cache, then again."""
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    kind = " slow" if slow else ""
    for state in ("cold", "warm"):
        yield f"{state}{kind}", opening(driver, address, slow)


@contextmanager
def browser() -> Iterator[Any]:
    """A headless browser that notes when a page is ready."""
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ.get("DASH_TEST_CHROMEPATH") or shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    for argument in ARGUMENTS:
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options)
    size = {"width": 1440, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    yield driver
    driver.quit()


@contextmanager
def own_shop(customers: int) -> Iterator[tuple[str, ...]]:
    """The address of a generated shop that is served while the block lasts."""
    with tempfile.TemporaryDirectory(prefix="c360-bench-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        settings = Settings(data_dir=path)
        try:
            demo.generate(path / "shop", customers)
            rebuild.install(settings)
            sources.load(settings, settings.sql_dir / "mappings" / "shop.sql", path / "shop")
            rebuild.run(settings)
            with serving(settings) as address:
                yield (address,)
        finally:
            embedded.stop(path)


def measure(addresses: tuple[str, ...], pages: tuple[str, ...], runs: int) -> dict[tuple[str, str, str], list[Opening]]:
    """The openings by page, kind and address."""
    found: dict[tuple[str, str, str], list[Opening]] = {}
    with browser() as driver:
        for page in pages:
            for address in addresses:
                opening(driver, address + page, slow=False)  # The server makes its answers once.
            for _ in range(runs):
                for slow in (False, True):
                    for address in addresses:
                        for kind, one in cold_and_warm(driver, address + page, slow):
                            found.setdefault((page, kind, address), []).append(one)
    return found


def show(found: dict[tuple[str, str, str], list[Opening]], runs: int) -> None:
    table = Table(
        *("page", "kind", "address", "requests", "kB", "seen, ms", "ready, ms", "work, ms", "answer, ms"),
        title=f"medians of {runs}",
    )
    for (page, kind, address), openings in found.items():
        middle = [
            f"{statistics.median(getattr(one, name) for one in openings) / scale:.0f}" for name, scale in SCALES.items()
        ]
        table.add_row(page, kind, address, *middle)
    Console(width=120).print(table)


@click.command()
@click.option("--address", "addresses", multiple=True, help="Of a server that runs; default: a shop of its own.")
@click.option("--page", "pages", multiple=True, default=PAGES)
@click.option("--customers", default=5_000, show_default=True)
@click.option("--runs", default=5, show_default=True)
def main(addresses: tuple[str, ...], pages: tuple[str, ...], customers: int, runs: int) -> None:
    """Measure the pages."""
    with nullcontext(addresses) if addresses else own_shop(customers) as served:
        show(measure(served, pages, runs), runs)


if __name__ == "__main__":
    main()
