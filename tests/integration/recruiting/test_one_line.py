"""A field of one line holds one line in which nothing hides, whatever is posted."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from samtale.accounts.domain.departments import create_department, update_department
from samtale.accounts.domain.organisation import update_organisation
from samtale.accounts.domain.users import create_user, update_user
from samtale.core.text import one_line
from samtale.outbox import kinds
from samtale.outbox.domain.templates import save_template
from samtale.outbox.kinds import Wording
from samtale.recruiting.domain.apply import add_application, update_candidate
from samtale.recruiting.domain.projects import create_project, update_project
from samtale.recruiting.models import Application
from tests.factories.accounts import make_administrator, make_department, make_user
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TWO, ONE = "\ufeff Ka\u202eri\r\nBcc:\u2028 \u200b x\u2066 ", "Kari Bcc: x"


def test_one_line() -> None:
    assert one_line(TWO) == ONE
    assert one_line("\n") == ""


def test_a_candidates() -> None:
    names = {"first_name": TWO, "last_name": TWO, "address": TWO}
    candidate = add_application(
        project=make_project(), email="a@example.org", by="test", now=NOW, **names
    ).candidate
    assert [getattr(candidate, name) for name in names] == [ONE] * 3
    names = dict.fromkeys(names, "New" + TWO)
    update_candidate(
        candidate=candidate, email="a@example.org", mobile="", language="nb", by="test", now=NOW, **names
    )
    candidate.refresh_from_db()
    assert [getattr(candidate, name) for name in names] == ["New " + ONE] * 3


def test_a_known_candidates_address() -> None:
    for address in ("", TWO):
        application = add_application(
            project=make_project(),
            first_name="Kari",
            last_name="Lunde",
            email="a@example.org",
            address=address,
            by="test",
            now=NOW,
        )
    application.candidate.refresh_from_db()
    assert application.candidate.address == ONE


def test_a_users() -> None:
    names = {"first_name": TWO, "last_name": TWO, "title": TWO}
    user = create_user(email="a@example.org", by="test", now=NOW, **names)
    assert [getattr(user, name) for name in names] == [ONE] * 3
    update_user(user=user, by="test", now=NOW, **dict.fromkeys(names, "New" + TWO))
    user.refresh_from_db()
    assert [getattr(user, name) for name in names] == ["New " + ONE] * 3


def test_a_projects() -> None:
    facts = {"title": TWO, "reference": TWO, "position": TWO}
    others = {"department": make_department(), "owner": make_user(), "deadline": date(2026, 12, 1)}
    project = create_project(**facts, **others, by="test", now=NOW)
    assert [getattr(project, name) for name in facts] == [ONE] * 3
    facts = dict.fromkeys(facts, "New" + TWO)
    update_project(project=project, **facts, **others, description="", by="test", now=NOW)
    project.refresh_from_db()
    assert [getattr(project, name) for name in facts] == ["New " + ONE] * 3


def test_the_organisations_and_a_departments() -> None:
    organisation = update_organisation(
        name=TWO, sender_email="a@example.org", sms_sender="A\nB", time_zone="Europe/Oslo", by="test", now=NOW
    )
    assert (organisation.name, organisation.sms_sender) == (ONE, "A B")
    department = create_department(name=TWO, address=TWO, by="test", now=NOW)
    assert (department.name, department.address) == (ONE, ONE)
    update_department(
        department=department, name="New" + TWO, address="New" + TWO, directions="a\nb", by="test", now=NOW
    )
    department.refresh_from_db()
    assert (department.name, department.address, department.directions) == (
        "New " + ONE,
        "New " + ONE,
        "a\nb",
    )


def test_a_wordings_subject() -> None:
    template = save_template(
        kind=kinds.get("account.welcome"),
        language="nb",
        department=None,
        wording=Wording(subject=TWO, content="{password-link}\n\nHei", signature="A\nB"),
        by="test",
        now=NOW,
    )
    assert (template.subject, template.content) == (ONE, "{password-link}\n\nHei")


def test_a_forged_form() -> None:
    project, client = make_project(), Client()
    client.force_login(project.owner)
    client.post(
        f"/projects/{project.pk}/applications/new/",
        {
            "first_name": "Å\u202ese\r\nBcc: x\u200b",
            "last_name": "Berg",
            "email": "aase@example.org",
            "language": "nb",
            "applied_on": "2026-03-01",
        },
    )
    assert Application.objects.get().candidate.first_name == "Åse Bcc: x"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("application-new", ["first_name", "last_name"]),
        ("application-personal", ["first_name", "last_name"]),
        ("project-new", ["title", "reference"]),
        ("user-new", ["first_name", "last_name"]),
        ("profile", ["first_name", "last_name"]),
        ("organisation", ["name"]),
        ("department-new", ["name"]),
    ],
)
def test_a_name_of_which_nothing_shows_is_missing(name: str, fields: list[str]) -> None:
    application, client = make_application(), Client()
    client.force_login(make_administrator())
    known = {"application-new": [application.project_id], "application-personal": [application.pk]}
    address = reverse(f"staff:{name}", args=known.get(name))
    missing = client.post(address, {"go": "save"}).context["form"].errors
    hidden = client.post(address, dict.fromkeys(fields, "\u202e\u200b \u200d")).context["form"].errors
    assert [hidden[field] for field in fields] == [missing[field] for field in fields]
