"""Logging in: who may, and how one gets a first password."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account import urls as all_of_allauth
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.domain.users import create_user, deactivate_user
from samtale.accounts.models import User
from samtale.outbox import kinds
from samtale.outbox.models import Message
from tests.factories.accounts import make_administrator, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PASSWORD = "en ganske lang setning"
USED = (
    "login/",
    "logout/",
    "password/change/",
    "password/set/",
    "password/reset/",
    "password/reset/done/",
)
OTHERS = [
    address
    for entry in all_of_allauth.urlpatterns
    if (address := str(entry.pattern)) not in USED and "password/reset/key" not in address
]


def log_in(email: str, password: str = PASSWORD) -> Any:
    return Client().post("/accounts/login/", {"login": email, "password": password}, follow=True)


def is_in(answer: Any) -> bool:
    return bool(answer.wsgi_request.user.is_authenticated)


@pytest.mark.parametrize("email", ["kari@example.org", "KARI@Example.org"])
def test_the_right_password(email: str) -> None:
    make_user(email="kari@example.org", password=PASSWORD)
    assert is_in(log_in(email))
    assert not is_in(log_in(email, "feil"))


@pytest.mark.parametrize(("language", "greeting"), [("nb", "Hei, Kari"), ("en", "Hello, Kari")])
def test_one_is_greeted_once_and_in_ones_own_language(language: str, greeting: str) -> None:
    make_user(email="kari@example.org", password=PASSWORD, language=language)
    client = Client(headers={"Accept-Language": "nb" if language == "en" else "en"})
    answer = client.post("/accounts/login/", {"login": "kari@example.org", "password": PASSWORD}, follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.h1.text == greeting
    assert page.select(".page-messages .ds-alert") == []


def test_one_who_may_no_longer_log_in_is_told_why() -> None:
    make_administrator()
    user = make_user(password=PASSWORD)
    deactivate_user(user=user, by="system", now=NOW)
    answer = log_in(user.email)
    assert not is_in(answer)
    assert "Innloggingen din er stengt" in answer.content.decode()
    assert "Innloggingen din er stengt" not in log_in(user.email, "feil").content.decode()


def test_taking_the_log_in_away_ends_the_session_at_once() -> None:
    user = make_user()
    client = Client()
    client.force_login(user)
    assert client.get("/").status_code == 200
    make_administrator()
    deactivate_user(user=user, by="system", now=NOW)
    assert client.get("/").status_code == 302


def test_nobody_signs_up() -> None:
    client = Client()
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not User.objects.exists()


@pytest.mark.parametrize("is_in", [True, False])
def test_the_other_pages_of_allauth_are_not_there(is_in: bool) -> None:
    client = Client()
    if is_in:
        client.force_login(make_user())
    for address in ("", *OTHERS):
        for method in (client.get, client.post):
            assert method(f"/accounts/{address}").status_code == 404, address


def test_the_password_is_changed_and_a_wrong_one_is_refused() -> None:
    user = make_user(password=PASSWORD)
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    new = {"password1": "en annen lang setning", "password2": "en annen lang setning"}
    refused = client.post("/accounts/password/change/", new | {"oldpassword": "feil"})
    assert (refused.status_code, is_in(log_in(user.email))) == (200, True)
    changed = client.post("/accounts/password/change/", new | {"oldpassword": PASSWORD}, follow=True)
    assert (changed.status_code, is_in(changed)) == (200, True)
    assert is_in(log_in(user.email, "en annen lang setning"))
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302


def test_a_new_user_chooses_a_password_by_the_link_in_the_welcome() -> None:
    user = create_user(
        by=make_administrator(), now=NOW, email="per@example.org", first_name="Per", last_name="Vik"
    )
    message = Message.objects.get()
    kind = kinds.get(message.kind)
    assert kind.link_address is not None
    assert kind.is_still_true is not None
    assert kind.is_still_true(message, NOW) == ""
    address = kind.link_address(message, "password-link").removeprefix("https://samtale.example.org")
    client = Client()
    page = client.get(address, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert is_in(log_in(user.email))
    assert kind.is_still_true(message, NOW) == "The user has a password already."


def test_the_welcome_of_one_who_may_no_longer_log_in_stays() -> None:
    user = create_user(
        by=make_administrator(), now=NOW, email="per@example.org", first_name="Per", last_name="Vik"
    )
    deactivate_user(user=user, by="system", now=NOW)
    check = kinds.get("account.welcome").is_still_true
    assert check is not None
    assert check(Message.objects.get(), NOW) == "The user may no longer log in."


@pytest.mark.parametrize("proxies", [0, 1])
def test_behind_a_proxy_one_who_guesses_shuts_out_nobody_else(settings: Any, proxies: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    user = make_user(password=PASSWORD)

    def ask(address: str, password: str) -> Any:
        client = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.9, {address}")
        return client.post("/accounts/login/", {"login": user.email, "password": password})

    for number in range(31):  # the limit is 30 a minute from one address
        Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.66").post(
            "/accounts/login/", {"login": f"guess{number}@example.org", "password": "guess"}
        )

    shut_out = ask("203.0.113.66", PASSWORD)
    assert shut_out.status_code == 429
    assert "For mange forsøk" in shut_out.content.decode()
    assert ask("203.0.113.7", PASSWORD).status_code == (302 if proxies else 429)


@pytest.mark.parametrize(("behind", "count"), [("true", 1), ("false", 0)])
def test_the_setting_for_a_proxy_is_the_log_ins_too(behind: str, count: int) -> None:
    ask = "from allauth import app_settings as s; print(s.TRUSTED_PROXY_COUNT)"
    environment = os.environ | {"BEHIND_PROXY": behind, "DJANGO_SETTINGS_MODULE": "samtale.settings"}
    told = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {ask}"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [str(count)]


def test_one_without_a_password_is_led_to_where_a_link_is_sent() -> None:
    client, user = Client(), make_user()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    answer = client.get("/accounts/password/change/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/accounts/password/reset/"
