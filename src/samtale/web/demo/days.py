"""The demo's calendar: every date is counted from the day on which the demo data is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samtale.interviews.domain.slots import instant

_SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """`today` on the wall clocks of `zone`."""

    today: date
    zone: ZoneInfo

    @classmethod
    def around(cls, now: datetime, zone: ZoneInfo) -> "Days":
        """Return the days around the instant `now`."""
        return cls(now.astimezone(zone).date(), zone)

    def day(self, offset: int) -> date:
        """Return the date `offset` days from today."""
        return self.today + timedelta(days=offset)

    def workday(self, offset: int) -> date:
        """Return the `offset`-th weekday after today, or before it; 0 is today, weekend or not."""
        found, step = self.today, timedelta(days=1 if offset > 0 else -1)
        for _each in range(abs(offset)):
            found += step
            while found.weekday() >= _SATURDAY:
                found += step
        return found

    def at(self, day: date, clock: time) -> datetime:
        """Return the instant (UTC) at which clocks show `clock` on `day`."""
        return instant(day, clock, self.zone)
