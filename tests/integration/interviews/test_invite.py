"""Inviting: everything of one Send exists, or nothing."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from samtale.core.models import AuditEntry
from samtale.interviews.domain.invite import (
    InvitedMeanwhile,
    LettersRefused,
)
from samtale.interviews.domain.letters import Texts
from samtale.interviews.domain.plan import InvitationRefused, Meeting
from samtale.interviews.models import Dispatch, Interview, Invitation, InvitationMessage
from samtale.outbox.models import Message
from samtale.recruiting.models import Application, Correspondence
from tests.factories.accounts import make_user
from tests.factories.interviews import make_appointment, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_applications, make_project

pytestmark = pytest.mark.django_db
Status = Application.Status


def everything() -> tuple[int, ...]:
    tables = (Dispatch, Interview, Invitation, InvitationMessage, Message, Correspondence, AuditEntry)
    return tuple(table.objects.count() for table in tables)


def test_each_applicant_gets_an_interview_a_message_and_a_reminder(clock):
    project = make_project(owner=make_user(may_send_sms=True))
    applications = [make_application(project, language=language) for language in ("nb", "en", "sv")]

    sent = send_invitations(project, applications, letters=make_letters(reminder="both", reminder_days=2))

    assert sent.is_new
    interviews = list(Interview.objects.order_by("start"))
    assert [each.start.isoformat() for each in interviews] == [
        "2026-03-16T08:00:00+00:00",
        "2026-03-16T08:45:00+00:00",
        "2026-03-16T09:30:00+00:00",
    ]
    assert [each.invitations.get().application for each in interviews] == applications
    purposes = InvitationMessage.objects.order_by("invitation", "purpose").values_list("purpose", flat=True)
    assert list(purposes) == ["invitation", "reminder_email", "reminder_sms"] * 3
    reminders = Message.objects.filter(kind__startswith="reminder")
    assert {each.due_at for each in reminders} == {datetime(2026, 3, 14, 8, tzinfo=UTC)}
    assert {each.expires_at for each in Message.objects.filter(kind="reminder.sms")} == {
        each.start for each in interviews
    }
    assert set(Application.objects.values_list("status", flat=True)) == {Status.INVITED}
    assert Correspondence.objects.filter(project=project).count() == 9


def test_a_group_is_one_interview_with_many_invitations(clock):
    project = make_project()
    applications = [make_application(project) for _ in range(3)]

    send_invitations(
        project,
        [],
        appointment=make_appointment(project.owner, type="group"),
        meetings=[Meeting(datetime(2026, 3, 16, 8, tzinfo=UTC), tuple(applications))],
    )

    assert Interview.objects.get().invitations.count() == 3
    assert Message.objects.count() == 3
    assert len({each.recipient_address for each in Message.objects.all()}) == 3


def test_sending_the_same_form_twice_creates_one_interview(clock):
    project, key = make_project(), uuid.uuid4()
    applications = [make_application(project)]
    first = send_invitations(project, applications, send_key=key)
    before = everything()

    second = send_invitations(project, applications, send_key=key)

    assert not second.is_new
    assert second.dispatch == first.dispatch
    assert everything() == before


def test_nothing_is_stored_when_one_step_fails(clock, monkeypatch):
    project = make_project()
    applications = [make_application(project) for _ in range(2)]
    before = everything()

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("samtale.interviews.domain.invite.set_status", fail)
    with pytest.raises(RuntimeError):
        send_invitations(project, applications)

    assert everything() == before
    assert set(Application.objects.values_list("status", flat=True)) == {Status.NEW}


def test_who_was_invited_meanwhile_is_named(clock):
    project = make_project()
    application = make_application(project, first_name="Bjørn", last_name="Aasen")
    send_invitations(project, [application])
    standing = Invitation.objects.get()

    with pytest.raises(InvitedMeanwhile, match="Bjørn Aasen"):
        send_invitations(project, [application])
    another_day = standing.interview.start + timedelta(days=1)
    known = frozenset({standing.pk})
    assert send_invitations(project, [application], start=another_day, known_invitations=known).is_new


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REJECTED, Status.TRANSFERRED, Status.HIRED])
def test_who_has_left_the_recruitment_is_not_invited(clock, status):
    project = make_project()
    application = make_application(project, status=status, first_name="Bjørn", last_name="Aasen")
    with pytest.raises(InvitationRefused, match="Bjørn Aasen"):
        send_invitations(project, [application])
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        ({"start": datetime(2026, 3, 2, 8, 59, tzinfo=UTC)}, "start"),
        ({"appointment": {"duration": 0}}, "duration"),
        ({"appointment": {"duration": 721}}, "duration"),
        ({"letters": {"reminder": "email", "reminder_days": 4}}, "reminder_days"),
        ({"letters": {"reminder": "email", "reminder_days": None}}, "reminder_days"),
    ],
)
def test_what_cannot_be_is_refused(clock, plan, field):
    project = make_project()
    makers = {"appointment": lambda fields: make_appointment(project.owner, **fields)}
    makers["letters"] = lambda fields: make_letters(**fields)
    plan = {key: makers[key](value) if key in makers else value for key, value in plan.items()}
    with pytest.raises(InvitationRefused) as refusal:
        send_invitations(project, [make_application(project)], **plan)
    assert refusal.value.field == field
    assert not Interview.objects.exists()


def test_a_reminder_whose_time_has_passed_is_refused(clock):
    project = make_project()
    with pytest.raises(InvitationRefused) as refusal:
        send_invitations(
            project,
            [make_application(project)],
            start=datetime(2026, 3, 4, 8, tzinfo=UTC),
            letters=make_letters(reminder="email", reminder_days=2),
        )
    assert refusal.value.field == "reminder_days"


def test_no_interviewer_is_refused(clock):
    project = make_project()
    nobody = make_appointment(project.owner)
    with pytest.raises(InvitationRefused) as refusal:
        send_invitations(
            project,
            [make_application(project)],
            appointment=type(nobody)(**{**vars(nobody), "interviewers": ()}),
        )
    assert refusal.value.field == "interviewers"


def test_an_sms_reminder_needs_the_right(clock):
    project = make_project(owner=make_user(may_send_sms=False))
    with pytest.raises(InvitationRefused) as refusal:
        send_invitations(
            project, [make_application(project)], letters=make_letters(reminder="sms", reminder_days=2)
        )
    assert refusal.value.field == "reminder"


def test_without_a_number_only_the_email_reminder_is_made(clock):
    project = make_project(owner=make_user(may_send_sms=True))
    send_invitations(
        project,
        [make_application(project, mobile="")],
        letters=make_letters(reminder="both", reminder_days=2),
    )
    assert set(Message.objects.values_list("kind", flat=True)) == {"invitation.interview_1", "reminder.email"}


def test_no_email_still_reminds(clock):
    project = make_project()
    send_invitations(
        project,
        [make_application(project)],
        letters=make_letters(sends_email=False, reminder="email", reminder_days=2),
    )
    assert Message.objects.get().kind == "reminder.email"


@pytest.mark.parametrize(
    ("content", "tag"), [("Hei {firstname}", "firstname"), ("Slik finner du oss: {route}", "route")]
)
def test_unknown_and_empty_tags_are_named_with_language_field_and_candidate(clock, content, tag):
    project = make_project()
    application = make_application(project, first_name="Amina", last_name="Hassan")
    with pytest.raises(LettersRefused) as refusal:
        send_invitations(
            project, [application], letters=make_letters(texts={"nb": Texts(subject="Hei", content=content)})
        )
    (problem,) = refusal.value.problems
    assert (problem.language, problem.field, problem.problem.tag) == ("nb", "content", tag)
    assert problem.candidates == ("Amina Hassan",)
    assert not Message.objects.exists()


def test_five_hundred_at_once_take_no_more_queries_for_each(clock, django_assert_max_num_queries):
    project = make_project()
    applications = list(
        Application.objects.filter(pk__in=[each.pk for each in make_applications(project, 500)])
        .select_related("candidate")
        .order_by("pk")
    )
    with django_assert_max_num_queries(100):
        send_invitations(project, applications, letters=make_letters(reminder="email", reminder_days=5))
    assert Invitation.objects.count() == 500
    assert Message.objects.count() == 1000
    assert Application.objects.filter(status=Status.INVITED).count() == 500
