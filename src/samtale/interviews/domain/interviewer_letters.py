"""Writes to those who attend an interview: that they do, what has changed, and that they need not come."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.accounts.zones import known_zone
from samtale.core.audit import Actor
from samtale.interviews import reasons
from samtale.interviews.interviewer_notifications import KINDS, WORDINGS
from samtale.interviews.models import Interview, InterviewerMessage, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.tags import date_and_time
from samtale.interviews.wordings.interviewers import LINK_LABELS, NOT_ATTENDING, for_several
from samtale.outbox.domain.queue import STOPPABLE, Letter, cancel, queue
from samtale.outbox.domain.render import render, render_subject
from samtale.outbox.kinds import Wording
from samtale.outbox.models.message import State
from samtale.recruiting.models import Correspondence

Purpose = InterviewerMessage.Purpose
_NAMED = 8  # candidates
_NEVER_LEFT = (State.CANCELLED, State.OUTDATED, State.FAILED)


@dataclass(frozen=True)
class _Draft:
    interview: Interview
    user: User
    purpose: Purpose
    letter: Letter


def invite_interviewers(
    invitations: Iterable[Invitation],
    interviewers: Collection[User],
    *,
    delay: timedelta = timedelta(0),
    by: User,
    now: datetime,
) -> None:
    """Write to all who attend the interviews of these invitations. The letters wait for `delay`, so that Send
    can be undone. Call it inside the verb's transaction, as all of the following."""
    meetings: dict[Interview, list[Invitation]] = {}
    for invitation in invitations:
        meetings.setdefault(invitation.interview, []).append(invitation)
    write = _Writer(interviewers, due=now + delay)
    readers = [user for user in interviewers if _reads(user)]
    drafts = [
        write(Purpose.INVITATION, interview, invited, user)
        for interview, invited in meetings.items()
        for user in readers
    ]
    _post(drafts, by=by, now=now)


def tell_interviewers_of_change(
    interview: Interview,
    invitations: Sequence[Invitation],
    *,
    before: Collection[User],
    by: User | None,
    now: datetime,
) -> None:
    """Write to all who attend, and to those `before` who no longer do. An invitation that has not left is
    written anew; who has heard of nothing, or that it is off, is not told that it is off."""
    attending = list(interview.interviewers.order_by("pk"))
    gone = [user for user in before if user not in attending]
    uninvited = _take_back(interview, [*attending, *gone], by=by, now=now, reason=reasons.MOVED)
    write = partial(_Writer(attending, due=now), interview=interview, invitations=invitations)
    known = {user.pk for user in before} - uninvited
    drafts = [
        write(Purpose.CHANGE if user.pk in known else Purpose.INVITATION, user=user)
        for user in attending
        if _reads(user) and _standing(invitations)
    ]
    if gone:
        known -= _heard_it_is_off(interview)
    drafts += [
        write(Purpose.CANCELLATION, user=user, wordings=NOT_ATTENDING)
        for user in gone
        if _reads(user) and user.pk in known
    ]
    _post(drafts, by=by, now=now)


def tell_interviewers_of_candidates(
    interview: Interview, invitations: Sequence[Invitation], *, by: User | None, now: datetime
) -> None:
    """Write to all who attend whom they meet, now that somebody is no longer among the candidates."""
    attending = list(interview.interviewers.order_by("pk"))
    tell_interviewers_of_change(interview, invitations, before=attending, by=by, now=now)


def tell_interviewers_it_is_off(
    interview: Interview, invitations: Sequence[Invitation], *, by: User | None, now: datetime
) -> None:
    """Write to all who have heard of the interview that it does not take place, and not that already."""
    attending = list(interview.interviewers.order_by("pk"))
    uninvited = _take_back(interview, attending, by=by, now=now, reason=reasons.CANCELLED)
    write = partial(_Writer(attending, due=now), interview=interview, invitations=invitations)
    unaware = uninvited | _heard_it_is_off(interview)
    told = [user for user in attending if _reads(user) and user.pk not in unaware]
    _post([write(Purpose.CANCELLATION, user=user) for user in told], by=by, now=now)


def _reads(user: User) -> bool:
    return user.is_active and user.notify_of_interviews


def _standing(invitations: Iterable[Invitation]) -> list[Invitation]:
    return [
        each
        for each in invitations
        if each.cancelled_at is None and each.meeting_status != MeetingStatus.NOT_RELEVANT
    ]


def _named(invitations: Sequence[Invitation]) -> Sequence[Invitation]:
    """Return those whom a letter names: who still stands, or all where nobody does."""
    return _standing(invitations) or invitations


def _take_back(
    interview: Interview, users: Collection[User], *, by: Actor, now: datetime, reason: str
) -> set[int]:
    """Take back what has not left to these users about the interview. Return the ids of those whose
    invitation that was."""
    waiting = InterviewerMessage.objects.filter(
        interview=interview, user__in=[user.pk for user in users], message__state__in=STOPPABLE
    )
    ids = list(waiting.order_by("message_id").values_list("message_id", flat=True))
    cancel(ids, by=by, now=now, reason=reason)
    taken = InterviewerMessage.objects.filter(
        message_id__in=ids, message__state=State.CANCELLED, purpose=Purpose.INVITATION
    )
    return set(taken.order_by().values_list("user_id", flat=True))


def _heard_it_is_off(interview: Interview) -> set[int]:
    """Return the ids of those whom the last letter that has left, or is leaving, tells that it is off."""
    letters = InterviewerMessage.objects.filter(interview=interview).order_by("pk")
    left = letters.exclude(message__state__in=(*STOPPABLE, *_NEVER_LEFT))
    last = dict(left.values_list("user_id", "purpose"))
    return {user for user, purpose in last.items() if purpose == Purpose.CANCELLATION}


class _Writer:
    """Writes letters about interviews that `people` attend; all leave at `due` (UTC)."""

    def __init__(self, people: Iterable[User], *, due: datetime) -> None:
        self.people = ", ".join(str(user) for user in people) or "–"
        self.due = due
        self.organisation = Organisation.current()
        self._zone = ZoneInfo(self.organisation.time_zone)
        self._values: dict[tuple[int, str, ZoneInfo], Mapping[str, str]] = {}

    def __call__(
        self,
        purpose: Purpose,
        interview: Interview,
        invitations: Sequence[Invitation],
        user: User,
        wordings: Mapping[str, Wording] | None = None,
    ) -> _Draft:
        language, clock = user.language, known_zone(user.time_zone) or self._zone
        key = interview.pk, language, clock
        if key not in self._values:
            with translation.override(language):
                self._values[key] = _values(interview, invitations, clock) | {"interviewers": self.people}
        wording = (wordings or WORDINGS[purpose])[language]
        if len(_named(invitations)) > 1:
            wording = for_several(wording, language)
        letter = Letter(
            kind=KINDS[purpose],
            recipient_name=str(user),
            recipient_address=user.email,
            language=language,
            subject=render_subject(wording.subject, values=self._values[key]),
            content=render(wording.content, values=self._values[key], links=LINK_LABELS[language]),
            sender_name=self.organisation.name,
            sender_address=self.organisation.sender_email,
            due_at=self.due,
            expires_at=None if purpose == Purpose.CANCELLATION else interview.start,
        )
        return _Draft(interview, user, purpose, letter)


def _values(interview: Interview, invitations: Sequence[Invitation], clock: ZoneInfo) -> dict[str, str]:
    names = [each.application.candidate.name for each in _named(invitations)]
    return {
        **date_and_time(interview, clock),
        "duration": str(interview.duration),
        "where": interview.meeting_place or interview.video_link or interview.get_type_display(),
        "candidates": _some(names) or "–",
        "vacancy": interview.project.title,
        "round": interview.get_round_display(),
    }


def _some(names: Sequence[str]) -> str:
    if (more := len(names) - _NAMED) > 0:
        return _("%(names)s and %(number)d more") % {"names": ", ".join(names[:_NAMED]), "number": more}
    return ", ".join(names)


def _post(drafts: Sequence[_Draft], *, by: User | None, now: datetime) -> None:
    if not drafts:
        return
    messages = queue([draft.letter for draft in drafts], by=by, now=now)
    pairs = list(zip(messages, drafts, strict=True))
    Correspondence.objects.bulk_create(
        [Correspondence(message=message, project_id=draft.interview.project_id) for message, draft in pairs],
        batch_size=500,
    )
    InterviewerMessage.objects.bulk_create(
        [
            InterviewerMessage(
                message=message,
                interview=draft.interview,
                user=draft.user,
                purpose=draft.purpose,
                interview_version=draft.interview.version,
            )
            for message, draft in pairs
        ],
        batch_size=500,
    )
