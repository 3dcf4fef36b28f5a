"""The appointment as an iCalendar object for one candidate."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress

from samtale.accounts.models import Organisation
from samtale.interviews.domain.ical_people import organiser, person
from samtale.interviews.domain.ical_texts import Words
from samtale.interviews.domain.reply_address import reply_address
from samtale.interviews.domain.tokens import answer_address
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus


class Method(StrEnum):
    """What a calendar program is to do with the object (RFC 5546)."""

    PUBLISH = "PUBLISH"  # keep it; nothing can be answered
    REQUEST = "REQUEST"  # ask its owner, and send the answer
    CANCEL = "CANCEL"  # take it out


# As the calendar program knows it too, so that a reminder undoes no answer.
_PARTSTAT: Mapping[str, str] = {
    MeetingStatus.ACCEPTED: "ACCEPTED",
    MeetingStatus.NOT_ACCEPTED: "DECLINED",
    MeetingStatus.NEW_TIME: "TENTATIVE",
}


def calendar(
    invitation: Invitation,
    *,
    now: datetime,
    organisation: Organisation | None = None,
    language: str | None = None,
) -> bytes:
    """Return a text/calendar object with this candidate's appointment and nobody else's name, to be kept.

    In the candidate's language, unless they are reading another one. Times are in UTC, which every reader
    shows on its owner's wall clock. SEQUENCE rises with the interview's version.
    """
    with translation.override(language or invitation.application.candidate.language):
        return _object(Method.PUBLISH, _event(invitation, now, organisation or Organisation.current()))


def mailed_calendar(
    invitation: Invitation, *, now: datetime, organisation: Organisation | None, language: str
) -> tuple[bytes, Method]:
    """Return the same as it goes along with a letter, and its method.

    Where answers by e-mail are read, mail programs offer to accept or decline, and the answer goes to an
    address that stands for this invitation alone. Where nothing would read it, it asks for none.
    """
    method = Method.PUBLISH
    with translation.override(language):
        event = _event(invitation, now, organisation or Organisation.current())
    if reply_address(invitation):
        method = Method.CANCEL if is_off(invitation) else Method.REQUEST
        event.add("attendee", _attendee(invitation))
    return _object(method, event), method


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
    event.add("summary", Words(_("Interview: %(vacancy)s") % {"vacancy": interview.project.title}))
    if where := interview.meeting_place or interview.video_link:
        event.add("location", Words(where))
    event.add("description", Words("\n".join(_description(invitation, organisation))))
    if not is_off(invitation):
        event.add("url", answer_address(invitation))
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")  # whoever shares their calendar at work need not tell of it
    event["organizer"] = organiser(organisation, address=reply_address(invitation))
    if not is_off(invitation):
        event.add_component(_alarm(interview))
    return event


def _object(method: Method, event: Event) -> bytes:
    whole = Calendar()
    whole.add("prodid", "-//Samtale//Samtale//NO")
    whole.add("version", "2.0")
    whole.add("method", method)
    whole.add_component(event)
    return bytes(whole.to_ical())


def _attendee(invitation: Invitation) -> vCalAddress:
    candidate = invitation.application.candidate
    attendee = person(candidate.email, candidate.name)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = _PARTSTAT.get(invitation.meeting_status, "NEEDS-ACTION")
    attendee.params["RSVP"] = "TRUE"
    return attendee


def _description(invitation: Invitation, organisation: Organisation) -> Iterator[str]:
    interview = invitation.interview
    yield f"{interview.get_type_display()}, {organisation.name}"
    if is_off(invitation):
        return
    if interview.meeting_place and interview.video_link:  # which is the place otherwise
        yield interview.video_link
    yield _("Answer, or change your answer: %(address)s") % {"address": answer_address(invitation)}


def _alarm(interview: Interview) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", Words(_("Interview: %(vacancy)s") % {"vacancy": interview.project.title}))
    alarm.add("trigger", timedelta(hours=-1))
    return alarm
