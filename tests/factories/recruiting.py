"""Projects, candidates and applications with sensible values."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from samtale.accounts.models import User
from samtale.recruiting.models import Application, Candidate, Project, ProjectAccess
from tests.factories.accounts import make_department, make_user

LONG_AGO = datetime(2026, 11, 1, 9, tzinfo=UTC)
_numbers = count(1)


def make_project(**fields: Any) -> Project:
    number = next(_numbers)
    fields = {
        "title": "Sykepleier, hjemmetjenesten",
        "reference": f"2026-{number}",
        "position": "Sykepleier",
        "deadline": date(2026, 11, 30),
        "created_at": LONG_AGO,
    } | fields
    fields.setdefault("department", None)
    fields["department"] = fields["department"] or make_department()
    if "owner" not in fields:
        fields["owner"] = make_user()
    return Project.objects.create(**fields)


def give_access(user: User, project: Project, level: str) -> ProjectAccess:
    row, _ = ProjectAccess.objects.update_or_create(user=user, project=project, defaults={"level": level})
    return row


def make_candidate(**fields: Any) -> Candidate:
    number = next(_numbers)
    fields = {
        "first_name": "Amina",
        "last_name": f"Hassan {number}",
        "email": f"amina.hassan{number}@example.org",
        "mobile": "+4740000000",
        "created_at": LONG_AGO,
    } | fields
    return Candidate.objects.create(**fields)


def make_application(
    project: Project | None = None, *, candidate: Candidate | None = None, **fields: Any
) -> Application:
    """`fields` of the candidate may be given too, such as `first_name` or `language`."""
    of_candidate = {
        name: fields.pop(name)
        for name in ("first_name", "last_name", "email", "mobile", "language", "address")
        if name in fields
    }
    candidate = candidate or make_candidate(**of_candidate)
    application = Application(
        **{"project": project or make_project(), "candidate": candidate, "applied_at": LONG_AGO} | fields
    )
    application.take_name_of(candidate)
    application.save()
    return application


def make_applications(project: Project, number: int, **fields: Any) -> list[Application]:
    """Many at once, in two statements."""
    start = next(_numbers) * 100_000
    candidates = Candidate.objects.bulk_create(
        [
            Candidate(
                first_name="Amina",
                last_name=f"Hassan {start + each:06}",
                email=f"amina{start + each}@example.org",
                mobile="+4740000000",
                created_at=LONG_AGO,
            )
            for each in range(number)
        ]
    )
    applications = [
        Application(**{"project": project, "candidate": candidate, "applied_at": LONG_AGO} | fields)
        for candidate in candidates
    ]
    for application in applications:
        application.take_name_of(application.candidate)
    return Application.objects.bulk_create(applications)
