"""Tells whoever has changed something which letters had just left, and say what is no longer so."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib import messages as notices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.models import Invitation
from samtale.outbox import kinds
from samtale.outbox.domain.queries import leaving
from samtale.outbox.models import Message
from samtale.recruiting.domain.rejection_letters import rejections_of
from samtale.recruiting.models import Application
from samtale.web.staff.access import StaffRequest

_NAMED = 5


def tell_too_late(request: StaffRequest, invitations: Iterable[Invitation], *, since: datetime) -> None:
    """Name the letters to these candidates that were leaving while the change was made at `since`."""
    tell_left(request, left_meanwhile(invitations, since=since))


def tell_reopened(request: StaffRequest, applications: Collection[Application], *, since: datetime) -> None:
    """Name the letters of rejection that were leaving while these applications were taken up again at
    `since`."""
    letters = rejections_of([application.pk for application in applications])
    tell_left(request, list(leaving.left_meanwhile(letters, since=since).defer("content")))


def tell_left(request: StaffRequest, letters: list[Message]) -> None:
    """Name `letters`, which were leaving while a change was made that they know nothing of."""
    if words := left_words(letters):
        notices.warning(request, words)


def left_words(letters: list[Message]) -> str:
    """Return the sentence that names `letters`; "" if there are none."""
    if not letters:
        return ""
    named = [f"{kinds.label(letter.kind)} ({letter.recipient_name})" for letter in letters[:_NAMED]]
    if (more := len(letters) - _NAMED) > 0:
        named.append(_("%(number)d more") % {"number": more})
    sentence = ngettext(
        "Too late to stop, since it was just being sent: %(letters)s. The recipient does not know of the "
        "change.",
        "Too late to stop, since they were just being sent: %(letters)s. The recipients do not know of the "
        "change.",
        len(letters),
    )
    return sentence % {"letters": ", ".join(named)}
