"""What an interview's letters come to when it is moved: said before it is, and to whoever has moved it."""

from collections.abc import Sequence

from django.contrib import messages
from django.utils.translation import gettext as _

from samtale.interviews.domain.queries.stopped import reminders_stopped_by_hand
from samtale.interviews.models import Interview, InvitationMessage
from samtale.outbox import kinds
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.names import some


def following_words(letters: Sequence[InvitationMessage]) -> str:
    """Return the sentence that names the letters that are sent whoever is told; "" if there are none."""
    if not letters:
        return ""
    sentence = _(
        "These e-mails have not left yet, or have failed. They are sent whoever is told, with what holds "
        "from now on: %(letters)s."
    )
    return sentence % {"letters": named(letters)}


def too_near_words(reminders: Sequence[InvitationMessage]) -> str:
    """Return the sentence that names the reminders for which it is too late; "" if there are none."""
    if not reminders:
        return ""
    sentence = _("These reminders are not sent, since their time is past already: %(reminders)s.")
    return sentence % {"reminders": named(reminders)}


def named(letters: Sequence[InvitationMessage]) -> str:
    """Return the kinds of these letters, each with the candidate it is for, who is loaded with it."""
    return some(
        [
            f"{kinds.label(letter.message.kind)} ({letter.invitation.application.candidate.name})"
            for letter in letters
        ]
    )


def tell_what_followed(
    request: StaffRequest,
    interview: Interview,
    followed: Sequence[InvitationMessage],
    too_near: Sequence[InvitationMessage],
) -> None:
    """Name the letters that have `followed` an interview that has just been moved, and the reminders that
    have not: those it has come `too_near` for, and those that were stopped by hand."""
    if followed:
        messages.info(request, following_words(followed))
    if too_near:
        messages.warning(request, too_near_words(too_near))
    if stopped := reminders_stopped_by_hand(interview):
        sentence = _("Stopped by hand, and not sent at the new time either: %(reminders)s.")
        messages.info(request, sentence % {"reminders": named(stopped)})
