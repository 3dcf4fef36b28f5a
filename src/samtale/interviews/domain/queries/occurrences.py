"""The interviews of a range of time as a calendar draws them: few values, for a month may hold thousands."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core.portions import AT_ONCE, portions
from samtale.interviews.domain.queries.invited import is_emptied
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.interview import InterviewType
from samtale.interviews.models.invitation import MeetingStatus, Outcome
from samtale.recruiting.models import Candidate

LONGEST = timedelta(hours=12)
# Of a group the first of these that somebody has: what the recruiter has to do something about comes first.
_IN_FRONT: tuple[str, ...] = (
    MeetingStatus.NEW_TIME.value,
    MeetingStatus.AWAITING.value,
    MeetingStatus.ACCEPTED.value,
    MeetingStatus.NOT_ACCEPTED.value,
    MeetingStatus.NOT_RELEVANT.value,
)
# As strings: of thousands.
_GONE, _ACCEPTED = MeetingStatus.NOT_RELEVANT.value, MeetingStatus.ACCEPTED.value
_CAME = Outcome.ATTENDED.value
_Part = tuple[str, str, str, str]  # first name, last name, meeting status, outcome


@dataclass(slots=True)
class Occurrence:
    """One interview. `start` and `end` are instants in UTC; `names` are those of its candidates who still are
    invited, or of all where nobody is. Of the `invited`, `coming` have said yes and `came` are recorded as
    having come. `is_own`: the reader attends."""

    id: int
    project_id: int
    round: str
    type: str
    state: str
    start: datetime
    end: datetime
    names: list[str]
    invited: int
    coming: int
    came: int
    meeting_status: str
    is_own: bool

    @property
    def is_group(self) -> bool:
        return self.type == InterviewType.GROUP or len(self.names) > 1

    @property
    def is_emptied(self) -> bool:
        """Whether it is planned, and nobody is left to be met."""
        return is_emptied(self.state, anybody_is_left=self.invited > 0)


def during(interviews: QuerySet[Interview], *, start: datetime, end: datetime) -> QuerySet[Interview]:
    """Return those of `interviews` that may take place between the instants: none that begins at `end` or
    later, nor any that must be over at `start`."""
    return interviews.filter(start__lt=end, start__gt=start - LONGEST)


def occurrences(interviews: QuerySet[Interview], *, reader: User) -> list[Occurrence]:
    """Return `interviews` by start, in three queries, and two more for every `AT_ONCE` of them."""
    rows = list(
        interviews.order_by("start", "pk").values_list(
            "pk", "project_id", "round", "type", "state", "start", "duration"
        )
    )
    invited: dict[int, list[_Part]] = defaultdict(list)
    gone: dict[int, list[_Part]] = defaultdict(list)
    own: set[int] = set()
    candidate = "application__candidate__first_name", "application__candidate__last_name"
    attending = Interview.interviewers.through.objects.filter(user=reader)
    for ids in portions([row[0] for row in rows], AT_ONCE):
        parts = Invitation.objects.filter(interview__in=ids, cancelled_at=None)
        people = parts.order_by("application__sort_name", "pk").values_list(
            "interview_id", *candidate, "meeting_status", "outcome", "application__deleted_at"
        )
        for interview_id, first, last, status, outcome, deleted_at in people:
            is_gone = status == _GONE or deleted_at is not None
            (gone if is_gone else invited)[interview_id].append((first, last, status, outcome))
        own.update(attending.filter(interview__in=ids).values_list("interview_id", flat=True))
    found = []
    for pk, project_id, round_, type_, state, start, duration in rows:
        parts_of = invited.get(pk, [])
        named = parts_of or gone.get(pk, [])
        found.append(
            Occurrence(
                id=pk,
                project_id=project_id,
                round=round_,
                type=type_,
                state=state,
                start=start,
                end=start + timedelta(minutes=duration),
                names=[Candidate.full_name(first, last) for first, last, *_rest in named],
                invited=len(parts_of),
                coming=sum(status == _ACCEPTED for _first, _last, status, _outcome in parts_of),
                came=sum(outcome == _CAME for *_who, outcome in parts_of),
                meeting_status=standing([status for _first, _last, status, _outcome in named]),
                is_own=pk in own,
            )
        )
    return found


def standing(statuses: Collection[str]) -> str:
    """Return the one meeting status that stands for those of all candidates; "" where there is nobody."""
    return next((status for status in _IN_FRONT if status in statuses), "")
