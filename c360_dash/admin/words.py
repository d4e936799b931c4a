"""How moments, durations and runs are written on the admin page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from c360_dash import db
from c360_dash.config import Settings
from c360_dash.formats import plain_number
from c360_dash.rebuild import Run, parameters
from c360_dash.writer import Writer

STATES = {
    "running": "running",
    "held": "held, waits for a decision",
    "rejected": "rejected by a check",
    "published": "published",
    "replaced": "replaced by a later build",
    "discarded": "discarded",
    "failed": "failed",
    "cancelled": "cancelled",
    "lost": "interrupted",
    "tested": "back-test, its result is on the page Risk",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page writes with: the settings of the deployment, its currency, locale and time zone."""

    settings: Settings
    write: Writer
    zone: ZoneInfo

    def moment(self, moment: datetime | None) -> str:
        """Day and time where the deployment is; – for none."""
        return self.write(moment and moment.astimezone(self.zone), "datetime")

    def count(self, number: object) -> str:
        """A whole number with all its digits."""
        return self.write(number, "count", short=False)

    def measured(self, number: float | None) -> str:
        """What a check has found: a whole number with all its digits, anything else to three places."""
        if number is None or number == int(number):
            return self.count(number)
        return plain_number(round(number, 3))


def desk() -> Desk:
    """As the settings of the build are now. Raises DatabaseAway and NoBuild, which say why there is nothing to see."""
    settings = db.reader().settings
    now: Mapping[str, Any] = parameters.values(settings)
    return Desk(settings, Writer(now["currency"], settings.locale, now), ZoneInfo(now["timezone"]))


def duration(seconds: float) -> str:
    """`45 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def outcome(run: Run) -> str:
    """What became of a run, in a few words."""
    by = f" by {run.cancelled_by}" if run.cancelled_by else ""
    return f"{STATES.get(run.state, run.state)}{by}"
