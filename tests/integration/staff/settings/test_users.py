from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtale.accounts.models import User
from samtale.core.audit import history, sentence_for
from samtale.outbox.models import Message
from tests.factories.accounts import make_administrator, make_department, make_user
from tests.integration.staff.settings.pages import errors, text

KARI = {
    "first_name": "Kari",
    "last_name": "Lunde",
    "email": "Kari.Lunde@example.org",
    "mobile": "400 00 000",
    "title": "Rådgiver",
    "language": "nb",
    "may_invite": "on",
    "may_send_sms": "on",
}


def edit(client: Client, user: User, **fields: Any) -> Any:
    data = {"first_name": user.first_name, "last_name": user.last_name, "email": user.email, "language": "nb"}
    return client.post(reverse("staff:user-edit", args=[user.pk]), data | fields)


def test_a_user_is_created_with_rights_and_asked_to_choose_a_password(client: Client) -> None:
    department = make_department()
    response = client.post(reverse("staff:user-new"), KARI | {"administers": [department.pk]})
    assert response["Location"] == reverse("staff:users")
    user = User.objects.get(email="kari.lunde@example.org")
    assert (user.title, str(user.mobile)) == ("Rådgiver", "+4740000000")
    assert (user.may_invite, user.may_send_sms, user.may_send_email, user.is_administrator) == (
        True,
        True,
        False,
        False,
    )
    assert list(user.administers.all()) == [department]
    assert Message.objects.get().recipient_address == "kari.lunde@example.org"


def test_a_new_user_starts_with_the_usual_rights(client: Client) -> None:
    form = client.get(reverse("staff:user-new")).context["form"]
    assert form["may_invite"].value() is True
    assert form["may_send_sms"].value() is False
    assert "is_active" not in form.fields


def test_an_address_in_use_is_said_beside_the_field_and_what_was_typed_stays(client: Client) -> None:
    make_user(email="kari.lunde@example.org")
    response = client.post(reverse("staff:user-new"), KARI)
    assert response.status_code == 422
    assert errors(response) == {"email": ["Another user has this e-mail address."]}
    assert 'value="Rådgiver"' in response.content.decode()


def test_details_rights_and_log_in_are_changed_together(client: Client, administrator: User) -> None:
    user = make_user(may_invite=True)
    edit(client, user, last_name="Berg", may_delete="on", is_administrator="on")
    user.refresh_from_db()
    assert (user.last_name, user.may_delete, user.may_invite, user.is_administrator, user.is_active) == (
        "Berg",
        True,
        False,
        True,
        False,
    )
    assert {row.actor_id for row in history(user)} == {administrator.pk}
    assert {"user.updated", "user.rights_set", "user.deactivated"} <= {row.verb for row in history(user)}


@pytest.mark.parametrize(
    ("ticked", "field"),
    [({"is_active": "on"}, "is_administrator"), ({"is_administrator": "on"}, "is_active")],
)
def test_the_last_administrator_stays_and_what_was_typed_too(
    client: Client, administrator: User, ticked: dict[str, str], field: str
) -> None:
    make_administrator(is_active=False)
    response = edit(client, administrator, last_name="Typed", **ticked)
    assert response.status_code == 422
    assert errors(response)[field] == [
        "There must be at least one administrator who may log in. Make somebody else one first."
    ]
    assert 'value="Typed"' in response.content.decode()
    administrator.refresh_from_db()
    assert (administrator.last_name, administrator.is_administrator, administrator.is_active) == (
        "Bø",
        True,
        True,
    )


def test_one_of_two_administrators_may_go(client: Client, administrator: User) -> None:
    make_administrator()
    edit(client, administrator, is_active="on")
    administrator.refresh_from_db()
    assert not administrator.is_administrator
    assert client.get(reverse("staff:users")).status_code == 403


def test_users_are_found_by_name_and_address_in_any_case(client: Client) -> None:
    make_user(first_name="Åse", last_name="Ødegård", email="aase@example.org")
    make_user(first_name="Per", last_name="Vik", email="per@example.com")
    for search in ("åse", "ØDEG", "aase@", "ødegård åse"):
        page = text(client.get(reverse("staff:users"), {"search": search}))
        assert "Åse Ødegård" in page and "Per Vik" not in page
    assert "Nobody fits this search." in text(client.get(reverse("staff:users"), {"search": "nobody"}))


def test_the_list_says_what_each_may_do(client: Client) -> None:
    make_user(last_name="Aas", may_send_sms=True, may_invite=False)
    make_user(last_name="Bø", administers=(make_department(name="Skole"),))
    nothing = ("may_send_email", "may_invite", "may_reject")
    make_user(last_name="Dahl", **dict.fromkeys(nothing, False))

    soup = BeautifulSoup(client.get("/settings/users/").content, "html.parser")

    cells = {
        row.select_one("a").text.split()[-1]: row.select_one('[data-label="Rights"]')
        for row in soup.select("tbody tr")
    }
    assert [cells[name].get_text(" ", strip=True) for name in ("Aas", "Bø", "Dahl")] == [
        "E-mail, SMS, rejections",
        "Administers Skole E-mail, invitations, rejections",
        "–",
    ]


def test_the_list_costs_the_same_for_one_and_for_many(client: Client) -> None:
    client.get(reverse("staff:users"))  # the first request of a session also writes that it is in use
    counts = []
    for more in (1, 30):
        for _number in range(more):
            make_user(administers=(make_department(),))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("staff:users"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)  # so that the page opens the transaction that the letter needs
@pytest.mark.parametrize(
    ("password", "kind"), [("a-long-secret-word", "account.password"), (None, "account.welcome")]
)
def test_a_link_for_choosing_a_password_is_sent(
    client: Client, administrator: User, password: str | None, kind: str
) -> None:
    user = make_user(password=password, language="en")
    client.post(reverse("staff:user-password", args=[user.pk]))
    message = Message.objects.get()
    assert (message.kind, message.recipient_address, message.language) == (kind, user.email, "en")
    assert message.created_by == administrator
    assert sentence_for(history(user).get()) == "Link for choosing a password sent"


def test_nobody_who_may_not_log_in_is_sent_a_link(client: Client) -> None:
    user = make_user(is_active=False)
    assert client.post(reverse("staff:user-password", args=[user.pk])).status_code == 404


def test_users_change_their_own_profile_and_nothing_else(administrator: User) -> None:
    user = make_user(language="en", notify_of_answers=True)
    client = Client()
    client.force_login(user)
    data = {"first_name": "Ny", "last_name": "Navn", "mobile": "", "language": "nb"}
    response = client.post(
        reverse("staff:profile"),
        data | {"is_administrator": "on", "email": "x@example.org", "may_send_sms": "on"},
    )
    assert response["Location"] == reverse("staff:profile")
    before = user.email
    user.refresh_from_db()
    assert (user.get_full_name(), user.language, user.notify_of_answers) == ("Ny Navn", "nb", False)
    assert (user.email, user.is_administrator, user.may_send_sms) == (before, False, False)


@pytest.mark.parametrize(
    ("zone", "kept"), [("Europe/London", "Europe/London"), ("", ""), ("Mars/Base", None)]
)
def test_users_choose_whose_clock_they_read(administrator: User, zone: str, kept: str | None) -> None:
    user = make_user(time_zone="Asia/Tokyo")
    client = Client()
    client.force_login(user)
    data = {"first_name": "Ny", "last_name": "Navn", "language": "nb", "time_zone": zone}
    response = client.post(reverse("staff:profile"), data)
    user.refresh_from_db()
    assert user.time_zone == ("Asia/Tokyo" if kept is None else kept)
    assert response.status_code == (422 if kept is None else 302)
