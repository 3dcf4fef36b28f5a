"""How an invitation, or an interview, stood when a recruiter looked at it: what changing it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from samtale.interviews.models import Interview, Invitation
from samtale.interviews.results import result_of


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


@dataclass(frozen=True, kw_only=True)
class SeenOutcome:
    """What somebody was shown who is to say how an interview went. `candidates` are the meeting status and
    the result of each who was named, by the id of the invitation; "" is a result that is not recorded."""

    version: int
    state: str
    candidates: dict[int, tuple[str, str]]

    @classmethod
    def of(cls, interview: Interview, invitations: Iterable[Invitation]) -> Self:
        """Return how `interview` stands as it was read, and those of its `invitations` that it concerns."""
        return cls(
            version=interview.version,
            state=interview.state,
            candidates={
                each.pk: (each.meeting_status, str(result_of(interview, each))) for each in invitations
            },
        )
