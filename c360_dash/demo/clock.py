"""The shop's time: three years that end at a midnight, with busy and quiet hours.

Random moments are drawn in *busy time*, in which a year of average business lasts 1.0, and then turned into moments of
the calendar. A Poisson process that is steady in busy time so follows the seasons, the weekdays and the hours.
Moments are whole seconds since 1970 in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

HOUR = 3_600
DAY = 24 * HOUR
HISTORY_DAYS = 3 * 365 + 1

MONTHS = np.array([0.92, 0.88, 0.95, 0.97, 1.00, 0.98, 0.93, 0.90, 0.97, 1.03, 1.30, 1.45])
WEEKDAYS = np.array([1.04, 0.98, 0.97, 0.97, 0.95, 0.99, 1.10])  # Monday first
BY_DAYTIME = {  # hours of UTC
    "night": (0.30, 0.18, 0.10, 0.07, 0.07, 0.12),
    "morning": (0.30, 0.60, 0.85, 1.05, 1.20, 1.30),
    "afternoon": (1.45, 1.30, 1.15, 1.10, 1.15, 1.30),
    "evening": (1.50, 1.80, 2.05, 1.95, 1.45, 0.80),
}
HOURS = np.concatenate(list(BY_DAYTIME.values()))
BLACK_FRIDAY_FACTOR = 1.9
AFTER_CHRISTMAS_FACTOR = 0.6


@dataclass(frozen=True)
class Clock:
    """The history from ``start`` (included) to ``end`` (excluded), and the busy time at the edge of each hour."""

    start: int
    end: int
    edges: Floats
    busy_edges: Floats

    def busy(self, moments: Ints | Floats) -> Floats:
        """Busy time, in years since the start, at these moments."""
        return np.interp(moments, self.edges, self.busy_edges)

    def moments(self, busy: Floats) -> Ints:
        """The moments at which this much busy time has passed."""
        return np.interp(busy, self.busy_edges, self.edges).astype(np.int64)


def clock(until: date) -> Clock:
    """The three years that end with the midnight (UTC) at which the day ``until`` begins."""
    end = int(datetime(until.year, until.month, until.day, tzinfo=UTC).timestamp())
    edges = np.arange(end - HISTORY_DAYS * DAY, end + 1, HOUR, dtype=np.float64)
    intensity = np.outer(_day_factors(until), HOURS).ravel()
    busy_edges = np.concatenate(([0.0], np.cumsum(intensity)))
    return Clock(end - HISTORY_DAYS * DAY, end, edges, busy_edges * (HISTORY_DAYS / 365.25 / busy_edges[-1]))


def _day_factors(until: date) -> Floats:
    days = [until - timedelta(days=HISTORY_DAYS - i) for i in range(HISTORY_DAYS)]
    return np.array([MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * _special(day) for day in days])


def _special(day: date) -> float:
    """Black Friday, the day after the fourth Thursday of November, with its weekend; and the days after Christmas."""
    if day.month == 12 and day.day >= 22:
        return AFTER_CHRISTMAS_FACTOR
    return BLACK_FRIDAY_FACTOR if is_black_friday(day) else 1.0


def is_black_friday(day: date) -> bool:
    """Whether the day lies in the four days from Black Friday to the Monday after."""
    fridays = [day - timedelta(days=back) for back in range(4) if (day - timedelta(days=back)).weekday() == 4]
    return any(friday.month == 11 and 23 <= friday.day <= 29 for friday in fridays)
