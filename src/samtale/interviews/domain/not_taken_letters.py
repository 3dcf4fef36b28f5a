"""The letter to a candidate whose answer by e-mail does not count."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from samtale.interviews.domain.answer import Choice
from samtale.interviews.domain.itip import Said
from samtale.interviews.domain.letters import Draft, circumstances
from samtale.interviews.models import Invitation, InvitationMessage
from samtale.interviews.not_taken import CAN_BE_ANSWERED, EXPLANATIONS, NotTaken
from samtale.interviews.notifications import ANSWER_NOT_TAKEN
from samtale.interviews.tags import link_labels, tag_values
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.domain.queue import Letter
from samtale.outbox.domain.render import render, render_subject
from samtale.outbox.models.message import Channel

CHOICES = {Said.ACCEPTED: Choice.COMING, Said.DECLINED: Choice.NOT_COMING, Said.COUNTER: Choice.NEW_TIME}


def said_in_words(said: str) -> str:
    """Return what was answered, one of `Said`, in the active language; "" for what nobody could read."""
    if not said:
        return ""
    choice = CHOICES.get(Said(said))
    return str(choice.label) if choice else _("Maybe")


def not_taken(invitation: Invitation, said: str, reason: NotTaken, *, now: datetime) -> Draft:
    """Return the letter, in the candidate's language. It says nothing that the next change makes untrue."""
    interview, candidate = invitation.interview, invitation.application.candidate
    common = circumstances(interview.dispatch, interview)
    texts = BY_LANGUAGE[candidate.language]
    values = tag_values(interview, candidate, common)
    with translation.override(candidate.language):
        values |= {"answer": said_in_words(said), "explanation": str(EXPLANATIONS[reason])}
    opening = texts.ANSWER_NOT_TAKEN_CONTENT if said else texts.ANSWER_UNREADABLE_CONTENT
    link = texts.ANSWER_NOT_TAKEN_LINK if reason in CAN_BE_ANSWERED else ""
    paragraphs = (opening, link, texts.SIGNATURE)
    letter = Letter(
        kind=ANSWER_NOT_TAKEN,
        recipient_name=candidate.name,
        recipient_address=candidate.address_by(Channel.EMAIL),
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
