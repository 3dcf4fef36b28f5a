"""How the acts of this app read in the process list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtale.core.audit import describe
from samtale.interviews.models.interview import Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox import kinds


def _when(data: Mapping[str, Any], key: str) -> str:
    local = datetime.fromisoformat(data[key]).astimezone(ZoneInfo(data["time_zone"]))
    return date_format(local, "j. F Y H:i")


def _invited(data: Mapping[str, Any]) -> str:
    return _("Invited to %(round)s, %(time)s") % {
        "round": Round(data["round"]).label,
        "time": _when(data, "start"),
    }


def _answered(data: Mapping[str, Any]) -> str:
    label = MeetingStatus(data["new"]).label
    if data.get("wishes"):
        return _("Answered the invitation: %(status)s – “%(wishes)s”") % {
            "status": label,
            "wishes": data["wishes"],
        }
    return _("Answered the invitation: %(status)s") % {"status": label}


def _changed(data: Mapping[str, Any]) -> str:
    return _("Meeting status changed from %(old)s to %(new)s") % {
        "old": MeetingStatus(data["old"]).label,
        "new": MeetingStatus(data["new"]).label,
    }


def _moved(data: Mapping[str, Any]) -> str:
    return _("Interview moved from %(old)s to %(new)s") % {
        "old": _when(data, "old"),
        "new": _when(data, "new"),
    }


def _cancelled(data: Mapping[str, Any]) -> str:
    if data.get("reason"):
        return _("Interview cancelled: %(reason)s") % {"reason": data["reason"]}
    return _("Interview cancelled")


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


def _email_written(data: Mapping[str, Any]) -> str:
    return _("E-mail written to the candidate")


describe("invited", _invited)
describe("invitation_undone", _undone)
describe("answered", _answered)
describe("meeting_status_changed", _changed)
describe("interview_moved", _moved)
describe("interview_cancelled", _cancelled)
describe("double_booked", _double_booked)
describe("email_written", _email_written)
describe("own_words_lost", _own_words_lost)
