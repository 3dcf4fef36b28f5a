"""A recruiter changes an invitation by hand, or cancels an interview (spec 5: Endre møteinnkallingen)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.interviews import reasons
from samtale.interviews.domain.bookings import book, release
from samtale.interviews.domain.meeting_status import (
    INTERVIEW_STATE,
    MEETING_STATUS,
    SET_BY_HAND,
    WITHOUT_REMINDER,
)
from samtale.interviews.domain.notices import tell_cancelled, tell_new_time
from samtale.interviews.domain.overbooking import check_may_overbook, record_overbooking
from samtale.interviews.domain.reminders import (
    drop_reminders,
    restore_reminders,
    rewrite_waiting,
    take_back_invitations,
)
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.domain.hold import hold_candidates

# Those who have not said that they stay away hear that the interview is off.
_EXPECTED = (MeetingStatus.AWAITING, MeetingStatus.ACCEPTED, MeetingStatus.NEW_TIME)


class ChangeRefused(Exception):
    """The change cannot be made. `field` names what is wrong, `message` says it to the recruiter."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class ChangedMeanwhile(Exception):
    """It is no longer as the recruiter saw it, so that what they ask for may not be what they want."""


def change_invitation(
    *,
    invitation: Invitation,
    seen: Seen | None,
    meeting_status: str,
    start: datetime | None = None,
    tells_candidates: bool = False,
    books_anyway: bool = False,
    by: User,
    now: datetime,
) -> Invitation:
    """Set the meeting status and, where `start` (UTC) is given and new, move the whole interview.

    Reminders follow both, and an invitation that has not left yet is replaced by one with the new time.
    With `tells_candidates` those who have theirs get the new time by e-mail and are asked anew: an
    answer to another time is none to this one. Only a meeting status that was changed by hand stays.
    `seen` is how all this stood when the recruiter chose; None, where nobody knows, is never how it stands.

    With `books_anyway` interviewers and the room are booked though they are taken at the new time.

    Raises:
        DoubleBooked: an interviewer or the room is taken at the new time.
        MayNotOverbook: `by` has no right to book them anyway.
        ChangedMeanwhile: the candidate has answered since, or somebody else has changed it.
        ChangeRefused: the interview is cancelled, the status is not one to be set by hand, the new
            start is in the past, or `by` may not send the e-mail.
    """
    with transaction.atomic():
        interview = _lock(invitation.interview_id)
        changed = (
            Invitation.objects.select_for_update(no_key=True, of=("self",))
            .select_related("application__candidate")
            .get(pk=invitation.pk)
        )
        changed.interview = interview
        _check_planned(interview)
        if seen != Seen.of(changed):
            raise ChangedMeanwhile
        _check_status(changed, meeting_status)
        if tells_candidates:
            _check_may_tell(interview, by)
        is_set_by_hand = meeting_status != changed.meeting_status
        if start is not None and start != interview.start:
            moved = _move(interview, start, books_anyway=books_anyway, by=by, now=now)
            if tells_candidates:
                _ask_anew(moved, keep=changed.pk if is_set_by_hand else None, by=by, now=now)
                changed.refresh_from_db(fields=["meeting_status"])
        if is_set_by_hand:
            _set_status(changed, meeting_status, by=by, now=now)
    return changed


def cancel_interview(
    *,
    interview: Interview,
    seen_version: int | None,
    reason: str = "",
    tells_candidates: bool,
    by: User,
    now: datetime,
) -> Interview:
    """Cancel the interview for all who are invited to it; nothing about it leaves after this.

    One that is cancelled already stays as it is, and nobody is told twice. Those who are not
    coming anyway are not written to, nor is anyone whose invitation never left.

    `seen_version` is the interview's when the recruiter decided, or None where nobody knows. One that has
    been moved since is another appointment than they meant. An answer does not stop them: whoever calls an
    interview off means all who come, and the letter goes by what each has said by now.

    Raises:
        ChangedMeanwhile: it has been moved since.
        IllegalTransition: it has been held.
        ChangeRefused: it has started, or `by` may not send the e-mail.
    """
    with transaction.atomic():
        locked = _lock(interview.pk)
        if locked.state == Interview.State.CANCELLED:
            return locked
        if seen_version != locked.version:
            raise ChangedMeanwhile
        if tells_candidates:
            _check_may_tell(locked, by)
        INTERVIEW_STATE.check(locked.state, Interview.State.CANCELLED)
        if locked.start <= now:
            raise ChangeRefused("interview", _("The interview has already started."))
        locked.state = Interview.State.CANCELLED
        locked.save(update_fields=["state"])
        release([locked])
        invitations = _invitations(locked)
        uninvited = take_back_invitations(invitations, by=by, now=now, reason=reasons.CANCELLED)
        drop_reminders(invitations, by=by, now=now, reason=reasons.CANCELLED)
        audit.record_all(
            audit.entry("interview_cancelled", subject=found.application, by=by, now=now, reason=reason)
            for found in invitations
        )
        if tells_candidates:
            expecting = [found for found in invitations if found.meeting_status in _EXPECTED]
            to_tell = [found for found in expecting if found.pk not in uninvited]
            tell_cancelled(locked, to_tell, reason, by=by, now=now)
    return locked


def _lock(interview_id: int) -> Interview:
    interviews = Interview.objects.select_for_update(of=("self",)).select_related(
        "dispatch", "project__department", "project__owner"
    )
    try:
        return interviews.get(pk=interview_id)
    except Interview.DoesNotExist:  # its Send has been undone
        raise ChangedMeanwhile from None


def _invitations(interview: Interview) -> list[Invitation]:
    invitations = list(interview.invitations.select_related("application__candidate").order_by("pk"))
    for invitation in invitations:
        invitation.interview = interview
    hold_candidates([invitation.application for invitation in invitations])
    return invitations


def _check_planned(interview: Interview) -> None:
    if interview.state != Interview.State.PLANNED:
        raise ChangeRefused("meeting_status", _("The interview is cancelled and can no longer be changed."))


def _check_status(invitation: Invitation, meeting_status: str) -> None:
    if meeting_status != invitation.meeting_status and meeting_status not in SET_BY_HAND:
        raise ChangeRefused("meeting_status", _("Choose a meeting status from the list."))


def _check_may_tell(interview: Interview, by: User) -> None:
    """Raise `ChangeRefused` unless `by` may send e-mail in the project (spec 9)."""
    if not by.has_perm("recruiting.send_email", interview.project):
        raise ChangeRefused("tells_candidates", _("You do not have the right to send e-mail."))


def _move(
    interview: Interview, start: datetime, *, books_anyway: bool, by: User, now: datetime
) -> list[Invitation]:
    """Move the interview, and return the invitations whose candidates know the old time only."""
    if start <= now:
        raise ChangeRefused("start", _("The interview cannot start in the past."))
    old, interview.start = interview.start, start
    interview.version += 1
    interview.save(update_fields=["start", "version"])
    if books_anyway:
        check_may_overbook(interview.project, by=by)
    taken = book([interview], interviewers=interview.interviewers.all(), anyway=books_anyway)
    invitations = _invitations(interview)
    rewritten = rewrite_waiting(interview, invitations, by=by, now=now)
    audit.record_all(
        audit.entry(
            "interview_moved",
            subject=invitation.application,
            by=by,
            now=now,
            old=old.isoformat(),
            new=start.isoformat(),
            time_zone=interview.time_zone,
        )
        for invitation in invitations
    )
    record_overbooking(taken, invitations, by=by, now=now)
    return [
        invitation
        for invitation in invitations
        if invitation.pk not in rewritten and invitation.meeting_status != MeetingStatus.NOT_RELEVANT
    ]


def _ask_anew(invitations: Sequence[Invitation], *, keep: int | None, by: User, now: datetime) -> None:
    """Tell the candidates the new time, and wait for their answer to it; `keep` is an invitation's id
    whose status stays."""
    for invitation in invitations:
        if invitation.pk != keep and invitation.meeting_status != MeetingStatus.AWAITING:
            _set_status(invitation, MeetingStatus.AWAITING, by=by, now=now)
    if invitations:
        tell_new_time(invitations[0].interview, invitations, by=by, now=now)


def _set_status(invitation: Invitation, status: str, *, by: User, now: datetime) -> None:
    MEETING_STATUS.check(invitation.meeting_status, status)
    audit.record(
        "meeting_status_changed",
        subject=invitation.application,
        by=by,
        now=now,
        invitation=invitation.pk,
        old=invitation.meeting_status,
        new=status,
    )
    invitation.meeting_status = status
    invitation.save(update_fields=["meeting_status"])
    if status in WITHOUT_REMINDER:
        drop_reminders([invitation], by=by, now=now)
    else:
        restore_reminders(invitation, by=by, now=now)
