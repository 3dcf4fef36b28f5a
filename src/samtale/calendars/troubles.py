"""What may be wrong with somebody's calendar, in the words of `OutsideCalendar.Problem`."""

from samtale.calendars.models import OutsideCalendar
from samtale.core.outside import Answer, NotAllowed, OutsideError, TooLarge, TooSlow

Problem = OutsideCalendar.Problem


class Trouble(Exception):
    """The calendar cannot be used as it is. `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def trouble_of(error: OutsideError) -> Trouble:
    """Return what it means that a server could not be asked."""
    for kind, problem in (
        (NotAllowed, Problem.NOT_ALLOWED),
        (TooLarge, Problem.TOO_LARGE),
        (TooSlow, Problem.TOO_SLOW),
    ):
        if isinstance(error, kind):
            return Trouble(problem)
    return Trouble(Problem.UNREACHABLE)


def check_status(answer: Answer, *, when_forbidden: Problem = Problem.REFUSED) -> None:
    """Raise `Trouble` unless the server says that it went well."""
    if 200 <= answer.status < 300:
        return
    if answer.status == 401:
        raise Trouble(Problem.REFUSED)
    if answer.status in (403, 405):
        raise Trouble(when_forbidden)
    if answer.status in (404, 410):
        raise Trouble(Problem.GONE)
    raise Trouble(Problem.FAILED)
