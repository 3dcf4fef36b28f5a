"""An interview as its candidate reads it: in the active language and on the interview's own clock."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samtale.accounts.models import User
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType


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
    place: str
    directions: str
    video_link: str
    video_host: str
    is_phone: bool
    interviewers: str

    @classmethod
    def of(cls, interview: Interview) -> "Appointment":
        """Describe `interview`. Asks the database once, for the interviewers."""
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
            hours=f"{start:%H:%M}–{interview.local_end:%H:%M}",
            zone=zone_in_words(interview.zone),
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


def zone_in_words(zone: ZoneInfo) -> str:
    """Return whose time it is, such as "Norwegian time" or "London time"."""
    if zone.key == "Europe/Oslo":
        return _("Norwegian time")
    if zone.key == "Europe/Stockholm":
        return _("Swedish time")
    city = zone.key.rpartition("/")[2].replace("_", " ")
    return _("%(city)s time") % {"city": city}


def _safe_link(link: str) -> str:
    """Return `link` if a browser may be sent there, else "" (never `javascript:` and the like)."""
    try:
        return link if urlsplit(link).scheme in ("http", "https") else ""
    except ValueError:
        return ""
