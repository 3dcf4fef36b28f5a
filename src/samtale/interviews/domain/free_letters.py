"""Letters in a recruiter's own words, and what becomes of them when their interview changes.

What was written is kept in the message with its tags, like words written by hand (decision 0020), so that a
letter which speaks of the interview says how it is when it leaves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.interviews import reasons
from samtale.interviews.domain.ical import is_off
from samtale.interviews.domain.letters import Draft, circumstances
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.notifications import FREE
from samtale.interviews.tags import (
    Circumstances,
    link_labels,
    speaks_of_interview,
    tag_values,
    without_interview,
)
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.queue import STOPPABLE, Letter, cancel, rewrite
from samtale.outbox.domain.render import UnrenderableTag, render, render_subject
from samtale.outbox.models.message import Channel

Purpose = InvitationMessage.Purpose


def with_all(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Let `invitations` come with all that a letter to their candidates asks for, in three queries."""
    return (
        invitations.select_related(
            "application__candidate",
            "application__project",
            "interview__dispatch",
            "interview__project__department",
            "interview__project__owner",
        )
        .defer("application__letter", "application__cv")
        .prefetch_related("interview__interviewers")
    )


def common_of(interview: Interview, sender_name: str) -> Circumstances:
    """Return what the letters about a stored interview have in common, signed by `sender_name`."""
    return replace(circumstances(interview.dispatch, interview), sender_name=sender_name)


def values_for(invitation: Invitation, common: Circumstances, *, language: str) -> dict[str, str]:
    """Return what the tags say to this candidate. An interview that is off has no time or place any more."""
    candidate = invitation.application.candidate
    values = tag_values(invitation.interview, candidate, common, language=language)
    return without_interview(values) if is_off(invitation) else values


def free_letter(invitation: Invitation, own: OwnWords, sender_name: str, *, due_at: datetime) -> Draft:
    """Return the letter with these words.

    Raises:
        UnrenderableTag: a tag has no value.
    """
    candidate, language = invitation.application.candidate, own.language
    values = values_for(invitation, common_of(invitation.interview, sender_name), language=language)
    letter = Letter(
        kind=FREE,
        recipient_name=candidate.name,
        recipient_address=candidate.address_by(Channel.EMAIL),
        language=language,
        subject=render_subject(own.words["subject"], values=values),
        content=render(own.words["content"], values=values, links=link_labels(language)),
        sender_name=sender_name,
        due_at=due_at,
        own_words=dict(own.words),
    )
    return Draft(Purpose.FREE, invitation, letter)


def move_free_letters(
    interview: Interview, invitations: Sequence[Invitation], *, by: User, now: datetime
) -> None:
    """Write the letters that have not left anew, for an interview that has just been moved."""
    waiting = _waiting(invitations)
    anew: dict[int, Letter] = {}
    lost: list[int] = []
    for about in waiting:
        about.invitation.interview = interview
        try:
            anew[about.message_id] = rewritten(about, about.invitation)
        except UnrenderableTag:
            lost.append(about.message_id)
    rewrite(anew, by=by, now=now)
    cancel(lost, by=by, now=now, reason=reasons.NOT_REWRITTEN)
    InvitationMessage.objects.filter(message_id__in=anew).update(interview_version=interview.version)


def end_free_letters(invitations: Iterable[Invitation], *, by: Actor, now: datetime, reason: str) -> None:
    """Take back the letters that have not left and speak of an interview that is off."""
    untrue = [about.message_id for about in _waiting(invitations) if speaks_of_interview(about.message)]
    cancel(untrue, by=by, now=now, reason=reason)


def rewritten(about: InvitationMessage, invitation: Invitation) -> Letter:
    """Return the letter as it is to be now.

    Raises:
        UnrenderableTag: a tag has no value any longer.
    """
    message = about.message
    own = OwnWords.of(message) or OwnWords(message.language, {"subject": message.subject, "content": ""})
    return free_letter(invitation, own, message.sender_name, due_at=message.due_at).letter


def _waiting(invitations: Iterable[Invitation]) -> list[InvitationMessage]:
    found = InvitationMessage.objects.filter(
        invitation__in=list(invitations), purpose=Purpose.FREE, message__state__in=STOPPABLE
    )
    related = "invitation__interview__project__owner", "invitation__interview__project__department"
    more = "message", "invitation__application__candidate", "invitation__interview__dispatch"
    return list(found.select_related(*more, *related).order_by("message_id"))
