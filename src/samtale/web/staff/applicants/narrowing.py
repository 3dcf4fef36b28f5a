"""What the address of the list says: what it is narrowed to and sorted by."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from samtale.interviews.domain.queries.answers import standing_answers
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.domain.queries.applications import SORTS, Filter, applicants
from samtale.recruiting.models import Application, Project

SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Narrowing:
    """Values that do not exist count as not given, so that an old address still leads somewhere."""

    text: str = ""
    status: str = ""
    answer: str = ""
    sort: str = "name"
    size: int = SIZES[0]

    @classmethod
    def of(cls, query: QueryDict) -> "Narrowing":
        """Read `?q=&status=&answer=&sort=&size=`."""
        return cls(
            text=query.get("q", "").replace("\0", "").strip()[:200],
            status=_among(query.get("status"), Application.Status.values),
            answer=_among(query.get("answer"), MeetingStatus.values),
            sort=_among(query.get("sort"), SORTS) or "name",
            size=next((size for size in SIZES if str(size) == query.get("size")), SIZES[0]),
        )

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.status or self.answer)

    def found(self, project: Project) -> QuerySet[Application]:
        """Return the project's applications that fit."""
        narrowed = Filter(text=self.text, statuses=(self.status,) if self.status else ())
        if self.answer:
            answered = standing_answers(project).filter(meeting_status=self.answer)
            narrowed = replace(narrowed, ids=answered.values("application"))
        return applicants(project, narrowed)


def _among(value: str | None, known: Any) -> str:
    return value if value and value in known else ""
