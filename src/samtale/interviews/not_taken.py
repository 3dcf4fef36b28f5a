"""Why an answer by e-mail does not count, in words for its candidate."""

from collections.abc import Mapping
from enum import StrEnum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class NotTaken(StrEnum):
    """Why an answer does not count."""

    CHANGED = auto()
    FULL = auto()
    SINCE = auto()
    UNDECIDED = auto()
    UNREADABLE = auto()
    STARTED = auto()
    CANCELLED = auto()
    CLOSED = auto()


CAN_BE_ANSWERED = (NotTaken.CHANGED, NotTaken.FULL, NotTaken.SINCE, NotTaken.UNDECIDED, NotTaken.UNREADABLE)
EXPLANATIONS: Mapping[str, str | Promise] = {
    NotTaken.CHANGED: gettext_lazy("The interview has been changed since the invitation that you answered."),
    NotTaken.FULL: gettext_lazy("All seats have been taken in the meantime."),
    NotTaken.SINCE: gettext_lazy("Another answer has been recorded after this one, and the last one holds."),
    NotTaken.UNDECIDED: gettext_lazy("We cannot plan with a “maybe”. Please tell us whether you are coming."),
    NotTaken.UNREADABLE: gettext_lazy("We could not read the answer that your calendar sent."),
    NotTaken.STARTED: gettext_lazy("The interview has already started, or is over."),
    NotTaken.CANCELLED: gettext_lazy("The interview is cancelled."),
    NotTaken.CLOSED: gettext_lazy("The invitation no longer holds."),
}
