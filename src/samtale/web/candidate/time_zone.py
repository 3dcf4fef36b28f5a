"""Which clock a candidate reads beside that of the interview's place.

The choice is kept with the candidate, so that letters follow. It is sent by a button, which sends along what
has been typed; a visit changes nothing.
"""

from contextlib import suppress

from django.http import HttpRequest

from samtale.recruiting.domain.time_zone import UnknownTimeZone, choose_time_zone
from samtale.recruiting.models import Candidate
from samtale.web.candidate.throttle import ZONES
from samtale.web.candidate.visit import Visit

BUTTON, FIELD = "zone", "time_zone"
CHOSEN, OF_PLACE = "chosen", "place"


def is_sent(request: HttpRequest) -> bool:
    """Say whether one of the buttons about the time zone was pressed. Reads the body."""
    return request.POST.get(BUTTON) in (CHOSEN, OF_PLACE)


def wait(visit: Visit) -> int:
    """Return how many seconds the candidate must wait before choosing once more: 0 for "go on"."""
    return ZONES.wait(visit.invitation.application.candidate_id, now=visit.now)


def keep(request: HttpRequest, visit: Visit) -> None:
    """Keep what was chosen. What is no zone, which the page does not offer, changes nothing."""
    is_chosen = request.POST[BUTTON] == CHOSEN
    name = request.POST.get(FIELD, "") if is_chosen else ""
    if is_chosen and not name:
        return
    candidate: Candidate = visit.invitation.application.candidate
    with suppress(UnknownTimeZone):
        if choose_time_zone(candidate=candidate, time_zone=name, by=candidate.name, now=visit.now):
            ZONES.take(candidate.pk, now=visit.now)
            candidate.time_zone = name
