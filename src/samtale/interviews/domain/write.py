"""Writes an e-mail in the recruiter's own words to candidates who are invited to interviews."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.interviews.domain.bookings import hold
from samtale.interviews.domain.free_letters import common_of, free_letter, values_for, with_all
from samtale.interviews.domain.letters import FieldProblem, post
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.tags import tags_for
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.render import problems
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel
from samtale.recruiting.domain.hold import hold_candidates
from samtale.recruiting.models import Candidate, Project


class WordsRefused(Exception):
    """The words have tags that are unknown, or empty for somebody."""

    def __init__(self, found: Sequence[FieldProblem]) -> None:
        super().__init__("tags")
        self.problems = tuple(found)


@dataclass(frozen=True)
class Words:
    """What is written in one language, with tags."""

    subject: str
    content: str


@dataclass(frozen=True)
class Mail:
    """What is written by language, and who signs it."""

    words: Mapping[str, Words]
    sender_name: str
    sender_address: str

    def language_for(self, candidate: Candidate) -> str:
        """Return the candidate's language, or another one that there are words in."""
        return next(each for each in (candidate.language, *self.words) if each in self.words)


@dataclass(frozen=True)
class Written:
    """How many letters were queued, and when they leave. `is_new` is false when the same form had been sent
    before."""

    number: int
    due_at: datetime
    is_new: bool


def reachable(invitations: Iterable[Invitation]) -> list[Invitation]:
    """Return those of `invitations` to whose candidates a letter makes sense, one for each application: there
    is somebody to read it, an address, and the application has not been deleted."""
    found: dict[int, Invitation] = {}
    for invitation in invitations:
        candidate = invitation.application.candidate
        is_there = invitation.application.deleted_at is None and candidate.anonymised_at is None
        if is_there and candidate.address_by(Channel.EMAIL):
            found.setdefault(invitation.application_id, invitation)
    return list(found.values())


def written_before(send_key: uuid.UUID) -> int:
    """Return how many letters the form with this key was carried out as; 0 while it was not."""
    return Message.objects.filter(batch=send_key).count()


def word_problems(invitations: Sequence[Invitation], mail: Mail) -> list[FieldProblem]:
    """Return every unknown or empty tag in what these candidates would get, each once."""
    found: dict[tuple[str, str, object], tuple[FieldProblem, list[str]]] = {}
    for invitation in invitations:
        candidate = invitation.application.candidate
        language = mail.language_for(candidate)
        values = values_for(invitation, common_of(invitation.interview, mail.sender_name), language=language)
        words = mail.words[language]
        for name, text in (("subject", words.subject), ("content", words.content)):
            for problem in problems(text, tags=tags_for(name), values=values):
                first = FieldProblem(language, name, problem)
                found.setdefault((language, name, problem), (first, []))[1].append(candidate.name)
    return [FieldProblem(one.language, one.field, one.problem, tuple(who)) for one, who in found.values()]


def write(
    *, send_key: uuid.UUID, invitations: Sequence[Invitation], mail: Mail, by: User, now: datetime
) -> Written:
    """Queue one letter for each of these candidates; nobody sees who else gets one.

    `send_key` belongs to the form the recruiter saw: a second Send of it queues nothing. The letters leave
    when the organisation's time to undo is over, so that they can be stopped in the outbox. Those who can no
    longer be reached, or in whose project `by` may not send e-mail (any longer), are left out.

    Raises:
        WordsRefused: a tag is unknown, or empty for somebody.
    """
    organisation = Organisation.current()
    with transaction.atomic():
        held = _hold(invitations)
        due_at = now + timedelta(seconds=organisation.undo_seconds)
        if earlier := written_before(send_key):
            return Written(earlier, due_at, is_new=False)
        author = hold(interviewers=[by])[by.pk]
        hold_candidates([invitation.application for invitation in held])
        chosen = [
            invitation
            for invitation in reachable(held)
            if author.has_perm("recruiting.send_email", invitation.interview.project)
        ]
        if found := word_problems(chosen, mail):
            raise WordsRefused(found)
        drafts = []
        for invitation in chosen:
            language = mail.language_for(invitation.application.candidate)
            own = OwnWords(language, vars(mail.words[language]))
            draft = free_letter(invitation, own, mail.sender_name, due_at=due_at)
            draft.letter.sender_address = mail.sender_address
            draft.letter.batch = send_key
            drafts.append(draft)
        post(drafts, by=by, now=now)
        audit.record_all(
            audit.entry("email_written", subject=invitation.application, by=by, now=now)
            for invitation in chosen
        )
    return Written(len(drafts), due_at, is_new=True)


def _hold(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Read the invitations anew, in the order given, and hold their projects and interviews.

    Whoever holds a project's row is alone in writing to its candidates, so that two Sends of one form are
    carried out one after the other.
    """
    ids = [invitation.pk for invitation in invitations]
    theirs = Interview.objects.filter(invitations__in=ids).order_by()
    projects = Project.objects.filter(pk__in=theirs.values("project"))
    list(projects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    interviews = Interview.objects.filter(pk__in=theirs.values("pk"))
    list(interviews.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    found = with_all(Invitation.objects.filter(pk__in=ids)).in_bulk()
    return [found[pk] for pk in ids if pk in found]
