"""What the demo data holds: everything the issue asks for, and nothing that could reach anybody."""

from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samtale.accounts.models import Department, Organisation, User
from samtale.core.models import AuditEntry
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.interview import InterviewType, Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.domain.queries.projects import overview
from samtale.recruiting.models import Application, Candidate, Document, Note, Project
from tests.integration.demo.conftest import NOW, OSLO, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

S = Application.Status


@pytest.fixture
def nurses() -> Project:
    return Project.objects.get(title="Sykepleier, hjemmetjenesten")


def test_the_nurses_project_has_214_applications_as_in_the_design(nurses: Project) -> None:
    assert statuses(nurses) == {
        S.NEW: 61,
        S.UNDER_REVIEW: 84,
        S.INVITED: 18,
        S.INTERVIEWED: 7,
        S.PANEL_REVIEW: 1,
        S.OFFERED: 2,
        S.REJECTED: 32,
        S.SAVED: 5,
        S.WITHDRAWN: 4,
    }
    assert nurses.applications.count() == 214


def test_its_applicants_read_three_languages_and_some_have_no_mobile(nurses: Project) -> None:
    languages = Counter(nurses.applications.values_list("candidate__language", flat=True))

    assert languages == {"nb": 182, "en": 19, "sv": 13}
    assert 10 < nurses.applications.filter(candidate__mobile="").count() < 40


def test_the_invited_stand_in_every_meeting_status(nurses: Project) -> None:
    coming = Invitation.objects.filter(
        application__project=nurses, interview__start__date__gte=NOW.date(), interview__state="planned"
    )

    assert Counter(coming.values_list("meeting_status", flat=True)) == {
        MeetingStatus.ACCEPTED: 11,
        MeetingStatus.AWAITING: 3,
        MeetingStatus.NEW_TIME: 3,
        MeetingStatus.NOT_ACCEPTED: 1,
        MeetingStatus.NOT_RELEVANT: 2,
    }
    wishing = coming.filter(meeting_status=MeetingStatus.NEW_TIME)
    assert all(wishing.values_list("wishes", flat=True))


def test_there_are_interviews_of_every_kind_in_the_past_today_and_ahead(nurses: Project) -> None:
    interviews = Interview.objects.filter(project=nurses)
    today = NOW.astimezone(OSLO).date()
    dates = [interview.local_start.date() for interview in interviews.order_by("pk")]

    assert sum(date == today for date in dates) == 3
    assert min(dates) < today < max(dates)
    assert set(interviews.values_list("type", flat=True)) == set(InterviewType.values)
    assert set(interviews.values_list("round", flat=True)) == {Round.INFORMATION, Round.FIRST, Round.SECOND}
    assert interviews.filter(state=Interview.State.CANCELLED).count() == 1
    assert interviews.get(type=InterviewType.GROUP, start__gt=NOW).invitations.count() == 6


def test_there_are_five_projects_active_expired_and_completed(nurses: Project) -> None:
    admin = User.objects.get(email="admin@example.org")
    tabs = {
        tab: [project.title for project in overview(admin, tab=tab, today=NOW.date())]
        for tab in ("active", "expired", "completed")
    }

    assert [len(titles) for titles in tabs.values()] == [2, 2, 1]
    assert "Sykepleier, hjemmetjenesten" in tabs["active"]
    assert Department.objects.exclude(address="").exclude(directions="").count() == 2
    organisation = Organisation.current()
    assert (organisation.name, organisation.sender_email) == ("Bergen kommune", "jobb@bergen.example")


def test_all_addresses_are_examples(nurses: Project) -> None:
    addresses = [
        *Candidate.objects.values_list("email", flat=True),
        *User.objects.values_list("email", flat=True),
        *Message.objects.filter(channel=Channel.EMAIL).values_list("recipient_address", flat=True),
    ]

    domains = {address.rpartition("@")[2] for address in addresses}
    assert domains == {"example.org", "example.com", "example.net"}


def test_the_papers_are_whole_and_the_documents_are_pdfs(nurses: Project) -> None:
    papers = [text for pair in nurses.applications.values_list("letter", "cv") for text in pair]

    assert all(len(text) > 100 for text in papers)
    assert not [text for text in papers if "{" in text]
    files = [Path(document.file.path).read_bytes() for document in Document.objects.all()]
    assert len(files) > 20
    assert all(file.startswith(b"%PDF-1.4") and file.endswith(b"%%EOF\n") for file in files)
    assert Note.objects.count() > 10


def test_what_was_due_has_left_or_failed_and_only_the_future_waits(nurses: Project) -> None:
    states = Counter(Message.objects.values_list("state", flat=True))

    assert set(states) == {State.SENT, State.FAILED, State.WAITING, State.CANCELLED}
    assert states[State.FAILED] == 3
    assert not Message.objects.filter(state=State.WAITING, due_at__lte=NOW).exists()
    assert not Message.objects.exclude(state=State.WAITING).filter(created_at__gt=NOW).exists()
    waiting = Message.objects.filter(state=State.WAITING)
    assert set(waiting.values_list("kind", flat=True)) == {"reminder.email", "reminder.sms"}


def test_what_happened_is_written_down_at_its_time(nurses: Project) -> None:
    amina = nurses.applications.get(candidate__email__startswith="amina.hassan@")
    rows = AuditEntry.objects.filter(subject_type="recruiting.application", subject_id=amina.pk)

    assert [row.verb for row in rows] == [
        "application.added",
        "application.status_set",
        "invited",
        "answered",
    ]
    assert not AuditEntry.objects.filter(at__gt=NOW).exists()


@pytest.mark.parametrize(
    ("email", "rights"),
    [
        ("admin@example.org", {"view_project", "invite", "send_sms", "edit_project"}),
        ("recruiter@example.org", {"view_project", "invite", "send_sms", "edit_project"}),
        ("recruiter-nosms@example.org", {"view_project", "invite"}),
        ("reader@example.org", {"view_project"}),
    ],
)
def test_each_may_log_in_with_just_their_rights(nurses: Project, email: str, rights: set[str]) -> None:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": "samtale-demo"})

    assert answer.status_code == 302
    user = User.objects.get(pk=client.session["_auth_user_id"])
    asked = ("view_project", "invite", "send_sms", "edit_project")
    assert {right for right in asked if user.has_perm(f"recruiting.{right}", nurses)} == rights
    assert user.is_administrator == (email == "admin@example.org")
