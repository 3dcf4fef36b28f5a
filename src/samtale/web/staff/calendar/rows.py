"""Turns the agenda into weeks, days and rows, as far as the reader may see.

Labels, tags and addresses are looked up once a page, not once a row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString

from samtale.accounts.zones import beside
from samtale.interviews.domain.queries.agenda import Attendance, Day, Entry
from samtale.interviews.domain.queries.invited import NOBODY_LEFT
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType, Round
from samtale.interviews.models.invitation import MeetingStatus, Outcome
from samtale.web.staff.calendar.attendance import attendance
from samtale.web.staff.calendar.cells import Columns, Person, Row
from samtale.web.staff.calendar.weeks import Week
from samtale.web.staff.status_tags import NOBODY_IS_LEFT, answer_or_result, tag

_NOBODY = Person(name="–", url="", status=SafeString())


@dataclass(slots=True)
class DayRows:
    date: date
    is_today: bool
    rows: SafeString


@dataclass(slots=True)
class WeekRows:
    week: Week
    days: list[DayRows]


class _Builder:
    """Holds what all rows of one page share."""

    def __init__(
        self, projects: Collection[int], worked_in: Collection[int], *, zone: ZoneInfo, only: str
    ) -> None:
        self.projects, self.worked_in = projects, worked_in
        self.only = only if only != NOBODY_LEFT else ""
        self.zone = zone
        self.rounds = {value: str(label) for value, label in Round.choices}
        self.types = {value: str(label) for value, label in InterviewType.choices}
        self.status = cache(answer_or_result)
        self.cancelled = tag(str(Interview.State.CANCELLED.label), "neutral")
        self.emptied = tag(str(NOBODY_IS_LEFT), "neutral")
        self.project_url = cache(lambda pk: reverse("staff:project", args=[pk]))
        # An id in the place of the 0: to look a hundred addresses up takes longer than the rest of the page.
        self.interview_url = reverse("staff:interview", args=[0])
        self.application_url = reverse("staff:application", args=[0])

    def row(self, entry: Entry) -> Row:
        may_see = entry.project_id in self.projects
        may_work = entry.project_id in self.worked_in
        people = [each for each in entry.candidates if self.only in ("", each.meeting_status)]
        return Row(
            url=_with(self.interview_url, entry.id),
            time=f"{entry.local_start:%H:%M}–{entry.local_end:%H:%M}",
            zone=self._zone(entry),
            activity=self.rounds.get(entry.round, entry.round),
            type=" · ".join(filter(None, [self.types.get(entry.type, entry.type), _attendance(entry)])),
            interviewers=", ".join(entry.interviewers),
            place=entry.place,
            video_link=entry.video_link,
            project=entry.project_title,
            project_url=self.project_url(entry.project_id) if may_see else "",
            off=self._off(entry),
            people=[self._person(entry, person, may_see, may_work) for person in people] or [_NOBODY],
            others=len(entry.candidates) - len(people),
        )

    def _zone(self, entry: Entry) -> str:
        if entry.time_zone == self.zone.key:
            return ""
        return beside(entry.local_start, entry.local_end, shown=ZoneInfo(entry.time_zone), reader=self.zone)

    def _off(self, entry: Entry) -> SafeString:
        if entry.is_cancelled:
            return self.cancelled
        return self.emptied if entry.is_emptied else SafeString()

    def _person(self, entry: Entry, person: Attendance, may_see: bool, may_work: bool) -> Person:
        is_there = not person.is_deleted
        return Person(
            name=person.name,
            url=_with(self.application_url, person.application_id) if may_see and is_there else "",
            status=self.status(entry.state, person.meeting_status, person.outcome),
            invitation=person.invitation_id if may_work and is_there else 0,
        )


def _attendance(entry: Entry) -> str:
    if not entry.is_group:
        return ""
    invited = [each for each in entry.candidates if each.is_still_invited]
    coming = sum(each.meeting_status == MeetingStatus.ACCEPTED for each in invited)
    came = sum(each.outcome == Outcome.ATTENDED for each in invited)
    return attendance(entry.state, invited=len(invited), coming=coming, came=came)


def _with(address: str, pk: int) -> str:
    return address.replace("/0/", f"/{pk}/")


def weeks_of(
    days: Sequence[Day],
    columns: Columns,
    *,
    projects: Collection[int],
    worked_in: Collection[int] = (),
    today: date,
    zone: ZoneInfo,
    only: str = "",
) -> list[WeekRows]:
    """Return `days` by week. Only what is in `projects`, those the reader may see, is linked, and only who is
    in `worked_in` can be ticked; other zones than `zone` are named. With `only`, a meeting status, candidates
    who have another are counted and not shown."""
    builder = _Builder(projects, worked_in, zone=zone, only=only)
    weeks: dict[Week, list[DayRows]] = {}
    for day in days:
        rows = columns.rows(builder.row(entry) for entry in day.entries)
        weeks.setdefault(Week.of(day.date), []).append(DayRows(day.date, day.date == today, rows))
    return [WeekRows(week, week_days) for week, week_days in weeks.items()]
