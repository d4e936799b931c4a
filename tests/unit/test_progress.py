"""Progress as people see it: bars on a terminal, a few plain lines in a log."""

import io

from rich.console import Console
from rich.progress import Progress as RichProgress

from c360_dash.progress import Bars, Lines, shown


class Clock:
    """A clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_log_gets_a_line_every_few_seconds_and_one_at_the_end() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Lines(stream, clock)

    for second in range(12):
        clock.now = second
        progress("Building", second, 12)
    clock.now = 12
    progress("Building", 12, 12)

    assert stream.getvalue().splitlines() == ["Building: 42%", "Building: 83%", "Building: 12.0 s"]


def test_short_steps_leave_no_line() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Lines(stream, clock)

    progress("orders.csv", 0, 10)
    clock.now = 0.9
    progress("orders.csv", 10, 10)
    progress("empty.csv", 0, 0)

    assert stream.getvalue() == ""


def test_a_bar_goes_when_its_step_ends_and_may_come_again() -> None:
    bars = RichProgress(console=Console(file=io.StringIO()))
    progress = Bars(bars)

    progress("Building", 1, 4)
    assert [(task.description, task.percentage) for task in bars.tasks] == [("Building", 25.0)]
    progress("Building", 4, 4)
    progress("Building", 4, 4)
    assert bars.tasks == []
    progress("Building", 2, 4)
    assert [task.percentage for task in bars.tasks] == [50.0]


def test_what_is_no_terminal_gets_lines() -> None:
    with shown(io.StringIO()) as progress:
        assert isinstance(progress, Lines)
