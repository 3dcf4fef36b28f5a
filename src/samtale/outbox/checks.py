"""What `samtale check --deploy` looks at besides Django's own: whether messages leave."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.core import clock
from samtale.outbox.domain.queries.health import standing_still


@checks.register(deploy=True)
def messages_leave(**options: Any) -> list[checks.CheckMessage]:
    """Warn of messages that have been due for more than five minutes."""
    now = clock.now()
    try:
        queues = standing_still(now=now)
    except (DatabaseError, InterfaceError) as error:
        words = " ".join(str(error).split())
        return [
            checks.Warning(_("The outbox cannot be read: %(words)s") % {"words": words}, id="samtale.W002")
        ]
    return [
        checks.Warning(
            ngettext(
                "%(channel)s: %(number)d message has been due for %(minutes)d minutes.",
                "%(channel)s: %(number)d messages are due, the oldest since %(minutes)d minutes.",
                queue.due,
            )
            % {
                "channel": queue.channel.label,
                "number": queue.due,
                "minutes": queue.age(now).total_seconds() // 60,
            },
            hint=queue.words or _("Is a worker running? Start one with `samtale worker`."),
            id="samtale.W001",
        )
        for queue in queues
    ]


@checks.register(deploy=True)
def letters_are_sent(**options: Any) -> list[checks.CheckMessage]:
    """Warn of e-mail that only becomes files."""
    if not settings.EMAIL_BACKEND.endswith((".files.EmailBackend", ".console.EmailBackend")):
        return []
    return [
        checks.Warning(
            _("E-mail becomes files and reaches nobody."),
            hint=_("Set EMAIL_URL to a mail server."),
            id="samtale.W003",
        )
    ]
