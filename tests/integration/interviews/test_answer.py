"""A candidate answers, changes the answer, withdraws; reminders and interviewers follow."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from samtale.accounts.domain.users import deactivate_user
from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.interviews.domain.answer import AnswerRefused, Choice, PageState, answer, page_state
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.deliver import deliver_due
from samtale.outbox.models import Message
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application, ProjectAccess
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.factories.interviews import make_appointment, make_invitation, make_letters, send_invitations
from tests.factories.recruiting import give_access, make_application, make_project
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
NO_REMINDER = [Choice.NOT_COMING, Choice.NEW_TIME, Choice.WITHDRAW]


@pytest.fixture
def invitation(clock) -> Invitation:
    """An invitation with a reminder by e-mail and by SMS, two days before."""
    make_organisation()
    project = make_project(owner=make_user(may_send_sms=True, email="kari@example.org"))
    send_invitations(
        project, [make_application(project)], letters=make_letters(reminder="both", reminder_days=2)
    )
    return Invitation.objects.select_related("interview", "application__candidate").get()


def states(kind: str) -> list[str]:
    return list(Message.objects.filter(kind__startswith=kind).order_by("pk").values_list("state", flat=True))


def say(invitation: Invitation, choice: Choice, wishes: str = "", now: datetime | None = None) -> None:
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=choice,
        wishes=wishes,
        now=now or wall_clock.now(),
    )


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        (Choice.COMING, MeetingStatus.ACCEPTED),
        (Choice.NOT_COMING, MeetingStatus.NOT_ACCEPTED),
        (Choice.NEW_TIME, MeetingStatus.NEW_TIME),
        (Choice.WITHDRAW, MeetingStatus.NOT_RELEVANT),
    ],
)
def test_each_answer_becomes_its_meeting_status(invitation, choice, status):
    say(invitation, choice, "Gjerne etter klokken 12")
    invitation.refresh_from_db()
    assert invitation.meeting_status == status
    assert invitation.wishes == "Gjerne etter klokken 12"
    row = AuditEntry.objects.get(verb="answered")
    assert (row.subject_id, row.data["new"], row.actor_id) == (invitation.application_id, status, None)


@pytest.mark.parametrize("choice", NO_REMINDER)
def test_reminders_are_dropped_with_an_answer_that_is_not_a_yes(invitation, choice):
    say(invitation, choice)
    assert states("reminder") == ["cancelled", "cancelled"]


def test_reminders_come_back_with_a_yes_while_their_time_is_ahead(invitation):
    say(invitation, Choice.NOT_COMING)
    say(invitation, Choice.COMING)
    assert states("reminder") == ["waiting", "waiting"]
    assert Message.objects.filter(kind__startswith="reminder").count() == 2


def test_reminders_stay_away_when_their_time_has_passed(invitation):
    say(invitation, Choice.NOT_COMING)
    say(invitation, Choice.COMING, now=datetime(2026, 3, 14, 9, tzinfo=UTC))
    assert states("reminder") == ["cancelled", "cancelled"]


def test_a_reminder_that_was_sent_is_not_sent_again(invitation):
    Message.objects.filter(kind="reminder.email").update(state="sent", tries=1)
    say(invitation, Choice.NOT_COMING)
    say(invitation, Choice.COMING)
    assert states("reminder.email") == ["sent"]
    assert states("reminder.sms") == ["waiting"]


def test_a_reminder_stopped_by_hand_stays_stopped(invitation):
    from samtale.outbox.domain.queue import cancel

    by_email = Message.objects.filter(kind="reminder.email")
    cancel(by_email, by=make_user(), now=wall_clock.now(), reason="Stopped by hand.")
    say(invitation, Choice.NOT_COMING)
    say(invitation, Choice.COMING)
    assert states("reminder.email") == ["cancelled"]
    assert states("reminder.sms") == ["waiting"]


def test_a_withdrawal_withdraws_the_application_and_ends_its_other_interviews(invitation):
    other = make_invitation(application=invitation.application, start=datetime(2026, 3, 20, 8, tzinfo=UTC))
    say(invitation, Choice.WITHDRAW)
    invitation.application.refresh_from_db()
    other.refresh_from_db()
    assert invitation.application.status == Application.Status.WITHDRAWN
    assert other.meeting_status == MeetingStatus.NOT_RELEVANT


def test_the_attending_recruiters_are_told_each_in_their_language_unless_they_said_no(clock):
    make_organisation()
    people = [
        make_user(language="nb", email="nb@example.org"),
        make_user(language="en", email="en@example.org"),
        make_user(notify_of_answers=False),
        make_user(is_active=False),
    ]
    project = make_project()
    for user in people:
        give_access(user, project, "read")
    send_invitations(
        project,
        [make_application(project, first_name="Amina", last_name="Hassan")],
        appointment=make_appointment(*people),
    )
    say(Invitation.objects.get(), Choice.NEW_TIME, "Helst fredag")
    notices = {each.recipient_address: each for each in Message.objects.filter(kind="answer")}
    assert set(notices) == {"nb@example.org", "en@example.org"}
    assert notices["nb@example.org"].subject.startswith(
        "Amina Hassan har svart: Kontakt meg for nytt tidspunkt"
    )
    assert notices["en@example.org"].subject.startswith(
        "Amina Hassan has answered: Contact me for a new time"
    )
    assert ["value", "Helst fredag", "wishes"] in notices["nb@example.org"].content


@pytest.mark.parametrize("taken", ["log-in", "project"])
def test_the_news_goes_to_nobody_who_may_no_longer_read_it(clock, smtp_server: MailServer, taken: str):
    make_organisation()
    make_administrator()
    reader, project = make_user(), make_project()
    give_access(reader, project, "normal")
    send_invitations(project, [make_application(project)], appointment=make_appointment(reader))
    invitation = Invitation.objects.get()
    say(invitation, Choice.NEW_TIME, "Hemmelig")
    if taken == "log-in":
        deactivate_user(user=reader, by="test", now=wall_clock.now())
    else:
        invitation.interview.interviewers.clear()
        give_access(reader, project, "none")
    deliver_due(clock=wall_clock.now)
    news = Message.objects.get(kind="answer")
    assert news.state in ("cancelled", "outdated")
    assert reader.email not in [address for each in smtp_server.received for address in each.recipients]


@pytest.fixture
def attended(clock) -> Invitation:
    """An invitation to an interview that Per attends, who does not see the project."""
    make_organisation()
    project = make_project()
    per = make_user(email="per@example.org")
    send_invitations(project, [make_application(project)], appointment=make_appointment(per))
    Message.objects.update(state="sent")
    return Invitation.objects.select_related("interview__project").get()


def news_that_left(smtp_server: MailServer, *, client: Client | None = None) -> str:
    """What Per has got, whose link he can open."""
    deliver_due(clock=wall_clock.now)
    [sent] = [each for each in smtp_server.received if each.recipients == ["per@example.org"]]
    text = str(sent.message.get_body(("plain",)).get_content())
    if client:
        [address] = re.findall(r"https?://[^/]+(/\S+)", text)
        client.force_login(User.objects.get(email="per@example.org"))
        assert client.get(address).status_code == 200
    return text


def test_who_attends_without_access_reads_the_answer_and_none_of_the_words(attended, smtp_server, client):
    say(attended, Choice.NEW_TIME, "Hemmelig")
    news = Message.objects.get(kind="answer")
    assert "Hemmelig" not in f"{news.subject}{news.content}"
    text = news_that_left(smtp_server, client=client)
    assert "Svar: Kontakt meg for nytt tidspunkt" in text
    assert "Åpne intervjuet" in text
    assert f"/interviews/{attended.interview_id}/" in text


def test_words_that_were_written_while_they_had_access_do_not_leave_after_it(attended, smtp_server):
    per = User.objects.get(email="per@example.org")
    give_access(per, attended.interview.project, "read")
    say(attended, Choice.NEW_TIME, "Hemmelig")
    ProjectAccess.objects.filter(user=per).update(level="none")
    deliver_due(clock=wall_clock.now)
    news = Message.objects.get(kind="answer")
    assert "Hemmelig" in str(news.content)
    assert (news.state, news.reason) == ("outdated", "The recipient may no longer see the project.")
    assert smtp_server.received == []


def test_without_words_it_leaves_all_the_same_and_leads_where_they_may_go(attended, smtp_server, client):
    per = User.objects.get(email="per@example.org")
    give_access(per, attended.interview.project, "read")
    say(attended, Choice.COMING)
    ProjectAccess.objects.filter(user=per).update(level="none")
    text = news_that_left(smtp_server, client=client)
    assert "Svar: Ja, jeg kommer" in text
    assert f"/interviews/{attended.interview_id}/" in text


def test_the_same_answer_again_changes_nothing_and_tells_nobody(invitation):
    say(invitation, Choice.COMING)
    rows = AuditEntry.objects.count(), Message.objects.count()
    say(invitation, Choice.COMING)
    assert (AuditEntry.objects.count(), Message.objects.count()) == rows


def test_the_answer_can_be_changed_until_the_start_and_not_after(invitation):
    start = invitation.interview.start
    say(invitation, Choice.COMING, now=start - timedelta(days=1))
    say(invitation, Choice.NOT_COMING, now=start - timedelta(seconds=1))
    with pytest.raises(AnswerRefused) as refusal:
        say(invitation, Choice.COMING, now=start)
    assert refusal.value.state is PageState.STARTED
    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.NOT_ACCEPTED


def test_a_cancelled_interview_cannot_be_answered(invitation):
    cancel_interview(
        interview=invitation.interview,
        seen_version=1,
        tells_candidates=False,
        by=make_user(),
        now=wall_clock.now(),
    )
    with pytest.raises(AnswerRefused) as refusal:
        say(invitation, Choice.COMING)
    assert refusal.value.state is PageState.CANCELLED


@pytest.mark.parametrize(
    ("status", "state"),
    [(Application.Status.WITHDRAWN, PageState.WITHDRAWN), (Application.Status.REJECTED, PageState.CLOSED)],
)
def test_an_application_that_a_recruiter_closed_cannot_be_answered(invitation, status, state):
    set_status(applications=[invitation.application], status=status, by=make_user(), now=wall_clock.now())
    fresh = Invitation.objects.get(pk=invitation.pk)
    assert fresh.meeting_status == MeetingStatus.NOT_RELEVANT
    assert page_state(fresh, now=wall_clock.now()) is state
    assert states("reminder") == ["cancelled", "cancelled"]
    assert states("invitation") == ["cancelled"]
    with pytest.raises(AnswerRefused):
        say(invitation, Choice.COMING)
