"""A page of the application in a browser, and the application served for it."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

from c360_dash.app import create_app
from c360_dash.config import Settings

SECONDS = 20
# Chromium on the speed of its own software drawing.
OF_THE_DRIVER = "GL Driver Message"


@dataclass(frozen=True)
class Browser:
    """A page of the application in a browser, and what a person can see and do there."""

    driver: Any
    address: str

    def open(self, path: str = "/") -> "Browser":
        self.driver.get(self.address + path)
        return self

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def until(self, script: str, *arguments: object) -> Any:
        """What the script returns as soon as that is true."""
        return self.wait(lambda _: self.run(script, *arguments), f"never true: {script}")

    def wait(self, condition: Callable[[Any], Any], otherwise: str) -> Any:
        """What the condition returns as soon as that is true."""
        return WebDriverWait(self.driver, SECONDS, 0.05).until(condition, otherwise)

    def filled(self) -> "Browser":
        """Waits until every card shows what it has to show and every chart is drawn."""
        self.until("return !!document.querySelector('.c360-grid')")
        return self.settled()

    def settled(self) -> "Browser":
        """Waits until nothing is on its way any more and every chart is drawn."""
        self.until("return !document.querySelector('.c360-skeleton, [data-dash-is-loading=true]')")
        self.until(
            "return document.querySelectorAll('.dash-graph').length === "
            "document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length"
        )
        return self

    def text(self, selector: str) -> str:
        """The text of an element, without the breaks between its lines."""
        found: str = self.until("return document.querySelector(arguments[0])?.innerText", selector)
        return " ".join(found.split())

    def click(self, selector: str) -> None:
        self.until("return !!document.querySelector(arguments[0])", selector)
        self.driver.find_element("css selector", selector).click()

    def console(self) -> list[str]:
        """Everything that the browser complained about."""
        messages = [entry["message"] for entry in self.driver.get_log("browser")]
        return [message for message in messages if OF_THE_DRIVER not in message]

    def hosts(self) -> set[str]:
        """The hosts that anything was asked of since the last time."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return {urlsplit(url).netloc for url in asked if url.startswith("http")}


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The address of an application that serves while the block lasts."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(settings).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
