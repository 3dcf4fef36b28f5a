"""The mailbox that INBOX_URL names, over IMAP."""

import imaplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, ProtocolError

SECONDS = 30.0  # for connecting, and then for each answer of the server
_BROKEN = (IMAPClientError, ProtocolError, imaplib.IMAP4.error, OSError, ValueError)


class MailboxTrouble(Exception):
    """The mailbox cannot be read. What it says is the server's, and may be shown."""


@dataclass(frozen=True)
class Found:
    """A letter in the mailbox. `content` is None where it is larger than asked for."""

    content: bytes | None
    arrived_at: datetime


def name_of(access: Mapping[str, Any]) -> str:
    """Return what the mailbox is called, without its password."""
    return f"{access['user']}@{access['host']}/{access['folder']}"


class OpenMailbox:
    """A mailbox while it is open. Letters are named by their UID."""

    def __init__(self, client: IMAPClient, folder: str) -> None:
        self._client = client
        self.uid_validity = int(client.select_folder(folder)[b"UIDVALIDITY"])

    def after(self, uid: int) -> list[int]:
        """Return the letters that came after `uid`, in order."""
        # `5:*` finds the last letter even where its UID is lower.
        return sorted(found for found in self._client.search(["UID", f"{uid + 1}:*"]) if found > uid)

    def fetch(self, uid: int, *, largest: int) -> Found | None:
        """Return a letter, or None where it is gone by now. It stays as unread as it was."""
        facts = self._client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        if facts is None:
            return None
        arrived_at = facts[b"INTERNALDATE"].astimezone(UTC)
        if facts[b"RFC822.SIZE"] > largest:
            return Found(None, arrived_at)
        whole = self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid)
        return Found(whole[b"BODY[]"], arrived_at) if whole else None

    def remove(self, uid: int) -> None:
        """Delete a letter, and no other that somebody else may have marked."""
        self._client.delete_messages([uid], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge([uid])


@contextmanager
def opened(access: Mapping[str, Any]) -> Iterator[OpenMailbox]:
    """Open the mailbox, and close it in the end.

    Raises:
        MailboxTrouble: it cannot be opened, or the connection breaks while it is open.
    """
    try:
        trusted = ssl.create_default_context()
        client = IMAPClient(
            access["host"],
            port=access["port"],
            ssl=access["ssl"],
            ssl_context=trusted if access["ssl"] else None,
            timeout=SECONDS,
        )
        client.normalise_times = False  # or it would be this machine's wall clock, whatever that is
        with client:
            if access["starttls"]:
                client.starttls(trusted)
            _log_in(client, access["user"], access["password"])
            yield OpenMailbox(client, access["folder"])
    except _BROKEN as error:
        raise MailboxTrouble(_words(error)) from error


def _log_in(client: IMAPClient, user: str, password: str) -> None:
    if f"{user}{password}".isascii():
        client.login(user, password)
    else:  # the older command knows ASCII only
        client.plain_login(user, password)


def _words(error: BaseException) -> str:
    words = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:300] or type(error).__name__
