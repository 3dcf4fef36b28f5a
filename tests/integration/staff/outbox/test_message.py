"""One message: what was or will be sent, and what became of it."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Invitation
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_user
from tests.factories.recruiting import give_access
from tests.integration.staff.outbox.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.fixture
def token(invitation: Message) -> str:
    return token_for(Invitation.objects.get())


def test_an_email_is_shown_as_it_leaves(client: Client, owner: User, invitation: Message) -> None:
    soup = page(client, owner, invitation)

    text = soup.get_text(" ")
    candidate = Invitation.objects.get().application.candidate
    for shown in (
        "Kari Lunde <kari.lunde@example.org>",
        f"Amina Hassan <{candidate.email}>",
        "Intervju – Sykepleier, hjemmetjenesten",
        f"<{invitation.public_id}@samtale.example.org>",
        "invite.ics",
        "Velkommen mandag 16. mars 2026",
        "https://samtale.example.org/a/••••",
    ):
        assert shown in text
    frame = soup.select_one("iframe")
    assert frame
    assert frame["src"] == f"/outbox/{invitation.pk}/html/"
    assert frame.has_attr("sandbox")
    assert not any(frame.get_attribute_list("sandbox"))
    assert frame["title"]


def test_an_sms_is_shown_with_its_length(client: Client, owner: User, letters: dict[str, Message]) -> None:
    soup = page(client, owner, letters["reminder.sms"])

    text = soup.get_text(" ")
    assert "Husk intervju mandag 16. mars 2026 kl. 09:00" in text
    assert "Bergen" in text
    assert "44 tegn, 1 SMS" in text
    assert not soup.select("iframe")
    assert client.get(f"/outbox/{letters['reminder.sms'].pk}/html/").status_code == 404


def test_an_sms_with_a_link_is_counted_with_the_whole_link(
    client: Client, owner: User, letters: dict[str, Message]
) -> None:
    sms = letters["reminder.sms"]
    Message.objects.filter(pk=sms.pk).update(
        content=[["text", "x" * 100 + " "], ["link", "Svar", "confirmlink"]]
    )

    text = page(client, owner, sms).get_text(" ")

    token = token_for(Invitation.objects.get())
    # In GSM-7 a tilde takes two places.
    link = len(f"https://samtale.example.org/a/{token}/") + token.count("~")
    assert f"{101 + link} tegn, 2 SMS" in text
    assert token not in text


@pytest.mark.parametrize("path", ["/outbox/{id}/", "/outbox/{id}/html/"])
def test_the_candidates_secret_is_nowhere(
    client: Client, letters: dict[str, Message], token: str, path: str
) -> None:
    client.force_login(make_administrator())

    for message in letters.values():
        content = client.get(path.format(id=message.pk)).content.decode()
        assert token not in content
        assert token.split("~")[1] not in content


class TestHtml:
    def test_has_a_policy_of_its_own(self, client: Client, owner: User, invitation: Message) -> None:
        client.force_login(owner)

        response = client.get(f"/outbox/{invitation.pk}/html/")

        policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
        assert policy == {
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "sandbox",
        }
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert client.get(f"/outbox/{invitation.pk}/")["X-Frame-Options"] == "DENY"

    def test_is_the_letter_with_its_button_masked(
        self, client: Client, owner: User, invitation: Message
    ) -> None:
        client.force_login(owner)

        soup = BeautifulSoup(client.get(f"/outbox/{invitation.pk}/html/").content, "html.parser")

        assert "Hei Amina," in soup.get_text()
        assert [link["href"] for link in soup.select("a")] == ["https://samtale.example.org/a/••••"]

    def test_words_of_strangers_are_only_text(self, client: Client, owner: User, invitation: Message) -> None:
        hostile = "<script>alert(1)</script><img src=x>"
        Message.objects.filter(pk=invitation.pk).update(
            content=[["text", "Hei "], ["value", hostile, "name"]], subject=hostile
        )
        client.force_login(owner)

        soup = BeautifulSoup(client.get(f"/outbox/{invitation.pk}/html/").content, "html.parser")

        assert not soup.select("script, img")
        assert hostile in soup.get_text()


def test_tries_reason_and_doubt_are_told(client: Client, owner: User, invitation: Message) -> None:
    Message.objects.filter(pk=invitation.pk).update(
        state=State.FAILED,
        finished_at=NOON,
        tries=2,
        may_have_arrived_twice=True,
        reason="550 5.1.1 No such user",
    )
    Delivery.objects.create(message=invitation, at=NOON, outcome="later", detail="451 Greylisted")
    Delivery.objects.create(
        message=invitation, at=NOON + timedelta(minutes=5), outcome="refused", detail="550 5.1.1 No such user"
    )

    text = page(client, owner, invitation).get_text(" ")

    for shown in ("Meldingen kan ha kommet fram to ganger", "451 Greylisted", "550 5.1.1 No such user"):
        assert shown in text


def test_leads_to_the_application(client: Client, owner: User, invitation: Message) -> None:
    soup = page(client, owner, invitation)

    application = Invitation.objects.get().application_id
    assert soup.select(f'a[href="/applications/{application}/"]')


def test_a_kind_that_no_longer_exists_is_still_shown(
    client: Client, owner: User, invitation: Message
) -> None:
    Message.objects.filter(pk=invitation.pk).update(kind="gone.kind")

    assert "gone.kind" in page(client, owner, invitation).get_text()
    assert client.get(f"/outbox/{invitation.pk}/html/").status_code == 200


def test_an_invitation_that_is_gone_leaves_its_message(
    client: Client, owner: User, letters: dict[str, Message]
) -> None:
    Invitation.objects.all().delete()

    for message in letters.values():
        assert page(client, owner, message)


class TestCancelling:
    def test_a_waiting_message_is_stopped(self, client: Client, owner: User, invitation: Message) -> None:
        assert page(client, owner, invitation).select("main form[action$='/cancel/']")

        response = client.post(f"/outbox/{invitation.pk}/cancel/", follow=True)

        invitation.refresh_from_db()
        assert invitation.state == State.CANCELLED
        shown = response.content.decode()
        assert "Meldingen er stoppet og blir ikke sendt." in shown
        assert "Stoppet manuelt." in shown
        assert "Stopp meldingen" not in shown

    @pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.UNKNOWN])
    def test_too_late_is_said(self, client: Client, owner: User, invitation: Message, state: State) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=state)
        assert not page(client, owner, invitation).select("main form[action$='/cancel/']")

        response = client.post(f"/outbox/{invitation.pk}/cancel/", follow=True)

        invitation.refresh_from_db()
        assert invitation.state == state
        assert "Det var for sent å stoppe meldingen" in response.content.decode()

    def test_a_second_time_does_no_harm(self, client: Client, owner: User, invitation: Message) -> None:
        client.force_login(owner)
        client.post(f"/outbox/{invitation.pk}/cancel/")

        response = client.post(f"/outbox/{invitation.pk}/cancel/", follow=True)

        assert "Meldingen var allerede stoppet." in response.content.decode()

    def test_needs_work_in_the_project(self, client: Client, project: Project, invitation: Message) -> None:
        user = make_user()
        give_access(user, project, ProjectAccess.Level.READ)

        assert not page(client, user, invitation).select("main form[action$='/cancel/']")
        assert client.post(f"/outbox/{invitation.pk}/cancel/").status_code == 403
        give_access(user, project, ProjectAccess.Level.NORMAL)
        assert client.post(f"/outbox/{invitation.pk}/cancel/").status_code == 302

    def test_is_not_done_by_looking(self, client: Client, owner: User, invitation: Message) -> None:
        client.force_login(owner)

        assert client.get(f"/outbox/{invitation.pk}/cancel/").status_code == 405


class TestLettersOfNoProject:
    @pytest.fixture
    def welcome(self) -> Message:
        return Message.objects.create(
            kind="user.welcome",
            channel=Channel.EMAIL,
            language="nb",
            recipient_name="New user",
            recipient_address="new@example.org",
            content=[["text", "Velkommen"]],
            created_at=NOON,
            due_at=NOON,
            try_at=NOON,
        )

    def test_are_for_administrators(self, client: Client, owner: User, welcome: Message) -> None:
        client.force_login(owner)
        assert client.get(f"/outbox/{welcome.pk}/").status_code == 404
        assert client.post(f"/outbox/{welcome.pk}/cancel/").status_code == 404

        administrator = make_administrator()
        assert page(client, administrator, welcome).select("main form[action$='/cancel/']")
        assert client.post(f"/outbox/{welcome.pk}/cancel/").status_code == 302


@pytest.mark.parametrize("path", ["", "html/", "cancel/", "again/", "dismiss/"])
def test_others_messages_are_not_found(client: Client, invitation: Message, path: str) -> None:
    client.force_login(make_user())

    method = client.post if path in ("cancel/", "again/", "dismiss/") else client.get
    assert method(f"/outbox/{invitation.pk}/{path}").status_code == 404
