"""One candidate at one of their pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from samtale.accounts.models import Organisation
from samtale.interviews.domain.meeting_status import WITHOUT_REMINDER
from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.models import Invitation
from samtale.web.candidate.appointment import Appointment
from samtale.web.candidate.language import PARAMETER
from samtale.web.candidate.zone_options import zone_options


@dataclass(frozen=True, kw_only=True)
class Visit:
    """`token` is the one in the address; `asked_for` the language chosen there, or ""."""

    invitation: Invitation
    token: str
    asked_for: str
    now: datetime

    @property
    def version(self) -> str:
        """Which time the candidate was shown. An answer to another one is not taken."""
        return str(self.invitation.interview.version)

    @property
    def address(self) -> str:
        """The answer page, in the language the candidate is reading."""
        return self._address("answer")

    @property
    def form_address(self) -> str:
        """The question, also where it has been answered before."""
        return self._address("answer", change=1)

    @property
    def has_left(self) -> bool:
        """Whether a letter was leaving just as the candidate said that they do not come. One query."""
        answered = self.invitation.answered_at
        if answered is None or self.invitation.meeting_status not in WITHOUT_REMINDER:
            return False
        return bool(left_meanwhile([self.invitation], since=answered))

    def context(self) -> dict[str, Any]:
        """Return what every page of the visit shows. Two queries."""
        interview, candidate = self.invitation.interview, self.invitation.application.candidate
        return {
            "organisation": Organisation.current().name,
            "first_name": candidate.first_name,
            "appointment": Appointment.of(interview, candidate.time_zone),
            "time_zone": candidate.time_zone,
            "zone_options": zone_options(interview.time_zone, candidate.time_zone),
            "version": self.version,
            "address": self.address,
            "form_address": self.form_address,
            "calendar_address": self._address("ics"),
            "message": self.invitation.wishes,
        }

    def _address(self, name: str, **query: Any) -> str:
        if self.asked_for:
            query[PARAMETER] = self.asked_for
        path = reverse(f"candidate:{name}", kwargs={"token": self.token})
        return f"{path}?{urlencode(query)}" if query else path


def answer_path(token: str, **query: str) -> str:
    """Return the path of the answer page behind `token`, which may be a wrong one."""
    path = reverse("candidate:answer", kwargs={"token": token})
    return f"{path}?{urlencode(query)}" if query else path
