"""A message as staff may look at it: whole, but for the secret in a candidate's link."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from samtale.interviews.tags import APPLICATION_LINK
from samtale.outbox import kinds
from samtale.outbox.domain.parcels import Sender, message_id
from samtale.outbox.domain.preview import as_html, as_text, masked_addresses
from samtale.outbox.kinds import Attachment
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel
from samtale.outbox.transports.sms import segments
from samtale.recruiting.notifications import OUTBOX_LINK, came_back_page
from samtale.web.staff.outbox.labels import fate

# Links that hold no secret.
_OPEN = {APPLICATION_LINK.name, OUTBOX_LINK.name}


@dataclass(frozen=True, slots=True)
class SeenLetter:
    """What the page of one message shows of it. `length` is that of an SMS."""

    kind: str
    state: SafeString
    sender: str
    recipient: str
    message_id: str
    text: str
    has_secret: bool
    attachments: Sequence[Attachment]
    length: segments.SmsLength | None


def seen(message: Message) -> SeenLetter:
    """Return the message for its page."""
    is_sms = message.channel == Channel.SMS
    sender = Sender.current()
    address = message.sender_address or sender.email
    return SeenLetter(
        kind=kinds.label(message.kind),
        state=fate(message),
        sender=sender.sms if is_sms else _mailbox(message.sender_name or sender.name, address),
        recipient=_mailbox(message.recipient_name, message.recipient_address),
        message_id="" if is_sms else message_id(message, address),
        text=as_text(message.content, addresses=_addresses(message), with_labels=not is_sms),
        has_secret=not _links(message) <= _OPEN,
        attachments=() if is_sms else _attachments(message),
        length=sms_length(message) if is_sms else None,
    )


def html(message: Message) -> str:
    """Return the HTML of an e-mail, in the language of the letter."""
    kind = _kind(message)
    with translation.override(message.language):
        return as_html(
            message.content,
            addresses=_addresses(message),
            language=message.language,
            subject=message.subject,
            organisation_name=Sender.current().name,
            by_staff=[tag.name for tag in kind.tags if tag.by_staff] if kind else (),
        )


def _mailbox(name: str, address: str) -> str:
    return f"{name} <{address}>" if name else address


def _links(message: Message) -> set[str]:
    return {segment[2] for segment in message.content if segment[0] == "link"}


def _addresses(message: Message) -> dict[str, str]:
    """Return what stands in place of each link: the mask, or the address where it holds no secret."""
    addresses = masked_addresses(message.content)
    correspondence = getattr(message, "correspondence", None)
    if APPLICATION_LINK.name in addresses and correspondence and correspondence.application_id:
        page = reverse("staff:application", args=[correspondence.application_id])
        addresses[APPLICATION_LINK.name] = settings.SITE_URL + page
    if OUTBOX_LINK.name in addresses and correspondence:
        addresses[OUTBOX_LINK.name] = came_back_page(correspondence.project_id)
    return addresses


def _kind(message: Message) -> kinds.MessageKind | None:
    try:
        return kinds.get(message.kind)
    except kinds.UnknownKind:
        return None


def _attachments(message: Message) -> Sequence[Attachment]:
    """Return the files that go with it; none where what it was about is gone."""
    kind = _kind(message)
    try:
        return list(kind.attachments(message)) if kind and kind.attachments else ()
    except ObjectDoesNotExist:
        return ()


def sms_length(message: Message) -> segments.SmsLength:
    """Return the length with the real links, which are longer than their masks."""
    kind, addresses = _kind(message), _addresses(message)
    if kind and kind.link_address:
        with suppress(ObjectDoesNotExist):
            addresses = {tag: kind.link_address(message, tag) for tag in _links(message)}
    return segments.count(as_text(message.content, addresses=addresses, with_labels=False))
