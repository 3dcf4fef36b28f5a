"""The interview as an iCalendar object for somebody who attends it."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samtale.accounts.models import Organisation
from samtale.interviews.domain.ical_people import organiser
from samtale.interviews.domain.ical_texts import Words
from samtale.interviews.models import Interview
from samtale.interviews.models.invitation import MeetingStatus


def interviewer_calendar(
    interview: Interview,
    *,
    is_off: bool,
    now: datetime,
    language: str,
    organisation: Organisation | None = None,
) -> bytes:
    """Return a text/calendar object with the interview, its candidates' names and the way to its page.

    One UID for all who attend, which is none of a candidate's. Times are in UTC. SEQUENCE rises with the
    interview's version, which also rises when the company changes, and by one more when it `is_off`.
    """
    published = Calendar()
    published.add("prodid", "-//Samtale//Samtale//NO")
    published.add("version", "2.0")
    published.add("method", "CANCEL" if is_off else "PUBLISH")
    with translation.override(language):
        event = _event(interview, is_off, now)
    event["organizer"] = organiser(organisation or Organisation.current())
    published.add_component(event)
    return bytes(published.to_ical())


def candidate_names(interview: Interview) -> list[str]:
    """Return the names of those who are still invited. Asks nothing where they were fetched before."""
    return [
        invitation.application.candidate.name
        for invitation in interview.invitations.all()
        if invitation.cancelled_at is None and invitation.meeting_status != MeetingStatus.NOT_RELEVANT
    ]


def _event(interview: Interview, is_off: bool, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"interview-{interview.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", interview.start)
    event.add("dtend", interview.end)
    event.add("sequence", 2 * (interview.version - 1) + is_off)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    names = ", ".join(candidate_names(interview))
    event.add("summary", Words(" – ".join(filter(None, [_("Interview"), names, interview.project.title]))))
    if where := interview.meeting_place or interview.video_link:
        event.add("location", Words(where))
    address = settings.SITE_URL + reverse("staff:interview", args=[interview.pk])
    event.add(
        "description", Words(f"{interview.get_round_display()}, {interview.get_type_display()}\n{address}")
    )
    event.add("url", address)
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event
