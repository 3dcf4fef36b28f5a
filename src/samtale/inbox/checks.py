"""What `samtale check --deploy` says of answers by e-mail."""

from typing import Any

from django.core import checks
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.core import clock
from samtale.inbox.domain.queries.health import stuck, unread


@checks.register(deploy=True)
def answers_are_read(**options: Any) -> list[checks.CheckMessage]:
    """Warn of a mailbox that has not been read for more than ten minutes, and of letters that failed."""
    try:
        found, number = unread(now=clock.now()), stuck()
    except (DatabaseError, InterfaceError):
        return []  # the outbox's check says so
    warnings: list[checks.CheckMessage] = []
    if found:
        warnings.append(
            checks.Warning(
                _("Answers by e-mail have not been read for %(since)s (%(mailbox)s).")
                % {"since": found.since, "mailbox": found.name},
                hint=found.words or _("Is a worker running? Start one with `samtale worker`."),
                id="samtale.W005",
            )
        )
    if number:
        sentence = ngettext(
            "%(number)d letter in the mailbox for answers could not be read, by a fault in Samtale.",
            "%(number)d letters in the mailbox for answers could not be read, by a fault in Samtale.",
            number,
        )
        hint = _("They wait there unread and are tried again every hour. The worker’s log has the fault.")
        warnings.append(checks.Warning(sentence % {"number": number}, hint=hint, id="samtale.W006"))
    return warnings
