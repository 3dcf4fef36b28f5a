"""Legg til kandidat."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from samtale.recruiting.models import Application, Candidate, Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.recruiting import give_access, make_application, make_candidate, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def add(project: Project, **data: Any) -> Any:
    client = Client()
    client.force_login(project.owner)
    values = {
        "first_name": "Åse",
        "last_name": "Ødegård",
        "email": "Aase@Example.org",
        "mobile": "400 00 000",
        "language": "nb",
        "applied_on": "2026-03-01",
    }
    return client.post(f"/projects/{project.pk}/applications/new/", values | data)


def test_added() -> None:
    project = make_project()
    answer = add(project, letter="Hei", cv="Erfaring")
    application = Application.objects.get()
    assert answer.headers["Location"] == f"/applications/{application.pk}/"
    assert application.candidate.email == "aase@example.org"
    assert str(application.candidate.mobile) == "+4740000000"
    assert (application.letter, application.cv) == ("Hei", "Erfaring")
    assert application.applied_at.isoformat() == "2026-03-01T11:00:00+00:00"


def test_one_who_is_here_already_is_pointed_at() -> None:
    here = make_application(email="aase@example.org", first_name="Åse", last_name="Ødegård")
    answer = add(here.project)
    page = answer.content.decode()
    assert "Åse Ødegård har denne e-postadressen og er allerede i prosjektet." in page
    assert f'href="/applications/{here.pk}/"' in page
    assert Application.objects.count() == 1


def test_one_who_is_known_keeps_their_details() -> None:
    make_candidate(
        email="aase@example.org",
        first_name="Aase",
        last_name="Berg",
        created_at=datetime(2025, 1, 1, tzinfo=UTC),
    )
    answer = add(make_project())
    assert Candidate.objects.get().name == "Aase Berg"
    assert any("Aase Berg har søkt før" in str(message) for message in get_messages(answer.wsgi_request))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("email", "not an address"),
        ("mobile", "12"),
        ("language", "da"),
        ("applied_on", "2026-03-03"),
    ],
)
def test_what_is_wrong_is_shown_and_nothing_stored(field: str, value: str) -> None:
    answer = add(make_project(), **{field: value})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert not Candidate.objects.exists()


def test_readers_may_not() -> None:
    project, reader = make_project(), make_user()
    give_access(reader, project, ProjectAccess.Level.READ)
    client = Client()
    client.force_login(reader)
    assert client.get(f"/projects/{project.pk}/applications/new/").status_code == 403


def test_what_is_missing_or_wrong_is_named() -> None:
    names = dict.fromkeys(("first_name", "last_name", "email", "applied_on"), "")
    page = add(make_project(), mobile="12", **names).content.decode()
    for sentence in (
        "Skriv inn fornavnet.",
        "Skriv inn etternavnet.",
        "Skriv inn e-postadressen.",
        "Skriv et gyldig telefonnummer, for eksempel 40 00 00 00.",
        "Velg en dato.",
    ):
        assert sentence in page
    assert "påkrevet" not in page
