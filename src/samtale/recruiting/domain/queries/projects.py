"""Which projects someone sees, and how many applications stand where in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from samtale.accounts.models import User
from samtale.core.text import folded
from samtale.recruiting.models import Application, Project, ProjectAccess
from samtale.recruiting.rules import RANK, access_level
from samtale.recruiting.statuses import HANDLED, IN_ORDER, IN_PROGRESS, WAITING

__all__ = [
    "TABS",
    "Summary",
    "access_level",
    "my_projects",
    "overview",
    "projects_allowing",
    "projects_for",
    "status_counts",
    "summary",
]

TABS = ("active", "expired", "completed")


def projects_for(user: User, *, least: ProjectAccess.Level = ProjectAccess.Level.READ) -> QuerySet[Project]:
    """Return the projects in which `user` has `least` or more; those they may see, if nothing is said."""
    if not user.is_active:
        return Project.objects.none()
    if user.is_administrator:
        return Project.objects.all()
    enough = [level for level, rank in RANK.items() if rank >= RANK[least]]
    granted = ProjectAccess.objects.filter(user=user, level__in=enough)
    administered = User.administers.through.objects.filter(user=user)
    return Project.objects.filter(
        Q(owner=user)
        | Q(department__in=administered.values("department"))
        | Q(pk__in=granted.values("project"))
    )


def projects_allowing(user: User, flag: str) -> QuerySet[Project]:
    """Return the projects in which `user` may do what their own right `flag`, such as "may_invite", lets them
    do: the same as `rules` says of one, where working in the project is needed beside it."""
    if getattr(user, flag) or user.is_administrator:
        return projects_for(user, least=ProjectAccess.Level.NORMAL)
    if not user.is_active:
        return Project.objects.none()
    return Project.objects.filter(department__in=user.administers.order_by().values("pk"))


def my_projects(user: User, *, limit: int) -> QuerySet[Project]:
    """Return the projects under way that `user` owns or has been given access to, nearest deadline first."""
    granted = ProjectAccess.objects.filter(user=user).exclude(level=ProjectAccess.Level.NONE)
    mine = projects_for(user).filter(Q(owner=user) | Q(pk__in=granted.values("project")))
    return mine.filter(completed_at=None).select_related("department", "owner")[:limit]


def overview(user: User, *, tab: str, search: str = "", today: date) -> QuerySet[Project]:
    """Return the projects of one tab: "active" (new and active), "expired" (the deadline was before
    `today`) or "completed". `search` looks in title, reference and position."""
    projects = projects_for(user).select_related("department", "owner")
    if search:
        for word in folded(search).split():
            projects = projects.filter(search_text__contains=word)
    if tab == "completed":
        return projects.filter(completed_at__isnull=False).order_by("-completed_at", "-pk")
    projects = projects.filter(completed_at=None)
    if tab == "expired":
        return projects.filter(deadline__lt=today).order_by("-deadline", "title", "pk")
    return projects.filter(deadline__gte=today).order_by("deadline", "title", "pk")


def status_counts(projects: Iterable[Project]) -> dict[int, Counter[str]]:
    """Return how many applications have each status, per project id, in one query."""
    rows = (
        Application.objects.filter(project__in=list(projects), deleted_at=None)
        .order_by()
        .values_list("project_id", "status")
        .annotate(number=Count("*"))
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for project_id, status, number in rows:
        counts[project_id][status] = number
    return counts


@dataclass(frozen=True)
class Summary:
    """How many applications stand where (Sammendrag)."""

    by_status: Counter[str]

    @property
    def all(self) -> int:
        return self.by_status.total()

    @property
    def waiting(self) -> int:
        return self._sum(WAITING)

    @property
    def in_progress(self) -> int:
        return self._sum(IN_PROGRESS)

    @property
    def handled(self) -> int:
        return self._sum(HANDLED)

    def in_order(self) -> list[tuple[Application.Status, int]]:
        """Return every status with its number, in the order an application passes them."""
        return [(status, self.by_status[status]) for status in IN_ORDER]

    def _sum(self, statuses: Iterable[str]) -> int:
        return sum(self.by_status[status] for status in statuses)


def summary(project: Project) -> Summary:
    """Return the project's counts, in one query."""
    kept = Application.objects.filter(project=project, deleted_at=None).order_by()
    return Summary(Counter(dict(kept.values_list("status").annotate(number=Count("*")))))
