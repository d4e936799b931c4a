"""When rebuilds are due: `30m`, `6h`, `2d`, or whole days at a time of day, `1d at 03:00`.

The time of day is in the time zone of the deployment (the setting `timezone` of the build). Time counts from the start
of the last rebuild, however that was started, so two schedules or a click do not make it twice.
"""

import re
from dataclasses import dataclass
from datetime import time, timedelta

WRITTEN = re.compile(r"(\d{1,5}) ?(m|h|d)(?: +at +(\d{1,2}):(\d{2}))?", re.IGNORECASE)
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LEAST = timedelta(minutes=5)
ALLOWED = "a time from 5m on such as 30m, 6h or 2d, or days at a time of day such as 1d at 03:00"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long after the start of the last rebuild the next one is due, and at which time of day if that is given."""

    every: timedelta
    at: time | None = None

    @classmethod
    def read(cls, text: str) -> "Schedule":
        """Raises ValueError, with what is allowed, for what cannot be read."""
        found = WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError(ALLOWED)
        every = int(found[1]) * UNITS[found[2].lower()]
        has_time = found[3] is not None
        if every < LEAST or (has_time and found[2].lower() != "d"):
            raise ValueError(ALLOWED)
        try:
            return cls(every, time(int(found[3]), int(found[4])) if has_time else None)
        except ValueError:
            raise ValueError(ALLOWED) from None
