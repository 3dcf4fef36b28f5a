"""What can be done with the organisation itself."""

from datetime import datetime

from django.db import transaction

from samtale.accounts.models import Organisation
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line


@transaction.atomic
def update_organisation(
    *, name: str, sender_email: str, sms_sender: str, time_zone: str, by: Actor, now: datetime
) -> Organisation:
    """Set the organisation's name, sender addresses and IANA time zone; create its row if need be."""
    organisation = Organisation.current()
    organisation.name, organisation.sender_email = one_line(name), sender_email
    organisation.sms_sender, organisation.time_zone = one_line(sms_sender), time_zone
    organisation.save()
    audit.record("organisation.updated", subject=organisation, by=by, now=now, name=organisation.name)
    return organisation
