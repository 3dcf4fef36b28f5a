"""Who may change what every project shares about a candidate (decision 0016)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samtale.accounts.models import User
from samtale.core import clock
from samtale.outbox.models import Message
from samtale.recruiting.domain.import_applicants import match_columns, run
from samtale.recruiting.domain.import_applicants.table import Row, Table
from samtale.recruiting.domain.queries.candidates import editable_candidates
from samtale.recruiting.models import Application, Candidate, Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_department, make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import give_access, make_application, make_candidate, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BUTTON = "Endre personalia"
EXPLANATION = "Kandidaten har også søkt i prosjekter du ikke har tilgang til."
OWN = {"first_name": "Amina", "last_name": "Hassan", "language": "nb"}


@pytest.fixture
def candidate() -> Candidate:
    return make_candidate(email="amina@example.org", first_name="Amina", last_name="Hassan", mobile="")


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def add_by_hand(client: Client, project: Project, **fields: str) -> Application:
    values = OWN | {"email": "amina@example.org", "applied_on": "2026-03-01"} | fields
    assert client.post(f"/projects/{project.pk}/applications/new/", values).status_code == 302
    return Application.objects.get(project=project)


def import_file(project: Project, by: Any) -> None:
    table = Table(
        headers=["Fornavn", "Etternavn", "E-post", "Mobil", "Adresse"],
        rows=[Row(2, ["Amina", "Hassan", "amina@example.org", "+4799999999", "Felle 1"])],
    )
    run(
        project=project,
        table=table,
        mapping=match_columns(table.headers),
        only_good=True,
        filename="a.csv",
        by=by,
        now=clock.now(),
    )


def test_adding_a_known_candidate_does_not_turn_other_projects_letters_aside(candidate: Candidate) -> None:
    make_organisation()
    real = make_application(make_project(), candidate=candidate)
    mallory = make_user()
    client = sign_in(mallory)
    trap = {"title": "Felle", "reference": "F-1", "deadline": "2026-12-01", "owner": mallory.pk}
    client.post("/projects/new/", trap | {"department": make_department().pk})
    added = add_by_hand(client, Project.objects.get(reference="F-1"), mobile="999 99 999", address="Felle 1")

    page = client.get(f"/applications/{added.pk}/").content.decode()
    assert EXPLANATION in page
    assert BUTTON not in page
    address = f"/applications/{added.pk}/personal/"
    assert client.get(address).status_code == 403
    assert client.post(address, OWN | {"email": "mallory@example.org"}).status_code == 403

    candidate.refresh_from_db()
    assert (candidate.email, str(candidate.mobile), candidate.address) == ("amina@example.org", "", "")
    send_invitations(real.project, [real])
    assert [message.recipient_address for message in Message.objects.all()] == ["amina@example.org"]


@pytest.mark.parametrize("elsewhere", [None, "none", "read"])
def test_an_import_fills_in_nothing_for_candidates_of_other_projects(
    candidate: Candidate, elsewhere: str | None
) -> None:
    other = make_application(make_project(), candidate=candidate).project
    project = make_project()
    if elsewhere:
        give_access(project.owner, other, elsewhere)
    import_file(project, project.owner)
    candidate.refresh_from_db()
    assert (str(candidate.mobile), candidate.address) == ("", "")


@pytest.mark.parametrize("by", ["the owner of both", "an administrator", "the command line"])
def test_an_import_fills_in_for_who_may_change_it(candidate: Candidate, by: str) -> None:
    project = make_project()
    make_application(make_project(owner=project.owner), candidate=candidate)
    people = {"the owner of both": project.owner, "the command line": "samtale import"}
    import_file(project, people.get(by) or make_administrator())
    candidate.refresh_from_db()
    assert (str(candidate.mobile), candidate.address) == ("+4799999999", "Felle 1")


def test_an_import_that_fills_in_a_number_brings_the_reminder_by_sms(candidate: Candidate) -> None:
    make_organisation()
    here = make_application(make_project(), candidate=candidate)
    letters = make_letters(reminder="sms", reminder_days=2)
    owner = make_user(may_send_sms=True)
    give_access(owner, here.project, ProjectAccess.Level.FULL)
    start = clock.now() + timedelta(days=14)
    send_invitations(here.project, [here], letters=letters, by=owner, start=start)
    import_file(make_project(), "samtale import")
    assert Message.objects.get(channel="sms").recipient_address == "+4799999999"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("none", False),
        ("read", False),
        ("normal", True),
        ("full", True),
        ("owner", True),
        ("department", True),
        ("other department", False),
        ("administrator", True),
        ("shut out", False),
    ],
)
def test_who_may_change_them(candidate: Candidate, role: str, may: bool) -> None:
    here = make_application(candidate=candidate)
    other = make_application(candidate=candidate).project
    user = {
        "owner": lambda: other.owner,
        "department": lambda: make_user(administers=(other.department,)),
        "other department": lambda: make_user(administers=(make_department(),)),
        "administrator": make_administrator,
        "shut out": lambda: make_administrator(is_active=False),
    }.get(role, make_user)()
    give_access(user, here.project, ProjectAccess.Level.NORMAL)
    if role in ("none", "read", "normal", "full"):
        give_access(user, other, role)

    for subject in (here, candidate):
        assert user.has_perm("recruiting.edit_candidate", subject) is may
    assert editable_candidates(user, [candidate.pk]) == ({candidate.pk} if may else set())
    if user.is_active:
        client = sign_in(user)
        assert client.get(f"/applications/{here.pk}/personal/").status_code == (200 if may else 403)
        page = client.get(f"/applications/{here.pk}/").content.decode()
        assert (BUTTON in page, EXPLANATION in page) == (may, not may)


def test_a_deleted_application_elsewhere_does_not_count(candidate: Candidate) -> None:
    here = make_application(candidate=candidate)
    make_application(candidate=candidate, deleted_at=clock.now())
    assert here.project.owner.has_perm("recruiting.edit_candidate", here)
    assert editable_candidates(here.project.owner, [candidate.pk]) == {candidate.pk}
