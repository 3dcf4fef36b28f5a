"""The session ends when idle, and speaks the user's language."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import translation

from samtale.accounts.models import User
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
LOGGED_OUT = 302


def log_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_ends_after_thirty_idle_minutes(clock: Any) -> None:
    client = log_in(make_user())
    assert client.get("/").status_code == 200
    clock.forward(minutes=29, seconds=59)
    assert client.get("/").status_code == 200
    clock.forward(minutes=30)
    assert client.get("/").status_code == LOGGED_OUT


def test_the_server_and_not_the_browser_ends_it(clock: Any) -> None:
    client = log_in(make_user())
    client.get("/")
    key = client.cookies["sessionid"].value
    clock.forward(minutes=31)
    client.cookies["sessionid"] = key
    assert client.get("/").status_code == LOGGED_OUT


def test_use_keeps_it_alive(clock: Any) -> None:
    client = log_in(make_user())
    for _ in range(8):
        clock.forward(minutes=20)
        assert client.get("/").status_code == 200


def test_it_is_written_once_a_minute_at_most(clock: Any, django_assert_num_queries: Any) -> None:
    client = log_in(make_user())
    client.get("/")
    first = Session.objects.get().expire_date
    clock.forward(seconds=59)
    client.get("/")
    assert Session.objects.get().expire_date == first
    clock.forward(seconds=1)
    client.get("/")
    assert (Session.objects.get().expire_date - first).total_seconds() == 60


def test_a_stranger_gets_no_session() -> None:
    client = Client()
    client.get("/")
    assert not Session.objects.exists()


@pytest.mark.parametrize(("language", "word"), [("nb", "Startside"), ("en", "Start page")])
def test_pages_speak_the_users_language(language: str, word: str) -> None:
    with translation.override("sv"):
        answer = log_in(make_user(language=language)).get("/", headers={"accept-language": "sv"})
    assert answer.headers["Content-Language"] == language
    assert word in answer.content.decode()


def test_one_users_language_does_not_stay_for_the_next() -> None:
    log_in(make_user(language="en")).get("/")
    answer = Client().get("/accounts/login/", headers={"accept-language": "nb"})
    assert answer.headers["Content-Language"] == "nb"
