"""A candidate answers by the buttons of a mail or calendar program (spec 5).

It counts like an answer on the page. Where it cannot, the candidate is told so by e-mail: their program shows
"accepted" all the same, and they would come for nothing.
"""

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtale.accounts.zones import beside, known_zone
from samtale.core import audit
from samtale.inbox.letters import IncomingLetter
from samtale.inbox.models import IncomingMail
from samtale.interviews.domain.answer import (
    AnsweredAnotherTime,
    AnsweredSince,
    AnswerRefused,
    Choice,
    NoSeatLeft,
    PageState,
    answer,
)
from samtale.interviews.domain.itip import NotAnAnswer, Reply, Said, reply_in
from samtale.interviews.domain.letters import Draft, circumstances, post
from samtale.interviews.domain.reply_address import invitation_behind
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.not_taken import CAN_BE_ANSWERED, EXPLANATIONS, NotTaken
from samtale.interviews.notifications import ANSWER_NOT_TAKEN
from samtale.interviews.tags import DATE_FORMATS, link_labels, tag_values
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.domain.queue import Letter
from samtale.outbox.domain.render import render, render_subject
from samtale.recruiting.domain.hold import hold_candidates

Outcome = IncomingMail.Outcome

_CHOICES = {Said.ACCEPTED: Choice.COMING, Said.DECLINED: Choice.NOT_COMING, Said.COUNTER: Choice.NEW_TIME}


_REFUSED = {
    PageState.STARTED: NotTaken.STARTED,
    PageState.CANCELLED: NotTaken.CANCELLED,
    PageState.CLOSED: NotTaken.CLOSED,
    PageState.WITHDRAWN: NotTaken.CLOSED,
}


def said_in_words(said: str) -> str:
    """Return what was answered, in the active language."""
    choice = _CHOICES.get(Said(said))
    return str(choice.label) if choice else _("Maybe")


def read_answer(letter: IncomingLetter, mark: str, *, now: datetime) -> Outcome | None:
    """Record the answer in a letter to the reply address with `mark`: one of `inbox.readers`.

    What is no answer is noted in the process list and left in the mailbox, for a person to read.
    """
    invitation = invitation_behind(mark)
    if invitation is None:
        return None
    try:
        reply = reply_in(letter)
    except NotAnAnswer:
        if not letter.is_automatic:
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
    choice = _CHOICES.get(reply.said)
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
    """Return which version of the interview was answered, the inverse of `ical.sequence`. Where the program
    does not say, the time it answers to must be the interview's: then it is the one that holds."""
    if reply.sequence is not None:
        return reply.sequence // 2 + 1
    is_same = reply.said != Said.COUNTER and reply.start == interview.start
    return interview.version if is_same else 0


def _wishes(invitation: Invitation, reply: Reply) -> str | None:
    """Return what the candidate says with the answer. None keeps what was said before."""
    if reply.said != Said.COUNTER or reply.start is None:
        return reply.comment or None
    candidate, zone = invitation.application.candidate, invitation.interview.zone
    local, clock = reply.start.astimezone(zone), known_zone(candidate.time_zone) or zone
    with translation.override(candidate.language):
        named = beside(reply.start, reply.start, shown=zone, reader=clock)
        proposed = _("Proposes %(date)s at %(time)s.") % {
            "date": date_format(local, DATE_FORMATS[candidate.language]),
            "time": f"{local:%H:%M} {named}".rstrip(),
        }
    return "\n".join(filter(None, (proposed, reply.comment)))


def _say_why_not(invitation: Invitation, reply: Reply, reason: NotTaken, *, now: datetime) -> None:
    _note("mail_answer_not_taken", invitation, now=now, said=reply.said, reason=reason)
    # Whoever does not come to what is off has nothing to learn.
    if reply.said != Said.DECLINED or reason in CAN_BE_ANSWERED:
        hold_candidates([invitation.application])
        post([_draft(invitation, reply, reason, now=now)], by=None, now=now)


def _note(verb: str, invitation: Invitation, *, now: datetime, **data: str) -> None:
    candidate = invitation.application.candidate.name
    audit.record(
        verb, subject=invitation.application, by=candidate, now=now, invitation=invitation.pk, **data
    )


def _draft(invitation: Invitation, reply: Reply, reason: NotTaken, *, now: datetime) -> Draft:
    interview, candidate = invitation.interview, invitation.application.candidate
    common = circumstances(interview.dispatch, interview)
    texts = BY_LANGUAGE[candidate.language]
    link = texts.ANSWER_NOT_TAKEN_LINK if reason in CAN_BE_ANSWERED else ""
    values = tag_values(interview, candidate, common)
    with translation.override(candidate.language):
        values |= {"answer": said_in_words(reply.said), "explanation": str(EXPLANATIONS[reason])}
    paragraphs = (texts.ANSWER_NOT_TAKEN_CONTENT, link, texts.SIGNATURE)
    letter = Letter(
        kind=ANSWER_NOT_TAKEN,
        recipient_name=candidate.name,
        recipient_address=candidate.address_by("email"),
        language=candidate.language,
        subject=render_subject(texts.ANSWER_NOT_TAKEN_SUBJECT, values=values),
        content=render(
            "\n\n".join(filter(None, paragraphs)), values=values, links=link_labels(candidate.language)
        ),
        sender_name=interview.dispatch.sender_name,
        sender_address=interview.dispatch.sender_address,
        due_at=now,
    )
    return Draft(InvitationMessage.Purpose.ANSWER_NOT_TAKEN, invitation, letter)
