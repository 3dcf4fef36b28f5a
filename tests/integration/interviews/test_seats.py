"""A group interview with seats: no more say yes than there is room for, however many say it at once."""

from datetime import UTC, datetime

import pytest

from samtale.core.audit import history, sentence_for
from samtale.interviews.domain.answer import Choice, NoSeatLeft, answer
from samtale.interviews.domain.change import ChangedMeanwhile, ChangeRefused, change_invitation
from samtale.interviews.domain.queries.seats import seats_taken
from samtale.interviews.domain.seats import change_seats
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from tests.at_once import at_once
from tests.factories.interviews import make_interview, make_invitation

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


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
