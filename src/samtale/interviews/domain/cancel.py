"""Calls off an interview, or one candidate's part in it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.core.models import AuditEntry
from samtale.interviews import reasons
from samtale.interviews.domain.bookings import release, release_where_nobody_is_left
from samtale.interviews.domain.changing import (
    ChangedMeanwhile,
    ChangeRefused,
    check_may_tell,
    check_planned,
    held_invitations,
    hold_interview,
)
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.interviewer_letters import (
    tell_interviewers_it_is_off,
    tell_interviewers_of_candidates,
)
from samtale.interviews.domain.meeting_status import INTERVIEW_STATE
from samtale.interviews.domain.notices import tell_cancelled
from samtale.interviews.domain.queries.heard import never_heard
from samtale.interviews.domain.queries.invited import hears_it_is_off, is_still_invited
from samtale.interviews.domain.reminders import drop_reminders, take_back_invitations
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.domain.own_words import OwnWords

_NO_WORDS: Mapping[str, OwnWords] = {}


def cancel_interview(
    *,
    interview: Interview,
    seen_version: int | None,
    reason: str = "",
    tells_candidates: bool,
    words: Mapping[str, OwnWords] = _NO_WORDS,
    by: User,
    now: datetime,
) -> Interview:
    """Cancel the interview for all who are invited to it; nothing about it leaves after this.

    One that is cancelled already stays as it is, and nobody is told twice. Those who are not
    coming anyway are not written to, nor is anyone whose invitation never left. `words` are what the letter
    says, by language, where it is not what the house says.

    `seen_version` is the interview's when the recruiter decided, or None where nobody knows. One that has
    been moved since is another appointment than they meant. An answer does not stop them: whoever calls an
    interview off means all who come, and the letter goes by what each has said by now.

    Raises:
        ChangedMeanwhile: it has been moved since.
        IllegalTransition: it has been held.
        ChangeRefused: it has started, or `by` may not send the e-mail.
    """
    with transaction.atomic():
        held = hold_interview(interview.pk)
        if held.state == Interview.State.CANCELLED:
            return held
        if seen_version != held.version:
            raise ChangedMeanwhile
        if tells_candidates:
            check_may_tell(held, by)
        INTERVIEW_STATE.check(held.state, Interview.State.CANCELLED)
        _check_ahead(held, now=now)
        held.state = Interview.State.CANCELLED
        held.save(update_fields=["state"])
        release([held])
        invitations = held_invitations(held)
        entries = [
            audit.entry("interview_cancelled", subject=found.application, by=by, now=now, reason=reason)
            for found in invitations
        ]
        told = _end(invitations, entries, by=by, now=now)
        if tells_candidates:
            tell_cancelled(held, told, reason, by=by, now=now, words=words)
        tell_interviewers_it_is_off(held, invitations, by=by, now=now)
    return held


def cancel_invitation(
    *,
    invitation: Invitation,
    seen_version: int | None,
    reason: str = "",
    tells_candidates: bool,
    words: Mapping[str, OwnWords] = _NO_WORDS,
    by: User,
    now: datetime,
) -> Invitation:
    """Call off one candidate's part in an interview, which goes on with the others. Where nobody else is
    left, the interview itself is cancelled.

    What is said of `cancel_interview` goes for this too.

    Raises:
        ChangedMeanwhile, IllegalTransition, ChangeRefused: as there.
    """
    with transaction.atomic():
        held = hold_interview(invitation.interview_id)
        if held.state == Interview.State.CANCELLED or seen_version != held.version:
            raise ChangedMeanwhile
        check_planned(held)
        _check_ahead(held, now=now)
        if tells_candidates:
            check_may_tell(held, by)
        invitations = held_invitations(held)
        leaving = [each for each in invitations if each.pk == invitation.pk]
        if not leaving:  # called off already
            return invitation
        others = [each for each in invitations if each.pk != invitation.pk]
        if not any(is_still_invited(each) for each in others):
            cancel_interview(
                interview=held,
                seen_version=held.version,
                reason=reason,
                tells_candidates=tells_candidates,
                words=words,
                by=by,
                now=now,
            )
            return leaving[0]
        [one] = leaving
        one.cancelled_at = now
        one.save(update_fields=["cancelled_at"])
        release_where_nobody_is_left([held.pk])
        entry = audit.entry(
            "invitation_cancelled",
            subject=one.application,
            by=by,
            now=now,
            invitation=one.pk,
            round=held.round,
            start=held.start.isoformat(),
            time_zone=held.time_zone,
            reason=reason,
        )
        told = _end(leaving, [entry], by=by, now=now)
        if tells_candidates:
            tell_cancelled(held, told, reason, by=by, now=now, words=words)
        tell_interviewers_of_candidates(held, others, by=by, now=now)
    return one


def _check_ahead(interview: Interview, *, now: datetime) -> None:
    if interview.start <= now:
        raise ChangeRefused("interview", _("The interview has already started."))


def _end(
    invitations: Collection[Invitation], entries: Collection[AuditEntry], *, by: User, now: datetime
) -> list[Invitation]:
    """Take back what has not left to these candidates. Return those who are to be told, and have heard of
    the interview."""
    interviews_changed({each.interview_id for each in invitations})
    uninvited = take_back_invitations(invitations, by=by, now=now, reason=reasons.CANCELLED)
    drop_reminders(invitations, by=by, now=now, reason=reasons.CANCELLED)
    audit.record_all(entries)
    unaware = uninvited | never_heard(invitations)
    return [found for found in invitations if hears_it_is_off(found) and found.pk not in unaware]
