"""What the browser of somebody logged in may keep."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import make_administrator
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_administrator())
    return client


def kept(answer: Any) -> str:
    return str(answer.headers.get("Cache-Control", ""))


def test_pages_are_not_kept(client: Client) -> None:
    application = make_application()
    for address in ("/", "/settings/users/", "/calendar/", f"/applications/{application.pk}/", "/nothing/"):
        for ask in (client.get, client.head):
            assert kept(ask(address)) == "private, no-store", address


def test_the_answer_to_a_form_can_be_gone_back_to(client: Client) -> None:
    application = make_application()
    address = reverse("staff:invite", args=[application.project_id])
    step_1 = client.post(address, {"application": application.pk})
    assert (step_1.status_code, kept(step_1)) == (200, "private, no-cache")


def test_a_view_has_the_last_word(client: Client) -> None:
    assert kept(client.get("/a/no-such-link/")) == "no-store"
    assert "no-store" in kept(Client().get("/accounts/login/"))


def test_strangers_are_told_nothing_of_it() -> None:
    assert kept(Client().get("/")) == ""
