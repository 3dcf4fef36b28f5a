"""What `samtale check --deploy` says of users' calendars."""

from typing import Any

from django.core import checks
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from samtale.calendars.models import OutsideCalendar
from samtale.core.sealed import Unreadable, is_current, unseal


@checks.register(deploy=True)
def calendars_can_be_read(**options: Any) -> list[checks.CheckMessage]:
    """Warn of calendars whose addresses and passwords no key opens, or only an old one."""
    try:
        sealed = list(OutsideCalendar.objects.order_by("pk").values_list("sealed_access", flat=True))
    except (DatabaseError, InterfaceError):
        return []  # the outbox's check says so
    lost = sum(not _opens(each) for each in sealed)
    old = sum(not is_current(each) for each in sealed) - lost
    found: list[checks.CheckMessage] = []
    if lost:
        found.append(
            checks.Warning(
                _("The passwords of %(number)d connected calendars cannot be read.") % {"number": lost},
                hint=_("Put the former SECRET_KEY into SECRET_KEY_FALLBACKS, or let users enter them again."),
                id="samtale.W004",
            )
        )
    if old:
        found.append(
            checks.Info(
                _("%(number)d connected calendars are still sealed with an old key.") % {"number": old},
                hint=_("Keep SECRET_KEY_FALLBACKS until they have been read."),
                id="samtale.I001",
            )
        )
    return found


def _opens(sealed: str) -> bool:
    try:
        unseal(sealed)
    except Unreadable:
        return False
    return True
