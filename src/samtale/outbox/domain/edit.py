"""One message that waits, changed by hand: its words and its time (decision 0020)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox import kinds
from samtale.outbox.domain.claims import LET_GO
from samtale.outbox.domain.queue import STOPPABLE
from samtale.outbox.domain.render import (
    Segment,
    TagProblem,
    as_written,
    clean,
    has_tag,
    problems,
    render,
    render_subject,
)
from samtale.outbox.domain.states import move
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.outbox.tags import Tag


class TooLate(Exception):
    """The message has left, is leaving, or no longer waits."""


class ChangedMeanwhile(Exception):
    """The message is no longer as it was shown: `message` is how it stands."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class BadWords(Exception):
    """Something in the text stands in the way of sending it: sentences in the active language, by field."""

    def __init__(self, sentences: Mapping[str, Sequence[str]]) -> None:
        super().__init__(str(sentences))
        self.sentences = sentences


class BadTime(Exception):
    """The message cannot leave at that time. `reason` is in the active language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Words:
    """The text of one message with its tags, as somebody reads and writes it."""

    subject: str
    content: str

    @classmethod
    def of(cls, message: Message) -> "Words":
        """Return the words of `message`. The tags of a subject that nobody wrote by hand are filled in."""
        own = message.own_words or {}
        return cls(subject=own.get("subject", message.subject), content=as_written(message.content))


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What becomes of words when their tags are filled in, and what of it is to be kept as hand-written."""

    subject: str
    content: list[Segment]
    own_words: dict[str, str]


def stamp(message: Message) -> str:
    """Return what tells whether a message is still as it was shown."""
    shown = [
        message.subject,
        message.content,
        message.own_words,
        message.language,
        message.recipient_address,
        message.due_at.isoformat(),
    ]
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def tags_of(message: Message, *, in_subject: bool = False) -> list[Tag]:
    """Return the tags that the message may hold. No link can stand in a subject."""
    try:
        known = list(kinds.get(message.kind).tags)
    except kinds.UnknownKind:
        known = []
    names = {tag.name for tag in known}
    known += [
        Tag(segment[2], segment[2], is_link=segment[0] == "link")
        for segment in message.content
        if segment[0] != "text" and segment[2] not in names
    ]
    return [tag for tag in known if not (in_subject and tag.is_link)]


def fill(message: Message, words: Words) -> Filled:
    """Return `words` filled in with what the message's tags say. Only what differs from the words that
    are there counts as written by hand.

    Raises:
        BadWords: a tag is unknown or has no value, or what must be there is missing.
    """
    stands, own = Words.of(message), dict(message.own_words or {})
    subject, content = message.subject, message.content
    values, links = _vocabulary(message)
    wrong = {}
    if message.channel == Channel.EMAIL and _differ(words.subject, stands.subject):
        own["subject"] = clean(words.subject).strip()
        wrong["subject"] = _problems(words.subject, tags_of(message, in_subject=True), values)
        if not wrong["subject"]:
            subject = render_subject(own["subject"], values=values)
    if _differ(words.content, stands.content):
        own["content"] = clean(words.content).strip("\n")
        wrong["content"] = _problems(words.content, tags_of(message), values | links)
        wrong["content"] += _missing(message, own["content"])
        if not wrong["content"]:
            content = render(own["content"], values=values, links=links)
    if any(wrong.values()):
        raise BadWords(wrong)
    return Filled(subject=subject, content=content, own_words=own)


@transaction.atomic
def edit(
    *, message_id: int, seen: str, words: Words, due_at: datetime | None = None, by: User, now: datetime
) -> bool:
    """Put `words` in the place of what a waiting message says, and let it leave at `due_at` if given. Say
    whether that changed anything.

    `seen` is the `stamp` of what was shown. One that a worker has claimed waits again, since the worker
    holds the old words.

    Raises:
        TooLate: it has left, is leaving, or no longer waits.
        ChangedMeanwhile: it was changed since it was shown.
        BadWords: a tag is unknown or has no value, or what must be there is missing.
        BadTime: the time is past, or so late that the message would never leave.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.state not in STOPPABLE:
        raise TooLate
    if seen != stamp(message):
        raise ChangedMeanwhile(message)
    filled = fill(message, words)
    changes: dict[str, Any] = {
        name: value
        for name, value in {
            "subject": filled.subject,
            "content": filled.content,
            "own_words": filled.own_words or None,
        }.items()
        if value != getattr(message, name)
    }
    old = {}
    if due_at is not None and due_at != message.due_at:
        _check_time(message, due_at, now)
        old["due_at"] = message.due_at.isoformat()
        changes |= {"due_at": due_at, "try_at": due_at}
    if not changes:
        return False
    one = Message.objects.filter(pk=message.pk)
    move(one, State.CLAIMED, State.WAITING, **LET_GO)
    one.update(**changes)
    audit.record("message.edited", subject=message, by=by, now=now, fields=sorted(changes), old=old)
    return True


def _differ(typed: str, stands: str) -> bool:
    # A form takes the white space around a text away, and that is nobody's change.
    return clean(typed).strip() != clean(stands).strip()


def _vocabulary(message: Message) -> tuple[dict[str, str], dict[str, str]]:
    """Return what tags and links say. What stands in the message already is said in the same words."""
    values: dict[str, str] = {}
    links: dict[str, str] = {}
    try:
        ask = kinds.get(message.kind).vocabulary
        if ask:
            with translation.override(message.language):
                known, labels = ask(message)
            values, links = dict(known), dict(labels)
    except (kinds.UnknownKind, ObjectDoesNotExist):
        pass
    for kind, text, *tag in message.content:
        if kind != "text":
            (values if kind == "value" else links)[tag[0]] = text
    return values, links


def _problems(text: str, tags: Collection[Tag], values: Mapping[str, str]) -> list[str]:
    if not text.strip():
        return [_("Write something here.")]
    found = problems(text, tags=tags, values=values)
    # A link that the letter has no words for cannot be put in.
    named = {problem.tag for problem in found}
    nameless = [
        tag.name
        for tag in tags
        if tag.is_link and has_tag(text, tag.name) and tag.name not in values and tag.name not in named
    ]
    return [problem.sentence() for problem in [*found, *(TagProblem(name, "empty") for name in nameless)]]


def _missing(message: Message, content: str) -> list[str]:
    """Name the tags without which the letter is of no use."""
    try:
        required = kinds.get(message.kind).required
    except kinds.UnknownKind:
        return []
    return [
        _("The tag {%(tag)s} must be in the text.") % {"tag": name}
        for name in sorted(required)
        if not has_tag(content, name)
    ]


def _check_time(message: Message, due_at: datetime, now: datetime) -> None:
    # Who chooses the present minute means now.
    if due_at < now.replace(second=0, microsecond=0):
        raise BadTime(_("This time is past. Choose one ahead, or send the message now."))
    if message.expires_at and due_at >= message.expires_at:
        raise BadTime(_("By then it is too late: the message would not be sent."))
