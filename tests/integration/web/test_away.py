"""The database is away: a page says so, and what was typed can be sent again."""

import sqlite3
from contextlib import closing, contextmanager
from typing import Any

import psycopg_pool
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from samtale.accounts.models import User
from samtale.interviews.domain.tokens import token_for
from samtale.web.away import Memory
from tests.factories.accounts import make_administrator
from tests.factories.interviews import make_invitation

pytestmark = pytest.mark.django_db


@contextmanager
def database_away(error: type[Exception] = OperationalError):
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise error("connection refused, password=secret")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def browser() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_administrator(language="nb"))
    return client


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_every_page_says_so_and_when_to_come_back(browser, error):
    with database_away(error):
        for address in ("/", "/projects/", "/calendar/", "/outbox/", "/accounts/login/"):
            response = browser.get(address, headers={"Accept-Language": "nb"})

            assert response.status_code == 503, address
            assert response["Retry-After"] == "10"
            assert response["Cache-Control"] == "no-store"
            text = response.content.decode()
            assert "Databasen svarer ikke akkurat nå" in text
            assert f'href="{address}"' in text
            assert "secret" not in text


def test_what_was_posted_can_be_sent_again_as_it_was(browser, client):
    user = make_administrator()
    address = reverse("staff:profile")
    typed = {"first_name": '"><script>alert(1)</script>', "last_name": "Øye", "many": ["1", "2"]}
    with database_away():
        response = browser.post(address, typed)

    assert response.status_code == 503
    form = BeautifulSoup(response.content, "html.parser").select_one("form")
    assert (form["action"], form["method"]) == (address, "post")
    again = [(field["name"], field["value"]) for field in form.select("input")]
    assert again == [
        ("first_name", typed["first_name"]),
        ("last_name", "Øye"),
        ("many", "1"),
        ("many", "2"),
    ]
    assert "<script>alert" not in response.content.decode()
    assert user.first_name == "Kari"


def test_passwords_and_files_are_not_carried_on(browser):
    with database_away():
        secret = browser.post("/accounts/login/", {"login": "kari@example.org", "password": "hemmelig"})
        upload = browser.post("/", {"a": "b", "file": SimpleUploadedFile("cv.pdf", b"%PDF")})

    for response in (secret, upload):
        assert response.status_code == 503
        assert not BeautifulSoup(response.content, "html.parser").select("form")
        assert "Gå tilbake i nettleseren" in response.content.decode()
    assert "hemmelig" not in secret.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "Databasen svarar inte just nu"),
        ("en", "The database does not answer"),
        ("nb", "Databasen svarer"),
    ],
)
def test_a_candidate_reads_it_in_their_language(clock, language, words):
    invitation = make_invitation()
    address = f"/a/{token_for(invitation)}/?lang={language}"
    with database_away():
        response = Client(raise_request_exception=False).post(address, {"choice": "coming"})

    assert response.status_code == 503
    assert words in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    invitation.refresh_from_db()
    assert invitation.meeting_status == "awaiting"


def test_another_fault_is_still_a_500(browser, monkeypatch):
    monkeypatch.setattr("samtale.web.staff.start.today", None)
    assert browser.get("/").status_code == 500


def test_a_part_of_a_page_has_nothing_to_send_again(browser):
    with database_away():
        response = browser.post(
            reverse("staff:profile"), {"first_name": "Åse"}, headers={"HX-Request": "true"}
        )

    assert response.status_code == 503
    assert not BeautifulSoup(response.content, "html.parser").select("form")


def test_only_a_missing_connection_is_remembered():
    broken, missing = OperationalError("server closed the connection"), OperationalError("pool")
    missing.__cause__ = psycopg_pool.PoolTimeout()
    memory = Memory()

    memory.note(broken)
    assert not memory.is_away
    memory.note(missing)
    assert memory.is_away


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_a_locked_sqlite_is_a_database_that_is_away_and_nothing_is_saved(browser):
    address = reverse("staff:profile")
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    fields = {field["name"]: field.get("value", "") for field in page.select("main form input[name]")}
    fields |= {"first_name": "Åse", "language": "nb"}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    try:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            response = browser.post(address, fields)
            assert response.status_code == 503
            assert not User.objects.filter(first_name="Åse").exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=20000")
    form = BeautifulSoup(response.content, "html.parser").select_one("form")

    again = {field["name"]: field["value"] for field in form.select("input")}
    assert browser.post(form["action"], again).status_code == 302
    assert User.objects.filter(first_name="Åse").exists()
