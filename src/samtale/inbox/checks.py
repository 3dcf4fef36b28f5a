"""What `samtale check --deploy` says of answers by e-mail."""

from typing import Any

from django.core import checks
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from samtale.core import clock
from samtale.inbox.domain.queries.health import unread


@checks.register(deploy=True)
def answers_are_read(**options: Any) -> list[checks.CheckMessage]:
    """Warn of a mailbox that has not been read for more than ten minutes."""
    try:
        found = unread(now=clock.now())
    except (DatabaseError, InterfaceError):
        return []  # the outbox's check says so
    if found is None:
        return []
    return [
        checks.Warning(
            _("Answers by e-mail have not been read for %(since)s (%(mailbox)s).")
            % {"since": found.since, "mailbox": found.name},
            hint=found.words or _("Is a worker running? Start one with `samtale worker`."),
            id="samtale.W005",
        )
    ]
