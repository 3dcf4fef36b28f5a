"""What the address says is to be shown: which view, around which date."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.http import QueryDict

from samtale.web.staff.calendar.weeks import Week
from samtale.web.staff.forms.dates import EARLIEST, LATEST


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    LIST = "list"
    PRINT = "print"


@dataclass(frozen=True)
class Showing:
    """`view` around `day`. `is_chosen`: the address says which view, so that a phone shows that one too."""

    view: View
    day: date
    is_chosen: bool = True

    @classmethod
    def of(cls, query: QueryDict, *, today: date) -> "Showing":
        """Read `?view=&date=`. What does not exist counts as not given; an address with a period and no view
        is the list's, and its period says the day where no date does."""
        day = _date(query.get("date", "")) or _day_in(query, today)
        if (name := query.get("view", "")) in list(View):
            return cls(View(name), day)
        if {"date_from", "date_to"} & query.keys():
            return cls(View.LIST, day)
        return cls(View.WEEK, day, is_chosen=False)

    @property
    def first(self) -> date:
        """The first date of the period that is shown."""
        if self.view == View.MONTH:
            return self.day.replace(day=1)
        return Week.of(self.day).monday if self.view == View.WEEK else self.day

    @property
    def last(self) -> date:
        """The last date of the period that is shown."""
        if self.view == View.MONTH:
            return _next_month(self.day) - timedelta(days=1)
        return Week.of(self.day).sunday if self.view == View.WEEK else self.day

    @property
    def before(self) -> "Showing":
        """The period before this one."""
        return replace(self, day=self.first - timedelta(days=1)) if self.first > EARLIEST else self

    @property
    def after(self) -> "Showing":
        """The period after this one."""
        return replace(self, day=self.last + timedelta(days=1)) if self.last < LATEST else self


def _day_in(query: QueryDict, today: date) -> date:
    """Return the day of the list's period that the other views show: today, or what is nearest to it."""
    first, last = _date(query.get("date_from", "")), _date(query.get("date_to", ""))
    if first and today < first:
        return first
    return last if last and last < today else today


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
