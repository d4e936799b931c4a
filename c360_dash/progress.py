"""How long work reports its progress: a callable taking a label, the amount done and the total."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

SHORT = 1.0  # seconds: a step that took less is not worth a line
SILENCE = 5.0  # seconds after which a log gets a line about a step that is still running


class Progress(Protocol):
    """Called again and again while a step runs; `done` and `total` share one unit, `done == total` ends the step."""

    def __call__(self, label: str, done: float, total: float) -> None: ...


def silent(label: str, done: float, total: float) -> None:
    """The progress of work that nobody watches."""


class Bars:
    """A bar for each step under way, drawn by rich; a step that has ended leaves one line above them."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, label: str, done: float, total: float) -> None:
        if label not in self._tasks:
            if done >= total:
                return
            self._tasks[label] = self._bars.add_task(label, total=total)
        self._bars.update(self._tasks[label], completed=done, total=total)
        if done >= total:
            self._end(label, self._tasks.pop(label))

    def _end(self, label: str, task: TaskID) -> None:
        seconds = next(found.elapsed or 0.0 for found in self._bars.tasks if found.id == task)
        self._bars.remove_task(task)
        if seconds >= SHORT:
            self._bars.console.print(f"{label}: {seconds:.1f} s", highlight=False, markup=False)


class Lines:
    """Plain lines for logs and pipes: how far a step is every few seconds, and its seconds when it has ended."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._started: dict[str, float] = {}
        self._told = clock()

    def __call__(self, label: str, done: float, total: float) -> None:
        now = self._clock()
        if done < total:
            self._started.setdefault(label, now)
            if now - self._told >= SILENCE:
                self._say(f"{label}: {done / total:.0%}", now)
        elif label in self._started:
            seconds = now - self._started.pop(label)
            if seconds >= SHORT:
                self._say(f"{label}: {seconds:.1f} s", now)

    def _say(self, line: str, now: float) -> None:
        print(line, file=self._stream, flush=True)
        self._told = now


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
