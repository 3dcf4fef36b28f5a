"""The merge tags of letters about an interview, and what stands in their place for one candidate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.accounts.models import Organisation, User
from samtale.accounts.zones import beside, clock_time, known_zone
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType
from samtale.outbox.domain.render import tag_names
from samtale.outbox.models import Message
from samtale.outbox.tags import GENERAL_TAGS, Tag
from samtale.recruiting.models import Candidate, Project
from samtale.recruiting.tags import general_values

CONFIRM_LINK = Tag("confirmlink", gettext_lazy("Link where the candidate answers"), is_link=True)
APPLICATION_LINK = Tag("application-link", gettext_lazy("Link to the application"), is_link=True)
INTERVIEW_LINK = Tag("interview-link", gettext_lazy("Link to the interview"), is_link=True)
INTERVIEW_TAGS = (
    Tag("interviewdate", gettext_lazy("Interview date")),
    Tag("interviewtime", gettext_lazy("Interview time")),
    Tag("duration", gettext_lazy("Duration in minutes")),
    Tag("interviewer", gettext_lazy("First interviewer")),
    Tag("interviewers", gettext_lazy("All interviewers")),
    Tag("address", gettext_lazy("Place or video link"), by_staff=True),
    Tag("route", gettext_lazy("How to find us"), by_staff=True),
)
CANDIDATE_TAGS = (*GENERAL_TAGS, *INTERVIEW_TAGS)
INVITATION_TAGS = (*CANDIDATE_TAGS, CONFIRM_LINK)
CANCELLATION_TAGS = (*CANDIDATE_TAGS, Tag("reason", gettext_lazy("Reason")))


# Written out, since Django's own date formats leave out the weekday or the year.
DATE_FORMATS = {"nb": "l j. F Y", "en": "l j F Y", "sv": "l j F Y"}


@dataclass(frozen=True)
class Circumstances:
    """What the letters of one interview have in common."""

    organisation: Organisation
    project: Project
    sender_name: str
    interviewers: Sequence[User]


def tag_values(
    interview: Interview,
    candidate: Candidate,
    common: Circumstances,
    *,
    language: str = "",
    reader: ZoneInfo | None = None,
) -> dict[str, str]:
    """Return every tag's value for one candidate, on the wall clock of the interview's zone.

    In the candidate's language, unless the letter is to somebody who reads another `language`. The time says
    whose it is where the candidate has chosen to read another clock, or the letter is to a colleague, whose
    clock is that of `reader`.
    """
    clock = reader or known_zone(candidate.time_zone) or interview.zone
    with translation.override(language or candidate.language):
        general = general_values(
            candidate, common.project, common.organisation, sender_name=common.sender_name
        )
        return general | _appointment(interview, candidate, common, clock)


def date_and_time(interview: Interview, clock: ZoneInfo) -> dict[str, str]:
    """Return the date and the time of the start in the active language, on the interview's own clock; beside
    the time whose it is and what `clock` shows, where that is something else."""
    named = beside(interview.start, interview.end, shown=interview.zone, reader=clock)
    return {
        "interviewdate": date_format(interview.local_start, DATE_FORMATS[translation.get_language() or "nb"]),
        "interviewtime": f"{clock_time(interview.local_start)} {named}".rstrip(),
    }


def _appointment(
    interview: Interview, candidate: Candidate, common: Circumstances, clock: ZoneInfo
) -> dict[str, str]:
    names = [str(user) for user in common.interviewers]
    return {
        **date_and_time(interview, clock),
        "duration": str(interview.duration),
        "interviewer": names[0] if names else "",
        "interviewers": _and(names),
        "address": interview.meeting_place or interview.video_link or _by_phone(interview, candidate),
        "route": common.project.department.directions if interview.place else "",
    }


def _by_phone(interview: Interview, candidate: Candidate) -> str:
    if interview.type != InterviewType.PHONE:
        return ""
    if candidate.mobile:
        return _("by phone, we call you on %(number)s") % {"number": candidate.mobile.as_international}
    return _("by phone, we call you")


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def without_interview(values: Mapping[str, str]) -> dict[str, str]:
    """Return `values` without what only an interview that stands can say."""
    about = {tag.name for tag in INTERVIEW_TAGS}
    return {name: value for name, value in values.items() if name not in about}


def speaks_of_interview(message: Message) -> bool:
    """Say whether a tag in `message`, in its subject too, says something of the interview, or leads to it."""
    about = {tag.name for tag in (*INTERVIEW_TAGS, CONFIRM_LINK)}
    written = message.own_words or {}
    return any(name in about for text in written.values() for name in tag_names(text)) or any(
        segment[0] != "text" and segment[2] in about for segment in message.content
    )


def tags_for(field: str) -> tuple[Tag, ...]:
    """Return the tags that a field of an invitation may hold: no link can stand in a subject."""
    return tuple(tag for tag in INVITATION_TAGS if not (tag.is_link and field.endswith("subject")))


def link_labels(language: str) -> Mapping[str, str]:
    """Return what a reader sees where a link stands."""
    with translation.override(language):
        return {
            CONFIRM_LINK.name: _("Answer the invitation"),
            APPLICATION_LINK.name: _("Open the application"),
            INTERVIEW_LINK.name: _("Open the interview"),
        }
