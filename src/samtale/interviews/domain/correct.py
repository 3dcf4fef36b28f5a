"""What becomes of the letters to a candidate when their name, address or language is corrected."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime

from django.db.models import F

from samtale.accounts.models import Organisation, User
from samtale.core.audit import Actor
from samtale.interviews import reasons
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.free_letters import rewritten
from samtale.interviews.domain.letters import Draft, Writer, circumstances, letters_of, post
from samtale.interviews.domain.meeting_status import WITHOUT_REMINDER
from samtale.interviews.domain.notices import (
    cancellation,
    new_time,
    request_to_answer,
    wording_for_request,
)
from samtale.interviews.domain.own_words import unsent_words
from samtale.interviews.domain.reminders import REMINDERS, settled_reminders
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.queue import STOPPABLE, Letter, cancel, revive, rewrite
from samtale.outbox.domain.render import UnrenderableTag
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.models import Candidate

Purpose = InvitationMessage.Purpose
_TO_CANDIDATES = (
    Purpose.INVITATION,
    *REMINDERS,
    Purpose.MOVED,
    Purpose.CANCELLATION,
    Purpose.ANSWER_REMINDER,
    Purpose.FREE,
)
_FIELD = {Channel.EMAIL: "email", Channel.SMS: "mobile"}
_NO_ADDRESS = {Channel.EMAIL: reasons.NO_EMAIL, Channel.SMS: reasons.NO_MOBILE}


def correct_letters(
    candidates: Sequence[Candidate], *, changed: Collection[str], by: Actor, now: datetime
) -> list[Message]:
    """Write anew what has not left to these candidates: to the right address, with the right name, and in
    their language where the dispatch has words in it.

    Runs inside the transaction of the verb that changes the candidates, see `recruiting.followers`.
    That goes for what waits, for what failed and can be sent again, and for reminders that a yes brings
    back. A letter by a way on which the candidate is no longer reached ends; a reminder by SMS comes, or
    comes back, with a mobile number. What has left, or may have, stays as it was, and the links in it
    stay valid (decision 0017).
    """
    correction = _Correction(candidates, changed, now=now)
    for letter in correction.letters:
        correction.look_at(letter)
    for reason, ids in correction.ended.items():
        cancel(ids, by=by, now=now, reason=reason)
    rewrite(correction.rewritten, by=by, now=now)
    revive(correction.revived, now=now)
    InvitationMessage.objects.filter(message_id__in=correction.kept_for_a_yes).update(dropped=True)
    post(correction.missing_reminders(), by=by if isinstance(by, User) else None, now=now)
    interviews_changed({invitation.interview_id for invitation in correction.invitations.values()})
    return correction.left_behind


class _Correction:
    """What is to become of each letter. Nothing is written here; the letters are locked."""

    def __init__(self, candidates: Sequence[Candidate], changed: Collection[str], *, now: datetime) -> None:
        self.changed = changed
        self.now = now
        self.invitations = {
            invitation.pk: invitation
            for invitation in Invitation.objects.filter(
                application__candidate__in=candidates, interview__start__gt=now
            )
            .select_related(
                "interview__dispatch",
                "interview__project__department",
                "interview__project__owner",
                "application__candidate",
            )
            .defer("application__letter", "application__cv")
            .prefetch_related("interview__interviewers")
            .order_by("pk")
        }
        self.letters = list(
            InvitationMessage.objects.filter(
                invitation__in=self.invitations,
                purpose__in=_TO_CANDIDATES,
                interview_version=F("invitation__interview__version"),
            )
            .select_for_update(of=("message",))
            .select_related("message")
            .order_by("message_id")
        )
        self.organisation = Organisation.current()
        self.languages = {letter.invitation_id: letter.message.language for letter in self.letters}
        self.own = unsent_words(list(self.invitations.values()))
        self.writers: dict[int, Writer] = {}
        self.rewritten: dict[int, Letter] = {}
        self.ended: defaultdict[str, list[int]] = defaultdict(list)
        self.revived: list[int] = []
        self.kept_for_a_yes: list[int] = []
        self.left_behind: list[Message] = []

    def writer_for(self, invitation: Invitation) -> Writer:
        """Return who writes in the words of the invitation's dispatch."""
        interview = invitation.interview
        if interview.pk not in self.writers:
            common = circumstances(interview.dispatch, interview, self.organisation)
            self.writers[interview.pk] = Writer(
                letters_of(interview.dispatch), common, now=self.now, kept=self.languages, own=self.own
            )
        return self.writers[interview.pk]

    def look_at(self, letter: InvitationMessage) -> None:
        """Decide what becomes of one letter."""
        message, invitation = letter.message, self.invitations[letter.invitation_id]
        address = invitation.application.candidate.address_by(message.channel)
        is_moved = _FIELD[Channel(message.channel)] in self.changed
        if is_moved and address != message.recipient_address and _may_have_left(message):
            self.left_behind.append(message)
        if not _can_be_rewritten(letter):
            return
        if not address:
            self._end(message, _NO_ADDRESS[Channel(message.channel)])
            return
        try:
            self.rewritten[message.pk] = self._anew(letter, invitation)
        except UnrenderableTag:
            self._end(message, reasons.NOT_REWRITTEN)
            return
        if message.state == State.CANCELLED and not letter.dropped:
            self._bring_back(letter, invitation)

    def missing_reminders(self) -> list[Draft]:
        """Return the reminders that can be written now, since there is somewhere to send them."""
        expected = [invitation for invitation in self.invitations.values() if _is_expected(invitation)]
        settled = settled_reminders(expected)
        drafts: list[Draft] = []
        for invitation in expected:
            with suppress(UnrenderableTag):  # no text that cannot be filled in may stop a correction
                drafts += self.writer_for(invitation).reminders(invitation, apart_from=settled[invitation.pk])
        return drafts

    def _end(self, message: Message, reason: str) -> None:
        if message.state not in STOPPABLE:
            return
        self.ended[reason].append(message.pk)
        # As it is going to be, for whoever reads what was left behind.
        message.state, message.reason = State.CANCELLED, reason
        if message not in self.left_behind:
            self.left_behind.append(message)

    def _bring_back(self, letter: InvitationMessage, invitation: Invitation) -> None:
        if _is_expected(invitation):
            self.revived.append(letter.message_id)
        elif letter.purpose in REMINDERS:
            self.kept_for_a_yes.append(letter.message_id)

    def _anew(self, letter: InvitationMessage, invitation: Invitation) -> Letter:
        message, writer = letter.message, self.writer_for(invitation)
        own = OwnWords.of(message)
        if letter.purpose == Purpose.FREE:
            return rewritten(letter, invitation)
        if letter.purpose == Purpose.MOVED:
            return new_time(invitation, writer.common, now=self.now, own=own).letter
        if letter.purpose == Purpose.CANCELLATION:
            reason = _reason_given(message)
            return cancellation(invitation, reason, writer.common, now=self.now, own=own).letter
        if letter.purpose == Purpose.ANSWER_REMINDER:
            wording = wording_for_request(invitation, own.language if own else None)
            return request_to_answer(invitation, wording, writer.common, now=self.now, own=own).letter
        return writer.write(letter.purpose, invitation, due=message.due_at, own=own).letter


def _is_expected(invitation: Invitation) -> bool:
    is_planned = invitation.interview.state == Interview.State.PLANNED and not invitation.cancelled_at
    is_open = is_planned and invitation.application.deleted_at is None
    return is_open and invitation.meeting_status not in WITHOUT_REMINDER


def _may_have_left(message: Message) -> bool:
    return message.may_have_arrived_twice or message.state in (State.SENDING, State.SENT, State.UNKNOWN)


def _can_be_rewritten(letter: InvitationMessage) -> bool:
    """Say whether the letter may leave yet: one that ended does when a yes or an address brings it back."""
    message = letter.message
    if message.state == State.CANCELLED:
        return letter.dropped or message.reason in _NO_ADDRESS.values()
    return message.state in (*STOPPABLE, State.FAILED)


def _reason_given(message: Message) -> str:
    """Return why the interview is off: what the recruiter wrote stands in the letter alone."""
    return next((text for kind, text, *tag in message.content if kind == "value" and tag == ["reason"]), "")
