import pytest
from django.test import Client
from django.urls import reverse

from samtale.accounts.models import Department, Organisation
from tests.factories.accounts import make_department
from tests.factories.recruiting import make_project
from tests.integration.staff.settings.pages import errors, text

BERGEN = {
    "name": "Bergen kommune",
    "sender_email": "jobb@bergen.example",
    "sms_sender": "Bergen",
    "time_zone": "Europe/Oslo",
    "undo_seconds": "20",
}


def test_the_organisation_is_set_up_and_changed(client: Client) -> None:
    for name in ("Bergen kommune", "Voss herad"):
        client.post(reverse("staff:organisation"), BERGEN | {"name": name})
    assert Organisation.objects.get().name == "Voss herad"
    assert Organisation.objects.get().undo_seconds == 20


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("sender_email", "nobody"),
        ("sms_sender", "Bærum!"),
        ("time_zone", "Mars/Base"),
        ("undo_seconds", "301"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client: Client, field: str, value: str) -> None:
    response = client.post(reverse("staff:organisation"), BERGEN | {field: value})
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert not Organisation.objects.exists()


def test_a_department_is_created_changed_and_deleted(client: Client) -> None:
    client.post(
        reverse("staff:department-new"), {"name": "Helse", "address": "Storgata 1", "directions": "Bybanen"}
    )
    department = Department.objects.get()
    client.post(reverse("staff:department-edit", args=[department.pk]), {"name": "Omsorg"})
    department.refresh_from_db()
    assert (department.name, department.address) == ("Omsorg", "")
    assert "Omsorg" in text(client.get(reverse("staff:departments")))
    delete = reverse("staff:department-delete", args=[department.pk])
    assert "Delete Omsorg?" in text(client.post(delete))
    assert Department.objects.exists()
    client.post(delete, {"confirmed": "1"})
    assert not Department.objects.exists()


@pytest.mark.parametrize("edited", [True, False])
def test_two_departments_have_two_names(client: Client, edited: bool) -> None:
    make_department(name="Helse")
    other = make_department(name="Skole")
    address = reverse("staff:department-edit", args=[other.pk]) if edited else reverse("staff:department-new")
    response = client.post(address, {"name": "helse", "address": "typed"})
    assert errors(response) == {"name": ["There is a department with this name already."]}
    assert 'value="typed"' in response.content.decode()


def test_a_department_with_projects_stays(client: Client) -> None:
    department = make_project().department
    response = client.post(reverse("staff:department-delete", args=[department.pk]), follow=True)
    assert "has projects or rooms and cannot be deleted" in text(response)
    assert Department.objects.filter(pk=department.pk).exists()
