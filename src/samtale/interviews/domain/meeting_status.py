"""Which meeting status may follow which (spec 5)."""

from samtale.core.transitions import TransitionTable
from samtale.interviews.models.interview import Interview
from samtale.interviews.models.invitation import MeetingStatus as Status

_ANSWERS = (Status.AWAITING, Status.ACCEPTED, Status.NOT_ACCEPTED, Status.NEW_TIME)

MEETING_STATUS = TransitionTable(
    "meeting status",
    {
        Status.AWAITING: {*_ANSWERS, Status.NOT_RELEVANT},
        Status.ACCEPTED: {*_ANSWERS, Status.NOT_RELEVANT},
        Status.NOT_ACCEPTED: {*_ANSWERS, Status.NOT_RELEVANT},
        Status.NEW_TIME: {*_ANSWERS, Status.NOT_RELEVANT},
        # By a recruiter's hand, when an application is taken up again.
        Status.NOT_RELEVANT: _ANSWERS,
    },
)

INTERVIEW_STATE = TransitionTable(
    "interview",
    {
        Interview.State.PLANNED: {
            Interview.State.CANCELLED,
            Interview.State.HELD,
            Interview.State.MISSED,
        },
        # An outcome that was recorded wrongly can be put right. What was called off beforehand is none, see
        # `queries.recorded`.
        Interview.State.CANCELLED: {Interview.State.HELD, Interview.State.MISSED},
        Interview.State.HELD: {Interview.State.MISSED},
        Interview.State.MISSED: {Interview.State.HELD},
    },
)

# With these a reminder would be wrong or unkind (spec 4).
WITHOUT_REMINDER = frozenset({Status.NOT_ACCEPTED, Status.NEW_TIME, Status.NOT_RELEVANT})
SET_BY_HAND = _ANSWERS
