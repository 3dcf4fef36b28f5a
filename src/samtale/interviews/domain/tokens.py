"""The address with which a candidate answers: signed, unguessable, stored nowhere."""

import base64
import binascii
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from samtale.interviews.models import Invitation

LINK_LIFETIME_AFTER_END = timedelta(days=30)

# Only what the candidate's page shows: letters, notes and texts of the vacancy would be fetched for nothing.
_ON_THE_PAGE = Invitation.objects.select_related(
    "interview__project__department", "application__candidate"
).only(
    "public_id",
    "link_version",
    "meeting_status",
    "wishes",
    "answered_at",
    "cancelled_at",
    *(
        f"interview__{name}"
        for name in (
            "type",
            "start",
            "time_zone",
            "duration",
            "room",
            "seats",
            "place",
            "room",
            "seats",
            "video_link",
            "state",
            "version",
            "terms_version",
            "project__title",
            "project__department__address",
            "project__department__directions",
        )
    ),
    "application__status",
    "application__deleted_at",
    "application__candidate__first_name",
    "application__candidate__language",
    "application__candidate__time_zone",
)


class InvalidToken(Exception):
    """The link is wrong, forged, revoked or too old. Which of these is told to nobody."""


def _signer() -> Signer:
    return Signer(salt="samtale.interviews.answer", sep="~")


def token_for(invitation: Invitation) -> str:
    """Return the token that stands for this invitation and no other."""
    identity = base64.urlsafe_b64encode(invitation.public_id.bytes).decode().rstrip("=")
    return _signer().sign(f"{identity}.{invitation.link_version}")


def answer_address(invitation: Invitation) -> str:
    """Return the absolute address of the candidate's page."""
    return settings.SITE_URL + reverse("candidate:answer", kwargs={"token": token_for(invitation)})


def invitation_for(token: str, *, now: datetime) -> Invitation:
    """Return the invitation a token stands for.

    Raises:
        InvalidToken: the signature is not ours, the link was revoked, or the interview
            ended more than `LINK_LIFETIME_AFTER_END` before `now`.
    """
    public_id, version = _read(token)
    try:
        invitation = _ON_THE_PAGE.get(public_id=public_id, link_version=version)
    except Invitation.DoesNotExist as error:
        raise InvalidToken from error
    if now > invitation.interview.end + LINK_LIFETIME_AFTER_END:
        raise InvalidToken
    return invitation


def _read(token: str) -> tuple[uuid.UUID, int]:
    try:
        identity, version = _signer().unsign(token).split(".")
        return uuid.UUID(bytes=base64.urlsafe_b64decode(identity + "==")), int(version)
    except (BadSignature, ValueError, binascii.Error) as error:
        raise InvalidToken from error
