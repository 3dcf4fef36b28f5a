"""Weeks as the ISO calendar counts them, Monday first."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Week:
    """The week that begins on `monday`."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that `day` is in."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def is_in_one_month(self) -> bool:
        return self.monday.month == self.sunday.month

    def shifted(self, weeks: int) -> "Week":
        """Return the week that many weeks later."""
        return Week(self.monday + timedelta(weeks=weeks))
