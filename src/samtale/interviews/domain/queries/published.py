"""Interviews as calendar programs are given them, in plain values: a feed may hold thousands."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core.portions import AT_ONCE, portions
from samtale.interviews.domain.queries.agenda import interviews_for
from samtale.interviews.domain.queries.invited import STILL_INVITED, is_emptied
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.interview import AT_A_PLACE
from samtale.recruiting.models import Candidate

BACK, AHEAD = timedelta(days=30), timedelta(days=365)

_OWN = ("pk", "start", "duration", "version", "state", "type", "round", "place", "video_link")
_OTHERS = ("room__name", "room__address", "project__title", "project__department__address")
# To be raised when `published_ical` says more, or something else, of the same interviews.
_FORM = 3


@dataclass(slots=True)
class Published:
    """One interview. `start` is UTC, `duration` in minutes, `is_mine` says whether the reader attends."""

    id: int
    start: datetime
    duration: int
    version: int
    state: str
    type: str
    round: str
    place: str
    video_link: str
    room: str | None
    room_address: str | None
    title: str
    address: str
    is_mine: bool = False
    candidates: list[tuple[str, str]] = field(default_factory=list)
    interviewers: list[str] = field(default_factory=list)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.duration)

    @property
    def is_off(self) -> bool:
        """Whether it does not take place: it is cancelled, or nobody is left to be met."""
        is_cancelled = self.state == Interview.State.CANCELLED
        return is_cancelled or is_emptied(self.state, anybody_is_left=bool(self.candidates))

    @property
    def location(self) -> str:
        """Where one goes, or the address of the video meeting."""
        place = self.place
        if not place and self.type in AT_A_PLACE:
            place = self.room_address or self.address
        if self.room and self.room not in place:
            place = ", ".join(filter(None, (place, self.room)))
        return place or self.video_link


def published_to(user: User, *, only_own: bool, now: datetime) -> list[Published]:
    """Return what `user`'s calendar program is to show, earliest first: what they attend and, unless
    `only_own`, all they may see, from 30 days back to a year ahead. Those that are off are among them.

    Four queries, and three more for every `AT_ONCE`. Rights are those of this moment.
    """
    if not user.is_active:
        return []
    attended = Interview.interviewers.through.objects.filter(user=user)
    mine = Interview.objects.filter(pk__in=attended.values("interview_id"))
    interviews = mine if only_own else interviews_for(user)
    within = interviews.filter(start__gte=now - BACK, start__lt=now + AHEAD)
    found = _rows(within)
    own: set[int] = set()
    if not only_own:
        for ids in portions([interview.id for interview in found], AT_ONCE):
            own.update(attended.filter(interview__in=ids).order_by().values_list("interview_id", flat=True))
    for interview in found:
        interview.is_mine = only_own or interview.id in own
    return found


def standing_for(user: User, *, now: datetime) -> list[Published]:
    """Return interviews that `user` attends, which take place within a year and are not over; by start."""
    attended = Interview.interviewers.through.objects.filter(user=user)
    standing = Interview.objects.filter(
        pk__in=attended.values("interview_id"),
        start__gt=now - timedelta(hours=12),
        start__lt=now + AHEAD,
    ).exclude(state=Interview.State.CANCELLED)
    found = [each for each in _rows(standing) if each.end > now and not each.is_off]
    for each in found:
        each.is_mine = True
    return found


def digest(interviews: Sequence[Published], *also: object) -> str:
    """Return what changes whenever something that is shown of `interviews` does."""
    shown = hashlib.sha256(repr((_FORM, settings.SITE_URL, *also)).encode())
    for each in interviews:
        shown.update(repr(each).encode())
    return shown.hexdigest()


def _rows(interviews: QuerySet[Interview]) -> list[Published]:
    rows = interviews.order_by("start", "pk").values_list(*_OWN, *_OTHERS)
    found = {row[0]: Published(*row) for row in rows}
    for ids in portions(list(found), AT_ONCE):
        _add_candidates(found, ids)
        _add_interviewers(found, ids)
    return list(found.values())


def _add_candidates(found: dict[int, Published], ids: Sequence[int]) -> None:
    """Those who still are invited."""
    rows = (
        Invitation.objects.filter(STILL_INVITED, interview__in=ids)
        .order_by("application__sort_name", "pk")
        .values_list(
            "interview_id",
            "application__candidate__first_name",
            "application__candidate__last_name",
            "meeting_status",
        )
    )
    for interview_id, first, last, status in rows:
        found[interview_id].candidates.append((Candidate.full_name(first, last), status))


def _add_interviewers(found: dict[int, Published], ids: Sequence[int]) -> None:
    rows = (
        Interview.interviewers.through.objects.filter(interview__in=ids)
        .order_by("user__last_name", "user__first_name", "user_id")
        .values_list("interview_id", "user__first_name", "user__last_name")
    )
    names: dict[int, list[str]] = defaultdict(list)
    for interview_id, first, last in rows:
        names[interview_id].append(f"{first} {last}".strip())
    for interview_id, interviewers in names.items():
        found[interview_id].interviewers = interviewers
