"""Which applications someone sees, and the list of a project's applicants."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, Q, QuerySet, Value, When

from samtale.accounts.models import User
from samtale.core.text import folded
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import Application, Candidate, Note, Project
from samtale.recruiting.statuses import IN_ORDER

SORTS = {
    "name": ("sort_name", "id"),
    "-name": ("-sort_name", "-id"),
    "applied": ("applied_at", "id"),
    "-applied": ("-applied_at", "-id"),
    "status": ("rank", "sort_name", "id"),
    "-status": ("-rank", "sort_name", "id"),
}


def applications_for(user: User) -> QuerySet[Application]:
    """Return the applications `user` may see: not deleted, in projects they see."""
    return Application.objects.filter(deleted_at=None, project__in=projects_for(user))


def other_applications(application: Application, user: User) -> QuerySet[Application]:
    """Return the same candidate's applications to other projects that `user` sees, newest first."""
    return (
        applications_for(user)
        .filter(candidate=application.candidate_id)
        .exclude(pk=application.pk)
        .select_related("project")
        .defer("letter", "cv")
        .order_by("-applied_at", "-pk")
    )


def neighbours(application: Application) -> tuple[Application | None, Application | None]:
    """Return the applicants before and after this one by name, each read from the index of names."""
    others = Application.objects.filter(project=application.project_id, deleted_at=None)
    others = others.only("pk", "sort_name")
    name, pk = application.sort_name, application.pk
    before = others.filter(Q(sort_name__lt=name) | Q(sort_name=name, pk__lt=pk)).filter(sort_name__lte=name)
    after = others.filter(Q(sort_name__gt=name) | Q(sort_name=name, pk__gt=pk)).filter(sort_name__gte=name)
    return before.order_by("-sort_name", "-pk").first(), after.order_by("sort_name", "pk").first()


@dataclass(frozen=True)
class Filter:
    """What the list of applicants is narrowed to. `ids` adds a condition of a higher floor."""

    text: str = ""
    statuses: tuple[str, ...] = ()
    ids: QuerySet[Any, Any] | None = None


def applicants(project: Project, narrowed: Filter = Filter()) -> QuerySet[Application]:
    """Return the project's applications that fit, in no order. Each word of the text must be in the
    name or e-mail, or in one note."""
    found = Application.objects.filter(project=project, deleted_at=None)
    if narrowed.statuses:
        found = found.filter(status__in=narrowed.statuses)
    if narrowed.ids is not None:
        found = found.filter(pk__in=narrowed.ids)
    words = folded(narrowed.text).split()
    if words:
        in_name, in_note = Q(), Q(application__project=project)
        for word in words:
            in_name &= Q(search_text__contains=word)
            in_note &= Q(search_text__contains=word)
        found = found.filter(
            in_name | Q(pk__in=Note.objects.filter(in_note).order_by().values("application"))
        )
    return found


class Applicant(NamedTuple):
    """One application as lists show it: plain values, for a page has a hundred."""

    id: int
    status: str
    applied_at: datetime
    first_name: str
    last_name: str
    email: str
    language: str

    @property
    def name(self) -> str:
        return Candidate.full_name(self.first_name, self.last_name)

    @property
    def shown_email(self) -> str:
        """The address, or "" where there is none: whoever is anonymised has none."""
        return self.email if "@" in self.email else ""


_COLUMNS = ("pk", "status", "applied_at", *(f"candidate__{name}" for name in Applicant._fields[3:]))


class Listing:
    """Applicants in order, to be cut into pages: a sequence as Django's `Paginator` wants it.

    The ids of a page come from an index alone, and only those rows are then read whole, so a page
    deep in the list costs about the same as the first.
    """

    def __init__(self, found: QuerySet[Application], *, sort: str, total: int | None = None) -> None:
        """`total` may be given where it is known.

        Raises:
            KeyError: `sort` is not one of `SORTS`.
        """
        ordered = _ranked(found) if "status" in sort else found
        self._ordered = ordered.order_by(*SORTS[sort])
        self._total = total

    def count(self) -> int:
        if self._total is None:
            self._total = self._ordered.order_by().count()
        return self._total

    def __len__(self) -> int:
        return self.count()

    def in_pages_of(self, size: int) -> "Paginator[Applicant]":
        return Paginator(self, size)  # type: ignore[arg-type]

    def ids(self) -> list[int]:
        """Return the ids of all of them, in order."""
        return list(self._ordered.values_list("pk", flat=True))

    def __getitem__(self, rows: slice) -> list[Applicant]:
        ids = list(self._ordered.values_list("pk", flat=True)[rows])
        whole = Application.objects.filter(pk__in=ids).order_by().values_list(*_COLUMNS)
        by_id = {row[0]: Applicant._make(row) for row in whole}
        return [by_id[pk] for pk in ids if pk in by_id]


def _ranked(found: QuerySet[Application]) -> QuerySet[Application]:
    ranks = [When(status=status, then=Value(rank)) for rank, status in enumerate(IN_ORDER)]
    return found.annotate(rank=Case(*ranks, default=Value(len(ranks))))
