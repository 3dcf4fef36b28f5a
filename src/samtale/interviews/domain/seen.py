"""How an invitation stood when a recruiter looked at it: what changing it by hand rests on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from samtale.interviews.models import Invitation


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody was shown. `version` is the interview's, and rises even where `start` comes back;
    `answered_at` tells an answer that is given anew, perhaps with other wishes, from the one before."""

    version: int
    start: datetime
    meeting_status: str
    answered_at: datetime | None

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """Return how `invitation` and its interview stand as they were read."""
        return cls(
            version=invitation.interview.version,
            start=invitation.interview.start,
            meeting_status=invitation.meeting_status,
            answered_at=invitation.answered_at,
        )
