"""Lets people apply to the demo's vacancies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from random import Random

from samtale.recruiting.domain.apply import add_application
from samtale.recruiting.models import Application, Project
from samtale.web.demo.days import Days
from samtale.web.demo.people import Census, Person
from samtale.web.demo.plan import LANGUAGES, WITHOUT_MOBILE, Status
from samtale.web.demo.vacancies import Vacancy
from samtale.web.demo.writing import papers

_ONE_WITHOUT_MOBILE_IN = 11
_LONGEST_WAIT = 6  # days between applying and being invited


@dataclass(frozen=True)
class Entry:
    """One person applies at an instant; `status` is what becomes of it unless the plans say more."""

    person: Person
    at: datetime
    status: Status = Status.NEW


def entries(vacancy: Vacancy, *, census: Census, days: Days, chance: Random) -> list[Entry]:
    """Return all who apply to `vacancy`, in the order in which they do."""
    found = [
        *_planned(vacancy, census, days, chance),
        *(
            Entry(_known(name, census), _moment(*_window(vacancy, status, days), days, chance), status)
            for name, status in vacancy.others.items()
        ),
        *_rest(vacancy, census, days, chance),
    ]
    return sorted(found, key=attrgetter("at", "person.name"))


def apply(
    found: list[Entry], *, project: Project, vacancy: Vacancy, chance: Random
) -> dict[str, Application]:
    """Store the applications and return them by the applicant's name."""
    return {entry.person.name: _apply(entry, project, vacancy, chance) for entry in found}


def _apply(entry: Entry, project: Project, vacancy: Vacancy, chance: Random) -> Application:
    person = entry.person
    written = papers(
        person, position=vacancy.position, trade=vacancy.trade, year=entry.at.year, chance=chance
    )
    return add_application(
        project=project,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        mobile=person.mobile,
        language=person.language,
        address=person.address,
        letter=written.letter,
        cv=written.cv,
        by=person.name,
        now=entry.at,
    )


def _planned(vacancy: Vacancy, census: Census, days: Days, chance: Random) -> Iterator[Entry]:
    """Those whom the plans name apply some days before they are first invited."""
    invited: dict[str, date] = {}
    for plan in sorted(vacancy.plans, key=attrgetter("sent")):
        for part in plan.parts:
            invited.setdefault(part.name, days.workday(plan.sent))
    for name, day in invited.items():
        earliest, latest = day - timedelta(days=_LONGEST_WAIT), day - timedelta(days=1)
        yield Entry(_known(name, census), _moment(earliest, latest, days, chance))


def _rest(vacancy: Vacancy, census: Census, days: Days, chance: Random) -> Iterator[Entry]:
    languages = [language for language, number in vacancy.languages.items() for _each in range(number)]
    statuses = [status for status, number in vacancy.rest.items() for _each in range(number)]
    chance.shuffle(languages)
    chance.shuffle(statuses)
    people = census.others(languages, one_without_mobile_in=_ONE_WITHOUT_MOBILE_IN)
    for person, status in zip(people, statuses, strict=True):
        yield Entry(person, _moment(*_window(vacancy, status, days), days, chance), status)


def _known(name: str, census: Census) -> Person:
    return census.known(name, language=LANGUAGES.get(name, "nb"), has_mobile=name not in WITHOUT_MOBILE)


def _window(vacancy: Vacancy, status: Status, days: Days) -> tuple[date, date]:
    """Return the first and the last day on which someone with this status can have applied."""
    first, last = days.day(vacancy.opened + 1), days.day(min(vacancy.deadline, -1))
    if status == Status.NEW:
        return max(first, last - timedelta(days=9)), last
    return first, min(last, days.workday(vacancy.handled) - timedelta(days=1))


def _moment(first: date, last: date, days: Days, chance: Random) -> datetime:
    day = first + timedelta(days=chance.randint(0, (last - first).days))
    return days.at(day, time(chance.randint(7, 22), chance.randrange(60)))
