"""What has been chosen and typed so far. It travels in the form itself: nothing is stored before Send."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.invite import unavailable
from samtale.interviews.domain.plan import Appointment, Meeting
from samtale.interviews.domain.queries.rooms import bookable_rooms
from samtale.interviews.domain.queries.rounds import next_round
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.models import Invitation
from samtale.interviews.models.interview import InterviewType
from samtale.recruiting.domain.queries.team import people_in
from samtale.recruiting.models import Application, Project
from samtale.web.staff.forms.appointment import AppointmentForm, SlotForm
from samtale.web.staff.invite.timetable import Timetable, Typed

_BEYOND = {Application.Status.PANEL_REVIEW, Application.Status.OFFERED}


class Draft:
    """The applicants, step 1 and the keys that make Send safe to repeat. `prefill` is what step 1 begins with
    where nothing has been typed yet."""

    prefill: Mapping[str, Any] = MappingProxyType({})

    def __init__(
        self,
        project: Project,
        user: User,
        *,
        applications: Sequence[int],
        data: QueryDict | None,
        now: datetime,
    ) -> None:
        self.project, self.user, self.now = project, user, now
        self.data = data
        self.organisation = Organisation.current()
        self.zone = ZoneInfo(self.organisation.time_zone)
        chosen = list(
            Application.objects.filter(pk__in=applications, project=project)
            .select_related("candidate")
            .defer("letter", "cv")
            .order_by("sort_name", "pk")
        )
        gone = {application.pk for application in unavailable(chosen)}
        self.left_out = [application for application in chosen if application.pk in gone]
        self.applications = [application for application in chosen if application.pk not in gone]
        if data is not None and self._only_one_has_own_time:
            own = Typed.of(self.applications[0], data)
            self.data = data.copy()
            self.data["date"] = own.date or self.posted("date")
            self.data["time"] = own.time or self.posted("time")

    @classmethod
    def from_post(cls, project: Project, user: User, data: QueryDict, *, now: datetime) -> "Draft":
        """Read the draft back from its form. What is not a number among the applicants is left out."""
        removed = _numbers(data.get("remove", ""))
        ids = [each for each in _numbers(data.get("applications", "")) if each not in removed]
        return cls(project, user, applications=ids, data=data, now=now)

    def at(self, typed: str) -> "Draft":
        """Return the same draft with the start that was picked, such as 2026-03-16T09:00, and times that all
        follow from it. What is no such time changes nothing."""
        try:
            start = datetime.fromisoformat(typed)
        except ValueError:
            return self
        data = (self.data or QueryDict()).copy()
        for name in [name for name in data if name.startswith("slot")]:
            del data[name]
        data["date"], data["time"] = f"{start:%Y-%m-%d}", f"{start:%H:%M}"
        ids = [application.pk for application in (*self.applications, *self.left_out)]
        return Draft(self.project, self.user, applications=ids, data=data, now=self.now)

    @cached_property
    def send_key(self) -> uuid.UUID:
        """Made when step 1 is first shown, so that one form is carried out once."""
        try:
            return uuid.UUID(self.posted("send_key"))
        except ValueError:
            return uuid.uuid4()

    @cached_property
    def standing(self) -> list[Invitation]:
        """The coming interviews these applicants are invited to already."""
        return list(standing_invitations(self.applications, now=self.now))

    @property
    def further_on(self) -> list[Application]:
        """Those who have come beyond interviews: an invitation takes their status back to one."""
        return [application for application in self.applications if application.status in _BEYOND]

    @property
    def known(self) -> frozenset[int]:
        """Which of those the recruiter had been shown when pressing the button."""
        return frozenset(_numbers(self.posted("known")))

    def posted(self, name: str) -> str:
        """Return what the form sent as `name`, or ""."""
        return self.data.get(name, "") if self.data is not None else ""

    @property
    def application_ids(self) -> str:
        return ",".join(str(application.pk) for application in self.applications)

    @property
    def standing_ids(self) -> str:
        return ",".join(str(invitation.pk) for invitation in self.standing)

    @cached_property
    def languages(self) -> dict[str, list[Application]]:
        """The applicants by language, in the order in which the languages are shown."""
        found: dict[str, list[Application]] = {}
        for code in ("nb", "en", "sv"):
            if speakers := [each for each in self.applications if each.candidate.language == code]:
                found[code] = speakers
        return found

    # Step 1

    @cached_property
    def _only_one_has_own_time(self) -> bool:
        """Whether one applicant is left of several, whose time was changed by hand."""
        return (
            len(self.applications) == 1
            and self.posted("type") != InterviewType.GROUP
            and bool(self.posted("slots_for"))
            and Typed.of(self.applications[0], self.data or QueryDict()).is_by_hand
        )

    @cached_property
    def form(self) -> AppointmentForm:
        return AppointmentForm(
            self.data if self.data is not None and "date" in self.data else None,
            zone=self.zone,
            now=self.now,
            people=people_in(self.project),
            rooms=bookable_rooms(self.project),
            address=self.project.department.address,
            initial={
                "type": InterviewType.IN_PERSON,
                "round": next_round(self.applications),
                "interviewers": [self.user.pk],
                "place": self.project.department.address,
                **self.prefill,
            },
        )

    @property
    def has_slots(self) -> bool:
        """Whether each applicant gets an interview of their own (spec 2)."""
        return not self._is_group and len(self.applications) > 1

    @property
    def _is_group(self) -> bool:
        return bool(self.form["type"].value() == InterviewType.GROUP)

    @cached_property
    def timetable(self) -> Timetable:
        """The applicants' times. A group, which meets at once, has them kept out of sight."""
        return Timetable(self.form, self.applications, self.data or QueryDict())

    @property
    def slots(self) -> list[tuple[Application, SlotForm]]:
        return self.timetable.rows

    @property
    def slots_are_shown(self) -> bool:
        """Whether the page that was posted shows the times, or hides them, as it now should."""
        return self.timetable.is_as_posted and bool(self.posted("slots_unseen")) != self.has_slots

    @property
    def kept(self) -> list[Application]:
        """Those whose times, changed by hand, are kept although something else has changed."""
        if self._only_one_has_own_time:
            return self.applications
        return self.timetable.kept if self.has_slots else []

    def forget_errors(self) -> None:
        """Let the page show none: nobody has said to be done."""
        for form in (self.form, *(slot for _each, slot in self.slots)):
            form.errors.clear()

    @property
    def is_ready(self) -> bool:
        """Whether step 1 is complete: valid, and with times that were shown and are valid too."""
        if not self.form.is_valid() or not self.applications:
            return False
        if self.has_slots:
            seen = self.slots_are_shown and self.timetable.is_current
            return seen and all(slot.is_valid() for _each, slot in self.slots)
        # Whoever is left of several was shown a time of their own until now.
        return self._is_group or not self.timetable.posted_key

    def appointment(self) -> Appointment:
        """Return what the interviews have in common. Only when `is_ready`."""
        chosen = self.form.cleaned_data
        return Appointment(
            type=chosen["type"],
            round=chosen["round"],
            duration=chosen["duration"],
            time_zone=str(self.zone),
            interviewers=tuple(chosen["interviewers"]),
            place=chosen["place"],
            video_link=chosen["video_link"],
            room=chosen["room"],
            seats=chosen["seats"],
        )

    def meetings(self) -> list[Meeting]:
        """Return the interviews to be. Only when `is_ready`."""
        if self.has_slots:
            return [Meeting(slot.cleaned_data["start"], (each,)) for each, slot in self.slots]
        return [Meeting(self.form.cleaned_data["start"], tuple(self.applications))]


def _numbers(listed: str) -> list[int]:
    """Return the numbers in a text such as "3,17"; what is none, or no key of ours, is left out."""
    return [int(part) for part in listed.split(",") if part.isdecimal() and len(part) < 19]
