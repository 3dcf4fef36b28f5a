"""Ticked candidates, Videre fremdrift, and an e-mail to them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.interviews.models import Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import give_access, make_application, make_project
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
BACK = "/calendar/?view=list&type=phone"
NB = {"words-nb-subject": "Om {vacancy}", "words-nb-content": "Hei {first-name}"}


@pytest.fixture
def invitation(project: Project) -> Invitation:
    make_organisation(undo_seconds=30)
    return invited(project, "Amina")


def invited(project: Project, name: str, **fields: Any) -> Invitation:
    application = make_application(project, first_name=name, last_name="", **fields)
    return make_invitation(application=application, start=TUESDAY)


def post(client: Client, user: User, page: str, *, answers: int = 200, **data: Any) -> BeautifulSoup:
    client.force_login(user)
    response = client.post(f"/calendar/{page}/", data)
    assert response.status_code == answers, response.content
    if answers == 302:
        response = client.get(response["Location"])
    return BeautifulSoup(response.content, "html.parser")


def begin(client: Client, user: User, *invitations: Invitation) -> BeautifulSoup:
    ids = [each.pk for each in invitations]
    return post(client, user, "ticked", action="email", invitation=ids, next=BACK)


def form(soup: BeautifulSoup) -> dict[str, str]:
    """Return what the letter's form would send."""
    fields = soup.select("#letter input[name], #letter textarea[name], #letter select[name]")
    return {
        str(field["name"]): str(field["value"]) if field.has_attr("value") else field.text.removeprefix("\n")
        for field in fields
        if field.name != "select"
    } | {"sender": "user"}


class TestTicking:
    def boxes(self, soup: BeautifulSoup) -> list[str]:
        return [str(box["aria-label"]) for box in soup.select("[data-bulk-row]")]

    def test_is_for_those_in_projects_where_one_works(
        self, read: Read, owner: User, project: Project, invitation: Invitation
    ) -> None:
        readable = make_project()
        give_access(owner, readable, ProjectAccess.Level.READ)
        invited(readable, "Bo")

        soup = read("/calendar/", owner, view="list")

        assert self.boxes(soup) == ["Velg Amina, 09:00–09:45"]
        actions = [each.get_text(strip=True) for each in soup.select("select[name=action] option")]
        assert "Send e-post" in actions

    def test_is_not_offered_where_nothing_can_be_done(
        self, read: Read, project: Project, invitation: Invitation
    ) -> None:
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)
        soup = read("/calendar/", reader, view="list")
        assert not soup.select(".bulk-bar, [data-bulk-all]")
        assert not self.boxes(soup)

    def test_of_nobody_leads_back_to_the_list_as_it_was(
        self, client: Client, owner: User, invitation: Invitation
    ) -> None:
        soup = post(client, owner, "ticked", answers=302, action="email", next=BACK)
        assert "Ingen er krysset av." in soup.get_text()
        assert soup.select_one("select[name=type] option[selected]")["value"] == "phone"

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/calendar/", "/outbox/"])
    def test_leads_back_to_the_calendar_alone(self, client: Client, owner: User, back: str) -> None:
        client.force_login(owner)
        assert client.post("/calendar/ticked/", {"next": back})["Location"] == "/calendar/?view=list"

    def test_with_another_action_does_nothing(
        self, client: Client, owner: User, invitation: Invitation
    ) -> None:
        soup = post(client, owner, "ticked", answers=302, action="dance", invitation=invitation.pk, next=BACK)
        assert "Velg hva som skal skje" in soup.get_text()


class TestLetter:
    def test_who_is_no_longer_invited_is_left_out_by_name(
        self, client: Client, owner: User, project: Project, invitation: Invitation
    ) -> None:
        gone = invited(project, "Bo", status="withdrawn")
        Invitation.objects.filter(pk=gone.pk).update(meeting_status="not_relevant")

        soup = begin(client, owner, invitation, gone)

        assert form(soup)["invitations"] == str(invitation.pk)
        [said] = [each.get_text(" ", strip=True) for each in soup.select("main .ds-alert")]
        assert said == f"Disse er utelatt, siden de ikke lenger er innkalt: Bo ({project.title})"

    def test_starts_from_a_greeting_with_a_preview(
        self, client: Client, owner: User, invitation: Invitation
    ) -> None:
        soup = begin(client, owner, invitation)

        assert soup.select_one("h1").get_text(strip=True) == "Send e-post til 1 kandidat"
        assert "Hei {first-name}," in soup.select_one("textarea").text
        assert "Hei Amina," in " ".join(soup.select_one("#preview").get_text(" ").split()).replace(" ,", ",")
        assert not soup.select("[aria-invalid=true]")

    def test_has_a_tab_for_each_language(
        self, client: Client, owner: User, project: Project, invitation: Invitation
    ) -> None:
        soup = begin(client, owner, invitation, invited(project, "John", language="en"))
        tabs = [tab.get_text(" ", strip=True) for tab in soup.select("ds-tab")]
        assert tabs == ["Norsk · 1 kandidat", "English · 1 kandidat"]

    def test_is_sent_once_however_often_the_button_is_pressed(
        self, client: Client, owner: User, invitation: Invitation
    ) -> None:
        data = form(begin(client, owner, invitation)) | NB | {"go": "send"}

        done = post(client, owner, "email", answers=302, **data)
        again = post(client, owner, "email", answers=302, **data)

        assert "E-posten er på vei til 1 kandidat." in done.get_text()
        assert "allerede sendt" in again.get_text()
        message = Message.objects.get(kind="free.email")
        assert (message.sender_name, message.sender_address) == ("Kari Lunde", owner.email)

    def test_may_be_signed_by_the_organisation(
        self, client: Client, owner: User, invitation: Invitation
    ) -> None:
        data = form(begin(client, owner, invitation)) | NB | {"go": "send", "sender": "organisation"}
        post(client, owner, "email", answers=302, **data)
        assert Message.objects.get(kind="free.email").sender_address == "jobb@example.org"

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ({"words-nb-subject": ""}, "Skriv noe her."),
            ({"words-nb-content": "Hei {nobody}"}, "Taggen {nobody} finnes ikke"),
            ({"words-nb-subject": "Svar {confirmlink}"}, "Taggen {confirmlink} finnes ikke"),
            ({"words-nb-content": "Finn fram: {route}"}, "Det er tomt for: Amina."),
        ],
    )
    def test_says_beside_the_field_what_is_wrong_and_sends_nothing(
        self, client: Client, owner: User, invitation: Invitation, words: dict[str, str], sentence: str
    ) -> None:
        data = form(begin(client, owner, invitation)) | NB | words | {"go": "send"}

        soup = post(client, owner, "email", answers=422, **data)

        ((name, typed),) = words.items()
        field = soup.select_one(f"[name={name}]")
        assert field["aria-invalid"] == "true"
        assert (field.get("value") or field.text.removeprefix("\n")) == typed
        assert sentence.removeprefix("Det er tomt for: ") in soup.get_text()
        assert not Message.objects.exists()

    def test_previews_what_the_chosen_candidate_gets(
        self, client: Client, owner: User, project: Project, invitation: Invitation
    ) -> None:
        other = invited(project, "Bo")
        data = form(begin(client, owner, invitation, other)) | NB

        part = post(client, owner, "email", **data | {"go": "part", "preview_for": other.pk})

        assert not part.select("main")
        assert "Bo" in part.get_text()
        assert "Amina" not in part.get_text()

    def test_leaves_out_whom_one_may_not_write_to_and_passes_strangers_over(
        self, client: Client, owner: User, project: Project, invitation: Invitation
    ) -> None:
        readable = make_project()
        give_access(owner, readable, ProjectAccess.Level.READ)
        seen, unseen = invited(readable, "Seen"), invited(make_project(), "Unseen")

        soup = begin(client, owner, invitation, seen, unseen)

        assert "Seen" in soup.select_one(".ds-alert").get_text()
        assert "Unseen" not in soup.get_text()
        data = form(soup) | NB | {"go": "send", "invitations": f"{invitation.pk},{seen.pk},{unseen.pk}"}
        post(client, owner, "email", answers=302, **data)
        assert Message.objects.get(kind="free.email").recipient_name == "Amina"

    def test_to_nobody_says_so(self, client: Client, owner: User, invitation: Invitation) -> None:
        soup = begin(client, owner, invited(make_project(), "Unseen"))
        assert "Det er ikke mulig å skrive til noen av kandidatene." in soup.get_text()

    def test_by_its_address_alone_leads_to_the_list(self, client: Client, owner: User) -> None:
        client.force_login(owner)
        assert client.get("/calendar/email/")["Location"] == "/calendar/?view=list"

    def test_asks_the_database_as_often_for_thirty_as_for_two(
        self, client: Client, owner: User, project: Project, invitation: Invitation
    ) -> None:
        def queries(*chosen: Invitation) -> int:
            with CaptureQueriesContext(connection) as captured:
                begin(client, owner, *chosen)
            return len(captured)

        many = [invited(project, f"Candidate {number}") for number in range(29)]
        for number, each in enumerate(many):
            each.interview.start += timedelta(minutes=number)
            each.interview.save()
        begin(client, owner, invitation)
        assert queries(invitation, many[0]) == queries(invitation, *many)
