"""What is changed from the application's page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox.models import Message
from samtale.recruiting.models import Application, Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import give_access, make_application, make_candidate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def application(project: Project) -> Application:
    return make_application(project, first_name="Amina", last_name="Hassan")


def personal(application: Application, **changes: str) -> dict[str, str]:
    candidate = application.candidate
    return {
        "first_name": candidate.first_name,
        "last_name": candidate.last_name,
        "email": candidate.email,
        "mobile": str(candidate.mobile),
        "language": candidate.language,
        "address": candidate.address,
    } | changes


def error_beside(content: bytes, field: str) -> str:
    control = BeautifulSoup(content, "html.parser").select_one(f"#id_{field}")
    assert control
    assert control["aria-invalid"] == "true"
    soup = BeautifulSoup(content, "html.parser")
    described = str(control["aria-describedby"]).split()
    return " ".join(found.get_text(" ", strip=True) for each in described if (found := soup.find(id=each)))


class TestPersonalDetails:
    def test_are_saved_and_the_list_knows_the_new_name(
        self, client: Client, owner: User, application: Application
    ) -> None:
        client.force_login(owner)

        response = client.post(
            f"/applications/{application.pk}/personal/",
            personal(application, last_name="Åsen", language="sv", mobile="+46 70 123 45 67"),
        )

        assert response.status_code == 302
        application.refresh_from_db()
        assert application.candidate.name == "Amina Åsen"
        assert application.candidate.language == "sv"
        assert application.candidate.mobile.as_e164 == "+46701234567"
        assert application.search_text.startswith("amina åsen")
        assert [row.verb for row in audit.history(application)] == ["candidate.updated"]

    def test_letters_that_wait_follow_and_those_that_cannot_are_named(
        self, client: Client, owner: User, application: Application
    ) -> None:
        old = application.candidate.email
        letters = make_letters(reminder="both", reminder_days=2)
        owner.may_send_sms = True
        owner.save()
        send_invitations(application.project, [application], letters=letters, by=owner)
        Message.objects.filter(kind="invitation.interview_1").update(state="sent")
        client.force_login(owner)

        response = client.post(
            f"/applications/{application.pk}/personal/",
            personal(application, email="riktig@example.org", mobile=""),
            follow=True,
        )

        assert [str(notice) for notice in response.context["messages"]] == [
            "Personalia er lagret.",
            "Sendes ikke: Påminnelse med SMS. Kandidaten har ikke noe mobilnummer.",
            (
                f"Allerede sendt til {old}, eller i ferd med å sendes: Innkalling: intervju 1. "
                "Lenker å svare med er fortsatt gyldige der."
            ),
        ]
        assert Message.objects.get(kind="reminder.email").recipient_address == "riktig@example.org"

    def test_another_candidates_address_is_refused_beside_the_field(
        self, client: Client, owner: User, application: Application
    ) -> None:
        taken = make_candidate(email="taken@example.org")
        client.force_login(owner)

        response = client.post(
            f"/applications/{application.pk}/personal/",
            personal(application, email="TAKEN@example.org", address="Ny gate 3"),
        )

        assert "En annen kandidat har denne e-postadressen." in error_beside(response.content, "email")
        assert b"Ny gate 3" in response.content
        assert Application.objects.get(pk=application.pk).candidate.email != taken.email

    @pytest.mark.parametrize(
        ("field", "value"),
        [("first_name", ""), ("email", "no-address"), ("mobile", "12"), ("language", "de")],
    )
    def test_what_is_wrong_is_said_beside_the_field(
        self, client: Client, owner: User, application: Application, field: str, value: str
    ) -> None:
        client.force_login(owner)

        response = client.post(
            f"/applications/{application.pk}/personal/", personal(application, **{field: value})
        )

        assert error_beside(response.content, field)


def test_letter_and_cv_are_edited_by_hand(client: Client, owner: User, application: Application) -> None:
    client.force_login(owner)

    client.post(f"/applications/{application.pk}/texts/", {"letter": "Ny tekst", "cv": ""})

    application.refresh_from_db()
    assert (application.letter, application.cv) == ("Ny tekst", "")
    assert [row.verb for row in audit.history(application)] == ["application.texts_updated"]


def test_the_same_texts_again_change_nothing(client: Client, owner: User, application: Application) -> None:
    client.force_login(owner)

    client.post(f"/applications/{application.pk}/texts/", {"letter": "", "cv": ""})

    assert not audit.history(application)


class TestNotes:
    def test_are_added(self, client: Client, owner: User, application: Application) -> None:
        client.force_login(owner)

        response = client.post(f"/applications/{application.pk}/notes/", {"text": "Ring referansen."})

        assert response["Location"] == f"/applications/{application.pk}/#notes"
        note = application.notes.get()
        assert (note.text, note.by) == ("Ring referansen.", owner)

    def test_an_empty_one_is_refused(self, client: Client, owner: User, application: Application) -> None:
        client.force_login(owner)

        response = client.post(f"/applications/{application.pk}/notes/", {"text": "  "})

        assert error_beside(response.content, "text")
        assert not application.notes.exists()


class TestStatus:
    def test_is_changed_with_its_reason(self, client: Client, owner: User, application: Application) -> None:
        client.force_login(owner)

        client.post(
            f"/applications/{application.pk}/status/", {"status": "withdrawn", "reason": "Ringte i dag."}
        )

        application.refresh_from_db()
        assert application.status == "withdrawn"
        assert "Ringte i dag." in audit.sentence_for(audit.history(application).get())

    def test_only_what_may_follow_is_offered(self, client: Client, owner: User, project: Project) -> None:
        application = make_application(project, status="rejected")
        client.force_login(owner)

        soup = BeautifulSoup(client.get(f"/applications/{application.pk}/").content, "html.parser")
        response = client.post(f"/applications/{application.pk}/status/", {"status": "hired"})

        assert [option["value"] for option in soup.select("#id_status option")] == ["under_review"]
        assert error_beside(response.content, "status")
        application.refresh_from_db()
        assert application.status == "rejected"

    @pytest.mark.parametrize(
        ("right", "status"),
        [("may_invite", "invited"), ("may_offer", "offered")],
    )
    def test_needs_the_right_to_the_act_of_that_name(
        self, client: Client, project: Project, application: Application, right: str, status: str
    ) -> None:
        user = make_user()
        setattr(user, right, False)
        user.save()
        give_access(user, project, ProjectAccess.Level.FULL)
        client.force_login(user)

        client.post(f"/applications/{application.pk}/status/", {"status": status})
        application.refresh_from_db()
        assert application.status == "new"

        setattr(user, right, True)
        user.save()
        client.post(f"/applications/{application.pk}/status/", {"status": status})
        application.refresh_from_db()
        assert application.status == status

    def test_transferred_needs_a_place_to_go(
        self, client: Client, owner: User, application: Application
    ) -> None:
        client.force_login(owner)

        client.post(f"/applications/{application.pk}/status/", {"status": "transferred"})

        application.refresh_from_db()
        assert application.status == "new"


CHANGES = ["personal", "texts", "status", "notes", "documents"]


@pytest.mark.parametrize("change", CHANGES)
def test_readers_may_not_change(
    client: Client, project: Project, application: Application, change: str
) -> None:
    reader = make_user()
    give_access(reader, project, ProjectAccess.Level.READ)
    client.force_login(reader)

    assert client.post(f"/applications/{application.pk}/{change}/").status_code == 403


@pytest.mark.parametrize("change", CHANGES)
def test_strangers_find_nothing_to_change(client: Client, application: Application, change: str) -> None:
    client.force_login(make_user())

    assert client.post(f"/applications/{application.pk}/{change}/").status_code == 404


@pytest.mark.parametrize("change", ["status", "notes", "documents"])
def test_looking_changes_nothing(client: Client, owner: User, application: Application, change: str) -> None:
    client.force_login(owner)

    assert client.get(f"/applications/{application.pk}/{change}/").status_code == 405
