"""What can be said of an interview once its time has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samtale.interviews.models.interview import Interview
from samtale.interviews.models.invitation import Invitation, Outcome


class Result(models.TextChoices):
    """How it went for one candidate."""

    HELD = "held", pgettext_lazy("result", "Held")
    NO_SHOW = "no_show", _("The candidate did not come")
    MISSED = "missed", _("We did not come")
    CANCELLED = "cancelled", pgettext_lazy("result", "Cancelled")


LABELS = {str(each.value): each.label for each in Result} | {"": Outcome.UNKNOWN.label}
STATE = {
    Result.HELD: Interview.State.HELD,
    Result.NO_SHOW: Interview.State.HELD,
    Result.MISSED: Interview.State.MISSED,
    Result.CANCELLED: Interview.State.CANCELLED,
}
OUTCOME = {Result.HELD: Outcome.ATTENDED, Result.NO_SHOW: Outcome.NO_SHOW}
_OF_OUTCOME = {str(outcome): result for result, outcome in OUTCOME.items()}


def result_of(interview: Interview, invitation: Invitation) -> str:
    """Return what is recorded of the interview for this candidate, or "" while nothing is: not yet, or not of
    them, since they had said that they would stay away."""
    return result_in(interview.state, invitation.outcome)


def result_in(state: str, outcome: str) -> str:
    """As `result_of`, of the interview's state and the candidate's outcome alone."""
    match state:
        case Interview.State.CANCELLED:
            return Result.CANCELLED
        case Interview.State.MISSED:
            return Result.MISSED
        case Interview.State.HELD:
            return _OF_OUTCOME.get(outcome, "")
    return ""
