"""Which clock a candidate reads, beside that of the place where they are to be."""

from datetime import datetime

from django.db import transaction

from samtale.accounts.places import every_offered_name
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.recruiting.followers import follow_candidates
from samtale.recruiting.models import Candidate


class UnknownTimeZone(ValueError):
    """There is no such zone."""


@transaction.atomic
def choose_time_zone(*, candidate: Candidate, time_zone: str, by: Actor, now: datetime) -> bool:
    """Let `candidate` read times on the clock of `time_zone`, an IANA name, as well; with "" on that of the
    place alone. Say whether that is something new (spec 5).

    Letters that have not left follow, as they do when a name is corrected. Nothing is kept of somebody who is
    anonymised.

    Raises:
        UnknownTimeZone: no zone that is offered is called so.
    """
    # Not whatever file of zones the system has: `right/Europe/Oslo` counts leap seconds.
    if time_zone and time_zone not in every_offered_name():
        raise UnknownTimeZone(time_zone)
    held = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if held.anonymised_at or held.time_zone == time_zone:
        return False
    held.time_zone = time_zone
    held.save(update_fields=["time_zone"])
    applications = list(held.applications.order_by("pk"))
    audit.record_all(
        audit.entry("candidate.time_zone_chosen", subject=subject, by=by, now=now, chosen_zone=time_zone)
        for subject in [held, *applications]
    )
    follow_candidates([held], changed=["time_zone"], by=by, now=now)
    return True
