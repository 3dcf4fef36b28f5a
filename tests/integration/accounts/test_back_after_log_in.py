"""Where somebody lands whose session had ended when they pressed a button."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories.accounts import make_administrator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/projects/1/?tab=a", "/projects/1/?tab=a"),
        ("https://evil.example/projects/1/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_is_the_page_that_the_button_was_on_and_never_another_host(client: Client, page: str, back: str):
    answer = client.post("/projects/1/complete/", headers={"referer": page})
    assert answer.status_code == 302
    log_in = urlsplit(answer.headers["Location"])
    assert log_in.path == "/accounts/login/"
    assert parse_qs(log_in.query) == {"ended": ["1"], "next": [back]}


def test_who_only_opened_a_page_comes_to_it(client: Client):
    answer = client.get("/calendar/?type=group", headers={"referer": "http://testserver/outbox/"})
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == ["/calendar/?type=group"]


def test_a_buttons_address_opened_as_a_page_explains_itself(client: Client):
    client.force_login(make_administrator(language="nb"))
    answer = client.get("/projects/1/complete/")
    assert answer.status_code == 405
    assert "Denne siden kan ikke åpnes direkte" in answer.content.decode()
