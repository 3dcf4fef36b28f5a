"""Writes the letters of one Send: what is said to whom, checked before anything is stored."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.interviews.domain import confirm_link
from samtale.interviews.domain.reminder_time import reminder_instant
from samtale.interviews.models import Dispatch, Interview, Invitation, InvitationMessage
from samtale.interviews.models.dispatch import Reminder
from samtale.interviews.notifications import REMINDER_EMAIL, REMINDER_SMS, invitation_kind
from samtale.interviews.tags import Circumstances, link_labels, tag_values, tags_for
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.queue import Letter, queue
from samtale.outbox.domain.render import (
    TagProblem,
    UnrenderableTag,
    compose,
    problems,
    render,
    render_subject,
)
from samtale.outbox.models.message import Channel
from samtale.recruiting.models import Candidate, Correspondence

Purpose = InvitationMessage.Purpose
EMAIL_FIELDS = ("subject", "content", "signature")
REMINDER_EMAIL_FIELDS = ("reminder_subject", "reminder_content", "reminder_signature")
REMINDER_SMS_FIELDS = ("reminder_sms",)


@dataclass(frozen=True)
class Texts:
    """What is written in one language, with tags."""

    subject: str = ""
    content: str = ""
    signature: str = ""
    reminder_subject: str = ""
    reminder_content: str = ""
    reminder_signature: str = ""
    reminder_sms: str = ""


@dataclass(frozen=True)
class Letters:
    """The choices of step 2 (spec 2): what is sent, by whom, and which reminder."""

    sends_email: bool
    sender_name: str
    sender_address: str
    texts: Mapping[str, Texts] = field(default_factory=dict)
    includes_link: bool = False
    reminder: str = Reminder.NONE
    reminder_days: int | None = None

    @property
    def reminds_by_email(self) -> bool:
        return self.reminder in (Reminder.EMAIL, Reminder.BOTH)

    @property
    def reminds_by_sms(self) -> bool:
        return self.reminder in (Reminder.SMS, Reminder.BOTH)

    @property
    def fields_in_use(self) -> tuple[str, ...]:
        """The fields of `Texts` that somebody will read."""
        return (
            *(EMAIL_FIELDS if self.sends_email else ()),
            *(REMINDER_EMAIL_FIELDS if self.reminds_by_email else ()),
            *(REMINDER_SMS_FIELDS if self.reminds_by_sms else ()),
        )

    def texts_for(self, candidate: Candidate) -> Texts:
        """Return the text in the candidate's language, with the confirm link where it is to be included."""
        return self.texts_in(candidate.language)

    def texts_in(self, language: str) -> Texts:
        """Return the text in `language`, with the confirm link where it is to be included."""
        texts = self.texts[language]
        if not self.includes_link:
            return texts
        return replace(texts, content=confirm_link.with_link(texts.content, language=language))

    def wording(self) -> dict[str, dict[str, str]]:
        """Return the texts as `Dispatch.wording` keeps them."""
        return {language: asdict(texts) for language, texts in self.texts.items()}


def letters_of(dispatch: Dispatch) -> Letters:
    """Return the choices with which a dispatch was sent."""
    return Letters(
        sends_email=dispatch.sends_email,
        sender_name=dispatch.sender_name,
        sender_address=dispatch.sender_address,
        includes_link=dispatch.includes_link,
        reminder=dispatch.reminder,
        reminder_days=dispatch.reminder_days,
        texts={language: Texts(**texts) for language, texts in dispatch.wording.items()},
    )


@dataclass(frozen=True)
class FieldProblem:
    """A tag that cannot be sent, the field and language it stands in, and for whom it is empty."""

    language: str
    field: str
    problem: TagProblem
    candidates: tuple[str, ...] = ()


def field_problems(
    letters: Letters, meetings: Iterable[tuple[Interview, Sequence[Candidate]]], common: Circumstances
) -> list[FieldProblem]:
    """Return every unknown or empty tag in the fields that will be sent, each once."""
    found: dict[tuple[str, str, TagProblem], list[str]] = {}
    for interview, candidates in meetings:
        for candidate in candidates:
            for name, problem in _problems_for(letters, tag_values(interview, candidate, common), candidate):
                found.setdefault((candidate.language, name, problem), []).append(candidate.name)
    return [
        FieldProblem(language, name, problem, tuple(who)) for (language, name, problem), who in found.items()
    ]


def _problems_for(
    letters: Letters, values: Mapping[str, str], candidate: Candidate
) -> Iterator[tuple[str, TagProblem]]:
    texts = letters.texts_for(candidate)
    for name in letters.fields_in_use:
        for problem in problems(getattr(texts, name), tags=tags_for(name), values=values):
            yield name, problem


@dataclass(frozen=True)
class Draft:
    """A letter together with what it is about.

    `lost_own_words` says that what somebody wrote by hand could not be filled in and is not in it.
    """

    purpose: str
    invitation: Invitation
    letter: Letter
    lost_own_words: bool = False


class Writer:
    """Writes letters for the candidates of one dispatch, who share organisation, project and choices.

    `kept` has, by invitation id, the language in which was written before: for whoever reads another by
    now, in which this dispatch has no words. `own` are the words that somebody has written by hand into a
    letter that has not left, by invitation id and purpose: a letter that takes its place says the same.
    """

    def __init__(
        self,
        letters: Letters,
        common: Circumstances,
        *,
        now: datetime,
        kept: Mapping[int, str] | None = None,
        own: Mapping[tuple[int, str], OwnWords] | None = None,
        delay: timedelta = timedelta(0),
    ) -> None:
        self.letters = letters
        self.common = common
        self.now = now
        self.kept = kept or {}
        self.own = own or {}
        self.delay = delay  # how long the invitations wait, so that Send can be undone
        self.zone = ZoneInfo(common.organisation.time_zone)

    def invitation(self, invitation: Invitation) -> list[Draft]:
        """Return the invitation by e-mail, or nothing for "Ingen e-post"."""
        if not self.letters.sends_email:
            return []
        return [self._in_own_words(Purpose.INVITATION, invitation, due=self.now + self.delay)]

    def reminders(self, invitation: Invitation, *, apart_from: Collection[str] = ()) -> list[Draft]:
        """Return the reminders that are chosen and whose time is ahead (spec 4), but for some purposes."""
        if self.letters.reminder == Reminder.NONE or self.letters.reminder_days is None:
            return []
        due = reminder_instant(invitation.interview.start, days=self.letters.reminder_days, zone=self.zone)
        if due <= self.now:
            return []
        purposes = [
            *([Purpose.REMINDER_EMAIL] if self.letters.reminds_by_email else []),
            *([Purpose.REMINDER_SMS] if self.letters.reminds_by_sms else []),
        ]
        return [
            self._in_own_words(purpose, invitation, due=due)
            for purpose in purposes
            if purpose not in apart_from
        ]

    def _in_own_words(self, purpose: str, invitation: Invitation, *, due: datetime) -> Draft:
        """Write with the hand-written words, or in those of the dispatch where they cannot be filled in:
        the candidate is written to all the same, and the words stay to be read in the letter before."""
        own = self.own.get((invitation.pk, purpose))
        if own:
            with suppress(UnrenderableTag):
                return self.write(purpose, invitation, due=due, own=own)
        return replace(self.write(purpose, invitation, due=due), lost_own_words=own is not None)

    def write(
        self, purpose: str, invitation: Invitation, *, due: datetime, own: OwnWords | None = None
    ) -> Draft:
        """Return the invitation or reminder, whether or not its time has come, with what somebody has
        written by hand in its place. Its address is "" where the candidate has none.

        Raises:
            UnrenderableTag: a tag that had a value at Send has none any longer.
        """
        candidate = invitation.application.candidate
        language = own.language if own else self._language(invitation)
        texts = self.letters.texts_in(language)
        by_sms = purpose == Purpose.REMINDER_SMS
        kind, subject, content = {
            Purpose.INVITATION: (
                invitation_kind(invitation.interview.round),
                texts.subject,
                compose(texts.content, texts.signature),
            ),
            Purpose.REMINDER_EMAIL: (
                REMINDER_EMAIL,
                texts.reminder_subject,
                compose(texts.reminder_content, texts.reminder_signature),
            ),
            Purpose.REMINDER_SMS: (REMINDER_SMS, "", texts.reminder_sms),
        }[Purpose(purpose)]
        if own:
            subject, content = own.over(subject, content)
        values = tag_values(invitation.interview, candidate, self.common, language=language)
        letter = Letter(
            kind=kind,
            recipient_name=candidate.name,
            recipient_address=candidate.address_by(Channel.SMS if by_sms else Channel.EMAIL),
            language=language,
            subject=render_subject(subject, values=values),
            content=render(content, values=values, links=link_labels(language)),
            sender_name=self.common.organisation.sms_sender if by_sms else self.letters.sender_name,
            sender_address="" if by_sms else self.letters.sender_address,
            due_at=due,
            expires_at=invitation.interview.start,
            own_words=dict(own.words) if own else None,
        )
        return Draft(purpose, invitation, letter)

    def _language(self, invitation: Invitation) -> str:
        wanted = [invitation.application.candidate.language, self.kept.get(invitation.pk, "")]
        return next(
            language for language in (*wanted, *Candidate.Language.values) if language in self.letters.texts
        )


def post(drafts: Sequence[Draft], *, by: User | None, now: datetime, batch: uuid.UUID | None = None) -> None:
    """Put the drafts into the outbox with what they are about. Call it inside the verb's transaction.

    Those without an address are left out, such as an SMS to a candidate without a mobile number: step 2
    has named them. They are marked as sent together with their dispatch, or as `batch`.
    """
    drafts = [draft for draft in drafts if draft.letter.recipient_address]
    for draft in drafts:
        if draft.purpose not in (Purpose.ANSWER_NOTICE, Purpose.ANSWER_NOT_TAKEN, Purpose.FREE):
            draft.letter.batch = batch or draft.invitation.interview.dispatch.send_key
    messages = queue([draft.letter for draft in drafts], by=by, now=now)
    pairs = list(zip(messages, drafts, strict=True))
    audit.record_all(
        audit.entry(
            "own_words_lost", subject=draft.invitation.application, by=by, now=now, kind=draft.letter.kind
        )
        for draft in drafts
        if draft.lost_own_words
    )
    Correspondence.objects.bulk_create(
        [
            Correspondence(
                message=message,
                project_id=draft.invitation.interview.project_id,
                application_id=draft.invitation.application_id,
            )
            for message, draft in pairs
        ],
        batch_size=500,
    )
    InvitationMessage.objects.bulk_create(
        [
            InvitationMessage(
                message=message,
                invitation=draft.invitation,
                purpose=draft.purpose,
                interview_version=draft.invitation.interview.version,
            )
            for message, draft in pairs
        ],
        batch_size=500,
    )


def circumstances(
    dispatch: Dispatch, interview: Interview, organisation: Organisation | None = None
) -> Circumstances:
    """Return what the letters of a stored interview have in common."""
    return Circumstances(
        organisation=organisation or Organisation.current(),
        project=interview.project,
        sender_name=dispatch.sender_name,
        interviewers=list(interview.interviewers.all()),
    )
