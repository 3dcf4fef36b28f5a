"""An interview as its candidate reads it: in the active language, on the interview's own clock, and on the
one that the candidate has chosen."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samtale.accounts.models import User
from samtale.accounts.zones import clock_time, known_zone, read_alike, short_date, zone_in_words
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType


@dataclass(frozen=True, kw_only=True)
class OtherClock:
    """The same time as clocks elsewhere show it. `date` is "" where the day is the same."""

    instant: str
    date: str
    hours: str
    zone: str

    @classmethod
    def of(cls, interview: Interview, zone: ZoneInfo | None) -> "OtherClock | None":
        """Return the time in `zone`; None where nobody chose one, or its clocks show the same."""
        if zone is None or read_alike(zone, interview.zone, interview.start, interview.end):
            return None
        start, end = interview.start.astimezone(zone), interview.end.astimezone(zone)
        is_same_day = start.date() == interview.local_start.date()
        return cls(
            instant=start.isoformat(),
            date="" if is_same_day else short_date(start),
            hours=_hours(start, end),
            zone=zone_in_words(zone),
        )


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Every value is ready to be shown; names nobody but the interviewers."""

    vacancy: str
    type: str
    instant: str
    date: str
    month: str
    day: int
    weekday: str
    hours: str
    zone: str
    elsewhere: OtherClock | None
    place: str
    directions: str
    video_link: str
    video_host: str
    is_phone: bool
    interviewers: str

    @classmethod
    def of(cls, interview: Interview, time_zone: str) -> "Appointment":
        """Describe `interview` for a candidate who has chosen to read `time_zone`, or none: "". Asks the
        database once, for the interviewers."""
        start = interview.local_start
        link = _safe_link(interview.video_link)
        return cls(
            vacancy=interview.project.title,
            type=interview.get_type_display(),
            instant=start.isoformat(),
            date=date_format(start, pgettext("full date", "l j F Y")),
            month=date_format(start, pgettext("short month", "M")),
            day=start.day,
            weekday=date_format(start, "l"),
            hours=_hours(start, interview.local_end),
            zone=zone_in_words(interview.zone),
            elsewhere=OtherClock.of(interview, known_zone(time_zone)),
            place=interview.meeting_place,
            directions=interview.project.department.directions if interview.is_at_a_place else "",
            video_link=link,
            video_host=urlsplit(link).hostname or "",
            is_phone=interview.type == InterviewType.PHONE,
            interviewers=get_text_list(_names(interview), _("and")),
        )


def _names(interview: Interview) -> list[str]:
    # Two columns, not whole users with their addresses: this page needs no more and must be quick.
    names = User.objects.filter(interviews=interview.pk).values_list("first_name", "last_name")
    return [name for first, last in names if (name := f"{first} {last}".strip())]


def _hours(start: datetime, end: datetime) -> str:
    return f"{clock_time(start)}–{clock_time(end)}"


def _safe_link(link: str) -> str:
    """Return `link` if a browser may be sent there, else "" (never `javascript:` and the like)."""
    try:
        return link if urlsplit(link).scheme in ("http", "https") else ""
    except ValueError:
        return ""
