"""Pages of a long list of messages, found by where the page before ended and not by counting rows.

A page deep in the list costs as much as the first, and a message that arrives meanwhile shifts nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.http import HttpRequest

from samtale.outbox.domain.queries.messages import NEWEST_FIRST, newer_than, older_than
from samtale.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list, which is sorted by when messages are due, newest first."""

    due_at: datetime
    pk: int

    @classmethod
    def of(cls, message: Message) -> "Place":
        return cls(message.due_at, message.pk)

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that `text` names, or None where it names none."""
        moment, _, pk = text.partition("_")
        try:
            due_at = datetime.fromisoformat(moment)
            return cls(due_at.astimezone(UTC), int(pk)) if due_at.tzinfo else None
        except (ValueError, OverflowError):  # the year 1 in Tokyo is none in UTC
            return None

    def __str__(self) -> str:
        return f"{self.due_at.isoformat()}_{self.pk}"


@dataclass(frozen=True, slots=True)
class Slice:
    """One page: its messages, newest first, and the places from which the pages beside it begin."""

    messages: list[Message]
    newer: Place | None
    older: Place | None


def slice_of(messages: QuerySet[Message], request: HttpRequest, *, size: int) -> Slice:
    """Return the page that the address asks for by `?before=` or `?after=`; the newest without either.

    What is not a place is read as the newest page. One query.
    """
    after, before = (Place.read(request.GET.get(name, "")) for name in ("after", "before"))
    if before is not None and after is None:
        return _newer_than(before, messages, size)
    found = (
        older_than(messages, due_at=after.due_at, pk=after.pk) if after else messages.order_by(*NEWEST_FIRST)
    )
    rows = list(found[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Slice(
        messages=rows,
        newer=Place.of(rows[0]) if after and rows else after,
        older=Place.of(rows[-1]) if more else None,
    )


def _newer_than(place: Place, messages: QuerySet[Message], size: int) -> Slice:
    rows = list(newer_than(messages, due_at=place.due_at, pk=place.pk)[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1]
    return Slice(
        messages=rows,
        newer=Place.of(rows[0]) if more else None,
        older=Place.of(rows[-1]) if rows else place,
    )
