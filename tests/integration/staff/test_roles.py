"""Each role against each address (spec 9). A new address must find its row here."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import URLPattern, reverse

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.models import Dispatch, Room
from samtale.jobs.models import Job
from samtale.outbox.models import Message
from samtale.recruiting.models import Document
from samtale.recruiting.models.import_draft import ImportDraft
from samtale.web.staff.urls import urlpatterns
from tests.factories.accounts import make_administrator, make_department, make_organisation, make_user
from tests.factories.calendars import make_feed, make_ics_calendar
from tests.factories.interviews import send_invitations
from tests.factories.recruiting import give_access, make_application, make_project

pytestmark = pytest.mark.django_db

# What an address needs, and what each role meets that asks: y may, n is refused (403), - finds nothing (404).
ROLES = ("stranger", "elsewhere", "reader", "normal", "full", "owner", "department", "administrator")
NEEDS = {
    "a log-in": "yyyyyyyy",
    "to see the project": "--yyyyyy",
    "to work in the project": "--nyyyyy",
    "to edit the project": "--nnyyyy",
    "to delete everywhere": "--nnnnyy",
    "to create projects": "nynyyyyy",
    "to administer": "nnnnnnny",
    "to administer a department": "nynnnnyy",
    "to administer the department": "n-nnnnyy",
    "to export": "--nnnnyy",
    "to have exported": "nnnnnnyy",
}
ADDRESSES = {
    "a log-in": {
        "start": "GET",
        "projects": "GET",
        "calendar": "GET",
        "calendar-events": "GET",
        "calendar-new": "GET",
        "calendar-ticked": "POST",
        "calendar-email": "POST",
        "outbox": "GET",
        "follow-up": "GET",
        "follow-up-remind": "POST",
        "interview-outcome-bulk": "GET",
        "outbox-bulk": "POST",
        "profile": "GET",
        "profile-calendars": "GET",
        "feed-new": "GET",
        "feed-renew": "POST",
        "feed-end": "POST",
        "outside-new": "GET",
        "outside-edit": "GET",
        "outside-refresh": "POST",
        "outside-disconnect": "POST",
        "job": "GET",
        "job-stop": "POST",
        "session-extend": "POST",
        "language": "POST",
    },
    "to see the project": {
        "project": "GET",
        "applications": "GET",
        "application": "GET",
        "document": "GET",
        "interview": "GET",
        "message": "GET",
        "message-html": "GET",
        "calendar-interview": "GET",
    },
    "to work in the project": {
        "application-new": "GET",
        "progress": "POST",
        "import": "GET",
        "import-template": "GET",
        "import-preview": "GET",
        "import-discard": "POST",
        "invite": "POST",
        "invite-slots": "POST",
        "reject": "POST",
        "reject-preview": "POST",
        "invite-checks": "POST",
        "invite-preview": "POST",
        "invite-undo": "POST",
        "application-personal": "GET",
        "application-texts": "GET",
        "application-status": "POST",
        "application-note": "POST",
        "application-documents": "POST",
        "invitation-edit": "GET",
        "interview-cancel": "GET",
        "calendar-move": "GET",
        "interview-move": "GET",
        "interview-seats": "GET",
        "interview-outcome": "GET",
        "message-cancel": "POST",
        "message-again": "POST",
        "message-dismiss": "POST",
        "message-edit": "GET",
        "message-address": "POST",
        "message-now": "POST",
        "message-arrived": "POST",
        "message-leave": "POST",
    },
    "to edit the project": {"project-edit": "GET", "project-complete": "POST", "project-reopen": "POST"},
    "to delete everywhere": {"application-anonymise": "GET"},
    "to export": {"export": "POST"},
    "to have exported": {"job-file": "GET"},
    "to create projects": {"project-new": "GET"},
    "to administer a department": {"rooms": "GET", "room-new": "GET"},
    "to administer the department": {"room-edit": "GET"},
    "to administer": {
        "settings": "GET",
        "gallery": "GET",
        "organisation": "GET",
        "users": "GET",
        "user-new": "GET",
        "user-edit": "GET",
        "user-password": "POST",
        "departments": "GET",
        "department-new": "GET",
        "department-edit": "GET",
        "department-delete": "POST",
        "templates": "GET",
        "template-edit": "GET",
        "template-reset": "POST",
    },
}
CASES = [
    (name, method, need, role)
    for need, names in ADDRESSES.items()
    for name, method in names.items()
    for role in ROLES
]


class World:
    """One project with everything an address can name."""

    def __init__(self) -> None:
        make_organisation()
        self.department = make_department()
        self.project = make_project(department=self.department)
        self.application = make_application(self.project)
        send_invitations(self.project, [self.application], now=wall_clock.now())
        self.room = Room.objects.create(name="4B", department=self.department)
        self.document = Document.objects.create(
            application=self.application,
            name="CV.txt",
            file=ContentFile(b"Erfaring", name="cv.txt"),
            content_type="text/plain",
            size=8,
            added_at=wall_clock.now(),
        )

    def person(self, role: str) -> User:
        match role:
            case "owner":
                return self.project.owner
            case "administrator":
                return make_administrator()
            case "department":
                return make_user(administers=(self.department,))
            case "elsewhere":
                return make_user(administers=(make_department(),))
            case "stranger":
                return make_user(may_invite=False)
            case level:
                person = make_user(may_invite=level != "reader")
                give_access(person, self.project, "read" if level == "reader" else level)
                return person

    def arguments(self, name: str, person: User) -> list[Any]:
        if name in ("application", "document", "invitation-edit") or name.startswith("application-"):
            own = [] if name == "application-new" else [self.application.pk]
            more = {
                "document": [self.document.pk],
                "invitation-edit": [self.application.invitations.get().pk],
                "application-new": [self.project.pk],
            }
            return own + more.get(name, [])
        if name in ("import-preview", "import-discard"):
            return [self.project.pk, self._draft(person).pk]
        if name in (
            "project",
            "project-edit",
            "project-complete",
            "project-reopen",
            "applications",
            "progress",
            "export",
        ):
            return [self.project.pk]
        if name == "invite-undo":
            return [self.project.pk, Dispatch.objects.get().pk]
        if name.startswith(("import", "invite", "reject")):
            return [self.project.pk]
        if name in ("interview", *("interview-" + each for each in ("move", "seats", "cancel", "outcome"))):
            return [self.application.invitations.get().interview_id]
        if name.startswith("job"):
            return [self._job(person).pk]
        if name in ("feed-renew", "feed-end"):
            return [make_feed(person).pk]
        if name in ("outside-edit", "outside-refresh", "outside-disconnect"):
            return [make_ics_calendar("https://calendar.example.org/a.ics", person).pk]
        if name in ("calendar-interview", "calendar-move"):
            return [self.application.invitations.get().interview_id]
        if name.startswith("message"):
            return [Message.objects.get().pk]
        return {
            "user-edit": [self.project.owner.pk],
            "user-password": [self.project.owner.pk],
            "room-edit": [self.room.pk],
            "department-edit": [self.department.pk],
            "department-delete": [self.department.pk],
            "template-edit": ["invitation.interview_1", "nb"],
            "template-reset": ["invitation.interview_1", "nb"],
        }.get(name, [])

    def _job(self, person: User) -> Job:
        file = default_storage.save("jobs/a.csv", ContentFile(b"a"))
        return Job.objects.create(
            kind="export",
            project_id=self.project.pk,
            created_by=person,
            created_at=wall_clock.now(),
            total=1,
            result={"exported": 0},
            file=file,
        )

    def _draft(self, person: User) -> ImportDraft:
        return ImportDraft.objects.create(
            project=self.project,
            by=person,
            created_at=wall_clock.now(),
            filename="a.csv",
            headers=["Fornavn", "Etternavn", "E-post"],
            rows=[[2, ["Amina", "Hassan", "a@example.org"]]],
        )


@pytest.fixture
def world(clock) -> World:
    return World()


@pytest.mark.parametrize(("name", "method", "need", "role"), CASES)
def test_what_each_role_may_open(client, world, name, method, need, role):
    person = world.person(role)
    client.force_login(person)
    response = (client.post if method == "POST" else client.get)(
        reverse(f"staff:{name}", args=world.arguments(name, person))
    )
    response.close()
    status = response.status_code
    expected = NEEDS[need][ROLES.index(role)]
    found = {403: "n", 404: "-"}.get(status, "y")
    assert (found, status < 500) == (expected, True), f"{role} asked {name}: {status}"


@pytest.mark.parametrize(("name", "method"), sorted({(name, method) for name, method, _need, _role in CASES}))
def test_nobody_gets_in_without_a_log_in_nor_after_being_shut_out(client, world, name, method):
    address = reverse(f"staff:{name}", args=world.arguments(name, world.project.owner))
    shut_out = make_administrator()
    for person in (None, shut_out):
        if person:
            client.force_login(person)
            User.objects.filter(pk=person.pk).update(is_active=False)
        response = (client.post if method == "POST" else client.get)(address)
        if name == "language":  # the log-in page itself has a choice of language
            continue
        assert response.status_code == 302, f"{name}: {response.status_code}"
        assert response["Location"].startswith("/accounts/login/")


def test_no_address_is_forgotten():
    def names(patterns: list[Any]) -> set[str]:
        return {
            found
            for pattern in patterns
            for found in ([pattern.name] if isinstance(pattern, URLPattern) else names(pattern.url_patterns))
        }

    assert names(urlpatterns) == {name for names_ in ADDRESSES.values() for name in names_}


def test_verbs_are_not_reached_by_get(client, world):
    client.force_login(make_administrator())
    for names_ in ADDRESSES.values():
        for name in (each for each, method in names_.items() if method == "POST"):
            status = client.get(
                reverse(f"staff:{name}", args=world.arguments(name, world.project.owner))
            ).status_code
            assert status in (302, 405), f"GET {name}: {status}"


def test_a_right_taken_away_is_gone_at_once(client, world):
    person = make_user()
    access = give_access(person, world.project, "normal")
    client.force_login(person)
    address = reverse("staff:application-new", args=[world.project.pk])
    assert client.get(address).status_code == 200
    access.delete()
    assert client.get(address).status_code == 404
