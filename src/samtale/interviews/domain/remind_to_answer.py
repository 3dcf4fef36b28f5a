"""Asks candidates for the answer they have not given."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from samtale.accounts.models import User
from samtale.core import audit
from samtale.interviews.domain.letters import Draft, circumstances, post
from samtale.interviews.domain.notices import request_to_answer, wording_for_request
from samtale.interviews.domain.queries.seats import without_seat
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.queue import STOPPABLE
from samtale.outbox.domain.render import UnrenderableTag
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.hold import hold_candidates
from samtale.recruiting.statuses import is_closed

APART = timedelta(hours=24)
Purpose = InvitationMessage.Purpose
_NEVER_LEFT = (State.CANCELLED, State.OUTDATED, State.FAILED)


@dataclass
class Asked:
    """Whom a press of the button has written to, and whom it has not, and why."""

    asked: list[Invitation] = field(default_factory=list)
    asked_lately: list[Invitation] = field(default_factory=list)
    without_seat: list[Invitation] = field(default_factory=list)
    unreachable: list[Invitation] = field(default_factory=list)
    passed_over: list[Invitation] = field(default_factory=list)
    is_new: bool = True


def remind_to_answer(
    *,
    invitations: Collection[Invitation],
    send_key: uuid.UUID,
    also_asked_lately: bool = False,
    by: User,
    now: datetime,
) -> Asked:
    """Write to those of these candidates whose answer is still awaited, in the words of the template.

    Who was asked within 24 hours is passed over, unless `also_asked_lately`; so is everyone to whom `by` may
    send no e-mail, who has answered since, who could not say yes because others have taken all seats, or
    whose invitation has not left yet. `send_key` belongs to the form that was pressed: a second press of it
    writes to nobody.
    """
    asked = Asked()
    with transaction.atomic():
        ids = sorted({invitation.interview_id for invitation in invitations})
        list(
            Interview.objects.select_for_update(no_key=True)
            .filter(pk__in=ids)
            .order_by("pk")
            .values_list("pk")
        )
        if Message.objects.filter(batch=send_key).exists():
            return Asked(is_new=False)
        found = _held(invitations)
        hold_candidates([invitation.application for invitation in found])
        lately = asked_lately(found, now=now)
        waiting, full = _uninvited(found), without_seat(found)
        drafts: list[Draft] = []
        for invitation in found:
            if not _is_awaited(invitation, by, now) or invitation.pk in waiting:
                asked.passed_over.append(invitation)
            elif invitation.pk in full:
                asked.without_seat.append(invitation)
            elif invitation.pk in lately and not also_asked_lately:
                asked.asked_lately.append(invitation)
            elif draft := _draft(invitation, now=now):
                drafts.append(draft)
                asked.asked.append(invitation)
            else:
                asked.unreachable.append(invitation)
        post(drafts, by=by, now=now, batch=send_key)
        audit.record_all(
            audit.entry("asked_to_answer", subject=each.application, by=by, now=now, invitation=each.pk)
            for each in asked.asked
        )
    return asked


def asked_lately(invitations: Collection[Invitation], *, now: datetime) -> dict[int, datetime]:
    """Return when those were asked last, by the invitation's id, who were within 24 hours."""
    rows = InvitationMessage.objects.filter(
        invitation__in=[each.pk for each in invitations],
        purpose=Purpose.ANSWER_REMINDER,
        message__created_at__gt=now - APART,
    ).exclude(message__state__in=_NEVER_LEFT)
    return dict(rows.order_by("message__created_at").values_list("invitation_id", "message__created_at"))


def _held(invitations: Collection[Invitation]) -> list[Invitation]:
    found = (
        Invitation.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=[invitation.pk for invitation in invitations])
        .select_related(
            "interview__dispatch",
            "interview__project__department",
            "interview__project__owner",
            "interview__room",
            "application__candidate",
        )
        .prefetch_related("interview__interviewers")
    )
    return list(found.defer("application__letter", "application__cv").order_by("pk"))


def _uninvited(invitations: Collection[Invitation]) -> set[int]:
    """Return those whose invitation, or news of another time, still waits to leave."""
    rows = InvitationMessage.objects.filter(
        invitation__in=[each.pk for each in invitations],
        purpose__in=(Purpose.INVITATION, Purpose.MOVED),
        message__state__in=STOPPABLE,
    )
    return set(rows.order_by().values_list("invitation_id", flat=True))


def _is_awaited(invitation: Invitation, by: User, now: datetime) -> bool:
    interview = invitation.interview
    return (
        invitation.meeting_status == MeetingStatus.AWAITING
        and invitation.cancelled_at is None
        and not is_closed(invitation.application)
        and interview.state == Interview.State.PLANNED
        and interview.start > now
        and by.has_perm("recruiting.send_email", interview.project)
    )


def _draft(invitation: Invitation, *, now: datetime) -> Draft | None:
    """Return the letter, or None where there is no address, or a tag of the template has no value."""
    common = circumstances(invitation.interview.dispatch, invitation.interview)
    try:
        draft = request_to_answer(invitation, wording_for_request(invitation), common, now=now)
    except UnrenderableTag:
        return None
    return draft if draft.letter.recipient_address else None
