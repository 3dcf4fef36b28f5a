from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile

from samtale.core import audit
from samtale.recruiting.domain.apply import (
    CandidateEmailTaken,
    DuplicateApplication,
    add_application,
    update_candidate,
)
from samtale.recruiting.domain.documents import MAX_BYTES, RefusedDocument, add_document
from samtale.recruiting.domain.queries.applications import Filter, applicants
from samtale.recruiting.models import Application, Candidate, Document, Project
from tests.factories.accounts import make_user
from tests.factories.recruiting import make_application, make_candidate, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def add(project: Project, **fields: Any) -> Any:
    fields = {"first_name": "Amina", "last_name": "Hassan", "email": "Amina@Example.org"} | fields
    return add_application(project=project, by="system", now=NOW, **fields)


def change(candidate: Candidate, **fields: Any) -> Any:
    now = {
        name: getattr(candidate, name)
        for name in ("first_name", "last_name", "email", "mobile", "language", "address")
    }
    update_candidate(candidate=candidate, by="system", now=NOW, **now | fields)


def test_a_new_candidate() -> None:
    application = add(make_project(), language="sv")
    assert application.candidate.email == "amina@example.org"
    assert application.candidate.language == "sv"
    assert (application.status, application.applied_at) == ("new", NOW)
    assert [row.verb for row in audit.history(application)] == ["application.added"]


def test_a_known_candidate_keeps_what_is_known() -> None:
    known = make_candidate(email="amina@example.org", first_name="Aminah", mobile="", address="Torget 1")
    application = add(make_project(), mobile="+4791234567", address="Gata 2")
    assert application.candidate == known
    known.refresh_from_db()
    assert (known.first_name, str(known.mobile), known.address) == ("Aminah", "+4791234567", "Torget 1")


def test_one_application_to_a_project() -> None:
    project = make_project()
    first = add(project)
    with pytest.raises(DuplicateApplication) as error:
        add(project, email="AMINA@example.org", mobile="+4791234567")
    assert error.value.application == first
    assert Application.objects.count() == Candidate.objects.count() == 1
    assert not Candidate.objects.get().mobile


def test_a_new_name_is_found_in_every_project() -> None:
    candidate = make_candidate(first_name="Amina")
    applications = [make_application(candidate=candidate) for _ in range(2)]
    change(candidate, first_name="Åse", email="Ny@example.org")
    for application in applications:
        assert applicants(application.project, Filter(text="åse ny@")).exists()
        assert not applicants(application.project, Filter(text="amina")).exists()
        assert [row.data for row in audit.history(application)] == [{"fields": ["email", "first_name"]}]


def test_an_address_belongs_to_one_candidate() -> None:
    make_candidate(email="per@example.org")
    with pytest.raises(CandidateEmailTaken):
        change(make_candidate(), email="Per@example.org")


def test_no_change_leaves_no_trace() -> None:
    candidate = make_candidate()
    change(candidate)
    assert not audit.history(candidate)


def test_a_document_is_stored_under_a_name_of_our_own() -> None:
    application, user = make_application(), make_user()
    document = add_document(
        application=application, file=ContentFile(b"%PDF-1.7"), name="../CV.PDF", by=user, now=NOW
    )
    document = Document.objects.get(pk=document.pk)
    assert (document.name, document.content_type, document.size) == ("CV.PDF", "application/pdf", 8)
    assert "CV" not in str(document.file.name)
    with document.file.open() as stored:
        assert stored.read() == b"%PDF-1.7"
    assert [row.data for row in audit.history(application)] == [{"name": "CV.PDF"}]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "cv.pdf", "empty"),
        (b"%PDF-1.7" + bytes(MAX_BYTES), "cv.pdf", "too_large"),
        (b"MZ", "cv.exe", "type"),
        (b"MZ", "cv", "type"),
        (b"MZ", "cv.pdf", "content"),
        (b"%PDF-1.7", "cv.pdf.exe", "type"),
    ],
)
def test_documents_that_are_refused(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(RefusedDocument) as error:
        add_document(
            application=make_application(), file=ContentFile(content), name=name, by="system", now=NOW
        )
    assert error.value.reason == reason
    assert not Document.objects.exists()
