"""Calendar days and months in the time zone of the deployment, seen from one as-of moment."""

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .rows import moment


class Clock:
    """Moments and days as they look from the as-of moment."""

    def __init__(self, as_of: Any, timezone: str) -> None:
        self.as_of = moment(as_of)
        self.zone = ZoneInfo(timezone)
        self.today = self.day(self.as_of)

    def has_come(self, at: datetime | None) -> bool:
        """Whether the moment is known and not after as-of."""
        return at is not None and at <= self.as_of

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def days_since(self, at: datetime | None) -> int | None:
        """Whole days from the day of a moment to the day of as-of."""
        return None if at is None else (self.today - self.day(at)).days

    def full_years_since(self, birth: date) -> int:
        """Age in full years; who was born on 29 February has a birthday on 1 March where there is no 29th."""
        return self.today.year - birth.year - ((self.today.month, self.today.day) < (birth.month, birth.day))

    def months_ago(self, months: int) -> datetime:
        """The as-of moment that many calendar months earlier: the same local time, the day clipped to the month."""
        local = self._local_as_of()
        year, month0 = divmod(local.year * 12 + local.month - 1 - months, 12)
        last_day = calendar.monthrange(year, month0 + 1)[1]
        return self._from_local(local.replace(year=year, month=month0 + 1, day=min(local.day, last_day)))

    def days_ago(self, days: int) -> datetime:
        """The as-of moment that many calendar days earlier, at the same local time."""
        return self._from_local(self._local_as_of() - timedelta(days=days))

    def _local_as_of(self) -> datetime:
        return self.as_of.astimezone(self.zone).replace(tzinfo=None)

    def _from_local(self, local: datetime) -> datetime:
        """A local time that a clock change skips or repeats is read as PostgreSQL does: with the smaller offset."""
        return max(local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
