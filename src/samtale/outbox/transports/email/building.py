"""Builds an e-mail out of texts that are ready.

Names, addresses and the subject come from people. Each is made one line before it becomes a header,
and names are always encoded or quoted, so that nothing in them can end a header or add a recipient.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from samtale.outbox.domain.render import one_line
from samtale.outbox.kinds import Attachment
from samtale.outbox.transports.email import mime

_ADDRESS = re.compile(
    r"[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f-\x9f]{1,64}@[^\s<>()\\,;:\"@\x00-\x1f\x7f-\x9f]{1,253}"
)
_PROVIDERS_WITH_OTHER_TEXTS = ("amazon_ses", "sendgrid")
_QUOTABLE = re.compile(r'([\\"])')


class NotAnAddressError(ValueError):
    """A text cannot be the address of a mailbox."""


@dataclass(frozen=True)
class Mail:
    """An e-mail's parts. `sender` and `recipient` are (name, address); `at` goes into its Date."""

    message_id: str
    at: datetime
    sender: tuple[str, str]
    recipient: tuple[str, str]
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    public_id: str = ""


class ReadyMail(EmailMultiAlternatives):
    """An e-mail that is put together already. Backends that want its parts find them as in any other."""

    content: bytes = b""
    metadata: dict[str, str]  # what a provider repeats in its reports; other backends do not look at it

    def message(self, **kwargs: Any) -> Any:
        """Return what is sent, for the backends that write it themselves."""
        return message_from_bytes(self.content)


def build(mail: Mail) -> ReadyMail:
    """Return `mail` put together, so that whatever is wrong with it comes up here.

    Raises:
        NotAnAddressError: an address is none.
    """
    own = {"Message-ID": mail.message_id, "Date": format_datetime(mail.at), **mail.headers}
    sender, recipient, subject = mailbox(*mail.sender), mailbox(*mail.recipient), one_line(mail.subject, 400)
    built = ReadyMail(subject, mail.text, sender, [recipient], headers=own)
    built.metadata = {"samtale": mail.public_id} if mail.public_id else {}
    built.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        if attachment.is_part_of_text and takes_other_texts():
            built.attach_alternative(attachment.content.decode(), attachment.mime_type)
        built.attach(attachment.filename, attachment.content, attachment.mime_type)
    headers = {"From": sender, "To": recipient, "Subject": mime.encoded(subject), **own}
    built.content = mime.document(headers, _body(mail))
    return built


def takes_other_texts() -> bool:
    """Say whether the way out takes a third text beside plain and HTML. Most providers take none: a calendar
    goes as a file alone then, in which not every mail program finds its buttons."""
    _package, _, provider = settings.EMAIL_BACKEND.partition("anymail.backends.")
    return provider.partition(".")[0] in ("", *_PROVIDERS_WITH_OTHER_TEXTS)


def _body(mail: Mail) -> bytes:
    shown = [mime.part(a.mime_type, a.content) for a in mail.attachments if a.is_part_of_text]
    texts = [mime.text("plain", mail.text), mime.text("html", mail.html), *shown]
    letter = mime.multipart("alternative", texts)
    if not mail.attachments:
        return letter
    files = [mime.file(a.filename, a.mime_type, a.content) for a in mail.attachments]
    return mime.multipart("mixed", [letter, *files])


def mailbox(name: str, address: str) -> str:
    """Return "Name <address>" in plain ASCII, the name encoded and the domain in punycode.

    Raises:
        NotAnAddressError: `address` is none, or has letters before the @ that not every server takes.
    """
    if not _ADDRESS.fullmatch(address):
        raise NotAnAddressError(f"{one_line(address, 100)!r} is not an e-mail address")
    local, domain = address.rsplit("@", 1)
    try:
        plain = f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise NotAnAddressError(f"{address!r} is not an e-mail address that every server takes") from error
    phrase = _phrase(one_line(name, 200))
    return f"{phrase} <{plain}>" if phrase else f"<{plain}>"


def _phrase(name: str) -> str:
    if mime.needs_encoding(name):
        return mime.encoded(name)
    quoted = _QUOTABLE.sub(r"\\\1", name)
    return f'"{quoted}"' if name else ""
