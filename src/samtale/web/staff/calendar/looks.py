"""How an interview looks in the calendar: colour and symbol by what has been said, never colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from samtale.interviews.domain.queries.invited import NOBODY_LEFT
from samtale.interviews.models import Interview
from samtale.interviews.models.invitation import MeetingStatus
from samtale.web.staff.status_tags import NOBODY_IS_LEFT


@dataclass(frozen=True)
class Look:
    """One entry of the legend. `tone` is the colour, `icon` one of `ui/icons.json`."""

    name: str
    label: str | Promise
    tone: str
    icon: str


LOOKS = (
    Look(MeetingStatus.ACCEPTED, MeetingStatus.ACCEPTED.label, "success", "check-circle"),
    Look(MeetingStatus.AWAITING, MeetingStatus.AWAITING.label, "warning", "hourglass"),
    Look(MeetingStatus.NEW_TIME, MeetingStatus.NEW_TIME.label, "danger", "again"),
    Look(MeetingStatus.NOT_ACCEPTED, MeetingStatus.NOT_ACCEPTED.label, "danger", "octagon"),
    Look(MeetingStatus.NOT_RELEVANT, MeetingStatus.NOT_RELEVANT.label, "neutral", "minus-circle"),
    Look(Interview.State.CANCELLED, Interview.State.CANCELLED.label, "neutral", "no-entry"),
    Look(NOBODY_LEFT, NOBODY_IS_LEFT, "neutral", "person-cross"),
    Look(Interview.State.HELD, Interview.State.HELD.label, "neutral", "check"),
    Look(Interview.State.MISSED, Interview.State.MISSED.label, "danger", "warning"),
)
OWN = Look("own", pgettext_lazy("calendar", "You attend"), "accent", "star")
