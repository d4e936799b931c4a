"""How long work reports its progress: a callable taking a label, the amount done and the total."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

PLAIN_STEP = 0.25  # a log file gets a line at each quarter, not at each row


class Progress(Protocol):
    """Called again and again while a step runs; `done` and `total` share one unit, `done == total` ends the step."""

    def __call__(self, label: str, done: float, total: float) -> None: ...


def silent(label: str, done: float, total: float) -> None:
    """The progress of work that nobody watches."""


class Bars:
    """One bar per label, drawn by rich."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, label: str, done: float, total: float) -> None:
        if label not in self._tasks:
            self._tasks[label] = self._bars.add_task(label, total=total)
        self._bars.update(self._tasks[label], completed=done, total=total)


class Lines:
    """Plain lines for logs and pipes: when a step starts, at each quarter, and its seconds when it ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._started: dict[str, float] = {}
        self._told: dict[str, float] = {}

    def __call__(self, label: str, done: float, total: float) -> None:
        share = min(done / total, 1.0) if total > 0 else 1.0
        if label not in self._started:
            self._started[label] = time.monotonic()
            self._told[label] = 0.0
            if share < 1:
                self._say(f"{label} …")
        if share >= 1 > self._told[label]:
            self._say(f"{label}: done in {time.monotonic() - self._started[label]:.1f} s")
            self._told[label] = 1.0
        elif self._told[label] + PLAIN_STEP <= share < 1:
            self._say(f"{label}: {share:.0%}")
            self._told[label] = share

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


@contextmanager
def shown(stream: TextIO | None = None) -> Iterator[Progress]:
    """A progress for people: bars on a terminal, plain lines anywhere else. `stream` defaults to standard error."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield Lines(stream)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(file=stream)) as bars:
        yield Bars(bars)
