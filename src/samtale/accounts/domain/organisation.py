"""What can be done with the organisation itself."""

from datetime import datetime

from django.db import transaction

from samtale.accounts.models import Organisation
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line


@transaction.atomic
def update_organisation(
    *,
    name: str,
    sender_email: str,
    sms_sender: str,
    time_zone: str,
    undo_seconds: int | None = None,
    by: Actor,
    now: datetime,
) -> Organisation:
    """Set the organisation's name, sender addresses and IANA time zone; create its row if need be.

    `undo_seconds`, 0 to 300, is how long Send can be undone; None leaves it as it is.
    """
    organisation = Organisation.current()
    organisation.name, organisation.sender_email = one_line(name), sender_email
    organisation.sms_sender, organisation.time_zone = one_line(sms_sender), time_zone
    if undo_seconds is not None:
        organisation.undo_seconds = undo_seconds
    organisation.save()
    audit.record("organisation.updated", subject=organisation, by=by, now=now, name=organisation.name)
    return organisation
