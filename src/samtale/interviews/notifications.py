"""The kinds of letters about interviews. Found by the outbox at start-up."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from samtale.accounts.models import Organisation, User
from samtale.accounts.zones import reader_zone
from samtale.core import clock
from samtale.interviews import (
    interviewer_notifications,  # noqa: F401  (its kinds are found with these)
    reasons,
)
from samtale.interviews.domain.ical import Method, is_off, mailed_calendar
from samtale.interviews.domain.meeting_status import WITHOUT_REMINDER
from samtale.interviews.domain.queries.seats import has_seat_for, without_seat
from samtale.interviews.domain.tokens import answer_address
from samtale.interviews.models import Interview, InvitationMessage
from samtale.interviews.models.interview import Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.tags import (
    APPLICATION_LINK,
    CANCELLATION_TAGS,
    CANDIDATE_TAGS,
    CONFIRM_LINK,
    INTERVIEW_LINK,
    INVITATION_TAGS,
    Circumstances,
    link_labels,
    speaks_of_interview,
    tag_values,
)
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.kinds import Attachment, MessageKind, Wording, register
from samtale.outbox.models import Message
from samtale.outbox.notifications import CLOSED
from samtale.outbox.tags import Tag
from samtale.recruiting.rules import reads
from samtale.recruiting.statuses import is_closed

REMINDER_EMAIL, REMINDER_SMS = "reminder.email", "reminder.sms"
MOVED, CANCELLATION, ANSWER = "moved", "cancellation", "answer"
ANSWER_NOT_TAKEN = "answer.not_taken"
ANSWER_REMINDER = "answer.reminder"
FREE = "free.email"
INVITATION_LABELS = {
    Round.INFORMATION: gettext_lazy("Invitation: information meeting"),
    Round.FIRST: gettext_lazy("Invitation: interview 1"),
    Round.SECOND: gettext_lazy("Invitation: interview 2"),
    Round.THIRD: gettext_lazy("Invitation: interview 3"),
}
WISHES = Tag("wishes", gettext_lazy("Wishes"))
ANSWER_TAGS = (*CANDIDATE_TAGS, Tag("answer", gettext_lazy("Answer")), WISHES)


def invitation_kind(round_: str) -> str:
    """Return the kind of the invitations to a round."""
    return f"invitation.{round_}"


def _prepare(messages: Sequence[Message]) -> None:
    """Fetch, for a whole batch, what the questions below ask of each letter."""
    prefetch_related_objects(
        list(messages),
        "about_invitation__invitation__application__candidate",
        "about_invitation__invitation__interview__project__department",
    )
    organisation = Organisation.current()
    for message in messages:
        # What it was about may be gone; then the letter itself says so.
        with suppress(ObjectDoesNotExist):
            message.about_invitation.organisation = organisation


def _prepare_with_seats(messages: Sequence[Message]) -> None:
    """Fetch also whether there is a seat for each candidate, whom these letters ask to come."""
    _prepare(messages)
    letters = []
    for message in messages:
        with suppress(ObjectDoesNotExist):
            letters.append(message.about_invitation)
    full = without_seat([about.invitation for about in letters])
    for about in letters:
        about.has_seat = about.invitation_id not in full


def _about(message: Message) -> InvitationMessage:
    return message.about_invitation


def _address(message: Message, tag: str) -> str:
    invitation = _about(message).invitation
    if tag == CONFIRM_LINK.name:
        return answer_address(invitation)
    reader = _colleague(message)
    # Who has no access to the project, now if not when it was written, may open the interview they attend.
    if tag == INTERVIEW_LINK.name or (reader and not reads(reader, invitation.interview.project)):
        return settings.SITE_URL + reverse("staff:interview", args=[invitation.interview_id])
    return settings.SITE_URL + reverse("staff:application", args=[invitation.application_id])


def _colleague(message: Message) -> User | None:
    """Return the colleague to whom a letter about a candidate is."""
    return User.objects.filter(email=message.recipient_address).first()


def _misdirected(message: Message, now: datetime) -> str:
    """Say whether the letter would go where the candidate is no longer reached. Corrections take along
    what waits; what was being sent at that moment, and came back, stops here."""
    candidate = _about(message).invitation.application.candidate
    is_right = message.recipient_address == candidate.address_by(message.channel)
    return "" if is_right else reasons.ELSEWHERE


def _ended(message: Message, now: datetime) -> str:
    """Say why a letter to a candidate about a coming interview would no longer be true."""
    about = _about(message)
    interview = about.invitation.interview
    if about.interview_version != interview.version:
        return reasons.MOVED
    if interview.state == Interview.State.CANCELLED or about.invitation.cancelled_at:
        return reasons.CANCELLED
    if is_off(about.invitation):
        return reasons.CLOSED
    if now >= interview.start:
        return reasons.STARTED
    return _misdirected(message, now)


def _free_ended(message: Message, now: datetime) -> str:
    """Say why a letter in the recruiter's own words would no longer be true: one that speaks of the interview
    is so of the interview as it was, and a link to answer by leads nowhere after it."""
    about = _about(message)
    if speaks_of_interview(message):
        if about.interview_version != about.invitation.interview.version:
            return reasons.MOVED
        if is_off(about.invitation):
            is_cancelled = about.invitation.interview.state == Interview.State.CANCELLED
            return reasons.CANCELLED if is_cancelled else reasons.CLOSED
        if any(kind == "link" for kind, *_rest in message.content):
            return _ended(message, now)
    return _misdirected(message, now)


def _reminder_ended(message: Message, now: datetime) -> str:
    if _about(message).invitation.meeting_status in WITHOUT_REMINDER:
        return reasons.NOT_COMING
    return _ended(message, now) or _turned_away(message)


def _turned_away(message: Message) -> str:
    """Say why the page behind the link would turn the candidate away, who is asked to come."""
    about = _about(message)
    if is_closed(about.invitation.application):
        return reasons.CLOSED
    has_seat = has_seat_for(about.invitation) if about.has_seat is None else about.has_seat
    return "" if has_seat else reasons.NO_SEAT


def _may_know(message: Message, now: datetime) -> str:
    """Say whether a colleague may still read what a candidate answered: they see the project; or they attend,
    and it holds nothing of what the candidate wrote, which no page shows them either."""
    reader = _colleague(message)
    if reader is None or not reader.is_active:
        return CLOSED
    interview = _about(message).invitation.interview
    if reads(reader, interview.project):
        return ""
    has_words = any(kind == "value" and tag == [WISHES.name] for kind, _text, *tag in message.content)
    if not has_words and interview.interviewers.filter(pk=reader.pk).exists():
        return ""
    return reasons.NOT_YOURS


def _request_ended(message: Message, now: datetime) -> str:
    has_answered = _about(message).invitation.meeting_status != MeetingStatus.AWAITING
    return reasons.ANSWERED if has_answered else _ended(message, now) or _turned_away(message)


def _appointment(message: Message) -> list[Attachment]:
    about, now = _about(message), clock.now()
    content, method = mailed_calendar(
        about.invitation, now=now, organisation=about.organisation, language=message.language
    )
    mime_type = f"text/calendar; charset=utf-8; method={method}"
    return [Attachment("invite.ics", content, mime_type, is_part_of_text=method != Method.PUBLISH)]


def _vocabulary(message: Message) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what the tags of a letter about an interview say now, in its language."""
    invitation = _about(message).invitation
    interview = invitation.interview
    common = Circumstances(
        organisation=Organisation.current(),
        project=interview.project,
        sender_name=interview.dispatch.sender_name,
        interviewers=list(interview.interviewers.all()),
    )
    candidate, language = invitation.application.candidate, message.language
    values = tag_values(interview, candidate, common, language=language, reader=_colleagues_clock(message))
    return values, link_labels(language)


def _colleagues_clock(message: Message) -> ZoneInfo | None:
    """Return the clock of the colleague to whom a letter about a candidate is; None for the candidate."""
    if message.kind != ANSWER:
        return None
    reader = _colleague(message)
    return reader_zone(reader) if reader else None


def _invitation_wording(texts: ModuleType, round_: str) -> Wording:
    return Wording(
        subject=texts.INVITATION_SUBJECTS[round_],
        content=texts.INVITATION_CONTENT % texts.INVITATION_OPENINGS[round_],
        signature=texts.SIGNATURE,
        defaults={
            "reminder": "email",
            "reminder_days": 2,
            "reminder_subject": texts.REMINDER_SUBJECT,
            "reminder_content": texts.REMINDER_CONTENT,
            "reminder_signature": texts.SIGNATURE,
            "reminder_sms": texts.REMINDER_SMS,
        },
    )


def _declare(slug: str, label: str | Promise, wording: Callable[[ModuleType], Wording], **more: Any) -> None:
    """Register a kind of letter about an invitation; `wording` picks its texts from a language's module."""
    to_candidate: dict[str, Any] = {
        "channel": "email",
        "tags": INVITATION_TAGS,
        "link_address": _address,
        "attachments": _appointment,
        "prepare": _prepare,
        "vocabulary": _vocabulary,
        "is_template": False,
    }
    defaults = {language: wording(texts) for language, texts in BY_LANGUAGE.items()}
    register(MessageKind(slug=slug, label=label, defaults=defaults, **to_candidate | more))


for _round, _label in INVITATION_LABELS.items():
    _declare(
        invitation_kind(_round),
        _label,
        partial(_invitation_wording, round_=_round),
        is_still_true=_ended,
        is_template=True,
    )
_declare(
    REMINDER_EMAIL,
    gettext_lazy("Reminder by e-mail"),
    lambda texts: Wording(texts.REMINDER_SUBJECT, texts.REMINDER_CONTENT, texts.SIGNATURE),
    is_still_true=_reminder_ended,
    prepare=_prepare_with_seats,
)
_declare(
    REMINDER_SMS,
    gettext_lazy("Reminder by SMS"),
    lambda texts: Wording("", texts.REMINDER_SMS),
    channel="sms",
    is_still_true=_reminder_ended,
    prepare=_prepare_with_seats,
    attachments=None,
)
_declare(
    MOVED,
    gettext_lazy("New time for the interview"),
    lambda texts: Wording(texts.MOVED_SUBJECT, texts.MOVED_CONTENT, texts.SIGNATURE),
    is_still_true=_ended,
)
_declare(
    ANSWER_REMINDER,
    gettext_lazy("Request to answer an invitation"),
    lambda texts: Wording(texts.ANSWER_REMINDER_SUBJECT, texts.ANSWER_REMINDER_CONTENT, texts.SIGNATURE),
    required=frozenset({CONFIRM_LINK.name}),
    is_still_true=_request_ended,
    prepare=_prepare_with_seats,
    is_template=True,
)
_declare(
    CANCELLATION,
    gettext_lazy("Interview cancelled"),
    lambda texts: Wording(texts.CANCELLATION_SUBJECT, texts.CANCELLATION_CONTENT, texts.SIGNATURE),
    tags=CANCELLATION_TAGS,
    is_still_true=_misdirected,
    link_address=None,
)
_declare(
    FREE,
    gettext_lazy("E-mail to candidates"),
    lambda texts: Wording(texts.FREE_SUBJECT, f"{texts.FREE_CONTENT}\n\n{texts.SIGNATURE}"),
    is_still_true=_free_ended,
    attachments=None,
)
_declare(
    ANSWER_NOT_TAKEN,
    gettext_lazy("Notice that an answer was not recorded"),
    lambda texts: Wording(
        texts.ANSWER_NOT_TAKEN_SUBJECT,
        f"{texts.ANSWER_NOT_TAKEN_CONTENT}\n\n{texts.ANSWER_NOT_TAKEN_LINK}",
        texts.SIGNATURE,
    ),
    tags=(
        *INVITATION_TAGS,
        Tag("answer", gettext_lazy("Answer")),
        Tag("explanation", gettext_lazy("Why it does not count")),
    ),
    attachments=None,
    is_still_true=_misdirected,
)
_declare(
    ANSWER,
    gettext_lazy("Answer from a candidate"),
    lambda texts: Wording(texts.ANSWER_SUBJECT, f"{texts.ANSWER_CONTENT}\n\n{texts.ANSWER_LINK}"),
    tags=(*ANSWER_TAGS, APPLICATION_LINK, INTERVIEW_LINK),
    attachments=None,
    is_still_true=_may_know,
    to_staff=True,
)
