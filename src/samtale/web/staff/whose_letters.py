"""Tells whoever takes somebody's access or right away what becomes of their letters (decision 0025)."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import User
from samtale.outbox.models.message import State
from samtale.recruiting.models import Project
from samtale.web.staff.access import VIEW, StaffRequest


def tell_waiting(request: StaffRequest, user: User, number: int, *, project: Project | None = None) -> None:
    """Say that `number` letters of `user` still wait, in `project` or anywhere, with the way to them.

    Nothing for none. Whoever has given the project away themselves is shown no way.
    """
    if not number:
        return
    if project is None:
        sentence = ngettext(
            "%(number)d message from %(name)s still waits, and will be sent unless it is stopped.",
            "%(number)d messages from %(name)s still wait, and will be sent unless they are stopped.",
            number,
        )
    else:
        sentence = ngettext(
            "%(number)d message from %(name)s in this project still waits, and will be sent unless it is "
            "stopped.",
            "%(number)d messages from %(name)s in this project still wait, and will be sent unless they are "
            "stopped.",
            number,
        )
    words = sentence % {"number": number, "name": user}
    if project is not None and not User.objects.get(pk=request.user.pk).has_perm(VIEW, project):
        messages.info(request, words)
        return
    query = {"project": project.pk} if project else {}
    messages.info(request, with_way(words, sender=user.pk, state=State.WAITING, **query))


def tell_stopped(request: StaffRequest, user: User, number: int) -> None:
    """Say that `number` letters of `user` were stopped, with the way to them. Nothing for none."""
    if number:
        sentence = ngettext(
            "%(number)d message that %(name)s may no longer send was stopped.",
            "%(number)d messages that %(name)s may no longer send were stopped.",
            number,
        )
        words = sentence % {"number": number, "name": user}
        messages.warning(request, with_way(words, sender=user.pk, state=State.CANCELLED))


def with_way(words: str, **query: str | int) -> SafeString:
    """Return `words` with a link to the outbox, narrowed by `query`."""
    address = reverse("staff:outbox", query=query)
    return format_html('{} <a class="ds-link" href="{}">{}</a>', words, address, _("Show in the outbox"))
