"""Writes the rows of the agenda.

A page shows a hundred interviews of seven cells each. Written by a template they would take most of
the page's time, so they are written here, each value escaped as it is put in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate's name, where it leads (nowhere without the right), and the meeting status. `invitation` is
    the id by which the candidate's row is ticked; 0 where nothing can be done."""

    name: str
    url: str
    status: SafeString
    invitation: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One interview as the agenda shows it. `zone` is named where it is not the organisation's; `off`
    says why it does not take place, where it does not; `others` is how many candidates it has beside
    `people`."""

    url: str
    time: str
    zone: str
    activity: str
    type: str
    interviewers: str
    place: str
    video_link: str
    project: str
    project_url: str
    off: SafeString
    people: Sequence[Person]
    others: int


class Columns:
    """The columns' names in the active language, and the rows below them."""

    def __init__(self, *, has_boxes: bool = False) -> None:
        self.has_boxes = has_boxes
        self.number_of_boxes = 0
        self.time = _("Time")
        self.candidate = _("Candidate")
        self.status = _("Accepted time")
        self.activity = _("Activity")
        self.interviewers = _("Interviewers")
        self.place = _("Place")
        self.project = _("Project")
        self._video = _("Video link")
        self._tick = _("Select %(name)s")

    @property
    def names(self) -> list[str]:
        """The headings, in order."""
        return [
            self.time,
            self.candidate,
            self.status,
            self.activity,
            self.interviewers,
            self.place,
            self.project,
        ]

    @property
    def number(self) -> int:
        """How many columns there are."""
        return len(self.names) + self.has_boxes

    def rows(self, rows: Iterable[Row]) -> SafeString:
        """Return the interviews as HTML, a table row for each of their candidates."""
        return mark_safe("\n".join(map(self._row, rows)))  # noqa: S308, every value is escaped below

    def _row(self, row: Row) -> str:
        *before, last = row.people
        people = [self._person(row, each) for each in before]
        people.append(self._person(row, last, others=row.others))
        opening = '<tr class="calendar-cancelled">' if row.off else "<tr>"
        boxes = [self._box(row, person) for person in row.people]
        shared = "".join(self._shared(row))
        html = f"{opening}{boxes[0]}{self._time(row)}{people[0]}{shared}</tr>"
        others = zip(boxes[1:], people[1:], strict=True)
        return html + "".join(f"{opening}{box}{cells}</tr>" for box, cells in others)

    def _box(self, row: Row, person: Person) -> str:
        if not self.has_boxes:
            return ""
        if not person.invitation:
            return '<td class="cell-check"></td>'
        self.number_of_boxes += 1
        label = escape(self._tick % {"name": person.name})
        return (
            '<td class="cell-check"><input class="ds-input" type="checkbox" name="invitation" '
            f'value="{person.invitation}" data-bulk-row aria-label="{label}, {row.time}"></td>'
        )

    def _time(self, row: Row) -> str:
        zone = f'<br><span class="muted">{escape(row.zone)}</span>' if row.zone else ""
        # Heard by itself a time says little: with whom, or what where they are several.
        more = escape(row.activity if len(row.people) > 1 or row.others else row.people[0].name)
        link = (
            f'<a class="ds-link nowrap" href="{escape(row.url)}"><strong>{escape(row.time)}</strong>'
            f'<span class="ds-sr-only">, {more}</span></a>'
        )
        return _cell(row, self.time, link + zone)

    def _person(self, row: Row, person: Person, *, others: int = 0) -> str:
        status = row.off or person.status
        more = ngettext("and %(number)d other", "and %(number)d others", others) % {"number": others}
        beside = f'<br><span class="muted">{escape(more)}</span>' if others else ""
        return (
            f'<td data-label="{self.candidate}"><span>{_link(person.url, person.name)}{beside}</span></td>'
            f'<td data-label="{self.status}">{status}</td>'
        )

    def _shared(self, row: Row) -> Iterator[str]:
        """Yield the cells that all candidates of the interview have in common."""
        places = [escape(row.place)] if row.place else []
        if row.video_link:
            places.append(_link(row.video_link, self._video))
        yield _cell(row, self.activity, _lines(row.activity, row.type))
        yield _cell(row, self.interviewers, escape(row.interviewers))
        yield _cell(row, self.place, "<br>".join(places))
        yield _cell(row, self.project, _link(row.project_url, row.project))


def _cell(row: Row, label: str, html: str) -> str:
    return f'<td rowspan="{len(row.people)}" data-label="{label}"><span>{html}</span></td>'


def _link(url: str, text: str) -> str:
    return f'<a class="ds-link" href="{escape(url)}">{escape(text)}</a>' if url else escape(text)


def _lines(first: str, second: str) -> str:
    return f'{escape(first)}<br><span class="muted">{escape(second)}</span>'
