"""Fills an empty database with the demo."""

from collections import defaultdict
from datetime import datetime, time
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from samtale.accounts.models import Department, Organisation, User
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.domain.projects import complete_project
from samtale.recruiting.models import Application, Candidate, Project
from samtale.web.demo.applicants import Entry, apply, entries
from samtale.web.demo.days import Days
from samtale.web.demo.delivery import Past
from samtale.web.demo.extras import add_documents, schedule_notes
from samtale.web.demo.interviews import Stage
from samtale.web.demo.organisation import House, open_project, set_up
from samtale.web.demo.people import Census
from samtale.web.demo.plan import UNREACHABLE, Status
from samtale.web.demo.vacancies import COLLEAGUES, NURSES, ORGANISATION, VACANCIES, WITHOUT_SMS, Vacancy

_SEED = 214
_FOUNDED = -200  # days from today
_FOUNDED_AT, _HANDLED_AT, _COMPLETED_AT = time(8), time(15), time(15, 30)


def is_empty() -> bool:
    """Say whether nobody has begun to use this database. An administrator may exist."""
    emails = [colleague.email for colleague in COLLEAGUES.values()]
    begun = (
        Organisation.objects.all(),
        Department.objects.all(),
        Project.objects.all(),
        Candidate.objects.all(),
        User.objects.filter(email__in=emails),
    )
    return not any(rows.exists() for rows in begun)


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Make the demo data, with everything that has happened in it up to `now`."""
    days = Days.around(now, ZoneInfo(ORGANISATION["time_zone"]))
    house = set_up(now=days.at(days.day(_FOUNDED), _FOUNDED_AT))
    chance = Random(_SEED)  # noqa: S311
    census = Census(chance)
    past = Past(unknown_people=UNREACHABLE)
    for vacancy in VACANCIES:
        found = entries(vacancy, census=census, days=days, chance=chance)
        _fill_vacancy(vacancy, found, house=house, days=days, chance=chance, past=past)
    past.happen(until=now)


def _fill_vacancy(
    vacancy: Vacancy, found: list[Entry], *, house: House, days: Days, chance: Random, past: Past
) -> None:
    project = open_project(vacancy, house=house, days=days)
    applications = apply(found, project=project, vacancy=vacancy, chance=chance)
    owner, colleague = house.users[vacancy.owner], house.users[WITHOUT_SMS]
    stage = Stage(project, applications, recruiter=owner, colleague=colleague, days=days, past=past)
    for move in vacancy.moves:
        stage.schedule_move(move)
    for plan in vacancy.plans:
        stage.schedule(plan)
    handled = days.at(days.workday(vacancy.handled), _HANDLED_AT)
    past.at(handled, lambda now: _handle(found, applications, by=owner, now=now))
    if vacancy is NURSES:
        add_documents(found, applications)
        schedule_notes(vacancy, applications, house=house, days=days, past=past)
    if vacancy.completed is not None:
        at = days.at(days.workday(vacancy.completed), _COMPLETED_AT)
        past.at(at, lambda now: complete_project(project=project, by=owner, now=now))


def _handle(found: list[Entry], applications: dict[str, Application], *, by: User, now: datetime) -> None:
    """Give those whom the plans do not name their status."""
    by_status: dict[Status, list[Application]] = defaultdict(list)
    for entry in found:
        if entry.status != Status.NEW:
            by_status[entry.status].append(applications[entry.person.name])
    for status, several in by_status.items():
        set_status(applications=several, status=status, by=by, now=now)
