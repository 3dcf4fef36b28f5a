"""Interviews over time: who meets whom, when and where."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet
from django.db.models.lookups import GreaterThan

from samtale.accounts.models import User
from samtale.interviews.domain.queries.invited import NOBODY_LEFT, emptied, is_emptied, takes_place
from samtale.interviews.domain.queries.occurrences import LONGEST
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.interview import InterviewType
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import Candidate


class _End(Func):
    """When something ends that begins at the first and lasts for the second, in minutes: as seconds since
    1970, since the two databases reckon with instants each in a way of their own."""

    output_field = IntegerField()
    arg_joiner = ") + 60 * "
    template = "(EXTRACT(EPOCH FROM %(expressions)s)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(strftime('%%%%s', %(expressions)s)"  # %s once it has been through both formattings
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(slots=True)
class Attendance:
    """One candidate's part in an interview, as a list shows it."""

    invitation_id: int
    application_id: int
    name: str
    meeting_status: str
    outcome: str
    is_deleted: bool

    @property
    def is_still_invited(self) -> bool:
        return self.meeting_status != MeetingStatus.NOT_RELEVANT and not self.is_deleted


@dataclass(slots=True)
class Entry:
    """One interview, on the wall clock of its own zone. Plain values: a page shows a hundred."""

    id: int
    project_id: int
    project_title: str
    round: str
    type: str
    state: str
    local_start: datetime
    local_end: datetime
    time_zone: str
    place: str
    video_link: str
    candidates: list[Attendance] = field(default_factory=list)
    interviewers: list[str] = field(default_factory=list)

    @property
    def is_cancelled(self) -> bool:
        return self.state == Interview.State.CANCELLED

    @property
    def is_group(self) -> bool:
        return self.type == InterviewType.GROUP or len(self.candidates) > 1

    @property
    def is_emptied(self) -> bool:
        """Whether it is planned, and nobody is left to be met."""
        return is_emptied(self.state, anybody_is_left=any(each.is_still_invited for each in self.candidates))


@dataclass(slots=True)
class Day:
    """The interviews of one date, each in its own zone, earliest first."""

    date: date
    entries: list[Entry]


def interviews_for(user: User, *, projects: Collection[int] | None = None) -> QuerySet[Interview]:
    """Return the interviews of the projects that `user` may see, and those that `user` attends.

    `projects` are the ids of `projects_for(user)` where the caller knows them already.
    """
    seen = projects_for(user).order_by().values("pk") if projects is None else projects
    return Interview.objects.filter(Q(project__in=seen) | Q(pk__in=_attended_by(user.pk)))


def attended_elsewhere(user: User, *, projects: Collection[int]) -> dict[int, str]:
    """Return, by id, the titles of projects beside `projects` in which `user` attends interviews."""
    elsewhere = Interview.objects.filter(interviewers=user).exclude(project__in=projects)
    return dict(elsewhere.order_by("project__title").values_list("project_id", "project__title").distinct())


def interviewers_for(user: User, *, projects: Collection[int]) -> list[tuple[int, str]]:
    """Return the id and name of everyone who attends an interview that `user` may see, by last name.

    `projects` are as in `interviews_for`. Asked person by person, each until the first interview is found:
    there are few people, and many interviews.
    """
    seen = Q(interview__project__in=projects) | Q(interview__in=_attended_by(user.pk))
    attended = Interview.interviewers.through.objects.filter(seen, user=OuterRef("pk"))
    found = User.objects.filter(Exists(attended)).order_by("last_name", "first_name", "pk")
    names = found.values_list("pk", "first_name", "last_name")
    return [(pk, f"{first} {last}".strip()) for pk, first, last in names]


def with_people(interviews: QuerySet[Interview]) -> QuerySet[Interview]:
    """Let `interviews` come with their projects, candidates and interviewers in three queries."""
    invitations = Invitation.objects.filter(cancelled_at=None).select_related("application__candidate")
    invitations = invitations.order_by("application__sort_name", "pk")
    return interviews.select_related("project").prefetch_related(
        Prefetch("invitations", queryset=invitations), "interviewers"
    )


def between(
    interviews: QuerySet[Interview], *, first: date | None, last: date | None, zone: ZoneInfo
) -> QuerySet[Interview]:
    """Return those that take place from the date `first` to the date `last`, both included, in `zone`. One
    that runs past midnight takes place on both dates."""
    if first is not None:
        interviews = _not_over_at(interviews, _midnight(first, zone))
    if last is not None and last < date.max:
        interviews = interviews.filter(start__lt=_midnight(last + timedelta(days=1), zone))
    return interviews


def narrowed(
    interviews: QuerySet[Interview],
    *,
    round: str = "",
    type: str = "",
    project_id: int | None = None,
    department_id: int | None = None,
    interviewer_id: int | None = None,
    meeting_status: str = "",
) -> QuerySet[Interview]:
    """Return those that fit every value given; an empty one lets all through.

    With `meeting_status`: those where at least one candidate has it; or, as `NOBODY_LEFT`, those that are
    planned and where nobody is left to be met.
    """
    values = {"round": round, "type": type, "project": project_id, "project__department": department_id}
    interviews = interviews.filter(**{name: value for name, value in values.items() if value})
    if interviewer_id:
        interviews = interviews.filter(pk__in=_attended_by(interviewer_id))
    if meeting_status == NOBODY_LEFT:
        interviews = interviews.filter(emptied())
    elif meeting_status:
        having = Invitation.objects.filter(
            interview=OuterRef("pk"), meeting_status=meeting_status, cancelled_at=None
        )
        interviews = interviews.filter(Exists(having))
    return interviews


def today(user: User, *, now: datetime, zone: ZoneInfo) -> QuerySet[Interview]:
    """Return the interviews that take place, with somebody, on the date it is in `zone`, earliest first."""
    day = now.astimezone(zone).date()
    on = interviews_for(user).filter(takes_place())
    return with_people(between(on, first=day, last=day, zone=zone)).order_by("start", "pk")


def in_short(interviews: QuerySet[Interview]) -> QuerySet[Interview]:
    """Return `interviews` with no more than `agenda` shows of them, which is much quicker to read."""
    shown = ("round", "type", "state", "start", "time_zone", "duration", "place", "video_link")
    return interviews.select_related("project").only(*shown, "project__title")


def agenda(interviews: Iterable[Interview]) -> list[Day]:
    """Return `interviews` by date, with their people, in two queries however many they are.

    Ask for `interviews` with their projects, see `in_short`. The date is that of the interview's zone.
    """
    entries = {interview.pk: _entry(interview) for interview in interviews}
    _add_candidates(entries)
    _add_interviewers(entries)
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        days[entry.local_start.date()].append(entry)
    return [Day(date=day, entries=days[day]) for day in sorted(days)]


def _attended_by(user_id: int) -> QuerySet[Any, Any]:
    return Interview.interviewers.through.objects.filter(user_id=user_id).values("interview_id")


def _not_over_at(interviews: QuerySet[Interview], instant: datetime) -> QuerySet[Interview]:
    """Return those that begin at `instant` or later, or go on then. Only the few that may are reckoned with,
    since an index knows nothing of ends."""
    goes_on = GreaterThan(_End("start", "duration"), int(instant.timestamp()))
    return interviews.filter(Q(start__gte=instant) | Q(goes_on), start__gt=instant - LONGEST)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _entry(interview: Interview) -> Entry:
    return Entry(
        id=interview.pk,
        project_id=interview.project_id,
        project_title=interview.project.title,
        round=interview.round,
        type=interview.type,
        state=interview.state,
        local_start=interview.local_start,
        local_end=interview.local_end,
        time_zone=interview.time_zone,
        place=interview.place,
        video_link=interview.video_link,
    )


def _add_candidates(entries: dict[int, Entry]) -> None:
    rows = (
        Invitation.objects.filter(interview__in=list(entries), cancelled_at=None)
        .order_by("application__sort_name", "pk")
        .values_list(
            "interview_id",
            "pk",
            "application_id",
            "application__candidate__first_name",
            "application__candidate__last_name",
            "meeting_status",
            "outcome",
            "application__deleted_at",
        )
    )
    for interview_id, pk, application_id, first, last, status, outcome, deleted_at in rows:
        name = Candidate.full_name(first, last)
        entries[interview_id].candidates.append(
            Attendance(pk, application_id, name, status, outcome, is_deleted=deleted_at is not None)
        )


def _add_interviewers(entries: dict[int, Entry]) -> None:
    rows = (
        Interview.interviewers.through.objects.filter(interview__in=list(entries))
        .order_by("user__last_name", "user__first_name", "user_id")
        .values_list("interview_id", "user__first_name", "user__last_name")
    )
    for interview_id, first, last in rows:
        entries[interview_id].interviewers.append(f"{first} {last}".strip())
