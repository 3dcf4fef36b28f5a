"""A candidate is anonymised: nothing that is kept says who it was, and nothing more leaves."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.tokens import InvalidToken, invitation_for, token_for
from samtale.interviews.models import Invitation
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.domain.queue import why_not_again
from samtale.outbox.domain.receipts import Report, record
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportError
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.domain.documents import add_document
from samtale.recruiting.domain.notes import add_note
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.domain.queries.candidates import editable_candidates
from samtale.recruiting.models import Application, Candidate, Document, Note
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import give_access, make_application, make_project

# In every case of letters, and in every column, none of these may be found afterwards.
WORDS = ("xanthippe", "quisling-ås", "zyxhotmail", "40555123", "vollebekkveien", "hemmelig")


@pytest.fixture
def application(clock) -> Application:
    """An application with everything that can be known about somebody."""
    make_organisation()
    project = make_project(owner=make_user(language="nb", may_send_sms=True, may_delete=True))
    application = make_application(
        project,
        first_name="Xanthippe",
        last_name="Quisling-Ås",
        email="x@zyxhotmail.example",
        mobile="+4740555123",
        address="Vollebekkveien 1",
        letter="Mitt hemmelige brev",
        cv="Min hemmelige CV",
    )
    by = project.owner
    add_note(application=application, text="Hemmelig merknad", by=by, now=wall_clock.now())
    add_document(
        application=application,
        file=ContentFile(b"Hemmelig"),
        name="Xanthippe.txt",
        by="Xanthippe Quisling-Ås",
        now=wall_clock.now(),
    )
    letters = make_letters(reminder="both", reminder_days=2)
    send_invitations(project, [application], letters=letters)
    invitation = Invitation.objects.get()
    answer(
        invitation=invitation,
        seen_version=1,
        choice=Choice.NEW_TIME,
        wishes="En hemmelig grunn",
        now=wall_clock.now(),
    )
    answer(invitation=invitation, seen_version=1, choice=Choice.COMING, now=wall_clock.now())
    details = {
        "first_name": "Xanthippe",
        "last_name": "Quisling-Ås",
        "language": "nb",
        "address": "Vollebekkveien 1",
    }
    candidate = Candidate.objects.get()
    update_candidate(
        candidate=candidate,
        **details,
        email="xanthippe@zyxhotmail.example",
        mobile="+4740555123",
        by=by,
        now=wall_clock.now(),
    )
    clock.forward(minutes=1)
    return Application.objects.select_related("candidate", "project__owner").get()


def everything(tmp_path) -> str:
    path = tmp_path / "all.json"
    call_command("dumpdata", "recruiting", "interviews", "outbox", "core", output=str(path), verbosity=0)
    return path.read_text().encode().decode("unicode_escape", errors="ignore").lower() + path.read_text()


def anonymise(application: Application) -> list[Message]:
    return anonymise_candidate(
        candidate=application.candidate, by=application.project.owner, now=wall_clock.now()
    )


@pytest.mark.django_db(transaction=True)
def test_no_column_says_who_it_was(application, tmp_path):
    document = Document.objects.get().file
    assert [word for word in WORDS if word not in everything(tmp_path)] == []
    before = Message.objects.count()

    assert anonymise(application) == []

    found = everything(tmp_path)
    assert [word for word in WORDS if word in found] == []
    assert not document.storage.exists(document.name)
    assert Message.objects.count() == before
    assert not Message.objects.filter(state__in=[State.WAITING, State.CLAIMED]).exists()
    application.refresh_from_db()
    assert application.status == "invited"
    assert not application.candidate.address_by("email")


@pytest.mark.django_db
def test_the_reason_for_a_cancellation_and_for_a_status_is_gone_too(application, tmp_path):
    by, now = application.project.owner, wall_clock.now()
    interview = Invitation.objects.get().interview
    cancel_interview(
        interview=interview, seen_version=1, reason="En hemmelig grunn", tells_candidates=True, by=by, now=now
    )
    set_status(applications=[application], status="rejected", reason="Noe hemmelig", by=by, now=now)

    anonymise(application)

    assert "hemmelig" not in everything(tmp_path)


@pytest.mark.django_db
def test_links_stop_and_a_second_time_changes_nothing(application):
    token = token_for(Invitation.objects.get())
    anonymise(application)
    with pytest.raises(InvalidToken):
        invitation_for(token, now=wall_clock.now())
    assert token_for(Invitation.objects.get()) != token
    at = Candidate.objects.get().anonymised_at

    assert anonymise(application) == []
    assert Candidate.objects.get().anonymised_at == at
    assert Invitation.objects.get().link_version == 2


@pytest.mark.django_db
@pytest.mark.parametrize("permanent", [True, False])
def test_what_is_being_sent_is_told_and_the_servers_words_are_not_kept(application, permanent):
    told: list[Message] = []

    class Way:
        def open(self) -> None: ...

        def close(self) -> None: ...

        def send(self, parcel: object) -> str:
            if not told:
                told.extend(anonymise(application))
            raise TransportError("<xanthippe@zyxhotmail.example> unknown", permanent=permanent)

    Courier(clock=wall_clock.now, owner="w", transports={"email": Way, "sms": Way}).deliver_due(
        channels=["email"]
    )

    (leaving,) = told
    assert leaving.recipient_name == "Xanthippe Quisling-Ås"
    message = Message.objects.get(pk=leaving.pk)
    assert message.state == (State.FAILED if permanent else State.WAITING)
    assert not any([message.reason, message.recipient_name, message.recipient_address, message.content])
    assert Delivery.objects.get(message=message).detail == ""
    assert why_not_again(message, now=wall_clock.now()) == "The candidate has been anonymised."


@pytest.mark.django_db
def test_a_providers_report_brings_no_words_back(application):
    letter = Message.objects.get(kind="reminder.email")
    Message.objects.filter(pk=letter.pk).update(state=State.SENT, provider_id="abc")
    anonymise(application)
    report = Report(
        channel="email",
        outcome=Delivery.Outcome.BOUNCED,
        at=wall_clock.now(),
        words="No xanthippe here",
        public_id=letter.public_id,
    )

    assert record(report, now=wall_clock.now()) is None
    assert not Delivery.objects.filter(message=letter).exists()


@pytest.mark.django_db
def test_only_who_may_delete_in_all_projects_and_nobody_may_edit_afterwards(application):
    owner, elsewhere = application.project.owner, make_project()
    may = "recruiting.anonymise"
    assert owner.has_perm(may, application)
    make_application(elsewhere, candidate=application.candidate)
    assert not owner.has_perm(may, application)
    give_access(owner, elsewhere, "normal")
    again = type(owner).objects.get(pk=owner.pk)
    assert again.has_perm(may, application)
    assert make_administrator().has_perm(may, application)

    anonymise(application)

    application = Application.objects.get(pk=application.pk)
    for user in (again, make_administrator()):
        assert not user.has_perm(may, application)
        assert not user.has_perm("recruiting.edit_candidate", application)
    assert editable_candidates("import", [application.candidate_id]) == set()


@pytest.mark.django_db
def test_the_page_asks_first_and_names_what_had_left(client, application):
    client.force_login(application.project.owner)
    address = reverse("staff:application-anonymise", args=[application.pk])
    Message.objects.filter(kind="reminder.sms").update(state=State.SENDING, owner="w", tries=1)

    question = client.get(address).content.decode()
    assert "Anonymisere Xanthippe Quisling-Ås?" in question
    assert "1 notat" in question
    client.post(address)  # without the answer it only asks
    assert Candidate.objects.get().anonymised_at is None

    text = client.post(address, {"confirmed": "1"}, follow=True).content.decode()

    assert "For sent å stoppe" in text
    assert "(Xanthippe Quisling-Ås)" in text
    text = client.get(reverse("staff:application", args=[application.pk])).content.decode()
    assert "Anonymisert søker" in text
    assert "xanthippe" not in text.lower()
    assert "anonymised-" not in text
    for name, args in (("outbox", []), ("applications", [application.project_id])):
        page = client.get(reverse(f"staff:{name}", args=args)).content.decode()
        assert "Anonymisert søker" in page, name
        assert "xanthippe" not in page.lower()
    letter = Message.objects.get(kind="reminder.sms")
    assert client.get(reverse("staff:message", args=[letter.pk])).status_code == 200


@pytest.mark.django_db
def test_nothing_personal_comes_back_to_an_anonymised_applicant(client, application: Application) -> None:
    client.force_login(make_administrator())
    addresses = {
        reverse(f"staff:application-{name}", args=[application.pk]): posted
        for name, posted in {
            "note": {"text": "Amina ringte"},
            "texts": {"letter": "Jeg heter Amina", "cv": ""},
            "documents": {},
        }.items()
    }
    page = reverse("staff:application", args=[application.pk])
    assert all(address in client.get(page).content.decode() for address in addresses)

    anonymise(application)

    assert {client.post(address, posted).status_code for address, posted in addresses.items()} == {403}
    shown = client.get(page).content.decode()
    assert not any(f'"{address}"' in shown for address in addresses)
    assert not Note.objects.filter(text__contains="Amina").exists()
