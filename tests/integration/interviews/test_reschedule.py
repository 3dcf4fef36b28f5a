"""Another time, length, place or company; and calling off one candidate's part."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from samtale.core import clock as wall_clock
from samtale.core.audit import sentence_for
from samtale.core.models import AuditEntry
from samtale.interviews.domain.answer import AnswerRefused, Choice, PageState, answer, page_state
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.cancel import cancel_invitation
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.ical import calendar
from samtale.interviews.domain.overbooking import MayNotOverbook
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.latest import latest_invitations
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.domain.reschedule import Telling, Terms, reschedule
from samtale.interviews.models import Booking, Interview, Invitation
from samtale.outbox import kinds
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.truth import why_untrue
from samtale.outbox.models import Message
from samtale.recruiting.models import Candidate
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, make_interview, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def group(clock) -> Interview:
    """Two candidates, whose invitations have left and whose reminders wait."""
    make_organisation()
    project = make_project(owner=make_user(may_send_sms=True))
    applications = [make_application(project), make_application(project)]
    send_invitations(
        project,
        applications,
        letters=make_letters(reminder="email", reminder_days=2),
        meetings=[Meeting(START, tuple(applications))],
        appointment=make_appointment(project.owner, type="group"),
    )
    Message.objects.filter(kind__startswith="invitation.").update(state="sent")
    Invitation.objects.update(meeting_status="accepted")
    return Interview.objects.select_related("project__owner").get()


def everybody() -> frozenset[int]:
    return frozenset(Invitation.objects.values_list("pk", flat=True))


def change(interview: Interview, telling: Telling | None = None, *, anyway: bool = False, **terms: object):
    return reschedule(
        interview=interview,
        seen_version=interview.version,
        to=replace(Terms.of(interview), **terms),
        telling=telling or Telling(),
        books_anyway=anyway,
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def waiting(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind, state="waiting").order_by("pk"))


def test_the_length_and_the_place_are_in_what_waits_and_in_the_process_list(group):
    moved = change(group, duration=90, place="Storgata 5")

    assert moved.changed == ["duration", "place"]
    assert len(moved.uninformed) == 2
    stored = Interview.objects.get()
    assert (stored.version, stored.duration, stored.place) == (2, 90, "Storgata 5")
    assert {each.end for each in Booking.objects.all()} == {START + timedelta(minutes=90)}
    entry = AuditEntry.objects.filter(verb="interview_moved").order_by("pk")[0]
    assert sentence_for(entry) == (
        "Varighet i minutter endret fra 45 til 90. Sted endret fra Rådhuset, møterom 4B til Storgata 5"
    )
    assert len(waiting("reminder.email")) == 2


@pytest.mark.parametrize(
    ("answer", "terms", "then"),
    [
        ("accepted", {"start": START + DAY}, "awaiting"),
        ("new_time", {"start": START + DAY}, "awaiting"),
        ("not_accepted", {"start": START + DAY}, "not_accepted"),  # has not heard of a time they might like
        ("not_relevant", {"start": START + DAY}, "not_relevant"),
        ("accepted", {"place": "Storgata 5"}, "accepted"),
    ],
)
def test_who_is_told_is_asked_anew_and_nobody_else_comes_to_a_time_they_know_nothing_of(
    group, answer, terms, then
):
    first, second = Invitation.objects.order_by("pk")
    Invitation.objects.filter(pk=second.pk).update(meeting_status=answer)
    change(group, Telling(frozenset({first.pk})), **terms)
    assert [each.recipient_name for each in waiting("moved")] == [first.application.candidate.name]
    statuses = [each.meeting_status for each in Invitation.objects.order_by("pk")]
    assert statuses == ["awaiting", then]


def test_another_company_asks_nobody_anew(group):
    change(group, Telling(everybody()), interviewers=(make_user(), make_user()))
    assert len(waiting("moved")) == 2
    assert {each.meeting_status for each in Invitation.objects.all()} == {"accepted"}
    assert Booking.objects.count() == 2


def test_own_words_live_through_another_move(group):
    words = {"nb": OwnWords("nb", {"subject": "Nytt: {interviewtime}", "content": "Kl. {interviewtime}"})}
    change(group, Telling(everybody(), words), start=START + DAY)
    change(Interview.objects.get(), start=START + 2 * DAY + timedelta(hours=1))
    assert [each.subject for each in waiting("moved")] == ["Nytt: 10:00", "Nytt: 10:00"]


def test_words_written_now_win_over_those_that_wait(group):
    def words(text: str) -> dict[str, OwnWords]:
        return {"nb": OwnWords("nb", {"subject": text, "content": text})}

    change(group, Telling(everybody(), words("Først")), start=START + DAY)
    change(Interview.objects.get(), Telling(everybody(), words("Så")), start=START + 2 * DAY)
    assert [each.subject for each in waiting("moved")] == ["Så", "Så"]


def test_nothing_different_changes_nothing(group):
    assert change(group, Telling(everybody())).changed == []
    assert Interview.objects.get().version == 1


def test_who_is_taken_stops_it_and_may_be_booked_anyway_with_the_right(group):
    make_interview(group.project, start=START + DAY)
    with pytest.raises(DoubleBooked):
        change(group, start=START + DAY)
    with pytest.raises(MayNotOverbook):
        change(group, anyway=True, start=START + DAY)
    group.project.owner.may_overbook = True
    group.project.owner.save()
    change(group, anyway=True, start=START + DAY)
    assert AuditEntry.objects.filter(verb="double_booked").count() == 2


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"start": START - 30 * DAY}, "start"),
        ({"duration": 0}, "duration"),
        ({"duration": 721}, "duration"),
        ({"interviewers": ()}, "interviewers"),
    ],
)
def test_what_cannot_be_is_refused(group, terms, field):
    with pytest.raises(ChangeRefused) as refused:
        change(group, **terms)
    assert refused.value.field == field
    assert Interview.objects.get().version == 1


def test_who_may_not_send_email_tells_nobody(group):
    group.project.owner.may_send_email = False
    group.project.owner.save()
    with pytest.raises(ChangeRefused):
        change(group, Telling(everybody()), start=START + DAY)
    assert Interview.objects.get().start == START


def test_a_version_that_is_not_the_one_seen_changes_nothing(group):
    change(group, start=START + DAY)
    with pytest.raises(ChangedMeanwhile):
        change(group, start=START + 2 * DAY)


# One leaves


def call_off(invitation: Invitation, *, tells: bool = True, reason: str = "") -> Invitation:
    return cancel_invitation(
        invitation=invitation,
        seen_version=1,
        reason=reason,
        tells_candidates=tells,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def test_one_leaves_and_everything_of_theirs_ends(group):
    first, second = Invitation.objects.order_by("pk")
    call_off(first, reason="Feil gruppe")

    first.refresh_from_db()
    assert first.cancelled_at == wall_clock.now()
    assert [each.recipient_name for each in waiting("cancellation")] == [first.application.candidate.name]
    assert [each.recipient_name for each in waiting("reminder.email")] == [second.application.candidate.name]
    assert Interview.objects.get().state == "planned"
    assert Booking.objects.count() == 1
    assert page_state(first, now=wall_clock.now()) is PageState.CANCELLED
    with pytest.raises(AnswerRefused):
        answer(invitation=first, seen_version=1, choice=Choice.COMING, now=wall_clock.now())
    assert list(standing_invitations([first.application], now=wall_clock.now())) == []
    ours = Calendar.from_ical(calendar(first, now=wall_clock.now())).walk("VEVENT")[0]
    assert (ours["STATUS"], ours["SEQUENCE"]) == ("CANCELLED", 1)
    entry = AuditEntry.objects.get(verb="invitation_cancelled")
    assert "Ikke lenger innkalt" in sentence_for(entry)
    # Whoever moves what is left, tells those who are left.
    change(Interview.objects.get(), Telling(everybody()), start=START + DAY)
    assert [each.recipient_name for each in waiting("moved")] == [second.application.candidate.name]


@pytest.mark.parametrize(
    ("language", "alone", "last"),
    [
        ("nb", "Intervjuavtalen din mandag 16. mars 2026", "Intervjuet mandag 16. mars 2026"),
        ("en", "your appointment for interview on Monday 16 March 2026", "the interview on Monday"),
        ("sv", "Din intervjutid måndag 16 mars 2026", "Intervjun måndag 16 mars 2026"),
    ],
)
def test_the_letter_calls_off_what_is_off(group, language, alone, last):
    Candidate.objects.update(language=language)
    first, second = Invitation.objects.order_by("pk")
    call_off(first)
    call_off(second)
    for letter, said in zip(waiting("cancellation"), (alone, last), strict=True):
        assert said in "".join(segment[1] for segment in letter.content)
        assert said.lower() in letter.subject.lower()


def test_a_letter_to_who_has_left_does_not_leave(group):
    first = Invitation.objects.order_by("pk")[0]
    letter = Message.objects.filter(kind="reminder.email").order_by("pk")[0]
    Invitation.objects.filter(pk=first.pk).update(cancelled_at=wall_clock.now())
    fresh = Message.objects.get(pk=letter.pk)
    assert (
        why_untrue(fresh, kinds.get(fresh.kind), now=wall_clock.now()) == "The interview has been cancelled."
    )


def test_the_last_one_takes_the_interview_along(group):
    first, second = Invitation.objects.order_by("pk")
    call_off(first, tells=False)
    call_off(second, tells=False)
    assert Interview.objects.get().state == "cancelled"
    assert not Booking.objects.exists()
    assert not Message.objects.filter(state="waiting").exists()


def test_a_second_press_changes_nothing(group):
    first = Invitation.objects.order_by("pk")[0]
    call_off(first)
    call_off(first)
    assert len(waiting("cancellation")) == 1


def test_what_stands_counts_more_than_what_was_called_off(group):
    first = Invitation.objects.order_by("pk")[0]
    call_off(first)
    send_invitations(group.project, [first.application], start=START + 3 * DAY)
    found = latest_invitations([first.application_id], now=wall_clock.now())
    assert found[first.application_id].cancelled_at is None
