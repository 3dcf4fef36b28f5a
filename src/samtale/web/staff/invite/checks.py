"""What stands against the plan of step 1, said before anybody goes on: who is taken, and by what."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.interviews.domain.queries.conflicts import Conflict, busy_outside, conflicts
from samtale.interviews.domain.queries.free_times import first_times
from samtale.web.staff.conflicts import candidates_elsewhere, day, fingerprint, in_words, key_of
from samtale.web.staff.invite.draft import Draft
from samtale.web.staff.invite.planned import Planned


class Offer(NamedTuple):
    """A time at which all can: as the button sends it, and as it reads."""

    value: str
    label: str


class Checks:
    """The findings about a draft. `books_anyway` and `warned` in its form say which of them are settled."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.plan = Planned.of(draft)

    # Who is taken: it has to be changed, or deliberately booked

    @cached_property
    def conflicts(self) -> list[Conflict]:
        if not self.plan:
            return []
        return conflicts(self.plan.periods, interviewers=self.plan.interviewers, room=self.plan.room)

    @cached_property
    def taken(self) -> list[str]:
        """Return the conflicts in words, each with the applicant whose time it is about."""
        return self._in_words(self.conflicts)

    @property
    def taken_key(self) -> str:
        return key_of(self.conflicts)

    @property
    def may_overbook(self) -> bool:
        return self.draft.user.has_perm("recruiting.overbook", self.draft.project)

    @property
    def books_anyway(self) -> bool:
        """Whether just these conflicts were said yes to, by somebody who may."""
        agreed = bool(self.conflicts) and self.draft.posted("books_anyway") == self.taken_key
        return agreed and self.may_overbook

    # What one has to have seen

    @cached_property
    def warnings(self) -> list[str]:
        if not self.plan:
            return []
        return [*self._in_words(self.outside), *self._elsewhere(), *self._numbers(self.plan)]

    @cached_property
    def outside(self) -> list[Conflict]:
        if not self.plan:
            return []
        return busy_outside(self.plan.periods, interviewers=self.plan.interviewers)

    @property
    def warnings_key(self) -> str:
        return fingerprint(self.warnings)

    @property
    def are_settled(self) -> bool:
        """Whether one may go on."""
        if self.conflicts and not self.books_anyway:
            return False
        return not self.warnings or self.draft.posted("warned") == self.warnings_key

    # When all can

    @property
    def all_can(self) -> bool:
        """Whether a time is chosen at which nobody is known to be taken."""
        return bool(self.plan and self.plan.meetings) and not self.conflicts and not self.outside

    @cached_property
    def offers(self) -> list[Offer]:
        """Return the first times all can, unless they can at the time that is chosen."""
        if not self.plan or self.all_can:
            return []
        found = first_times(
            self.plan.wish,
            interviewers=self.plan.interviewers,
            room=self.plan.room,
            after=self.plan.look_after(self.draft.now),
        )
        return [self._offer(start.astimezone(self.draft.zone)) for start in found]

    def _offer(self, local: datetime) -> Offer:
        return Offer(f"{local:%Y-%m-%dT%H:%M}", f"{day(local)} {local:%H:%M}")

    # In words

    def _in_words(self, found: Sequence[Conflict]) -> list[str]:
        sentences = in_words(found, viewer=self.draft.user, zone=self.draft.zone)
        return [
            f"{self._whose(each.wanted.start)}{sentence}"
            for each, sentence in zip(found, sentences, strict=True)
        ]

    def _whose(self, start: datetime) -> str:
        """Return the applicant, and the start, that a sentence is about; "" where there is but one time."""
        if not self.plan or len(self.plan.meetings) < 2:
            return ""
        names = [
            application.candidate.name
            for meeting in self.plan.meetings
            if meeting.start == start
            for application in meeting.applications
        ]
        return f"{', '.join(names)}, {start.astimezone(self.draft.zone):%H:%M}: "

    def _elsewhere(self) -> list[str]:
        """Say which candidates are invited to something else then."""
        if not self.plan:
            return []
        plan, draft = self.plan, self.draft
        return candidates_elsewhere(plan.meetings, length=plan.length, viewer=draft.user, zone=draft.zone)

    def _numbers(self, plan: Planned) -> list[str]:
        """Say where more are invited than there are seats, or than the room has room for."""
        invited = 1 if plan.has_slots else len(plan.applications)
        found = []
        if plan.seats and invited > plan.seats:
            sentence = ngettext(
                "%(invited)d are invited to %(seats)d seat. It goes to the first who says yes.",
                "%(invited)d are invited to %(seats)d seats. They go to the first who say yes.",
                plan.seats,
            )
            found.append(sentence % {"invited": invited, "seats": plan.seats})
        coming = min(invited, plan.seats or invited)
        people = coming + len(plan.interviewers)
        if plan.room and plan.room.capacity and people > plan.room.capacity:
            sentence = _("%(room)s has room for %(capacity)d. With the interviewers, %(people)d may come.")
            found.append(sentence % {"room": plan.room, "capacity": plan.room.capacity, "people": people})
        return found
