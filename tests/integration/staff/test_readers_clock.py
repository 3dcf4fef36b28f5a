"""Moments are shown on the clock of whoever reads a page, and kept and sent without asking whose that is."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samtale.accounts.models import Organisation, User
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.remind_to_answer import remind_to_answer
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.domain.notes import add_note
from samtale.recruiting.models import Application, Project
from tests.conftest import Clock
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_invitation, make_letters, send_invitations
from tests.factories.recruiting import make_application
from tests.factories.spreadsheets import csv_file
from tests.integration.staff.interview.conftest import Page
from tests.integration.staff.invite.flow import Flow
from tests.integration.staff.reject.test_page import RejectFlow

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 8, tzinfo=UTC)  # 09:00 in Oslo
OSLO_NOW, TOKYO_NOW = "2. mars 2026 kl. 10:00", "2. mars 2026 kl. 18:00"


@pytest.fixture(autouse=True)
def _organisation(clock: Clock) -> None:
    make_organisation()


@pytest.fixture
def invitation(owner: User, project: Project) -> Invitation:
    application = make_application(project, first_name="Amina", last_name="Hassan")
    send_invitations(
        project, [application], start=START, letters=make_letters(reminder="email", reminder_days=2)
    )
    return Invitation.objects.select_related("interview__project", "application__candidate").get()


def read_from(owner: User, zone: str) -> Client:
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    client = Client()
    client.force_login(owner)
    return client


def text_of(response: Any) -> str:
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join((soup.select_one("main") or soup).get_text(" ").split())


def shown(owner: User, zone: str, address: str) -> str:
    response = read_from(owner, zone).get(address)
    assert response.status_code == 200
    return text_of(response)


def pages(invitation: Invitation) -> dict[str, str]:
    letter = Message.objects.get(kind__startswith="invitation.")
    return {
        "interview": reverse("staff:interview", args=[invitation.interview_id]),
        "application": reverse("staff:application", args=[invitation.application_id]),
        "message": reverse("staff:message", args=[letter.pk]),
    }


@pytest.mark.parametrize("page", ["interview", "application", "message"])
def test_what_happened_is_told_on_the_readers_clock(
    page: str, invitation: Invitation, owner: User, clock: Clock
) -> None:
    answer(invitation=invitation, seen_version=1, choice=Choice.COMING, now=wall_clock.now())
    add_note(application=invitation.application, text="Ringte.", by=owner, now=wall_clock.now())
    address = pages(invitation)[page]
    for zone, there, not_there in [
        ("", OSLO_NOW, TOKYO_NOW),
        ("Europe/Copenhagen", OSLO_NOW, TOKYO_NOW),
        ("Asia/Tokyo", TOKYO_NOW, OSLO_NOW),
    ]:
        text = shown(owner, zone, address)
        assert there in text
        assert not_there not in text
    assert "10:00" not in text
    # The interview itself stays on its place's clock.
    assert "norsk tid (17:00 Tokyo-tid)" in text
    if page == "interview":
        assert f"Svarte {TOKYO_NOW}" in text
        assert "Mandag 16. mars 2026 09:00–09:45 norsk tid" in text


def test_what_the_organisation_changes_its_zone_to_counts_for_whoever_chose_none(
    invitation: Invitation, owner: User
) -> None:
    Organisation.objects.update(time_zone="Asia/Tokyo")
    for address in pages(invitation).values():
        text = shown(owner, "", address)
        assert (OSLO_NOW in text, "18:00" in text) == (False, True)


def test_the_outbox_shows_and_narrows_by_the_readers_days(
    invitation: Invitation, owner: User, clock: Clock
) -> None:
    Message.objects.exclude(kind__startswith="invitation.").delete()
    Message.objects.update(due_at=datetime(2026, 3, 2, 20, tzinfo=UTC))
    address = reverse("staff:outbox")
    assert "2. mar 2026 21:00" in shown(owner, "", address)
    assert "3. mar 2026 05:00" in shown(owner, "Asia/Tokyo", address)
    for zone, days in [("", 2), ("Asia/Tokyo", 3)]:
        for day in (2, 3):
            query = f"?since=2026-03-0{day}&until=2026-03-0{day}"
            assert ("Amina Hassan" in shown(owner, zone, address + query)) == (day == days)
            # What is done with "all of them" is done with those.
            Message.objects.update(state="waiting")
            client = read_from(owner, zone)
            client.post(reverse("staff:outbox-bulk") + query, {"action": "stop", "all": "1"})
            assert Message.objects.filter(state="cancelled").exists() == (day == days)


def test_follow_up_says_when_they_were_asked(invitation: Invitation, owner: User) -> None:
    Message.objects.filter(kind__startswith="invitation.").update(state="sent")
    remind_to_answer(invitations=[invitation], send_key=uuid.uuid4(), by=owner, now=wall_clock.now())
    address = reverse("staff:follow-up")
    assert "purret man 2. mar 2026 10:00" in shown(owner, "", address)
    text = shown(owner, "Asia/Tokyo", address)
    assert "purret man 2. mar 2026 18:00" in text
    assert "16. mar 2026 09:00 norsk tid (17:00 Tokyo-tid)" in text


def test_a_message_is_edited_on_a_clock_that_is_named(invitation: Invitation, owner: User) -> None:
    reminder = Message.objects.get(kind="reminder.email")
    address = reverse("staff:message-edit", args=[reminder.pk])
    text = shown(owner, "Asia/Tokyo", address)
    assert "Klokkeslett i norsk tid" in text
    assert "Må sendes før 16. mars 2026 kl. 09:00" in text
    for zone in ("", "Europe/Copenhagen"):
        assert "norsk tid" not in shown(owner, zone, address)


def test_a_rejection_leaves_on_a_clock_that_is_named(project: Project, owner: User) -> None:
    application = make_application(project)

    def page(zone: str) -> str:
        return RejectFlow(read_from(owner, zone), project, [application]).text

    assert "Klokkeslett i norsk tid" in page("Asia/Tokyo")
    assert "I morgen kl. 09:00" in page("")
    assert "norsk tid" not in page("")


def test_step_2_tells_reminders_on_a_clock_that_is_named(project: Project, owner: User) -> None:
    application = make_application(project)

    def step_2(zone: str) -> Flow:
        flow = Flow(read_from(owner, zone), project, [application])
        return flow.to_step_2(type="phone").press("preview", reminder="email", reminder_days="2")

    text = step_2("Asia/Tokyo").text
    assert "sendes lørdag 14. mars kl. 09:00" in text
    assert "Klokkeslett i norsk tid" in text
    assert "14. mar 2026 09:00 norsk tid" in text
    text = step_2("").text
    assert "14. mar 2026 09:00" in text
    assert "norsk tid" not in text


@pytest.mark.parametrize("page", ["interview", "follow-up", "outcomes", "step 1"])
def test_interviews_elsewhere_are_shown_on_their_own_clock(
    page: str, owner: User, project: Project, clock: Clock
) -> None:
    """Also where it is not the one that the server's settings name."""
    invitation = make_invitation(
        application=make_application(project), start=START, time_zone="America/New_York"
    )
    if page == "outcomes":
        clock.move_to(START + timedelta(hours=3))
    client = read_from(owner, "")
    if page == "outcomes":
        data = {"interview": [invitation.interview_id]}
        text = text_of(client.post(reverse("staff:interview-outcome-bulk"), data))
    elif page == "step 1":
        text = Flow(client, project, [invitation.application]).text
    else:
        address = {
            "interview": reverse("staff:interview", args=[invitation.interview_id]),
            "follow-up": reverse("staff:follow-up"),
        }[page]
        text = text_of(client.get(address))
    assert "04:00" in text
    assert "09:00–" not in text
    assert "New York-tid (09:00 norsk tid)" in text


def test_the_clock_is_the_requests_and_not_the_next_ones(invitation: Invitation, owner: User) -> None:
    before = timezone.get_current_timezone_name()
    client = read_from(owner, "Asia/Tokyo")
    for address in (*pages(invitation).values(), "/nowhere/", "/login/"):
        client.get(address)
        assert timezone.get_current_timezone_name() == before


def test_nothing_that_is_kept_or_sent_asks_whose_request_it_is(project: Project, owner: User) -> None:
    """The same work done by somebody at home and by somebody in Tokyo leaves the same behind."""
    ada, bo = make_application(project, first_name="Ada"), make_application(project, first_name="Bo")
    found = []
    for zone in ("", "Asia/Tokyo"):
        with transaction.atomic():
            work(read_from(owner, zone), project, ada, bo)
            found.append(left_behind())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    interviews, letters, _audit = found[0]
    assert interviews == [(datetime(2026, 3, 17, 9, tzinfo=UTC), "Europe/Oslo")]
    due = {kind: at for kind, at, *_more in letters}
    assert due["reminder.email"] == datetime(2026, 3, 14, 11, 30, tzinfo=UTC)
    assert due["rejection.application"] == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert "10:00" in str(letters)


def work(client: Client, project: Project, ada: Application, bo: Application) -> None:
    """Invite with a reminder, edit when that leaves, move the interview and tell of it, reject."""
    flow = Flow(client, project, [ada]).to_step_2(type="phone")
    flow.press("send", reminder="email", reminder_days="2")
    interview, invitation = Interview.objects.get(), Invitation.objects.get()
    page = Page(client, f"/interviews/{interview.pk}/move/")
    assert page.press("save", date="2026-03-17", time="10:00", action="send", told=[invitation.pk]) == 302
    reminder = Message.objects.exclude(state="cancelled").get(kind="reminder.email")
    page = Page(client, reverse("staff:message-edit", args=[reminder.pk]))
    assert page.press("save", date="2026-03-14", time="12:30") == 302
    rejecting = RejectFlow(client, project, [bo]).press("reject", reason="other", leaves="tomorrow")
    assert rejecting.response.status_code == 302


def left_behind() -> tuple[list[Any], list[Any], list[Any]]:
    """Return what is stored and what is written to candidates."""
    audit = [
        (verb, {name: value for name, value in data.items() if "2026" in str(value)})
        for verb, data in AuditEntry.objects.order_by("pk").values_list("verb", "data")
    ]
    letters = Message.objects.exclude(kind__startswith="interviewer").order_by("pk")
    written = letters.values_list("kind", "due_at", "expires_at", "state", "subject", "content")
    return list(Interview.objects.values_list("start", "time_zone")), list(written), audit


def test_an_imports_times_are_read_on_a_clock_that_is_named(project: Project, owner: User) -> None:
    client = read_from(owner, "")
    rows = [["Ada", "Li", "ada@example.org", "2026-02-03 10:00"]]
    content = csv_file(rows, headers=["Fornavn", "Etternavn", "E-post", "Søkt dato"]).getvalue()
    file = SimpleUploadedFile("s.csv", content, "text/csv")
    address = client.post(reverse("staff:import", args=[project.pk]), {"file": file})["Location"]
    assert "norsk tid" not in shown(owner, "", address)
    text = shown(owner, "Asia/Tokyo", address)
    assert "10:00" in text
    assert "Klokkeslett i norsk tid" in text
