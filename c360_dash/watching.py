"""What the serving side does beside answering: it starts rebuilds that are due, and tells what became of runs.

Each worker looks, and the database decides which of them acts, so it is done once however many workers and hosts there
are, and a worker that dies takes nothing with it. What fails is tried again at the next look.
"""

import logging
import threading

from c360_dash import rebuild
from c360_dash.config import Settings
from c360_dash.schedule import Schedule

LOGGER = logging.getLogger("c360_dash.watching")
EVERY_SECONDS = 20.0


def watch(settings: Settings) -> threading.Thread | None:
    """Starts looking, if the settings ask for anything that has to be looked at; ends with the process."""
    if not settings.rebuild_every and not settings.webhook_url:
        return None
    thread = threading.Thread(target=_keep_looking, args=[settings], name="watching", daemon=True)
    thread.start()
    return thread


def look(settings: Settings) -> bool:
    """One look; True when a rebuild was started."""
    rebuild.tell_news(settings)
    if not settings.rebuild_every:
        return False
    return rebuild.start_if_due(settings, Schedule.read(settings.rebuild_every))


def _keep_looking(settings: Settings) -> None:
    pause = threading.Event()
    while not pause.wait(EVERY_SECONDS):
        try:
            if look(settings):
                LOGGER.info("A scheduled rebuild was started.")
        except Exception as error:
            # A thread that ends is a schedule that stops without a word; its text may name data, its class does not.
            LOGGER.warning("Looking for what is due failed (%s); it is tried again.", type(error).__name__)
