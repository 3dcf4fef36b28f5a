"""A candidate answers by the buttons of a mail or calendar program (spec 5).

It counts like an answer on the page. Where it cannot, the candidate is told so by e-mail: their program shows
"accepted" all the same, and they would come for nothing.
"""

from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtale.accounts.zones import beside, clock_time, known_zone, zone_in_words
from samtale.core import audit
from samtale.inbox.letters import IncomingLetter
from samtale.inbox.models import IncomingMail
from samtale.interviews.domain.answer import (
    AnsweredAnotherTime,
    AnsweredSince,
    AnswerRefused,
    NoSeatLeft,
    PageState,
    answer,
)
from samtale.interviews.domain.itip import NotAnAnswer, Reply, Said, reply_in
from samtale.interviews.domain.letters import post
from samtale.interviews.domain.not_taken_letters import CHOICES, not_taken
from samtale.interviews.domain.reply_address import invitation_behind
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.not_taken import CAN_BE_ANSWERED, NotTaken
from samtale.interviews.tags import DATE_FORMATS
from samtale.recruiting.domain.hold import hold_candidates

Outcome = IncomingMail.Outcome

_REFUSED = {
    PageState.STARTED: NotTaken.STARTED,
    PageState.CANCELLED: NotTaken.CANCELLED,
    PageState.CLOSED: NotTaken.CLOSED,
    PageState.WITHDRAWN: NotTaken.CLOSED,
}


def read_answer(letter: IncomingLetter, mark: str, *, now: datetime) -> Outcome | None:
    """Record the answer in a letter to the reply address with `mark`: one of `inbox.readers`.

    What is no answer is noted in the process list and left in the mailbox, for a person to read.
    """
    invitation = invitation_behind(mark)
    if invitation is None:
        return None
    try:
        reply = reply_in(letter, uid=str(invitation.public_id))
    except NotAnAnswer as error:
        if letter.is_automatic:
            return Outcome.LEFT
        if error.was_meant:
            _say_why_not(invitation, None, NotTaken.UNREADABLE, now=now)
        else:
            _note("candidate_wrote", invitation, now=now)
        return Outcome.LEFT
    if reason := _record(invitation, reply, sent_at=_sent_at(letter, reply), now=now):
        _say_why_not(invitation, reply, reason, now=now)
    return Outcome.TAKEN


def _sent_at(letter: IncomingLetter, reply: Reply) -> datetime:
    """Return when it was answered, as far as anybody knows: a program may repeat the stamp of what it
    answers, and no sender's clock can be ahead of the moment at which it came."""
    said = [at for at in (reply.stamped_at, letter.dated) if at]
    return min(letter.arrived_at, max(said, default=letter.arrived_at))


def _record(invitation: Invitation, reply: Reply, *, sent_at: datetime, now: datetime) -> NotTaken | None:
    choice = CHOICES.get(reply.said)
    if choice is None:
        return NotTaken.UNDECIDED
    try:
        answer(
            invitation=invitation,
            seen_version=_seen_version(invitation.interview, reply),
            choice=choice,
            wishes=_wishes(invitation, reply),
            sent_at=sent_at,
            now=now,
        )
    except AnsweredAnotherTime:
        return NotTaken.CHANGED
    except NoSeatLeft:
        return NotTaken.FULL
    except AnsweredSince:
        return NotTaken.SINCE
    except AnswerRefused as refused:
        return _REFUSED[refused.state]
    return None


def _seen_version(interview: Interview, reply: Reply) -> int:
    """Return which version of the interview was answered, the inverse of `ical`'s SEQUENCE. Where the program
    does not say, the time it answers to must be the interview's; if it does not say that either, there must
    never have been another."""
    if reply.sequence is not None:
        return reply.sequence // 2 + 1
    if reply.said != Said.COUNTER and isinstance(reply.start, datetime) and reply.start.tzinfo:
        is_known = reply.start == interview.start
    else:
        is_known = interview.terms_version == 1
    return interview.version if is_known else 0


def _wishes(invitation: Invitation, reply: Reply) -> str | None:
    """Return what the candidate says with the answer. None keeps what was said before."""
    if reply.said != Said.COUNTER or reply.start is None:
        return reply.comment or None
    return "\n".join(filter(None, (_proposed(invitation, reply.start), reply.comment)))


def _proposed(invitation: Invitation, start: datetime | date) -> str:
    """Return the proposed time in the candidate's language, and whose it is; where the program goes by a
    clock that nobody here knows, just what it says."""
    candidate, zone = invitation.application.candidate, invitation.interview.zone
    with translation.override(candidate.language):
        if not isinstance(start, datetime):
            day = date_format(start, DATE_FORMATS[candidate.language])
            return _("Proposes %(date)s.") % {"date": day}
        local, time = start, f"{start:%H:%M}"
        if start.tzinfo:
            clock = known_zone(candidate.time_zone) or zone
            local = start.astimezone(zone)
            named = beside(start, start, shown=zone, reader=clock) or zone_in_words(zone)
            time = f"{clock_time(local)} {named}"
        return _("Proposes %(date)s at %(time)s.") % {
            "date": date_format(local, DATE_FORMATS[candidate.language]),
            "time": time,
        }


def _say_why_not(invitation: Invitation, reply: Reply | None, reason: NotTaken, *, now: datetime) -> None:
    said = reply.said if reply else ""
    _note("mail_answer_not_taken", invitation, now=now, said=said, reason=reason)
    # Whoever does not come to what is off has nothing to learn.
    if said != Said.DECLINED or reason in CAN_BE_ANSWERED:
        hold_candidates([invitation.application])
        post([not_taken(invitation, said, reason, now=now)], by=None, now=now)


def _note(verb: str, invitation: Invitation, *, now: datetime, **data: str) -> None:
    candidate = invitation.application.candidate.name
    audit.record(
        verb, subject=invitation.application, by=candidate, now=now, invitation=invitation.pk, **data
    )
