"""What failed, or of which nobody knows, is sent again by hand or dismissed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from samtale.accounts.models import User
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.recruiting import give_access
from tests.integration.staff.outbox.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


class TestSendingAgain:
    @pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN])
    def test_what_failed_or_is_unknown_waits_again(
        self, client: Client, owner: User, invitation: Message, state: State
    ) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=state, tries=7)
        soup = page(client, owner, invitation)
        assert soup.select("main form[action$='/again/']")
        assert ("kan den komme fram to ganger" in soup.get_text()) == (state == State.UNKNOWN)

        response = client.post(f"/outbox/{invitation.pk}/again/", follow=True)

        invitation.refresh_from_db()
        assert (invitation.state, invitation.tries) == (State.WAITING, 0)
        assert invitation.may_have_arrived_twice == (state == State.UNKNOWN)
        assert "Meldingen blir sendt på nytt." in response.content.decode()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"expires_at": NOON - timedelta(days=1)}, "Tiden var ute før meldingen kunne sendes."),
            ({"kind": "gone.kind"}, "Denne typen meldinger kan ikke lenger sendes."),
        ],
    )
    def test_what_would_not_leave_is_refused(
        self, client: Client, owner: User, invitation: Message, change: dict[str, object], reason: str
    ) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=State.FAILED, **change)
        client.force_login(owner)

        response = client.post(f"/outbox/{invitation.pk}/again/", follow=True)

        invitation.refresh_from_db()
        assert invitation.state == State.FAILED
        assert f"Meldingen kan ikke sendes på nytt. {reason}" in response.content.decode()

    def test_what_is_no_longer_true_is_refused(
        self, client: Client, owner: User, invitation: Message
    ) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=State.UNKNOWN, expires_at=None)
        client.force_login(owner)
        Interview.objects.update(state=Interview.State.CANCELLED)

        response = client.post(f"/outbox/{invitation.pk}/again/", follow=True)
        assert "Meldingen kan ikke sendes på nytt. Intervjuet" in response.content.decode()

        Invitation.objects.all().delete()
        response = client.post(f"/outbox/{invitation.pk}/again/", follow=True)
        assert "Det den handlet om, finnes ikke lenger." in response.content.decode()
        invitation.refresh_from_db()
        assert invitation.state == State.UNKNOWN

    @pytest.mark.parametrize("state", [State.SENT, State.SENDING, State.CANCELLED, State.OUTDATED])
    def test_nothing_else_does(self, client: Client, owner: User, invitation: Message, state: State) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=state)
        assert not page(client, owner, invitation).select("main form[action$='/again/']")

        client.post(f"/outbox/{invitation.pk}/again/")

        invitation.refresh_from_db()
        assert invitation.state == state

    def test_needs_work_in_the_project(self, client: Client, project: Project, invitation: Message) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=State.FAILED)
        user = make_user()
        give_access(user, project, ProjectAccess.Level.READ)

        assert not page(client, user, invitation).select("main form[action$='/again/']")
        assert client.post(f"/outbox/{invitation.pk}/again/").status_code == 403


class TestDismissing:
    @pytest.fixture
    def failed(self, invitation: Message) -> Message:
        Message.objects.filter(pk=invitation.pk).update(state=State.FAILED, reason="550 no", tries=7)
        return invitation

    def test_takes_a_failed_message_off_the_list_of_what_waits(
        self, client: Client, owner: User, failed: Message
    ) -> None:
        assert page(client, owner, failed).select_one(".shell-nav .ds-badge")

        response = client.post(f"/outbox/{failed.pk}/dismiss/", follow=True)

        failed.refresh_from_db()
        assert failed.state == State.CANCELLED
        assert "Meldingen er avvist og blir ikke sendt." in response.content.decode()
        soup = page(client, owner, failed)
        assert "Kunne ikke sendes, og ble avvist." in soup.get_text()
        assert not soup.select(".shell-nav .ds-badge, main form[action$='/dismiss/']")

    @pytest.mark.parametrize("state", [State.WAITING, State.SENT, State.UNKNOWN])
    def test_is_for_what_failed_alone(
        self, client: Client, owner: User, invitation: Message, state: State
    ) -> None:
        Message.objects.filter(pk=invitation.pk).update(state=state)
        assert not page(client, owner, invitation).select("main form[action$='/dismiss/']")

        client.post(f"/outbox/{invitation.pk}/dismiss/")

        invitation.refresh_from_db()
        assert invitation.state == state

    def test_who_only_reads_is_neither_told_nor_let(
        self, client: Client, project: Project, failed: Message
    ) -> None:
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)

        soup = page(client, reader, failed)

        assert not soup.select(".shell-nav .ds-badge, main form[action$='/dismiss/']")
        assert "kunne ikke sendes" not in client.get("/").content.decode()
        assert client.post(f"/outbox/{failed.pk}/dismiss/").status_code == 403
