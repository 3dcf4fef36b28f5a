"""The appointment as an iCalendar object for one candidate."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from samtale.accounts.models import Organisation
from samtale.interviews.domain.ical_people import organiser
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus


def calendar(
    invitation: Invitation,
    *,
    now: datetime,
    organisation: Organisation | None = None,
    language: str | None = None,
) -> bytes:
    """Return a text/calendar object with this candidate's appointment and nobody else's name.

    In the candidate's language, unless they are reading another one.
    It is published and asks for no reply by mail, since nothing would read one. Times are in UTC,
    which every reader shows on its owner's wall clock. SEQUENCE rises with the interview's version.
    """
    with translation.override(language or invitation.application.candidate.language):
        event = _event(invitation, now, organisation or Organisation.current())
    published = Calendar()
    published.add("prodid", "-//Samtale//Samtale//NO")
    published.add("version", "2.0")
    published.add("method", "PUBLISH")
    published.add_component(event)
    return bytes(published.to_ical())


def is_off(invitation: Invitation) -> bool:
    """Say whether the appointment no longer stands for this candidate."""
    return (
        invitation.interview.state == Interview.State.CANCELLED
        or invitation.cancelled_at is not None
        or invitation.meeting_status == MeetingStatus.NOT_RELEVANT
    )


def _event(invitation: Invitation, now: datetime, organisation: Organisation) -> Event:
    interview = invitation.interview
    event = Event()
    event.add("uid", f"{invitation.public_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", interview.start)
    event.add("dtend", interview.end)
    event.add("sequence", 2 * (interview.version - 1) + is_off(invitation))
    event.add("status", "CANCELLED" if is_off(invitation) else "CONFIRMED")
    event.add("summary", _("Interview: %(vacancy)s") % {"vacancy": interview.project.title})
    if where := interview.meeting_place or interview.video_link:
        event.add("location", where)
    event.add("description", f"{interview.get_type_display()}, {organisation.name}")
    event.add("transp", "OPAQUE")
    event["organizer"] = organiser(organisation)
    if not is_off(invitation):
        event.add_component(_alarm(interview))
    return event


def _alarm(interview: Interview) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Interview: %(vacancy)s") % {"vacancy": interview.project.title})
    alarm.add("trigger", timedelta(hours=-1))
    return alarm
