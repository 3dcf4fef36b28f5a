"""A recruiter changes an invitation by hand (spec 5: Endre møteinnkallingen)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import User
from samtale.interviews.domain.changing import (
    ChangedMeanwhile,
    ChangeRefused,
    check_may_tell,
    check_planned,
    hold_interview,
    set_meeting_status,
)
from samtale.interviews.domain.interviewer_letters import tell_interviewers_of_change
from samtale.interviews.domain.meeting_status import SET_BY_HAND
from samtale.interviews.domain.notices import tell_new_time
from samtale.interviews.domain.overbooking import check_may_overbook, record_overbooking
from samtale.interviews.domain.queries.seats import has_seat_for
from samtale.interviews.domain.reschedule import Terms, ask_anew, book_if_anybody_is_left, move, unsettle
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.statuses import APPLICATION_STATUS, is_closed

__all__ = ["ChangeRefused", "ChangedMeanwhile", "change_invitation"]


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
    Without, the others who have not said no are asked anew all the same; this candidate's answer is the one
    that the recruiter has left in the form, having spoken with them.
    `seen` is how all this stood when the recruiter chose; None, where nobody knows, is never how it stands.

    Where nobody was left, taking the one invitation up again books interviewers and room anew. With
    `books_anyway` they are booked though they are taken then.

    Raises:
        DoubleBooked: an interviewer or the room is taken then.
        MayNotOverbook: `by` has no right to book them anyway.
        ChangedMeanwhile: the candidate has answered since, or somebody else has changed it.
        ChangeRefused: the interview is cancelled, the status is not one to be set by hand, or another one
            while the application is closed, the new start is in the past, all seats are taken, or `by` may
            not send the e-mail.
    """
    with transaction.atomic():
        interview = hold_interview(invitation.interview_id)
        changed = (
            Invitation.objects.select_for_update(no_key=True, of=("self",))
            .select_related("application__candidate")
            .get(pk=invitation.pk)
        )
        changed.interview = interview
        check_planned(interview)
        if seen != Seen.of(changed):
            raise ChangedMeanwhile
        _check_stands(changed)
        _check_status(changed, meeting_status)
        _check_open(changed, meeting_status)
        if tells_candidates:
            check_may_tell(interview, by)
        is_set_by_hand = meeting_status != changed.meeting_status
        if start is not None and start != interview.start:
            if books_anyway:
                check_may_overbook(interview.project, by=by)
            terms = replace(Terms.of(interview), start=start)
            moved = move(interview, terms, books_anyway=books_anyway, by=by, now=now)
            if tells_candidates:
                ask_anew(
                    [each for each in moved if not (is_set_by_hand and each.pk == changed.pk)], by=by, now=now
                )
                tell_new_time(interview, moved, by=by, now=now)
                changed.refresh_from_db(fields=["meeting_status"])
            else:
                unsettle([each for each in moved if each.pk != changed.pk], by=by, now=now)
        if is_set_by_hand:
            _check_seat(changed, meeting_status)
            is_taken_up_again = changed.meeting_status == MeetingStatus.NOT_RELEVANT
            is_booked_again = is_taken_up_again and not interview.bookings.exists()
            if is_booked_again:  # what was taken out of calendars has to be newer to come back
                interview.version += 1
                interview.save(update_fields=["version"])
            set_meeting_status(changed, meeting_status, by=by, now=now)
            if is_booked_again:
                _book_again(changed, books_anyway=books_anyway, by=by, now=now)
    return changed


def _check_stands(invitation: Invitation) -> None:
    if invitation.cancelled_at:
        raise ChangeRefused("meeting_status", _("The candidate is no longer invited to this interview."))


def _check_status(invitation: Invitation, meeting_status: str) -> None:
    if meeting_status != invitation.meeting_status and meeting_status not in SET_BY_HAND:
        raise ChangeRefused("meeting_status", _("Choose a meeting status from the list."))


def _check_open(invitation: Invitation, meeting_status: str) -> None:
    """Refuse to have interviewers wait for, and letters remind, somebody who is out of the recruitment."""
    application = invitation.application
    if meeting_status == invitation.meeting_status or not is_closed(application):
        return
    sentence = _("The application is closed (%(status)s).")
    if APPLICATION_STATUS.following(application.status):
        sentence = _("The application is closed (%(status)s). Give it another status first.")
    raise ChangeRefused("meeting_status", sentence % {"status": application.get_status_display()})


def _check_seat(invitation: Invitation, meeting_status: str) -> None:
    if meeting_status == MeetingStatus.ACCEPTED and not has_seat_for(invitation):
        sentence = ngettext(
            "The interview’s only seat is taken.",
            "All %(number)d seats of the interview are taken.",
            invitation.interview.seats or 0,
        )
        raise ChangeRefused("meeting_status", sentence % {"number": invitation.interview.seats})


def _book_again(invitation: Invitation, *, books_anyway: bool, by: User, now: datetime) -> None:
    if books_anyway:
        check_may_overbook(invitation.interview.project, by=by)
    taken = book_if_anybody_is_left(invitation.interview, anyway=books_anyway)
    record_overbooking(taken, [invitation], by=by, now=now)
    tell_interviewers_of_change(invitation.interview, [invitation], before=(), by=by, now=now)
