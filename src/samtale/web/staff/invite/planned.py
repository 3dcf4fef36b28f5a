"""What step 1 plans so far, complete or not: who attends, where, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from samtale.accounts.models import User
from samtale.interviews.domain.free_times import Wish
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.conflicts import Period
from samtale.interviews.models import Room
from samtale.recruiting.models import Application
from samtale.web.staff.invite.draft import Draft


@dataclass(frozen=True)
class Planned:
    """`meetings` is empty as long as no time is chosen. `duration` and `pause` are in minutes."""

    applications: Sequence[Application]
    meetings: Sequence[Meeting]
    interviewers: Sequence[User]
    duration: int
    pause: int
    day_end: time | None
    room: Room | None
    seats: int | None
    has_slots: bool
    zone: ZoneInfo

    @classmethod
    def of(cls, draft: Draft) -> "Planned | None":
        """Return what is planned, or None where it is not said yet who attends or for how long."""
        form = draft.form
        form.is_valid()
        chosen = form.cleaned_data if form.is_bound else _first_values(draft)
        if not chosen.get("interviewers") or not chosen.get("duration") or not draft.applications:
            return None
        return cls(
            applications=draft.applications,
            meetings=_meetings(draft),
            interviewers=list(chosen["interviewers"]),
            duration=chosen["duration"],
            pause=(chosen.get("pause") or 0) if draft.has_slots else 0,
            day_end=chosen.get("day_end") if draft.has_slots else None,
            room=chosen.get("room"),
            seats=chosen.get("seats"),
            has_slots=draft.has_slots,
            zone=draft.zone,
        )

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.duration)

    @property
    def periods(self) -> list[Period]:
        return [Period(meeting.start, meeting.start + self.length) for meeting in self.meetings]

    @property
    def wish(self) -> Wish:
        """What a free time is looked for."""
        return Wish(
            minutes=self.duration,
            zone=self.zone,
            pause=self.pause,
            count=len(self.applications) if self.has_slots else 1,
            day_end=self.day_end,
        )

    def look_after(self, now: datetime) -> datetime:
        """Return from when on free times are looked for: the day that is chosen, or else tomorrow."""
        tomorrow = now.astimezone(self.zone).date() + timedelta(days=1)
        chosen = min((meeting.start for meeting in self.meetings), default=None)
        day = chosen.astimezone(self.zone).date() if chosen else tomorrow
        return max(now, datetime.combine(day, time(), self.zone).astimezone(UTC))


def _first_values(draft: Draft) -> dict[str, Any]:
    people = [user for user in draft.form.fields["interviewers"].queryset if user.pk == draft.user.pk]  # type: ignore[attr-defined]
    return {"interviewers": people, "duration": draft.form.fields["duration"].initial}


def _meetings(draft: Draft) -> list[Meeting]:
    if draft.has_slots:
        return [Meeting(slot.cleaned_data["start"], (each,)) for each, slot in draft.slots if slot.is_valid()]
    form = draft.form
    if not form.is_bound or form.errors.keys() & {"date", "time"} or "start" not in form.cleaned_data:
        return []
    return [Meeting(form.cleaned_data["start"], tuple(draft.applications))]
