"""How the acts of this app read in the process list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samtale.accounts.zones import zone_in_words
from samtale.core.audit import describe
from samtale.interviews.domain.not_taken_letters import said_in_words
from samtale.interviews.models.interview import Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.not_taken import NotTaken
from samtale.interviews.results import LABELS as RESULT_LABELS
from samtale.outbox import kinds

_NOT_TAKEN: Mapping[str, str | Promise] = {
    NotTaken.CHANGED: gettext_lazy("the interview had been changed in the meantime"),
    NotTaken.FULL: gettext_lazy("all seats were taken"),
    NotTaken.SINCE: gettext_lazy("a newer answer stands"),
    NotTaken.UNDECIDED: gettext_lazy("“maybe” is no answer"),
    NotTaken.UNREADABLE: gettext_lazy("it could not be read"),
    NotTaken.STARTED: gettext_lazy("the interview had started"),
    NotTaken.CANCELLED: gettext_lazy("the interview was cancelled"),
    NotTaken.CLOSED: gettext_lazy("the invitation no longer held"),
}


def _when(data: Mapping[str, Any], key: str) -> str:
    """Return the time on the interview's own clock; with its name where that of the active zone, which is
    the reader's, shows another."""
    zone, moment = ZoneInfo(data["time_zone"]), datetime.fromisoformat(data[key])
    when = date_format(moment.astimezone(zone), "j. F Y H:i")
    reader = timezone.get_current_timezone()
    if moment.astimezone(reader).utcoffset() == moment.astimezone(zone).utcoffset():
        return when
    return f"{when} {zone_in_words(zone)}"


def _invited(data: Mapping[str, Any]) -> str:
    return _("Invited to %(round)s, %(time)s") % {
        "round": Round(data["round"]).label,
        "time": _when(data, "start"),
    }


def _answered(data: Mapping[str, Any]) -> str:
    facts = {"status": MeetingStatus(data["new"]).label, "wishes": data.get("wishes")}
    if data.get("way") == "email":
        if facts["wishes"]:
            return _("Answered the invitation by e-mail: %(status)s – “%(wishes)s”") % facts
        return _("Answered the invitation by e-mail: %(status)s") % facts
    if facts["wishes"]:
        return _("Answered the invitation: %(status)s – “%(wishes)s”") % facts
    return _("Answered the invitation: %(status)s") % facts


def _answer_not_taken(data: Mapping[str, Any]) -> str:
    if not data["said"]:
        return _("Answered by e-mail, in a way that could not be read; the e-mail is in the mailbox")
    return _("Answered “%(answer)s” by e-mail, which does not count: %(reason)s") % {
        "answer": said_in_words(data["said"]),
        "reason": _NOT_TAKEN[data["reason"]],
    }


def _changed(data: Mapping[str, Any]) -> str:
    return _("Meeting status changed from %(old)s to %(new)s") % {
        "old": MeetingStatus(data["old"]).label,
        "new": MeetingStatus(data["new"]).label,
    }


def _moved(data: Mapping[str, Any]) -> str:
    """One sentence of all that is not as it was. Entries from before place and company could be changed have
    the time alone."""
    parts = []
    if data["old"] != data["new"]:
        moved = _("Interview moved from %(old)s to %(new)s")
        parts.append(moved % {"old": _when(data, "old"), "new": _when(data, "new")})
    parts += [
        _("%(what)s changed from %(old)s to %(new)s")
        % {"what": label, "old": _said(data[name][0]), "new": _said(data[name][1])}
        for name, label in _facts().items()
        if name in data
    ]
    return ". ".join(parts)


def _facts() -> Mapping[str, str]:
    return {
        "duration": _("Duration in minutes"),
        "place": _("Place"),
        "room": _("Room"),
        "video_link": _("Video link"),
        "interviewers": _("Interviewers"),
    }


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return str(value) or "–"


def _seats(data: Mapping[str, Any]) -> str:
    everybody = pgettext("seats", "any number")
    old, new = (data[name] or everybody for name in ("old", "new"))
    return _("%(what)s changed from %(old)s to %(new)s") % {"what": _("Seats"), "old": old, "new": new}


def _cancelled(data: Mapping[str, Any]) -> str:
    if data.get("reason"):
        return _("Interview cancelled: %(reason)s") % {"reason": data["reason"]}
    return _("Interview cancelled")


def _one_cancelled(data: Mapping[str, Any]) -> str:
    facts = {"round": Round(data["round"]).label, "time": _when(data, "start")}
    sentence = _("No longer invited to %(round)s, %(time)s") % facts
    return f"{sentence}: {data['reason']}" if data.get("reason") else sentence


def _outcome(data: Mapping[str, Any]) -> str:
    label = RESULT_LABELS[data["new"]]
    if data.get("old"):
        return _("Outcome of the interview changed from %(old)s to %(new)s") % {
            "old": RESULT_LABELS[data["old"]],
            "new": label,
        }
    return _("Outcome of the interview: %(outcome)s") % {"outcome": label}


def _double_booked(data: Mapping[str, Any]) -> str:
    return _("Booked though taken at %(time)s: %(who)s") % {
        "time": _when(data, "start"),
        "who": ", ".join(data["who"]),
    }


def _own_words_lost(data: Mapping[str, Any]) -> str:
    return _("“%(kind)s” was written anew without the text written by hand: a tag in it has no value") % {
        "kind": kinds.label(data["kind"])
    }


def _undone(data: Mapping[str, Any]) -> str:
    return _("Invitation to interview undone: %(round)s, %(time)s") % {
        "round": Round(data["round"]).label,
        "time": _when(data, "start"),
    }


def _interview_undone(data: Mapping[str, Any]) -> str:
    return _("The Send of the interview was undone")


def _email_written(data: Mapping[str, Any]) -> str:
    return _("E-mail written to the candidate")


describe("invited", _invited)
describe("invitation_undone", _undone)
describe("interview_undone", _interview_undone)
describe("answered", _answered)
describe("mail_answer_not_taken", _answer_not_taken)
describe("candidate_wrote", lambda data: _("Wrote to the address for answers; the e-mail is in its mailbox"))
describe("meeting_status_changed", _changed)
describe("interview_moved", _moved)
describe("seats_changed", _seats)
describe("interview_cancelled", _cancelled)
describe("invitation_cancelled", _one_cancelled)
describe("outcome_recorded", _outcome)
describe("asked_to_answer", lambda data: _("Asked to answer the invitation"))
describe("double_booked", _double_booked)
describe("email_written", _email_written)
describe("own_words_lost", _own_words_lost)
describe("room.created", lambda data: _("Room “{name}” added").format(**data))
describe("room.updated", lambda data: _("Room “{name}” changed").format(**data))
