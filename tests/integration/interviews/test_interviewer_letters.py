"""Those who attend hear of it: that they do, what has changed, and that they need not come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from samtale.accounts.domain.users import Rights, set_rights
from samtale.core import clock as wall_clock
from samtale.interviews.domain.cancel import cancel_interview, cancel_invitation
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.domain.undo import undo_dispatch
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.outbox import kinds
from samtale.outbox.domain.truth import why_untrue
from samtale.outbox.models import Message
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.progress import set_status
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def people(clock):
    make_organisation(undo_seconds=60)
    return [
        make_user(first_name="Per", notify_of_interviews=True),
        make_user(first_name="Ann", language="en", notify_of_interviews=True),
        make_user(first_name="Off"),
    ]


@pytest.fixture
def group(people) -> Interview:
    project = make_project(owner=make_user())
    applications = [make_application(project, first_name=name) for name in ("Amina", "Bo")]
    send_invitations(
        project,
        applications,
        meetings=[Meeting(START, tuple(applications))],
        appointment=make_appointment(*people, type="group"),
    )
    return Interview.objects.select_related("project__owner").get()


def letters(kind: str = "interviewer.", state: str = "waiting") -> list[Message]:
    return list(Message.objects.filter(kind__startswith=kind, state=state).order_by("pk"))


def all_have_left() -> None:
    Message.objects.filter(state="waiting").update(state="sent")


def event(message: Message):
    [file] = kinds.get(message.kind).attachments(message)
    found = Calendar.from_ical(file.content)
    return found["METHOD"], found.walk("VEVENT")[0]


def change(interview: Interview, **terms: object) -> None:
    reschedule(
        interview=interview,
        seen_version=interview.version,
        to=replace(Terms.of(interview), **terms),
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def cancel(interview: Interview) -> None:
    cancel_interview(
        interview=interview,
        seen_version=interview.version,
        tells_candidates=False,
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def test_each_reads_it_in_their_language_but_who_does_not_want_to(group, people):
    per, ann = letters("interviewer.invitation")
    assert (per.language, ann.language) == ("nb", "en")
    assert per.subject.startswith("Du skal på intervju mandag 16. mars 2026 kl. 09:00: Amina")
    assert "You have been set up as an interviewer." in ann.content[0][1]
    assert per.due_at == wall_clock.now() + timedelta(seconds=60)
    assert kinds.get(per.kind).link_address(per, "interview-link").endswith(f"/interviews/{group.pk}/")


def test_the_file_is_one_for_all_who_attend_and_none_of_the_candidates(group):
    per, ann = letters()
    method, ours = event(per)
    assert (method, ours["UID"]) == ("PUBLISH", event(ann)[1]["UID"])
    assert str(Invitation.objects.order_by("pk")[0].public_id) not in ours["UID"]
    assert (ours["SEQUENCE"], ours["STATUS"]) == (0, "CONFIRMED")
    assert "Amina" in ours["SUMMARY"]


def test_undoing_takes_them_back(group):
    undo_dispatch(dispatch=Dispatch.objects.get(), by=group.project.owner, now=wall_clock.now())
    assert letters() == []
    assert {each.reason for each in letters(state="cancelled")} == {"Send was undone."}


def test_one_that_waits_is_written_anew_and_one_that_has_left_is_followed(group):
    change(group, start=START + DAY)
    assert [each.kind for each in letters()] == ["interviewer.invitation"] * 2
    all_have_left()
    change(Interview.objects.select_related("project__owner").get(), duration=90)
    assert [each.kind for each in letters()] == ["interviewer.change"] * 2
    assert event(letters()[0])[1]["SEQUENCE"] == 4


def test_who_comes_and_who_goes_hear_of_it(group, people):
    all_have_left()
    new = make_user(first_name="Ny", notify_of_interviews=True)
    change(group, interviewers=(people[1], new))
    found = {each.recipient_name.split()[0]: each for each in letters()}
    assert {name: each.kind for name, each in found.items()} == {
        "Per": "interviewer.cancellation",
        "Ann": "interviewer.change",
        "Ny": "interviewer.invitation",
    }
    method, gone = event(found["Per"])
    assert (method, gone["STATUS"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)
    assert why(found["Per"]) == ""
    assert found["Per"].subject.startswith("Du skal ikke lenger delta: intervjuet mandag 16. mars 2026")
    assert "avlyst" not in text_of(found["Per"])
    assert not [kind for kind, *_rest in found["Per"].content if kind == "link"]  # they may not open it


def text_of(message: Message) -> str:
    return "".join(text for _kind, text, *_tag in message.content)


def why(message: Message) -> str:
    fresh = Message.objects.get(pk=message.pk)
    return why_untrue(fresh, kinds.get(fresh.kind), now=wall_clock.now())


def test_calling_off_is_told_to_those_who_have_heard_of_it(group):
    cancel(group)
    assert letters() == []  # nothing had left


def test_calling_off_what_is_known_takes_it_out_of_the_calendar(group):
    all_have_left()
    cancel(group)
    assert [each.kind for each in letters()] == ["interviewer.cancellation"] * 2
    assert event(letters()[0])[0] == "CANCEL"
    per, ann = letters()
    assert (per.subject[:7], ann.subject[:10]) == ("Avlyst:", "Cancelled:")
    assert "er avlyst. Tiden er ledig igjen." in text_of(per)
    assert "no longer" not in text_of(ann)


def test_a_group_that_gets_smaller_is_told_to_them(group):
    all_have_left()
    first = Invitation.objects.order_by("pk")[0]
    cancel_invitation(
        invitation=first, seen_version=1, tells_candidates=False, by=group.project.owner, now=wall_clock.now()
    )
    assert [each.kind for each in letters()] == ["interviewer.change"] * 2
    assert "Amina" not in letters()[0].subject


@pytest.fixture
def larger(people) -> Interview:
    """A group of six."""
    project = make_project(owner=make_user())
    applications = [make_application(project, first_name=f"Kandidat{number}") for number in range(6)]
    send_invitations(
        project,
        applications,
        meetings=[Meeting(START, tuple(applications))],
        appointment=make_appointment(*people, type="group"),
    )
    all_have_left()
    return Interview.objects.select_related("project__owner").get()


def close(interview: Interview, number: int, status: str) -> None:
    """Give the first `number` of the group a status that ends their application, all at once."""
    found = interview.invitations.select_related("application").order_by("pk")[:number]
    applications = [each.application for each in found]
    set_status(applications=applications, status=status, by=interview.project.owner, now=wall_clock.now())


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_however_many_of_a_group_are_closed_at_once_it_is_told_in_one_letter_each(larger, number, status):
    close(larger, number, status)
    per, ann = letters()
    assert [per.kind, ann.kind] == ["interviewer.change"] * 2
    for letter in (per, ann):
        named = [each for each in range(6) if f"Kandidat{each}" in text_of(letter)]
        assert named == list(range(number, 6))
        assert why(letter) == ""


def test_one_by_one_what_has_not_left_gives_way_and_the_last_calls_it_off(larger):
    close(larger, 1, "rejected")
    close(larger, 2, "rejected")
    assert [each.kind for each in letters()] == ["interviewer.change"] * 2
    assert "Kandidat1" not in text_of(letters()[0])
    close(larger, 6, "rejected")
    assert [each.kind for each in letters()] == ["interviewer.cancellation"] * 2


def test_who_was_out_already_is_not_told_again(larger):
    close(larger, 1, "rejected")
    all_have_left()
    close(larger, 1, "under_review")
    close(larger, 1, "withdrawn")
    assert letters() == []


def test_where_nobody_is_left_they_hear_that_it_is_off(group):
    all_have_left()
    applications = [each.application for each in Invitation.objects.select_related("application")]
    for application in applications:
        set_status(
            applications=[application], status="rejected", by=group.project.owner, now=wall_clock.now()
        )
    assert [each.kind for each in letters()] == ["interviewer.cancellation"] * 2
    assert why(letters()[0]) == ""


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda user, interview: setattr(user, "is_active", False), "no longer reached"),
        (lambda user, interview: setattr(user, "email", "new@example.org"), "no longer reached"),
        (lambda user, interview: setattr(user, "notify_of_interviews", False), "does not want"),
        (lambda user, interview: interview.interviewers.remove(user), "does not attend"),
        (lambda user, interview: setattr(interview, "state", "cancelled"), "cancelled"),
        (lambda user, interview: setattr(interview, "version", 2), "moved"),
        (lambda user, interview: setattr(interview, "start", START - 30 * DAY), "started"),
        (
            lambda user, interview: interview.invitations.update(cancelled_at=START),
            "Nobody is invited",
        ),
    ],
)
def test_what_is_no_longer_true_does_not_leave(group, people, happens, reason):
    assert why(letters()[0]) == ""
    happens(people[0], group)
    people[0].save()
    group.save()
    assert reason in why(letters()[0])


def test_the_right_to_send_is_none_of_theirs(group):
    set_rights(user=group.project.owner, rights=Rights(may_send_email=False), by="test", now=wall_clock.now())
    assert len(letters()) == 2


@pytest.mark.parametrize("has_left", [True, False])
def test_a_name_that_is_forgotten_stands_in_no_letter(group, has_left):
    if has_left:
        all_have_left()
    candidate = Invitation.objects.order_by("pk")[0].application.candidate
    anonymise_candidate(candidate=candidate, by=group.project.owner, now=wall_clock.now())
    assert not [each for each in Message.objects.all() if "Amina" in f"{each.subject}{each.content}"]
    assert ["Bo" in text_of(each) for each in letters()] == [True, True]  # who is left is told of either way


def test_files_of_a_batch_ask_nothing_each(group, django_assert_num_queries):
    batch = letters()
    kinds.get(batch[0].kind).prepare(batch)
    with django_assert_num_queries(0):
        organisers = {event(message)[1]["ORGANIZER"] for message in batch}
    assert organisers == {"mailto:jobb@example.org"}


def test_whom_they_meet_is_said_in_the_number_that_it_is(group):
    def facts() -> dict[str, str]:
        return {each.language: "".join(text for _kind, text, *_tag in each.content) for each in letters()}

    assert "\nKandidater: Amina" in facts()["nb"]
    assert "\nCandidates: Amina" in facts()["en"]
    all_have_left()
    cancel_invitation(
        invitation=Invitation.objects.order_by("pk")[0],
        seen_version=1,
        tells_candidates=False,
        by=group.project.owner,
        now=wall_clock.now(),
    )
    assert "\nKandidat: Bo" in facts()["nb"]
    assert "\nCandidate: Bo" in facts()["en"]
