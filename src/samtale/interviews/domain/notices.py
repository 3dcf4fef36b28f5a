"""The letters about a change, in the house's own words: a new time, or that the interview is off."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from samtale.accounts.models import User
from samtale.interviews.domain.letters import Draft, circumstances, post
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.notifications import ANSWER_REMINDER, CANCELLATION, MOVED
from samtale.interviews.tags import Circumstances, link_labels, tag_values
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.queue import STOPPABLE, Letter
from samtale.outbox.domain.render import UnrenderableTag, compose, render, render_subject
from samtale.outbox.domain.wording import wording_for
from samtale.outbox.kinds import Wording
from samtale.outbox.models.message import Channel

Purpose = InvitationMessage.Purpose
_NO_WORDS: Mapping[str, OwnWords] = {}


def tell_new_time(
    interview: Interview,
    invitations: Sequence[Invitation],
    *,
    by: User | None,
    now: datetime,
    words: Mapping[str, OwnWords] = _NO_WORDS,
) -> None:
    """Write to the candidates, who are held, when the interview is, in `words` by language or the house's.
    Where a letter that says so waits already, there is no need of another."""
    waiting = InvitationMessage.objects.filter(
        invitation__in=invitations,
        purpose=Purpose.MOVED,
        interview_version=interview.version,
        message__state__in=STOPPABLE,
    )
    told = set(waiting.values_list("invitation_id", flat=True))
    untold = [invitation for invitation in invitations if invitation.pk not in told]
    common = circumstances(interview.dispatch, interview)
    post([news(invitation, common, words, now=now) for invitation in untold], by=by, now=now)


def tell_cancelled(
    interview: Interview,
    invitations: Sequence[Invitation],
    reason: str,
    *,
    by: User | None,
    now: datetime,
    words: Mapping[str, OwnWords] = _NO_WORDS,
) -> None:
    """Write to the candidates, who are held, that the interview is off, or their part in it where it goes on
    with others, and why where there is a `reason`, in `words` by language or the house's."""
    common = circumstances(interview.dispatch, interview)

    def draft(invitation: Invitation) -> Draft:
        own = words.get(invitation.application.candidate.language)
        with suppress(UnrenderableTag):
            return cancellation(invitation, reason, common, now=now, own=own)
        return replace(cancellation(invitation, reason, common, now=now), lost_own_words=own is not None)

    post([draft(invitation) for invitation in invitations], by=by, now=now)


def news(
    invitation: Invitation, common: Circumstances, words: Mapping[str, OwnWords], *, now: datetime
) -> Draft:
    """Return the letter with the new time in these words, or the house's where they cannot be filled in."""
    own = words.get(invitation.application.candidate.language)
    with suppress(UnrenderableTag):
        return new_time(invitation, common, now=now, own=own)
    return replace(new_time(invitation, common, now=now), lost_own_words=own is not None)


def wording_for_request(invitation: Invitation, language: str | None = None) -> Wording:
    """Return the template of the request to answer, in `language` or the candidate's."""
    return wording_for(
        ANSWER_REMINDER,
        language=language or invitation.application.candidate.language,
        department=invitation.interview.project.department,
    )


def request_to_answer(
    invitation: Invitation,
    wording: Wording,
    common: Circumstances,
    *,
    now: datetime,
    own: OwnWords | None = None,
) -> Draft:
    """Return the letter that asks for the answer that is still awaited, in the words of a template.

    Raises:
        UnrenderableTag: a tag has no value.
    """
    candidate = invitation.application.candidate
    language = own.language if own else candidate.language
    values = tag_values(invitation.interview, candidate, common, language=language)
    subject, content = wording.subject, compose(wording.content, wording.signature)
    letter = _letter_in(
        invitation, ANSWER_REMINDER, subject, content, values, language=language, own=own, now=now
    )
    letter.expires_at = invitation.interview.start
    return Draft(Purpose.ANSWER_REMINDER, invitation, letter)


def new_time(
    invitation: Invitation, common: Circumstances, *, now: datetime, own: OwnWords | None = None
) -> Draft:
    """Return the letter that says when the interview is now, and asks anew."""
    candidate = invitation.application.candidate
    language = own.language if own else candidate.language
    texts = BY_LANGUAGE[language]
    values = tag_values(invitation.interview, candidate, common, language=language)
    wording = texts.MOVED_SUBJECT, texts.MOVED_CONTENT
    letter = _letter(invitation, MOVED, wording, values, language=language, own=own, now=now)
    return Draft(Purpose.MOVED, invitation, letter)


def cancellation(
    invitation: Invitation,
    reason: str,
    common: Circumstances,
    *,
    now: datetime,
    own: OwnWords | None = None,
) -> Draft:
    """Return the letter that says that the interview is off, or the candidate's part in it."""
    candidate = invitation.application.candidate
    language = own.language if own else candidate.language
    values = tag_values(invitation.interview, candidate, common, language=language) | {"reason": reason}
    goes_on = invitation.interview.state != Interview.State.CANCELLED
    wording = cancellation_wording(language, goes_on=goes_on, with_reason=bool(reason))
    letter = _letter(
        invitation,
        CANCELLATION,
        (wording.subject, wording.content),
        values,
        language=language,
        own=own,
        now=now,
    )
    return Draft(Purpose.CANCELLATION, invitation, letter)


def cancellation_wording(language: str, *, goes_on: bool, with_reason: bool) -> Wording:
    """Return what the house says in `language` to whose interview is off, or, where it `goes_on` with others,
    to whose part in it is."""
    texts = BY_LANGUAGE[language]
    subject = texts.PART_CANCELLATION_SUBJECT if goes_on else texts.CANCELLATION_SUBJECT
    content = texts.PART_CANCELLATION_CONTENT if goes_on else texts.CANCELLATION_CONTENT
    reason = [texts.CANCELLATION_REASON] if with_reason else []
    return Wording(subject, "\n\n".join([content, *reason]), texts.SIGNATURE)


def _letter(
    invitation: Invitation,
    kind: str,
    wording: tuple[str, str],
    values: Mapping[str, str],
    *,
    language: str,
    own: OwnWords | None,
    now: datetime,
) -> Letter:
    subject, whole = wording[0], compose(wording[1], BY_LANGUAGE[language].SIGNATURE)
    return _letter_in(invitation, kind, subject, whole, values, language=language, own=own, now=now)


def _letter_in(
    invitation: Invitation,
    kind: str,
    subject: str,
    whole: str,
    values: Mapping[str, str],
    *,
    language: str,
    own: OwnWords | None,
    now: datetime,
) -> Letter:
    candidate, dispatch = invitation.application.candidate, invitation.interview.dispatch
    if own:
        subject, whole = own.over(subject, whole)
    return Letter(
        kind=kind,
        recipient_name=candidate.name,
        recipient_address=candidate.address_by(Channel.EMAIL),
        language=language,
        subject=render_subject(subject, values=values),
        content=render(whole, values=values, links=link_labels(language)),
        own_words=dict(own.words) if own else None,
        sender_name=dispatch.sender_name,
        sender_address=dispatch.sender_address,
        due_at=now,
    )
