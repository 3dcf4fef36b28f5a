"""Makes of a message what a transport takes: the moment at which links get their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from samtale.accounts.models import Organisation
from samtale.outbox.domain.preview import as_html, as_text
from samtale.outbox.domain.receipt_links import receipt_address, receipt_token
from samtale.outbox.domain.render import one_line
from samtale.outbox.kinds import MessageKind
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel
from samtale.outbox.transports.email.building import Mail, ReadyMail, build
from samtale.outbox.transports.sms import Sms

Parcel = ReadyMail | Sms
_AUTO_SUBMITTED = {"Auto-Submitted": "auto-generated"}


@dataclass(frozen=True)
class Sender:
    """Who sends what names no sender of its own."""

    name: str
    email: str
    sms: str

    @classmethod
    def current(cls) -> "Sender":
        """Return the organisation as a sender."""
        organisation = Organisation.current()
        sms = organisation.sms_sender or one_line(organisation.name, 11)
        return cls(organisation.name, organisation.sender_email, sms)


def parcel(message: Message, kind: MessageKind, *, sender: Sender, now: datetime) -> Parcel:
    """Return what the transport of the message's channel takes, in the message's language.

    Raises:
        NotAnAddressError: the recipient or the sender has no usable address.
        LookupError: the message has a link of which its kind knows no address.
    """
    with translation.override(message.language):
        addresses = _addresses(message, kind)
        if message.channel == Channel.SMS:
            text = as_text(message.content, addresses=addresses, with_labels=False)
            return Sms(
                sender=sender.sms,
                recipient=message.recipient_address,
                text=text,
                reference=str(message.public_id),
                receipt_url=receipt_address(message.public_id),
                receipt_token=receipt_token(message.public_id),
            )
        return build(_mail(message, kind, addresses, sender, now))


def _addresses(message: Message, kind: MessageKind) -> Mapping[str, str]:
    tags = {segment[2] for segment in message.content if segment[0] == "link"}
    if tags and kind.link_address is None:
        raise LookupError(f"{kind.slug} has no link_address, but the message has the links {sorted(tags)}")
    return {tag: kind.link_address(message, tag) for tag in tags} if kind.link_address else {}


def _mail(
    message: Message, kind: MessageKind, addresses: Mapping[str, str], sender: Sender, now: datetime
) -> Mail:
    name, address = message.sender_name or sender.name, message.sender_address or sender.email
    return Mail(
        message_id=message_id(message, address),
        at=now,
        sender=(name, address),
        recipient=(message.recipient_name, message.recipient_address),
        subject=message.subject,
        text=as_text(message.content, addresses=addresses),
        html=as_html(
            message.content,
            addresses=addresses,
            language=message.language,
            subject=message.subject,
            organisation_name=sender.name,
            by_staff=[tag.name for tag in kind.tags if tag.by_staff],
        ),
        attachments=kind.attachments(message) if kind.attachments else (),
        headers=_AUTO_SUBMITTED if kind.auto_submitted else {},
        public_id=str(message.public_id),
    )


def message_id(message: Message, sender_address: str) -> str:
    """Return the Message-ID, which is the same at every try."""
    site = urlsplit(settings.SITE_URL).hostname or ""
    host = site if "." in site else sender_address.rpartition("@")[2]
    return f"<{message.public_id}@{host.encode('idna').decode()}>"
