"""Søknad og CV: what the page shows, to whom."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Invitation
from samtale.recruiting.domain.notes import add_note
from samtale.recruiting.models import Application, Project, ProjectAccess
from tests.conftest import Clock
from tests.factories.accounts import make_administrator, make_user
from tests.factories.interviews import make_interview, make_invitation, make_letters, send_invitations
from tests.factories.recruiting import LONG_AGO, give_access, make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(client: Client, user: User, application: Application) -> BeautifulSoup:
    client.force_login(user)
    response = client.get(f"/applications/{application.pk}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_shows_what_is_known(client: Client, owner: User, project: Project) -> None:
    application = make_application(
        project,
        first_name="Amina",
        last_name="Hassan",
        letter="Hei,\n\njeg søker.\nHilsen Amina",
        cv="2015 Haukeland",
        address="Storgata 1",
    )
    add_note(application=application, text="Ring referansen.", by=owner, now=LONG_AGO)

    soup = page(client, owner, application)

    assert soup.h1
    assert soup.h1.get_text() == "Amina Hassan"
    text = soup.get_text(" ")
    for shown in (application.candidate.email, "Storgata 1", "2015 Haukeland", "Ring referansen.", "Ny"):
        assert shown in text
    letter = soup.select_one("#letter .written")
    assert letter
    assert len(letter.select("p")) == 2
    assert letter.select("br")


def test_texts_of_applicants_are_only_text(client: Client, owner: User, project: Project) -> None:
    hostile = "<script>alert(1)</script>"
    application = make_application(
        project,
        first_name=hostile,
        last_name="",
        letter=hostile,
        cv=f"{hostile}\n\n{hostile}",
        address=hostile,
    )
    make_invitation(application=application, wishes=hostile)
    add_note(application=application, text=hostile, by=owner, now=LONG_AGO)

    soup = page(client, owner, application)

    assert soup.select("script")
    assert all(script.get("src") for script in soup.select("script"))
    assert soup.get_text().count(hostile) >= 7


def test_previous_and_next_are_the_neighbours_by_name(client: Client, owner: User, project: Project) -> None:
    ada, bo, bo_again, cy = (
        make_application(project, first_name=name, last_name="") for name in ("Ada", "Bo", "Bo", "Cy")
    )
    make_application(first_name="Bob", last_name="")
    make_application(project, first_name="Bobo", last_name="", deleted_at=LONG_AGO)

    def neighbours(application: Application) -> list[str]:
        soup = page(client, owner, application)
        links = (soup.select_one(f'.page-actions a[rel="{rel}"]') for rel in ("prev", "next"))
        return [str(link["href"]).split("/")[2] if link else "" for link in links]

    assert neighbours(ada) == ["", str(bo.pk)]
    assert neighbours(bo) == [str(ada.pk), str(bo_again.pk)]
    assert neighbours(bo_again) == [str(bo.pk), str(cy.pk)]
    assert neighbours(cy) == [str(bo_again.pk), ""]


def test_interviews_show_time_status_wishes_and_what_can_be_done(
    client: Client, owner: User, project: Project
) -> None:
    application = make_application(project, status="invited")
    invitation = make_invitation(
        application=application, meeting_status="new_time", wishes="Helst etter klokken 15."
    )

    section = page(client, owner, application).select_one("#interviews")

    assert section
    shown = section.get_text(" ", strip=True)
    for expected in ("Intervju 1", "Kontakt for nytt tidspkt.", "9. mars 2026", "10:00–10:45"):
        assert expected in shown
    assert "Helst etter klokken 15." in shown
    links = [link["href"] for link in section.select("a")]
    own = f"/interviews/{invitation.interview_id}/"
    assert links == [
        own,
        f"/applications/{application.pk}/invitations/{invitation.pk}/",
        f"{own}cancel/?invitation={invitation.pk}",
    ]


def test_the_status_names_the_round(client: Client, owner: User, project: Project) -> None:
    application = make_application(project, status="invited")
    make_invitation(application=application, round="interview_2")

    subtitle = page(client, owner, application).select_one(".page-subtitle")

    assert subtitle
    assert "Innkalt til intervju · Intervju 2" in subtitle.get_text()


def test_the_page_says_what_it_is(client: Client, owner: User, project: Project) -> None:
    soup = page(client, owner, make_application(project))
    assert soup.title and soup.title.text.startswith("Søknad og CV – ")
    subtitle = soup.select_one(".page-subtitle")
    assert subtitle and "Søknad og CV" in subtitle.text


def test_process_list_tells_who_and_when(client: Client, owner: User, project: Project) -> None:
    application = make_application(project)
    send_invitations(project, [application], by=owner)

    steps = page(client, owner, application).select("#process li")

    shown = " ".join(step.get_text(" ", strip=True) for step in steps)
    assert "2. mars 2026 kl. 10:00" in shown
    assert "Kari Lunde" in shown
    assert "Intervju 1" in shown


def test_messages_lead_to_the_outbox_and_never_hold_the_secret(
    client: Client, owner: User, project: Project
) -> None:
    application = make_application(project)
    send_invitations(project, [application], by=owner, letters=make_letters(includes_link=True))

    soup = page(client, owner, application)

    assert soup.select("#messages a[href^='/outbox/']")
    assert token_for(Invitation.objects.get()) not in str(soup)


class TestOtherApplications:
    def test_are_shown_only_with_the_right_and_only_where_one_may_look(
        self, client: Client, owner: User, project: Project
    ) -> None:
        application = make_application(project)
        also_mine = make_project(owner=owner, title="Vaktmester")
        make_application(also_mine, candidate=application.candidate)
        make_application(make_project(title="Rådmann"), candidate=application.candidate)
        owner.may_see_other_applications = False
        owner.save()

        assert "Vaktmester" not in page(client, owner, application).get_text()
        owner.may_see_other_applications = True
        owner.save()
        shown = page(client, owner, application).get_text()

        assert "Vaktmester" in shown
        assert "Rådmann" not in shown
        assert "Rådmann" in page(client, make_administrator(), application).get_text()


class TestRights:
    def test_readers_see_and_change_nothing(self, client: Client, project: Project) -> None:
        application = make_application(project)
        make_invitation(application=application)
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)

        soup = page(client, reader, application)

        assert not soup.select("main form")
        assert not soup.select("main a[href*='/invitations/'], main a[href$='/personal/']")

    def test_others_do_not_know_that_it_exists(self, client: Client, project: Project) -> None:
        application = make_application(project)
        client.force_login(make_user())

        assert client.get(f"/applications/{application.pk}/").status_code == 404

    def test_a_deleted_application_is_gone(self, client: Client, owner: User, project: Project) -> None:
        application = make_application(project, deleted_at=LONG_AGO)
        client.force_login(owner)

        assert client.get(f"/applications/{application.pk}/").status_code == 404


def test_as_many_queries_with_thirty_of_everything_as_with_one(
    client: Client, owner: User, project: Project, clock: Clock
) -> None:
    application = make_application(project)
    client.force_login(owner)

    def add(number: int) -> None:
        for _ in range(number):
            interview = make_interview(project, interviewers=[owner, make_user()])
            make_invitation(interview, application)
            add_note(application=application, text="Notat", by=make_user(), now=LONG_AGO)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/applications/{application.pk}/").status_code == 200
        return len(captured)

    add(1)
    client.get(f"/applications/{application.pk}/")
    one = queries()
    add(29)

    assert queries() == one
