"""A message failed because of its address: it is corrected on the message's page, and sent again."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.interviews.models import Interview, InvitationMessage
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Candidate, Project
from tests.factories.accounts import make_administrator
from tests.factories.recruiting import make_application, make_candidate
from tests.integration.staff.outbox.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def failed(letters: dict[str, Message]) -> Message:
    """The invitation and its reminder by e-mail have failed."""
    Message.objects.filter(channel="email").update(state=State.FAILED, tries=7, reason="550 no such user")
    return letters["invitation.interview_1"]


def correct(client: Client, message: Message, **values: str) -> str:
    response = client.post(f"/outbox/{message.pk}/address/", values, follow=True)
    return BeautifulSoup(response.content, "html.parser").get_text(" ")


def test_is_corrected_and_what_was_chosen_is_sent_again(
    client: Client, owner: User, failed: Message, letters: dict[str, Message]
) -> None:
    soup = page(client, owner, failed)
    field = soup.select_one("input[name=address]")
    assert field
    assert field["value"] == failed.recipient_address
    assert soup.select("input[name=all_failed][checked]")

    said = correct(client, failed, address="Ny@example.org", all_failed="on")

    assert "Adressen er rettet." in said
    assert "2 meldinger blir sendt på nytt." in said
    assert Candidate.objects.get().email == "ny@example.org"
    for name in ("invitation.interview_1", "reminder.email"):
        letters[name].refresh_from_db()
        assert (letters[name].state, letters[name].recipient_address) == (State.WAITING, "ny@example.org")


def test_the_others_stay_where_they_are_not_chosen(
    client: Client, owner: User, failed: Message, letters: dict[str, Message]
) -> None:
    client.force_login(owner)
    correct(client, failed, address="ny@example.org")
    letters["reminder.email"].refresh_from_db()
    assert letters["reminder.email"].state == State.FAILED


def test_a_mobile_number_is_checked_and_corrected(
    client: Client, owner: User, letters: dict[str, Message]
) -> None:
    sms = letters["reminder.sms"]
    Message.objects.filter(pk=sms.pk).update(state=State.FAILED)
    client.force_login(owner)

    assert "Riktig mobilnummer" in correct(client, sms, address="123")
    sms.refresh_from_db()
    assert sms.state == State.FAILED

    correct(client, sms, address="912 34 567")
    sms.refresh_from_db()
    assert (sms.state, sms.recipient_address) == (State.WAITING, "+4791234567")


@pytest.mark.parametrize("address", ["", "ikke en adresse", "opptatt@example.org"])
def test_a_wrong_one_is_said_and_nothing_is_changed(
    client: Client, owner: User, failed: Message, address: str
) -> None:
    make_candidate(email="opptatt@example.org")
    client.force_login(owner)

    response = client.post(f"/outbox/{failed.pk}/address/", {"address": address})

    assert response.status_code == 422
    field = BeautifulSoup(response.content, "html.parser").select_one("input[name=address][aria-invalid]")
    assert field
    assert field.get("value", "") == address
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_what_would_not_leave_is_refused_as_a_whole(client: Client, owner: User, failed: Message) -> None:
    client.force_login(owner)
    Interview.objects.update(state=Interview.State.CANCELLED)
    before = Candidate.objects.get().email

    said = correct(client, failed, address="ny@example.org")

    assert "Meldingen kan ikke sendes på nytt." in said
    assert Candidate.objects.get().email == before


def test_who_may_not_edit_the_candidate_is_told_who_may(client: Client, owner: User, failed: Message) -> None:
    make_application(candidate=Candidate.objects.get())  # in another's project

    soup = page(client, owner, failed)

    assert not soup.select("input[name=address]")
    assert "Bare de som kan arbeide i alle prosjektene Amina Hassan har søkt på" in soup.get_text(" ")
    assert client.post(f"/outbox/{failed.pk}/address/", {"address": "ny@example.org"}).status_code == 403
    assert Candidate.objects.get().email != "ny@example.org"


def test_a_notice_leads_administrators_to_the_user(
    client: Client, owner: User, project: Project, invitation: Message
) -> None:
    InvitationMessage.objects.filter(message=invitation).update(purpose="answer_notice")
    Message.objects.filter(pk=invitation.pk).update(
        kind="answer", state=State.FAILED, recipient_address=owner.email
    )

    assert not page(client, owner, invitation).select(f"main a[href='/settings/users/{owner.pk}/']")
    soup = page(client, make_administrator(), invitation)
    assert soup.select(f"main a[href='/settings/users/{owner.pk}/']")
    assert not soup.select("input[name=address]")
    assert client.post(f"/outbox/{invitation.pk}/address/", {"address": "x@example.org"}).status_code == 403
