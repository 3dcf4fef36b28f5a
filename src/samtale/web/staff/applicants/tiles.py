"""The counts above the list, each a link that narrows it."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.domain.queries.projects import Summary
from samtale.recruiting.models import Application
from samtale.web.staff.applicants.narrowing import Narrowing

_STATUSES = (Application.Status.NEW, Application.Status.INVITED)
_ANSWERS = (MeetingStatus.ACCEPTED, MeetingStatus.NEW_TIME)
_LAST = (Application.Status.WITHDRAWN,)


@dataclass(frozen=True)
class Tile:
    label: str
    number: int
    address: str
    is_current: bool


def tiles(summary: Summary, answers: Counter[str], narrowing: Narrowing) -> list[Tile]:
    """Return the tiles; the one the list is narrowed to is the current one."""

    def tile(label: str, number: int, **query: str) -> Tile:
        return Tile(
            label=label,
            number=number,
            address=f"?{urlencode(query)}",
            is_current=narrowing.status == query.get("status", "")
            and narrowing.answer == query.get("answer", ""),
        )

    def of_status(status: Application.Status) -> Tile:
        label = _("New ones") if status == Application.Status.NEW else str(status.label)
        return tile(label, summary.by_status[status], status=status.value)

    return [
        tile(_("All applications"), summary.all),
        *(of_status(status) for status in _STATUSES),
        *(tile(str(answer.label), answers[answer], answer=answer.value) for answer in _ANSWERS),
        *(of_status(status) for status in _LAST),
    ]
