"""The kinds of message that exist. Each is declared by the app that knows what it is about.

An app registers its kinds in its `notifications` module, which is found at start-up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from samtale.outbox.tags import Tag

if TYPE_CHECKING:
    from samtale.outbox.models import Message


class UnknownKind(KeyError):
    """No app declares a kind with this name (any longer)."""

    def __str__(self) -> str:
        return f"no message kind is called {self.args[0]!r}"


@dataclass(frozen=True)
class Wording:
    """The texts of one kind in one language, with their tags.

    `defaults` is for what the kind itself defines, such as an invitation's reminder.
    """

    subject: str
    content: str
    signature: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message, such as
    `Attachment("invite.ics", b"...", "text/calendar; charset=utf-8; method=PUBLISH")`.

    `is_part_of_text` says that mail programs which know what it is may show it in place of the text, with
    buttons of their own; the file goes along for the others.
    """

    filename: str
    content: bytes
    mime_type: str
    is_part_of_text: bool = False


@dataclass(frozen=True)
class MessageKind:
    """One kind of message: its channel, its tags, its shipped wording, and what it knows at the end.

    Four callables are asked when a message is about to leave, in the message's own language:

    - `prepare(messages)` once a batch, so that the others need not ask the database one by one;
    - `is_still_true(message, now)` returns "" or the reason (in English, marked with
      `gettext_noop`) why the message must not leave;
    - `link_address(message, tag name)` returns the absolute address of a link;
    - `attachments(message)` returns the files that go with it.

    `vocabulary(message)` is asked when somebody writes into one message by hand: it returns what the tags
    say, and which words the reader sees where a link stands, for tags that are not in the message yet.

    `required` are the tags without which a template of this kind cannot be saved.
    `auto_submitted` marks the e-mail as sent by a machine, so that holiday replies stay away.
    `is_template` says that administrators may change its wording, `to_staff` that a colleague reads it and no
    candidate.
    """

    slug: str
    label: str | Promise
    channel: str
    tags: tuple[Tag, ...]
    defaults: Mapping[str, Wording]
    required: frozenset[str] = frozenset()
    link_address: Callable[["Message", str], str] | None = None
    is_still_true: Callable[["Message", datetime], str] | None = None
    attachments: Callable[["Message"], Sequence[Attachment]] | None = None
    prepare: Callable[[Sequence["Message"]], None] | None = None
    vocabulary: Callable[["Message"], tuple[Mapping[str, str], Mapping[str, str]]] | None = None
    auto_submitted: bool = True
    is_template: bool = True
    to_staff: bool = False

    def shipped(self, language: str) -> Wording:
        """Return the wording that Samtale ships, in `language` or the nearest there is."""
        for candidate in (language, "nb", "en"):
            if candidate in self.defaults:
                return self.defaults[candidate]
        raise LookupError(f"{self.slug} ships no wording in {language}, nb or en")


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Make `kind` known.

    Raises:
        ValueError: another kind has the same name.
    """
    if _kinds.setdefault(kind.slug, kind) is not kind:
        raise ValueError(f"two message kinds are called {kind.slug!r}")


def get(slug: str) -> MessageKind:
    """Return the kind called `slug`.

    Raises:
        UnknownKind: there is none. An old message may be of a kind that no longer exists.
    """
    try:
        return _kinds[slug]
    except KeyError:
        raise UnknownKind(slug) from None


def all_kinds() -> list[MessageKind]:
    """Return every kind, in the order in which they were declared."""
    return list(_kinds.values())


def to_staff() -> list[str]:
    """Return the names of the kinds that colleagues read, and no candidate."""
    return [kind.slug for kind in _kinds.values() if kind.to_staff]


def label(slug: str) -> str:
    """Return what the kind is called in the active language; its bare name if it no longer exists."""
    kind = _kinds.get(slug)
    return str(kind.label) if kind else slug
