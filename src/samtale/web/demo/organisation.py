"""Sets up the demo's organisation, with its departments, colleagues and projects."""

from dataclasses import dataclass
from datetime import datetime, time

from samtale.accounts.domain.departments import create_department
from samtale.accounts.domain.organisation import update_organisation
from samtale.accounts.domain.users import create_user
from samtale.accounts.models import Department, User
from samtale.recruiting.domain.projects import create_project, set_access
from samtale.recruiting.models import Project
from samtale.web.demo.days import Days
from samtale.web.demo.vacancies import ADMIN, COLLEAGUES, DEPARTMENTS, ORGANISATION, Vacancy

PASSWORD = "samtale-demo"  # noqa: S105
_OPENED_AT = time(9, 30)


@dataclass(frozen=True)
class House:
    """Who and what there is before anybody applies."""

    users: dict[str, User]
    departments: dict[str, Department]


def set_up(*, now: datetime) -> House:
    """Create the organisation, its departments and those who may log in."""
    users = {
        key: create_user(
            by="demo",
            now=now,
            email=each.email,
            first_name=each.first_name,
            last_name=each.last_name,
            title=each.title,
            mobile=each.mobile,
            rights=each.rights,
            password=PASSWORD,
        )
        for key, each in COLLEAGUES.items()
    }
    update_organisation(**ORGANISATION, by=users[ADMIN], now=now)
    departments = {
        name: create_department(name=name, address=address, directions=directions, by=users[ADMIN], now=now)
        for name, (address, directions) in DEPARTMENTS.items()
    }
    return House(users, departments)


def open_project(vacancy: Vacancy, *, house: House, days: Days) -> Project:
    """Create the project of `vacancy`, with its team."""
    opened = days.day(vacancy.opened)
    owner, now = house.users[vacancy.owner], days.at(opened, _OPENED_AT)
    project = create_project(
        title=vacancy.title,
        reference=f"{opened.year}-{vacancy.number}",
        position=vacancy.position.capitalize(),
        department=house.departments[vacancy.department],
        owner=owner,
        deadline=days.day(vacancy.deadline),
        description=vacancy.description,
        by=owner,
        now=now,
    )
    levels = {house.users[key]: level for key, level in vacancy.access.items()}
    set_access(project=project, levels=levels, by=owner, now=now)
    return project
