"""Turns at the database: so many questions at once, the others wait, and nobody waits for ever.

Three of four threads of a process may ask, so that what is kept, the files and the health of the process are answered
meanwhile, until questions that wait have taken the last thread, too. While questions end, those that wait get their
turn; where none has ended for a while, the database is slower than people ask, and whoever comes is told at once to
come again: a queue before it would only grow.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from c360_dash.db.errors import TooBusy

PATIENCE_SECONDS = 10.0


class Turns:
    """As many turns at once as there are; nobody waits longer than the patience, nor for a queue that stands still."""

    def __init__(self, turns: int, patience: float = PATIENCE_SECONDS) -> None:
        self._free = turns
        self._patience = patience
        self._moved = time.monotonic()
        self._ended = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The block is one turn. Raises TooBusy."""
        self._begin()
        try:
            yield
        finally:
            with self._ended:
                self._free += 1
                self._moved = time.monotonic()
                self._ended.notify()

    def _begin(self) -> None:
        with self._ended:
            until = time.monotonic() + self._patience
            while not self._free:
                left = min(until, self._moved + self._patience) - time.monotonic()
                if left <= 0:
                    raise TooBusy("More is asked of the database than it can answer now; ask again in a few seconds.")
                self._ended.wait(left)
            self._free -= 1
            if not self._free:
                self._moved = time.monotonic()
