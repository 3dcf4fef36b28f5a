"""The address to which a candidate's calendar sends its answer: signed, unguessable, stored nowhere.

As with the link to the page, whoever knows it may answer; whose name or address an answer comes from proves
nothing and is not looked at.
"""

import base64
import binascii
import hmac
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import salted_hmac

from samtale.inbox.addresses import address_with
from samtale.interviews.models import Invitation

_SALT = "samtale.interviews.reply"
_ID, _SIGNATURE = 26, 16  # characters: 128 bits, and 80 of a signature, in Base32 without padding


def reply_address(invitation: Invitation) -> str:
    """Return where answers to this invitation, and to no other, are read; "" where none are."""
    signature = next(_signatures(invitation))
    return address_with(_base32(invitation.public_id.bytes) + signature)


def invitation_behind(mark: str) -> Invitation | None:
    """Return the invitation that the mark in a reply address stands for, or None if it is not ours."""
    if len(mark) != _ID + _SIGNATURE:
        return None
    try:
        public_id = uuid.UUID(bytes=base64.b32decode(mark[:_ID].upper() + "======"))
    except (binascii.Error, ValueError):
        return None
    invitation = (
        Invitation.objects.select_related("interview", "application__candidate", "application__project")
        .filter(public_id=public_id)
        .first()
    )
    if invitation is None:
        return None
    is_ours = any(hmac.compare_digest(mark[_ID:], good) for good in _signatures(invitation))
    return invitation if is_ours else None


def _signatures(invitation: Invitation) -> Iterator[str]:
    """Yield the signature, and those by former keys. They change when older links must stop working."""
    signed = f"{invitation.public_id.hex}.{invitation.link_version}"
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = salted_hmac(_SALT, signed, secret=key, algorithm="sha256").digest()
        yield _base32(digest[: _SIGNATURE * 5 // 8])


def _base32(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=").lower()
