"""The settings are the administrators', but for everyone's own profile."""

import pytest
from django.test import Client
from django.urls import reverse

from samtale.accounts.models import Department, User
from tests.factories.accounts import make_administrator, make_department, make_user

pytestmark = pytest.mark.django_db


def addresses(user: User, department: Department) -> list[str]:
    wording = ["invitation.interview_1", "nb"]
    names = [
        "settings",
        "gallery",
        "organisation",
        "users",
        "user-new",
        "departments",
        "department-new",
        "templates",
    ]
    return [reverse(f"staff:{name}") for name in names] + [
        reverse("staff:user-edit", args=[user.pk]),
        reverse("staff:department-edit", args=[department.pk]),
        reverse("staff:template-edit", args=wording),
    ]


def acts(user: User, department: Department) -> list[str]:
    return [
        reverse("staff:user-password", args=[user.pk]),
        reverse("staff:department-delete", args=[department.pk]),
        reverse("staff:template-reset", args=["invitation.interview_1", "nb"]),
    ]


def test_an_administrator_sees_every_page_and_looking_changes_nothing(
    client: Client, administrator: User
) -> None:
    department = make_department()
    for address in addresses(administrator, department):
        assert client.get(address).status_code == 200, address
        assert client.head(address).status_code == 200, address
    for address in acts(administrator, department):
        assert client.get(address).status_code == 405, address
    assert Department.objects.get() == department


@pytest.mark.parametrize("kind", ["recruiter", "department administrator"])
def test_others_see_and_do_nothing(administrator: User, kind: str) -> None:
    department = make_department()
    user = make_user(administers=(department,) if kind == "department administrator" else ())
    client = Client()
    client.force_login(user)
    for address in addresses(administrator, department):
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code in (403, 405), address
    for address in acts(administrator, department):
        assert client.post(address).status_code == 403, address
    assert Department.objects.get() == department


def test_who_is_not_logged_in_is_sent_to_the_log_in(administrator: User) -> None:
    department = make_department()
    for address in [*addresses(administrator, department), reverse("staff:profile")]:
        response = Client().get(address)
        assert response.status_code == 302 and response["Location"].startswith("/accounts/login/"), address


def test_everyone_has_a_profile() -> None:
    client = Client()
    client.force_login(make_user())
    assert client.get(reverse("staff:profile")).status_code == 200


def test_the_gallery_is_for_those_who_build_and_not_offered(client: Client) -> None:
    client.force_login(make_administrator())
    assert client.get("/settings/gallery/").status_code == 200
    assert "/settings/gallery/" not in client.get("/settings/").content.decode()
