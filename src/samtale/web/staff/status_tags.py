"""The colour of every status, in one place."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.results import LABELS, Result, result_in
from samtale.recruiting.models import Application
from samtale.ui.templatetags.ui import tag

__all__ = ["answer_or_result", "application_status", "meeting_status", "result_tag", "tag"]

# Of an interview that is planned and does not take place: whoever was invited has withdrawn, say.
NOBODY_IS_LEFT = _("Nobody is left")
_APPLICATION = {
    Application.Status.NEW: "neutral",
    Application.Status.UNDER_REVIEW: "neutral",
    Application.Status.INVITED: "info",
    Application.Status.INTERVIEWED: "info",
    Application.Status.PANEL_REVIEW: "info",
    Application.Status.OFFERED: "success",
    Application.Status.HIRED: "success",
    Application.Status.REJECTED: "danger",
    Application.Status.WITHDRAWN: "neutral",
    Application.Status.SAVED: "neutral",
    Application.Status.TRANSFERRED: "neutral",
}
_MEETING = {
    MeetingStatus.AWAITING: "warning",
    MeetingStatus.ACCEPTED: "success",
    MeetingStatus.NOT_ACCEPTED: "danger",
    MeetingStatus.NEW_TIME: "danger",
    MeetingStatus.NOT_RELEVANT: "neutral",
}


def application_status(status: str, detail: str = "") -> SafeString:
    """Return the status for the project as a coloured tag; `detail`, such as the round, after a dot."""
    label = str(Application.Status(status).label)
    return tag(f"{label} · {detail}" if detail else label, _APPLICATION[Application.Status(status)])


def meeting_status(status: str, before: str = "") -> SafeString:
    """Return the meeting status as a coloured tag; `before`, such as the time, in front of a dot."""
    label = str(MeetingStatus(status).label)
    return tag(f"{before} · {label}" if before else label, _MEETING[MeetingStatus(status)])


def answer_or_result(state: str, status: str, outcome: str) -> SafeString:
    """Return, as a coloured tag, how an interview in `state` went for a candidate; their meeting status as
    long as nothing is recorded."""
    result = result_in(state, outcome)
    if result in ("", Result.CANCELLED):
        return meeting_status(status)
    return result_tag(result)


def result_tag(result: str, detail: str = "") -> SafeString:
    """Return how an interview went for a candidate as a coloured tag; `detail`, such as a date, after it."""
    colours = {Result.HELD: "success", Result.CANCELLED: "neutral"}
    words = f"{LABELS[result]} {detail}" if detail else str(LABELS[result])
    return tag(words, colours.get(Result(result), "danger"))
