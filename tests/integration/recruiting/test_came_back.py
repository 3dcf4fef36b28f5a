"""A message that came back: on the applicant, in the outbox, and in a notice to the recruiter."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.core import clock
from samtale.outbox.domain.preview import as_text
from samtale.outbox.domain.receipts import Report, record
from samtale.outbox.domain.truth import why_untrue
from samtale.outbox.kinds import get
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Application, Candidate, Correspondence, Project, ProjectAccess
from samtale.recruiting.notifications import BOUNCE
from tests.at_once import at_once
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.factories.outbox import make_message, make_sms
from tests.factories.recruiting import give_access, make_application, make_applications, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Outcome = Delivery.Outcome


@pytest.fixture
def owner() -> User:
    make_organisation()
    return make_user(last_name="Eier")


@pytest.fixture
def sender() -> User:
    return make_user(last_name="Sender")


@pytest.fixture
def project(owner: User, sender: User) -> Project:
    project = make_project(owner=owner, title="Vaktmester")
    give_access(sender, project, ProjectAccess.Level.NORMAL)
    return project


@pytest.fixture
def application(project: Project) -> Application:
    return make_application(project, first_name="Amina", last_name="Hassan", email="amina@example.org")


def sent(application: Application, *, sms: bool = False, **fields: Any) -> Message:
    """A message to the candidate that has left."""
    candidate = application.candidate
    make, kind = (make_sms, "reminder.sms") if sms else (make_message, "reminder.email")
    address = candidate.address_by("sms" if sms else "email")
    message = make(**{"kind": kind, "state": State.SENT, "recipient_address": address} | fields)
    Correspondence.objects.create(message=message, project=application.project, application=application)
    message.deliveries.create(at=clock.now(), outcome=Outcome.SENT)
    return message


def report(
    message: Message,
    outcome: Outcome = Outcome.BOUNCED,
    *,
    words: str = "550 no such user",
    minutes: int = 0,
) -> Message:
    at = clock.now() + timedelta(minutes=minutes)
    record(
        Report(channel=message.channel, outcome=outcome, at=at, words=words, public_id=message.public_id),
        now=at,
    )
    message.refresh_from_db()
    return message


def notices() -> list[Message]:
    return list(Message.objects.filter(kind=BOUNCE).order_by("pk"))


def text_of(notice: Message) -> str:
    kind = get(BOUNCE)
    assert kind.link_address
    links = {each[2]: kind.link_address(notice, each[2]) for each in notice.content if each[0] == "link"}
    return as_text(notice.content, addresses=links)


class TestNotice:
    def test_goes_to_whoever_sent_it(self, application: Application, sender: User) -> None:
        report(sent(application, created_by=sender))

        [notice] = notices()
        assert notice.recipient_address == sender.email
        assert notice.subject == "Melding til Amina Hassan kom i retur – Vaktmester"
        shown = text_of(notice)
        for part in ("amina@example.org", "550 no such user", f"/applications/{application.pk}/"):
            assert part in shown
        assert notice.correspondence.application == application

    @pytest.mark.parametrize("why", ["nobody", "inactive", "no access"])
    def test_goes_to_the_owner_where_the_sender_cannot_see_it(
        self, application: Application, sender: User, owner: User, why: str
    ) -> None:
        if why == "inactive":
            User.objects.filter(pk=sender.pk).update(is_active=False)
        if why == "no access":
            ProjectAccess.objects.all().delete()

        report(sent(application, created_by=None if why == "nobody" else sender))

        assert [notice.recipient_address for notice in notices()] == [owner.email]

    def test_in_the_language_of_its_reader(self, application: Application, sender: User) -> None:
        User.objects.filter(pk=sender.pk).update(language="en")

        report(sent(application, created_by=sender))

        assert notices()[0].subject == "Message to Amina Hassan came back – Vaktmester"

    def test_of_a_complaint_has_other_words(self, application: Application) -> None:
        message = report(sent(application), Outcome.COMPLAINED)

        assert (message.state, message.receipt) == (State.SENT, "complained")
        assert "meldt som uønsket" in notices()[0].subject

    def test_of_an_sms(self, application: Application) -> None:
        report(sent(application, sms=True), words="Unknown subscriber")

        assert "+4740000000" in text_of(notices()[0])

    @pytest.mark.parametrize("outcome", [Outcome.DELIVERED, Outcome.DELAYED])
    def test_of_nothing_else(self, application: Application, outcome: Outcome) -> None:
        message = report(sent(application), outcome)

        assert notices() == []
        assert message.state == State.SENT

    def test_is_one_for_each_time_a_message_left(self, application: Application) -> None:
        message = sent(application)
        report(message)
        report(message, words="in other words", minutes=1)
        Message.objects.filter(kind=BOUNCE).update(state=State.SENT)
        report(message, words="still others", minutes=2)
        assert len(notices()) == 1

        # Sent again, it comes back again.
        Message.objects.filter(pk=message.pk).update(state=State.SENT, receipt="", receipt_at=None)
        message.deliveries.create(at=clock.now(), outcome=Outcome.SENT)
        report(message, minutes=70)

        assert len(notices()) == 2

    def test_that_comes_back_tells_nobody(self, application: Application) -> None:
        report(sent(application))
        [notice] = notices()
        Message.objects.filter(pk=notice.pk).update(state=State.SENT)

        report(notice)
        report(sent(application, kind="answer", recipient_address="kari@example.org"))
        report(make_message(kind="account.welcome", state=State.SENT))

        assert notices() == [notice]

    @pytest.mark.parametrize("status", ["withdrawn", "transferred", "deleted"])
    def test_is_not_written_where_nobody_waits(self, application: Application, status: str) -> None:
        change = {"deleted_at": clock.now()} if status == "deleted" else {"status": status}
        Application.objects.filter(pk=application.pk).update(**change)

        report(sent(application))

        assert notices() == []

    def test_does_not_leave_once_its_reader_may_not_see_the_project(
        self, application: Application, sender: User
    ) -> None:
        report(sent(application, created_by=sender))
        [notice] = notices()
        assert why_untrue(notice, get(BOUNCE), now=clock.now()) == ""

        ProjectAccess.objects.all().delete()

        [notice] = notices()
        assert why_untrue(notice, get(BOUNCE), now=clock.now())

    def test_is_not_counted_among_the_candidates_letters(
        self, client: Client, application: Application, owner: User
    ) -> None:
        report(sent(application))
        client.force_login(owner)

        rows = client.get("/outbox/", {"candidate": application.candidate_id}).content.decode()

        assert f'href="/outbox/{notices()[0].pk}/"' not in rows


class TestManyAtOnce:
    def test_are_one_letter_with_their_number(self, project: Project, sender: User) -> None:
        for application in make_applications(project, 30):
            report(sent(application, created_by=sender))

        [notice] = notices()
        assert notice.subject == "30 meldinger kom i retur – Vaktmester"
        assert f"/outbox/?state=came_back&project={project.pk}" in text_of(notice)
        assert notice.correspondence.application is None
        assert notice.due_at == clock.now() + timedelta(minutes=5)

    def test_the_next_letter_comes_an_hour_after_the_last(self, project: Project) -> None:
        first, *later = [sent(application) for application in make_applications(project, 3)]
        report(first)
        Message.objects.filter(kind=BOUNCE).update(state=State.SENT)
        for message in later:
            report(message, minutes=10)

        told, waiting = notices()
        assert waiting.due_at == told.due_at + timedelta(hours=1)
        assert waiting.subject.startswith("2 meldinger")

    def test_one_that_a_worker_has_just_claimed_waits_again(self, project: Project) -> None:
        one, other = [sent(application) for application in make_applications(project, 2)]
        report(one)
        Message.objects.filter(kind=BOUNCE).update(state=State.CLAIMED)

        report(other)

        [notice] = notices()
        assert (notice.state, notice.subject[:1]) == (State.WAITING, "2")

    def test_other_projects_and_readers_have_their_own(
        self, project: Project, owner: User, sender: User
    ) -> None:
        one, other = make_applications(project, 2)
        report(sent(one, created_by=sender))
        report(sent(other))
        report(sent(make_application(make_project(owner=owner))))

        assert len(notices()) == 3

    def test_the_link_leads_to_them(self, client: Client, project: Project, owner: User) -> None:
        bounced, complained, fine = [sent(each) for each in make_applications(project, 3)]
        report(bounced)
        report(complained, Outcome.COMPLAINED)
        report(fine, Outcome.DELIVERED)
        elsewhere = sent(make_application(make_project(owner=owner)))
        report(elsewhere)
        client.force_login(owner)

        content = client.get("/outbox/", {"state": "came_back", "project": str(project.pk)}).content

        shown = {link["href"] for link in BeautifulSoup(content, "html.parser").select("tbody a")}
        assert shown == {f"/outbox/{bounced.pk}/", f"/outbox/{complained.pk}/"}


def facts(client: Client, user: User, application: Application) -> str:
    client.force_login(user)
    content = client.get(f"/applications/{application.pk}/").content
    section = BeautifulSoup(content, "html.parser").select_one("#personal")
    assert section
    return section.get_text(" ", strip=True)


class TestOnTheApplicant:
    def test_the_providers_words_and_the_day(
        self, client: Client, application: Application, owner: User
    ) -> None:
        report(sent(application), words="<b>550</b> no such user")

        shown = facts(client, owner, application)

        assert "E-post til amina@example.org kom i retur" in shown
        assert "<b>550</b> no such user" in shown
        assert "SMS til" not in shown

    def test_of_sms_beside_the_number(self, client: Client, application: Application, owner: User) -> None:
        report(sent(application, sms=True))

        shown = facts(client, owner, application)
        assert "SMS til +47 40 00 00 00 kom i retur" in shown
        assert "E-post til" not in shown

    def test_is_gone_with_another_address(
        self, client: Client, application: Application, owner: User
    ) -> None:
        report(sent(application))
        Candidate.objects.update(email="amina.hassan@example.org")

        assert "kom i retur" not in facts(client, owner, application)

    def test_is_gone_when_a_later_letter_was_delivered_and_back_again(
        self, client: Client, application: Application, owner: User
    ) -> None:
        report(sent(application))
        report(sent(application), Outcome.DELIVERED, minutes=5)
        assert "kom i retur" not in facts(client, owner, application)

        report(sent(application), minutes=10)

        assert "kom i retur" in facts(client, owner, application)

    def test_is_told_in_every_project_of_the_candidate(
        self, client: Client, application: Application, owner: User
    ) -> None:
        report(sent(application))
        other = make_application(make_project(owner=owner), candidate=application.candidate)

        assert "kom i retur" in facts(client, owner, other)

    def test_who_only_reads_is_not_led_to_the_details(self, client: Client, application: Application) -> None:
        reader = make_user()
        give_access(reader, application.project, ProjectAccess.Level.READ)
        report(sent(application))

        shown = facts(client, reader, application)
        assert "kom i retur" in shown
        assert "personalia" not in shown.removeprefix("Personalia")

    def test_in_the_list_with_one_query_however_many(
        self, client: Client, project: Project, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(make_administrator())
        counted = []
        for number in (1, 29):
            for application in make_applications(project, number):
                report(sent(application))
            client.get(f"/projects/{project.pk}/applications/")
            with django_assert_max_num_queries(15) as queries:
                content = client.get(f"/projects/{project.pk}/applications/").content.decode()
            counted.append(len(queries))
        assert counted[0] == counted[1]
        assert content.count("E-post kom i retur") == 25

    def test_the_list_goes_by_the_newest_report(
        self, client: Client, application: Application, owner: User
    ) -> None:
        client.force_login(owner)
        address = f"/projects/{application.project_id}/applications/"
        report(sent(application))
        assert "E-post kom i retur" in client.get(address).content.decode()

        report(sent(application), Outcome.DELIVERED, minutes=5)

        assert "E-post kom i retur" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("outcome", "words", "colour"),
    [
        (Outcome.DELIVERED, "Levert", "success"),
        (Outcome.BOUNCED, "Kom i retur", "danger"),
        (Outcome.COMPLAINED, "Meldt som uønsket", "warning"),
    ],
)
def test_the_outbox_shows_what_was_reported(
    client: Client,
    application: Application,
    owner: User,
    outcome: Outcome,
    words: str,
    colour: str,
) -> None:
    message = sent(application)
    report(message, Outcome.DELAYED, words="451 try later")
    report(message, outcome)
    client.force_login(owner)

    row = BeautifulSoup(client.get("/outbox/?kind=reminder.email").content, "html.parser").select(
        "tbody .ds-tag"
    )
    fate = BeautifulSoup(client.get(f"/outbox/{message.pk}/").content, "html.parser").select_one(
        "[aria-labelledby=fate-heading]"
    )

    assert [(tag.get_text(), tag["data-color"]) for tag in row][1:] == [(words, colour)]
    assert fate
    assert [term.get_text() for term in fate.select("dt")].count(words) == 1
    tries = fate.select(".timeline li")
    assert [words in tries[-1].get_text(), "451 try later" in tries[1].get_text()] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_reports_at_the_same_time_are_one_letter(owner: User) -> None:
    """In each of many projects, since only the first two of a project can meet."""
    pairs = [[sent(each) for each in make_applications(make_project(owner=owner), 2)] for _ in range(30)]

    for pair in pairs:
        at_once([partial(report, message) for message in pair])

    assert len(notices()) == 30
    assert {notice.subject[:12] for notice in notices()} == {"2 meldinger "}
