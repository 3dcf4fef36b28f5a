"""What becomes of the invitations of a candidate who is anonymised."""

from datetime import datetime

from django.db.models import F, QuerySet

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.interviews.domain.close import end_invitations
from samtale.interviews.domain.interviewer_letters import (
    tell_interviewers_it_is_off,
    tell_interviewers_of_candidates,
)
from samtale.interviews.domain.queries.standing import is_coming
from samtale.interviews.models import Interview, InterviewerMessage, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.queue import STOPPABLE
from samtale.outbox.domain.scrub import scrub
from samtale.recruiting.models import Candidate


def forget_invitations(candidate: Candidate, *, by: Actor, now: datetime) -> None:
    """End the candidate's invitations with their letters, forget what they wished, and let their links stop.

    Runs inside the transaction that anonymises the candidate, before it holds anything but the projects,
    see `recruiting.followers`.
    """
    invited = Invitation.objects.filter(application__candidate=candidate)
    interviews = Interview.objects.filter(pk__in=invited.values("interview"))
    list(interviews.select_for_update(no_key=True).order_by("pk"))
    list(invited.select_for_update(of=("self",)).order_by("pk"))
    end_invitations(list(candidate.applications.order_by("pk")), by=by, now=now)
    _forget_in_letters_to_interviewers(interviews, by=by, now=now)
    invited.update(wishes="", link_version=F("link_version") + 1)


def _forget_in_letters_to_interviewers(interviews: QuerySet[Interview], *, by: Actor, now: datetime) -> None:
    """Take the names out of what was written to interviewers. Where such a letter had not left, another that
    names only those who are left is written in its place."""
    letters = InterviewerMessage.objects.filter(interview__in=interviews.order_by().values("pk"))
    waiting = letters.filter(message__state__in=STOPPABLE).order_by()
    untold = set(waiting.values_list("interview_id", flat=True))
    scrub(list(letters.order_by("message_id").values_list("message_id", flat=True)), by=by, now=now)
    who = by if isinstance(by, User) else None
    for interview in interviews.filter(pk__in=untold).select_related("project__department", "room"):
        if not is_coming(interview, now=now):
            continue
        left = list(_left(interview))
        if left:
            tell_interviewers_of_candidates(interview, left, by=who, now=now)
        else:
            tell_interviewers_it_is_off(interview, [], by=who, now=now)


def _left(interview: Interview) -> QuerySet[Invitation]:
    found = interview.invitations.filter(cancelled_at=None).select_related("application__candidate")
    return found.exclude(meeting_status=MeetingStatus.NOT_RELEVANT).order_by("pk")
