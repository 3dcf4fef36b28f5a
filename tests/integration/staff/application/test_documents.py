"""Documents of an application: taken in and handed out."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samtale.accounts.models import User
from samtale.recruiting.domain.documents import add_document
from samtale.recruiting.models import Application, Document, Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.recruiting import LONG_AGO, give_access, make_application

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def application(project: Project) -> Application:
    return make_application(project)


@pytest.fixture
def document(application: Application, owner: User) -> Document:
    return add_document(
        application=application, file=ContentFile(PDF), name="Søknad – Amina.pdf", by=owner, now=LONG_AGO
    )


def content(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_file_comes_back_as_it_was_to_be_saved_and_not_shown(
    client: Client, owner: User, document: Document
) -> None:
    client.force_login(owner)

    response = client.get(f"/applications/{document.application_id}/documents/{document.pk}/")

    assert content(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "S%C3%B8knad%20%E2%80%93%20Amina.pdf" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "name", ['a"; filename="evil.html', "a\r\nSet-Cookie: x=1.pdf", "../../etc/passwd", "\u202egpj.exe.pdf"]
)
def test_a_hostile_name_cannot_leave_its_header(
    client: Client, owner: User, document: Document, name: str
) -> None:
    Document.objects.filter(pk=document.pk).update(name=name)
    client.force_login(owner)

    response = client.get(f"/applications/{document.application_id}/documents/{document.pk}/")
    header = response["Content-Disposition"]

    assert header.startswith("attachment; ")
    assert not set("\r\n\u202e") & set(header)
    assert "Set-Cookie" not in response
    assert "/" not in header.replace("utf-8''", "")
    assert 'evil.html"' not in header.replace('\\"', "") or '\\"' in header
    content(response)


def test_readers_may_take_it_and_strangers_may_not(
    client: Client, project: Project, document: Document
) -> None:
    address = f"/applications/{document.application_id}/documents/{document.pk}/"
    reader, stranger = make_user(), make_user()
    give_access(reader, project, ProjectAccess.Level.READ)

    client.force_login(reader)
    assert content(client.get(address)) == PDF
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_document_is_found_only_below_its_own_application(
    client: Client, owner: User, project: Project, document: Document
) -> None:
    other = make_application(project)
    client.force_login(owner)

    assert client.get(f"/applications/{other.pk}/documents/{document.pk}/").status_code == 404


def test_a_file_lost_from_the_storage_is_not_an_error_page(
    client: Client, owner: User, document: Document
) -> None:
    document.file.storage.delete(str(document.file.name))
    client.force_login(owner)

    address = f"/applications/{document.application_id}/documents/{document.pk}/"
    assert client.get(address).status_code == 404


def test_upload(client: Client, owner: User, application: Application) -> None:
    client.force_login(owner)

    response = client.post(
        f"/applications/{application.pk}/documents/", {"file": SimpleUploadedFile("CV.pdf", PDF)}
    )

    assert response.status_code == 302
    document = application.documents.get()
    assert (document.name, document.size, document.added_by) == ("CV.pdf", len(PDF), owner)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Velg en fil."),
        (SimpleUploadedFile("empty.pdf", b""), "Filen er tom."),
        (SimpleUploadedFile("run.exe", b"MZ"), "Filer av denne typen kan ikke legges til."),
        (SimpleUploadedFile("page.html", b"<script>"), "Filer av denne typen kan ikke legges til."),
        (SimpleUploadedFile("not.pdf", b"<html>"), "Innholdet i filen stemmer ikke med filnavnet."),
        (SimpleUploadedFile("big.pdf", PDF + b" " * 10 * 1024 * 1024), "Filen er større enn 10 MB."),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_the_field(
    client: Client, owner: User, application: Application, file: SimpleUploadedFile | None, sentence: str
) -> None:
    client.force_login(owner)

    response = client.post(f"/applications/{application.pk}/documents/", {"file": file} if file else {})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not application.documents.exists()
