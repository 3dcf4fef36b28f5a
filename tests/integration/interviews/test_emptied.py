"""An interview to which nobody is invited any longer is off for all who attend it, and comes back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from samtale.accounts.models import Organisation, User
from samtale.core import clock as wall_clock
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.copies import wanted_copies
from samtale.interviews.domain.published_ical import Writer
from samtale.interviews.domain.queries.agenda import today
from samtale.interviews.domain.queries.invited import emptied, takes_place
from samtale.interviews.domain.queries.published import published_to
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.domain.progress import set_status
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 14, tzinfo=UTC)


@pytest.fixture
def kari(clock) -> User:
    make_organisation()
    return make_user(first_name="Kari", notify_of_interviews=True)


@pytest.fixture
def group(kari: User) -> Interview:
    interview = make_interview(make_project(owner=kari), type="group", start=START)
    for name in ("Amina", "Bo"):
        make_invitation(interview, make_application(interview.project, first_name=name, status="invited"))
    return interview


def leave(*invitations: Invitation) -> None:
    applications = [each.application for each in invitations]
    owner = applications[0].project.owner
    set_status(applications=applications, status="withdrawn", by=owner, now=wall_clock.now())


def take_up_again(invitation: Invitation) -> None:
    owner, now = invitation.interview.project.owner, wall_clock.now()
    set_status(applications=[invitation.application], status="under_review", by=owner, now=now)
    invitation.refresh_from_db()
    change_invitation(
        invitation=invitation, seen=Seen.of(invitation), meeting_status="awaiting", by=owner, now=now
    )


def cancel(interview: Interview) -> None:
    interview.refresh_from_db()
    cancel_interview(
        interview=interview,
        seen_version=interview.version,
        tells_candidates=False,
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def in_the_feed(user: User) -> tuple[str, str, int]:
    found = published_to(user, only_own=True, now=wall_clock.now())
    writer = Writer(with_names=True, now=wall_clock.now())
    written = writer.feed(found, title="", organisation=Organisation.current())
    [event] = Calendar.from_ical(written).walk("VEVENT")
    return event["STATUS"], event["TRANSP"], event["SEQUENCE"]


def is_shown_to(user: User) -> tuple[int, int]:
    """How many interviews of theirs stand in copies, and on the start page."""
    now = wall_clock.now()
    return len(wanted_copies(user, True, now)), today(user, now=now, zone=START.tzinfo).count()


def cancellations(**fields: str) -> int:
    return Message.objects.filter(kind="interviewer.cancellation", **fields).count()


def test_it_is_off_in_feed_copies_and_today_and_comes_back_newer(kari: User, group: Interview) -> None:
    first, second = group.invitations.order_by("pk")
    leave(first)
    assert in_the_feed(kari) == ("CONFIRMED", "OPAQUE", 0)
    assert is_shown_to(kari) == (1, 1)
    leave(second)
    assert in_the_feed(kari) == ("CANCELLED", "TRANSPARENT", 1)
    assert is_shown_to(kari) == (0, 0)
    take_up_again(second)
    assert in_the_feed(kari) == ("CONFIRMED", "OPAQUE", 2)
    assert is_shown_to(kari) == (1, 1)


def test_the_rule_is_the_same_for_one_and_for_rows(group: Interview) -> None:
    first, second = group.invitations.order_by("pk")
    Invitation.objects.filter(pk=first.pk).update(cancelled_at=START)
    assert not Interview.objects.filter(emptied()).exists()
    second.application.deleted_at = START
    second.application.save()
    assert Interview.objects.filter(emptied()).get() == group
    assert not Interview.objects.filter(takes_place()).exists()
    Interview.objects.update(state="held")  # what is recorded stays
    assert Interview.objects.filter(takes_place()).get() == group
    assert not Interview.objects.filter(emptied()).exists()


def test_who_has_heard_that_it_is_off_does_not_hear_it_again(group: Interview) -> None:
    Message.objects.update(state="sent")
    leave(*group.invitations.all())
    assert cancellations(state="waiting") == 1
    Message.objects.filter(state="waiting").update(state="sent")
    cancel(group)
    assert cancellations() == 1


def test_who_is_taken_off_what_is_off_does_not_hear_it_again(group: Interview) -> None:
    Message.objects.update(state="sent")
    leave(*group.invitations.all())
    Message.objects.filter(state="waiting").update(state="sent")
    terms = replace(Terms.of(group), interviewers=(make_user(),))
    by = group.project.owner
    reschedule(interview=group, seen_version=group.version, to=terms, by=by, now=wall_clock.now())
    assert cancellations() == 1


def test_a_word_that_waits_leaves_once(group: Interview) -> None:
    leave(*group.invitations.all())
    cancel(group)
    assert cancellations(state="waiting") == 1


def test_who_was_told_that_it_is_on_again_hears_that_it_is_off_again(group: Interview) -> None:
    invitations = list(group.invitations.all())
    leave(*invitations)
    Message.objects.filter(state="waiting").update(state="sent")
    take_up_again(invitations[0])
    Message.objects.filter(state="waiting").update(state="sent")
    cancel(group)
    assert cancellations() == 2


def test_an_interview_of_another_day_is_not_among_todays(kari: User, group: Interview) -> None:
    Interview.objects.update(start=START + timedelta(days=1))
    assert is_shown_to(kari) == (1, 0)
