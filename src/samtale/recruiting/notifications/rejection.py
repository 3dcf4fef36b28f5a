"""The letters that say no, one for each type of rejection (spec 8)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import ModuleType

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samtale.accounts.models import Organisation
from samtale.outbox.kinds import MessageKind, Wording, register
from samtale.outbox.models import Message
from samtale.outbox.tags import GENERAL_TAGS
from samtale.recruiting.models import Application, Rejection
from samtale.recruiting.models.rejection import RejectionType
from samtale.recruiting.tags import general_values
from samtale.recruiting.wordings import BY_LANGUAGE

ELSEWHERE = gettext_noop("It was addressed to where the candidate is no longer reached.")
REOPENED = gettext_noop("The application is no longer rejected.")
_LABELS = {
    RejectionType.APPLICATION: _("Rejection: after the application"),
    RejectionType.INFORMATION: _("Rejection: after the information meeting"),
    RejectionType.INTERVIEW_1: _("Rejection: after interview 1"),
    RejectionType.INTERVIEW_2: _("Rejection: after interview 2"),
    RejectionType.INTERVIEW_3: _("Rejection: after interview 3"),
}


def rejection_kind(type_: str) -> str:
    """Return the kind of the letters of a type of rejection."""
    return f"rejection.{type_}"


def _prepare(messages: Sequence[Message]) -> None:
    prefetch_related_objects(list(messages), "about_rejection__application__candidate")


def _rejection(message: Message) -> Rejection:
    return message.about_rejection


def _ended(message: Message, now: datetime) -> str:
    application = _rejection(message).application
    if application.status != Application.Status.REJECTED or application.deleted_at:
        return REOPENED
    is_right = message.recipient_address == application.candidate.address_by(message.channel)
    return "" if is_right else ELSEWHERE


def _vocabulary(message: Message) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what the tags of the letter say now; it has no links."""
    with suppress(ObjectDoesNotExist):
        about = _rejection(message)
        return general_values(
            about.application.candidate,
            about.application.project,
            Organisation.current(),
            sender_name=about.dispatch.sender_name,
        ), {}
    return {}, {}


def _wording(texts: ModuleType, type_: str) -> Wording:
    content = texts.REJECTION_CONTENT % texts.REJECTION_OPENINGS[type_]
    return Wording(texts.REJECTION_SUBJECT, content, texts.SIGNATURE)


for _type, _label in _LABELS.items():
    register(
        MessageKind(
            slug=rejection_kind(_type),
            label=_label,
            channel="email",
            tags=GENERAL_TAGS,
            defaults={language: _wording(texts, _type) for language, texts in BY_LANGUAGE.items()},
            is_still_true=_ended,
            prepare=_prepare,
            vocabulary=_vocabulary,
            # A person has decided it, and may be answered.
            auto_submitted=False,
        )
    )
