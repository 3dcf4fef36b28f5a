"""A group interview with seats: no more say yes than there is room for, however many say it at once."""

import uuid
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from samtale.core.audit import history, sentence_for
from samtale.interviews.domain.answer import Choice, NoSeatLeft, answer
from samtale.interviews.domain.change import ChangedMeanwhile, ChangeRefused, change_invitation
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.seats import seats_taken, without_seat
from samtale.interviews.domain.remind_to_answer import Asked, remind_to_answer
from samtale.interviews.domain.seats import change_seats
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.outbox import kinds
from samtale.outbox.domain.departure import prepare
from samtale.outbox.domain.truth import why_untrue
from samtale.outbox.models import Message
from samtale.outbox.worker import Worker
from tests.at_once import at_once
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import (
    make_appointment,
    make_interview,
    make_invitation,
    make_letters,
    send_invitations,
)
from tests.factories.recruiting import make_application, make_project

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = datetime(2026, 3, 15, 8, tzinfo=UTC)  # 09:00 in Oslo, the day before
NO_SEAT = "There is no seat left for the candidate."


def group(*, seats: int | None, invited: int) -> tuple[Interview, list[Invitation]]:
    interview = make_interview(type="group", seats=seats, start=datetime(2026, 3, 16, 8, tzinfo=UTC))
    return interview, [make_invitation(interview) for _number in range(invited)]


def say(invitation: Invitation, choice: Choice, wishes: str = "") -> Invitation:
    version = invitation.interview.version
    return answer(invitation=invitation, seen_version=version, choice=choice, wishes=wishes, now=NOW)


@pytest.mark.django_db
def test_the_one_too_many_is_refused_and_may_ask_for_a_new_time(clock):
    interview, (first, second) = group(seats=1, invited=2)
    say(first, Choice.COMING)
    with pytest.raises(NoSeatLeft):
        say(second, Choice.COMING)
    second.refresh_from_db()
    assert second.meeting_status == "awaiting"
    say(second, Choice.NEW_TIME)
    assert seats_taken([interview]) == {interview.pk: 1}


@pytest.mark.django_db
def test_who_has_a_seat_keeps_it_and_who_leaves_gives_it_back(clock):
    _interview, (first, second) = group(seats=1, invited=2)
    say(first, Choice.COMING)
    first.refresh_from_db()
    say(first, Choice.COMING, wishes="Jeg kommer litt før.")
    first.refresh_from_db()
    say(first, Choice.NOT_COMING)
    assert say(second, Choice.COMING).meeting_status == "accepted"


@pytest.mark.django_db
def test_without_a_number_of_seats_everybody_has_one(clock, django_assert_num_queries):
    interview, invitations = group(seats=None, invited=3)
    assert {say(each, Choice.COMING).meeting_status for each in invitations} == {"accepted"}
    with django_assert_num_queries(0):
        assert seats_taken([interview]) == {}


@pytest.mark.django_db
def test_no_hand_puts_more_there_than_there_are_seats(clock):
    _interview, (first, second) = group(seats=1, invited=2)

    def set_by_hand(invitation: Invitation) -> None:
        change_invitation(
            invitation=invitation,
            seen=Seen.of(invitation),
            meeting_status="accepted",
            by=invitation.interview.project.owner,
            now=NOW,
        )

    set_by_hand(first)
    with pytest.raises(ChangeRefused) as refused:
        set_by_hand(second)
    assert refused.value.field == "meeting_status"
    second.refresh_from_db()
    assert second.meeting_status == "awaiting"


@pytest.mark.django_db(transaction=True)
def test_of_32_at_once_for_three_seats_three_get_one(clock):
    interview, invitations = group(seats=3, invited=32)
    outcomes = at_once(
        [lambda each=each: say(each, Choice.COMING) for each in invitations], expected=(NoSeatLeft,)
    )
    assert sum(isinstance(each, NoSeatLeft) for each in outcomes) == 29
    assert seats_taken([interview]) == {interview.pk: 3}


def resize(interview: Interview, seats: int | None, *, seen: int | None) -> Interview:
    owner = interview.project.owner
    return change_seats(interview=interview, seen=seen, seats=seats, by=owner, now=NOW)


@pytest.mark.django_db
def test_one_more_seat_lets_one_more_say_yes(clock):
    interview, (first, second) = group(seats=1, invited=2)
    say(first, Choice.COMING)
    assert resize(interview, 2, seen=1).version == interview.version  # answers stand
    assert say(second, Choice.COMING).meeting_status == "accepted"
    assert not Message.objects.exclude(kind="answer").exists()
    for invitation in (first, second):
        said = [sentence_for(entry) for entry in history(invitation.application)]
        assert "Plasser endret fra 1 til 2" in said


@pytest.mark.django_db
def test_there_are_never_fewer_seats_than_have_said_yes(clock):
    interview, (first, second, _third) = group(seats=None, invited=3)
    say(first, Choice.COMING)
    say(second, Choice.COMING)
    with pytest.raises(ChangeRefused, match="2 kandidater har allerede sagt ja"):
        resize(interview, 1, seen=None)
    assert resize(interview, 2, seen=None).seats == 2


@pytest.mark.django_db
def test_seats_are_changed_only_from_what_was_seen_and_where_there_are_any(clock):
    interview, _invitations = group(seats=3, invited=1)
    with pytest.raises(ChangedMeanwhile):
        resize(interview, 5, seen=2)
    Interview.objects.update(state="held")
    with pytest.raises(ChangeRefused):
        resize(interview, 5, seen=3)
    Interview.objects.update(state="planned", type="phone")
    with pytest.raises(ChangeRefused):
        resize(interview, 5, seen=3)
    assert Interview.objects.get().seats == 3


@pytest.fixture
def two_invited(clock) -> tuple[Invitation, Invitation]:
    """Two of whom one can come, with a reminder for each; both have their invitations."""
    make_organisation()
    project = make_project(owner=make_user(may_send_email=True, may_send_sms=True, may_invite=True))
    applications = tuple(make_application(project) for _number in range(2))
    send_invitations(
        project,
        [],
        meetings=[Meeting(datetime(2026, 3, 16, 8, tzinfo=UTC), applications)],
        appointment=make_appointment(project.owner, type="group", seats=1),
        letters=make_letters(reminder="both", reminder_days=1),
    )
    Message.objects.filter(kind__startswith="invitation.").update(state="sent")
    first, second = Invitation.objects.select_related("interview__project__owner", "application").order_by(
        "pk"
    )
    return first, second


def letters_to(invitation: Invitation, kind: str) -> list[Message]:
    found = Message.objects.filter(about_invitation__invitation=invitation, kind__startswith=kind)
    return list(found.order_by("kind"))


def reasons_now(messages: list[Message], *, now: datetime = DUE) -> list[str]:
    return [why_untrue(each, kinds.get(each.kind), now=now) for each in messages]


@pytest.mark.django_db
def test_who_has_no_seat_is_not_reminded_of_it(two_invited):
    first, second = two_invited
    assert reasons_now(letters_to(second, "reminder")) == ["", ""]
    say(first, Choice.COMING)
    assert reasons_now(letters_to(second, "reminder")) == [NO_SEAT, NO_SEAT]
    assert reasons_now(letters_to(first, "reminder")) == ["", ""]
    assert Message(reason=NO_SEAT).why == "Det er ingen ledig plass til kandidaten."


@pytest.mark.django_db
def test_a_seat_that_is_free_again_lets_the_reminder_leave(two_invited):
    first, second = two_invited
    say(first, Choice.COMING)
    first.refresh_from_db()
    say(first, Choice.NOT_COMING)
    assert reasons_now(letters_to(second, "reminder")) == ["", ""]


@pytest.mark.django_db(transaction=True)
def test_the_worker_keeps_back_the_reminder_of_who_has_no_seat(two_invited, clock, smtp_server):
    first, second = two_invited
    say(first, Choice.COMING)
    Message.objects.filter(kind="answer").update(state="sent")
    clock.move_to(DUE)
    Worker(clock=lambda: DUE).drain()
    [kept, sent] = [letters_to(each, "reminder.email")[0] for each in (second, first)]
    assert (kept.state, kept.reason, sent.state) == ("outdated", NO_SEAT, "sent")
    assert len(smtp_server.received) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_a_batch_of_reminders_asks_for_the_seats_once(clock, django_assert_num_queries, number):
    invitations = [make_invitation(group(seats=1, invited=0)[0]) for _number in range(number)]
    with django_assert_num_queries(1):
        assert without_seat(invitations) == set()


@pytest.mark.django_db
def test_what_was_fetched_for_the_batch_is_not_asked_again(two_invited, django_assert_num_queries):
    first, second = two_invited
    say(first, Choice.COMING)
    reminders = letters_to(first, "reminder.email") + letters_to(second, "reminder.email")
    prepare(reminders)
    with django_assert_num_queries(0):
        assert reasons_now(reminders) == ["", NO_SEAT]


def ask(*invitations: Invitation) -> Asked:
    owner = invitations[0].interview.project.owner
    return remind_to_answer(invitations=invitations, send_key=uuid.uuid4(), by=owner, now=NOW)


@pytest.mark.django_db
def test_who_has_no_seat_is_not_asked_to_answer(two_invited):
    first, second = two_invited
    assert ask(first, second).asked == [first, second]
    say(first, Choice.COMING)
    assert reasons_now(letters_to(second, "answer.reminder"), now=NOW) == [NO_SEAT]
    Message.objects.filter(kind="answer.reminder").delete()
    asked = ask(first, second)
    assert (asked.passed_over, asked.without_seat, asked.asked) == ([first], [second], [])
    assert letters_to(second, "answer.reminder") == []


@pytest.mark.django_db
def test_the_page_says_that_all_seats_are_taken_and_asks_nobody_without(two_invited, client: Client):
    first, second = two_invited
    client.force_login(first.interview.project.owner)

    def row() -> str:
        page = BeautifulSoup(client.get(reverse("staff:follow-up")).content, "html.parser")
        [found] = page.select(f".pick-list li:has(#silent-{second.pk})")
        return f"{'box' if found.select('input') else ''} {found.get_text(' ', strip=True)}"

    assert row().startswith("box")
    assert "Alle plassene er tatt" not in row()
    say(first, Choice.COMING)
    assert not row().startswith("box")
    assert "Alle plassene er tatt" in row()
    answered = client.post(reverse("staff:follow-up-remind"), {"invitation": [second.pk]}, follow=True)
    name = second.application.candidate.name
    assert f"Alle plassene er tatt, så disse ble ikke spurt: {name}." in answered.content.decode()
