"""A message that waits, edited on its page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from samtale.accounts.models import User
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.recruiting import give_access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def fields(client: Client, user: User, message: Message) -> dict[str, str]:
    client.force_login(user)
    soup = BeautifulSoup(client.get(f"/outbox/{message.pk}/edit/").content, "html.parser")
    inputs = {each["name"]: each.get("value", "") for each in soup.select("main form input[name]")}
    texts = {each["name"]: each.get_text().removeprefix("\n") for each in soup.select("main form textarea")}
    return inputs | texts  # type: ignore[return-value]


def save(client: Client, message: Message, **values: Any) -> HttpResponse:
    return client.post(f"/outbox/{message.pk}/edit/", values, follow=True)  # type: ignore[return-value]


def test_the_text_is_shown_with_its_tags_and_its_time(
    client: Client, owner: User, letters: dict[str, Message]
) -> None:
    shown = fields(client, owner, letters["reminder.email"])

    assert shown["content"].startswith("Hei {first-name}, vi minner om intervjuet kl. {interviewtime}.")
    assert (shown["date"], shown["time"]) == ("2026-03-14", "09:00")


def test_words_and_time_are_saved(client: Client, owner: User, letters: dict[str, Message]) -> None:
    message = letters["reminder.email"]
    shown = fields(client, owner, message)

    response = save(client, message, **shown | {"content": "Ta med CV, {first-name}", "time": "10:30"})

    message.refresh_from_db()
    assert "Meldingen er endret." in response.content.decode()
    assert "Ta med CV, Amina" in response.content.decode()
    assert message.due_at == datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


def test_who_saves_without_a_change_changes_nothing(client: Client, owner: User, invitation: Message) -> None:
    # It has been due for a while, and its time is past: that stops nobody who leaves the time alone.
    early = invitation.due_at.replace(year=2025, second=7)
    Message.objects.filter(pk=invitation.pk).update(due_at=early)
    shown = fields(client, owner, invitation)

    response = save(client, invitation, **shown)

    assert "Ingenting ble endret." in response.content.decode()
    invitation.refresh_from_db()
    assert (invitation.due_at, invitation.own_words) == (early, None)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"content": "Hei {nmae} og {route}"},
            ["Taggen {nmae} finnes ikke", "Taggen {route} har ingen verdi"],
        ),
        ({"content": ""}, ["Skriv noe her."]),
        ({"date": "2020-01-01"}, ["Dette tidspunktet er passert."]),
        ({"date": "2026-03-16", "time": "09:00"}, ["Da er det for sent"]),
        ({"date": "i morgen"}, ["Skriv datoen som"]),
        ({"date": "2026-03-29", "time": "02:30"}, ["stilles fram"]),
        ({"date": "2026-10-25", "time": "02:30"}, ["stilles tilbake"]),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_is_kept(
    client: Client, owner: User, letters: dict[str, Message], values: dict[str, str], said: list[str]
) -> None:
    message = letters["reminder.email"]
    typed = fields(client, owner, message) | {"subject": "Mitt emne"} | values

    response = save(client, message, **typed)

    assert response.status_code == 422
    text = BeautifulSoup(response.content, "html.parser")
    for sentence in said:
        assert sentence in text.get_text()
    subject = text.select_one("input[name=subject]")
    assert subject
    assert subject["value"] == "Mitt emne"
    message.refresh_from_db()
    assert message.own_words is None


def test_a_change_meanwhile_is_told_and_what_was_typed_is_kept(
    client: Client, owner: User, letters: dict[str, Message]
) -> None:
    message = letters["reminder.email"]
    shown = fields(client, owner, message)
    save(client, message, **shown | {"content": "Den første", "time": "12:00"})

    response = save(client, message, **shown | {"content": "Den andre"})

    assert response.status_code == 409
    soup = BeautifulSoup(response.content, "html.parser")
    assert "Noe er endret etter at du åpnet siden" in soup.get_text()
    assert "Den første" in soup.get_text()
    area, time = soup.select_one("textarea[name=content]"), soup.select_one("input[name=time]")
    assert area
    assert time
    assert "Den andre" in area.get_text()
    assert time["value"] == "12:00"  # nobody touched it, so it is as it has become
    again = {each["name"]: each.get("value", "") for each in soup.select("main form input[name]")}
    save(client, message, **again | {"content": "Den andre"})
    message.refresh_from_db()
    assert message.own_words == {"content": "Den andre"}


def test_too_late_keeps_what_was_typed(client: Client, owner: User, invitation: Message) -> None:
    shown = fields(client, owner, invitation)
    Message.objects.filter(pk=invitation.pk).update(state=State.SENT)

    response = save(client, invitation, **shown | {"content": "For sent"})

    assert response.status_code == 409
    assert "Det er for sent å endre meldingen" in response.content.decode()
    assert "For sent</textarea>" in response.content.decode()
    assert (
        "Bare en melding som venter"
        in client.get(f"/outbox/{invitation.pk}/edit/", follow=True).content.decode()
    )


def test_the_preview_saves_nothing_and_counts_the_whole_link(
    client: Client, owner: User, letters: dict[str, Message]
) -> None:
    sms = letters["reminder.sms"]
    shown = fields(client, owner, sms)
    assert "subject" not in shown

    response = save(client, sms, **shown | {"content": "<b>{first-name}</b> {confirmlink}", "go": "preview"})

    preview = BeautifulSoup(response.content, "html.parser").select_one("#preview")
    assert preview
    assert "<b>Amina</b>" in preview.get_text()
    assert "tegn, 1 SMS" in preview.get_text()
    sms.refresh_from_db()
    assert sms.own_words is None


@pytest.mark.parametrize("path", ["edit", "now", "arrived", "leave", "address"])
def test_needs_work_in_the_project(client: Client, project: Project, invitation: Message, path: str) -> None:
    reader = make_user()
    give_access(reader, project, ProjectAccess.Level.READ)
    client.force_login(reader)
    assert client.post(f"/outbox/{invitation.pk}/{path}/").status_code == 403
    client.force_login(make_user())
    assert client.post(f"/outbox/{invitation.pk}/{path}/").status_code == 404
    before = (invitation.state, invitation.content)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.content) == before


def test_send_now_makes_it_due(client: Client, owner: User, letters: dict[str, Message]) -> None:
    message = letters["reminder.email"]
    client.force_login(owner)

    response = client.post(f"/outbox/{message.pk}/now/", follow=True)

    assert "Meldingen blir sendt nå." in response.content.decode()
    due = message.due_at
    message.refresh_from_db()
    assert message.due_at < due
    assert message.try_at == message.due_at


@pytest.mark.parametrize(("path", "state"), [("arrived", State.SENT), ("leave", State.CANCELLED)])
def test_an_unknown_sms_is_settled(
    client: Client, owner: User, letters: dict[str, Message], path: str, state: State
) -> None:
    sms = letters["reminder.sms"]
    Message.objects.filter(pk=sms.pk).update(state=State.UNKNOWN)
    client.force_login(owner)
    shown = client.get(f"/outbox/{sms.pk}/").content.decode()
    assert "En ny SMS koster penger." in shown
    assert f"/outbox/{sms.pk}/{path}/" in shown

    client.post(f"/outbox/{sms.pk}/{path}/")

    sms.refresh_from_db()
    assert sms.state == state
