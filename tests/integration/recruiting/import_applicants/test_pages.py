import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samtale.accounts.models import User
from samtale.recruiting.domain.import_applicants import match_columns, read
from samtale.recruiting.domain.import_applicants.limits import FILE_BYTES
from samtale.recruiting.models import Application, ImportDraft, Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.recruiting import give_access, make_application, make_candidate, make_project
from tests.factories.spreadsheets import HEADERS, applicant_rows, csv_file

pytestmark = pytest.mark.django_db
BAD = ["Ola", "Moe", "ola@", "", "dansk", ""]


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def user(project: Project) -> User:
    user = make_user(language="en")
    give_access(user, project, ProjectAccess.Level.NORMAL)
    return user


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, project: Project, *rows: list[str], **options: Any) -> Any:
    content = csv_file(rows, **options).getvalue()
    return send(client, project, SimpleUploadedFile("søkere.csv", content, "text/csv"))


def send(client: Client, project: Project, file: Any) -> Any:
    return client.post(reverse("staff:import", args=[project.pk]), {"file": file})


def text(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main
    return " ".join(main.get_text(" ").split())


def pressed(response: Any, button: str) -> dict[str, str]:
    """Return what the browser would send when the button with these words is pressed."""
    page = BeautifulSoup(response.content, "html.parser")
    (form,) = [form for form in page.find_all("form") if button in form.get_text()]
    return {str(field["name"]): str(field["value"]) for field in form.find_all("input", attrs={"name": True})}


def test_a_file_is_chosen_looked_at_and_imported(client: Client, project: Project) -> None:
    assert client.get(reverse("staff:import", args=[project.pk])).status_code == 200
    response = upload(client, project, *applicant_rows(3), encoding="cp1252")
    draft = ImportDraft.objects.get()
    preview = reverse("staff:import-preview", args=[project.pk, draft.pk])
    assert response["Location"] == preview

    page = client.get(preview)
    assert "Åse 0" in text(page) and "+4740000000" in text(page)
    assert not Application.objects.exists()

    done = client.post(preview, pressed(page, "Import 3 applicants"))
    assert done["Location"] == reverse("staff:applications", args=[project.pk])
    assert Application.objects.filter(project=project).count() == 3
    assert not ImportDraft.objects.exists()

    again = client.post(preview, pressed(page, "Import 3 applicants"))
    assert again["Location"] == reverse("staff:applications", args=[project.pk])
    assert Application.objects.count() == 3


def test_the_columns_can_be_chosen(client: Client, project: Project) -> None:
    upload(client, project, ["x", "Kari", "Lunde", "kari@example.org"], headers=["Nr", "F", "E", "Kontakt"])
    preview = reverse("staff:import-preview", args=[project.pk, ImportDraft.objects.get().pk])
    assert "No column is chosen for: First name, Last name, E-mail." in text(client.get(preview))

    page = client.get(preview, {"first_name": "1", "last_name": "2", "email": "3", "mobile": "77", "cv": "x"})
    client.post(preview, pressed(page, "Import 1 applicant"))
    assert str(Application.objects.get().candidate) == "Kari Lunde"


def test_errors_and_duplicates_are_shown_and_the_good_rows_can_be_imported(
    client: Client, project: Project
) -> None:
    make_application(project, email="ase0@example.org", first_name="Åse", last_name="Sørbø 0")
    make_candidate(email="ase1@example.org", first_name="Åse", last_name="Sørbø 1")
    upload(client, project, *applicant_rows(3), BAD)
    preview = reverse("staff:import-preview", args=[project.pk, ImportDraft.objects.get().pk])
    page = client.get(preview)
    for sentence in (
        "5 C: E-post “ola@” is not an e-mail address.",
        "5 E: Språk “dansk” is not a language that can be used.",
        "2 C: E-post Åse Sørbø 0 has an application in this project already. The row is left out.",
        "3 C: E-post Åse Sørbø 1 is known from another project. The candidate is used again.",
    ):
        assert sentence in text(page)
    client.post(preview, pressed(page, "Import the 2 rows without errors"))
    assert Application.objects.filter(project=project).count() == 3


def test_errors_that_were_not_shown_stop_the_import(client: Client, project: Project) -> None:
    upload(client, project, *applicant_rows(1), BAD)
    preview = reverse("staff:import-preview", args=[project.pk, ImportDraft.objects.get().pk])
    columns = {field.value: index for field, index in match_columns(HEADERS).items()}
    response = client.post(preview, columns)
    assert response.status_code == 422
    assert "Nothing was imported, because there are rows with errors." in text(response)
    assert not Application.objects.exists()


def test_nothing_may_be_imported_and_the_file_forgotten(client: Client, project: Project) -> None:
    upload(client, project, *applicant_rows(1))
    client.post(reverse("staff:import-discard", args=[project.pk, ImportDraft.objects.get().pk]))
    assert not ImportDraft.objects.exists()
    assert not Application.objects.exists()


def test_text_in_the_file_is_never_markup(client: Client, project: Project) -> None:
    evil = "<script>alert(1)</script>"
    upload(client, project, [evil, evil, evil, evil, evil, evil], headers=[*HEADERS[:5], f"Søknad {evil}"])
    page = client.get(reverse("staff:import-preview", args=[project.pk, ImportDraft.objects.get().pk]))
    assert evil not in page.content.decode()
    assert evil in text(page)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.pdf", b"%PDF-1.7", "CSV or XLSX"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
        ("a.csv", b"Navn;E-post\n", "no rows below"),
    ],
)
def test_why_a_file_cannot_be_read_is_said(
    client: Client, project: Project, name: str, content: bytes, says: str
) -> None:
    response = send(client, project, SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert says in text(response)


class Unread(io.RawIOBase):
    """A body that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")


def test_200_megabytes_are_refused_before_any_is_read(user: User, project: Project) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    body: dict[str, Any] = {
        "wsgi.input": Unread(),
        "CONTENT_LENGTH": str(200 * 1024 * 1024),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    response = client.generic("POST", reverse("staff:import", args=[project.pk]), **body)
    assert response.status_code == 413
    assert "The limit is 10 MB." in text(response)


def test_a_file_a_little_too_big_is_refused_too(client: Client, project: Project) -> None:
    response = send(client, project, SimpleUploadedFile("a.csv", b"x" * (FILE_BYTES + 1)))
    assert "The limit is 10 MB." in text(response)


def test_the_upload_needs_the_token(user: User, project: Project) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert upload(client, project, *applicant_rows(1)).status_code == 403
    assert not ImportDraft.objects.exists()


def test_the_template_file_is_understood_when_it_comes_back(client: Client, project: Project) -> None:
    response = client.get(reverse("staff:import-template", args=[project.pk]))
    content = response.content + "Åse;Sørbø;ase@example.org;;;;;;\r\n".encode()
    assert len(match_columns(read(io.BytesIO(content), "a.csv").headers)) == 9


def pages(project: Project, draft_id: int) -> list[tuple[str, str]]:
    return [
        ("get", reverse("staff:import", args=[project.pk])),
        ("post", reverse("staff:import", args=[project.pk])),
        ("get", reverse("staff:import-template", args=[project.pk])),
        ("get", reverse("staff:import-preview", args=[project.pk, draft_id])),
        ("post", reverse("staff:import-preview", args=[project.pk, draft_id])),
        ("post", reverse("staff:import-discard", args=[project.pk, draft_id])),
    ]


@pytest.mark.parametrize(("level", "status"), [("read", 403), ("none", 404)])
def test_who_may_only_read_may_not_import(client: Client, project: Project, level: str, status: int) -> None:
    upload(client, project, *applicant_rows(1))
    reader = make_user()
    give_access(reader, project, level)
    client.force_login(reader)
    for method, url in pages(project, ImportDraft.objects.get().pk):
        assert getattr(client, method)(url).status_code == status
    assert ImportDraft.objects.exists()


def test_another_users_file_cannot_be_seen_imported_or_thrown_away(client: Client, project: Project) -> None:
    upload(client, project, *applicant_rows(1))
    other = make_user()
    give_access(other, project, ProjectAccess.Level.FULL)
    client.force_login(other)
    for method, url in pages(project, ImportDraft.objects.get().pk)[3:]:
        assert getattr(client, method)(url).status_code == 302
    assert ImportDraft.objects.exists()
    assert not Application.objects.exists()


def test_looking_changes_nothing(client: Client, project: Project) -> None:
    upload(client, project, *applicant_rows(1))
    for method, url in pages(project, ImportDraft.objects.get().pk):
        if method == "get":
            assert client.get(url).status_code == 200
            assert client.head(url).status_code == 200
    assert ImportDraft.objects.count() == 1
    assert not Application.objects.exists()
