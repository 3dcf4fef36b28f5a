"""An e-mail in the recruiter's own words: one letter each, and what becomes of it until it leaves."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from samtale.accounts.domain.users import Rights, set_rights
from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.interviews import reasons
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.domain.write import Mail, Words, WordsRefused, Written, reachable, write
from samtale.interviews.models import Invitation
from samtale.outbox.domain.edit import Words as Edited
from samtale.outbox.domain.edit import edit, stamp
from samtale.outbox.domain.preview import as_text
from samtale.outbox.domain.queue import why_not_again
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application, Candidate, Project
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
LATER = datetime(2026, 3, 4, 12, tzinfo=UTC)
PLAIN = Words("Om {vacancy}", "Hei {first-name}.\n\nHilsen {sender-name}")
OF_THE_TIME = Words("Intervju {interviewdate}", "Hei {first-name}, vi ses kl. {interviewtime}.")


@pytest.fixture
def project() -> Project:
    make_organisation(undo_seconds=60)
    return make_project(owner=make_user(first_name="Kari", last_name="Lunde"))


@pytest.fixture
def invitation(project: Project) -> Invitation:
    return invited(project, "Amina")


def invited(project: Project, name: str, **fields: Any) -> Invitation:
    application = make_application(
        project, first_name=name, last_name="", email=f"{name.lower()}@example.org", **fields
    )
    return make_invitation(application=application, start=TUESDAY)


def send(
    invitations: Sequence[Invitation],
    words: Words = PLAIN,
    *,
    by: User | None = None,
    key: uuid.UUID | None = None,
    **languages: Words,
) -> Written:
    return write(
        send_key=key or uuid.uuid4(),
        invitations=invitations,
        mail=Mail({"nb": words, **languages}, "Kari Lunde", "kari@example.org"),
        by=by or invitations[0].interview.project.owner,
        now=wall_clock.now(),
    )


def letter() -> Message:
    return Message.objects.get(kind="free.email")


def text(message: Message) -> str:
    return as_text(message.content, addresses={"confirmlink": "LINK"})


def why_not(message: Message) -> str:
    """Return why the message would not leave now."""
    return why_not_again(Message.objects.get(pk=message.pk), now=wall_clock.now())


def move(invitation: Invitation, start: datetime = LATER) -> None:
    fresh = Invitation.objects.select_related("interview").get(pk=invitation.pk)
    change_invitation(
        invitation=fresh,
        seen=Seen.of(fresh),
        meeting_status=fresh.meeting_status,
        start=start,
        by=fresh.interview.project.owner,
        now=wall_clock.now(),
    )


def cancel(invitation: Invitation) -> None:
    cancel_interview(
        interview=invitation.interview,
        seen_version=1,
        tells_candidates=False,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def test_each_candidate_gets_a_letter_of_their_own(project: Project) -> None:
    written = send([invited(project, "Amina"), invited(project, "Bo")])

    assert (written.number, written.is_new) == (2, True)
    letters = Message.objects.filter(kind="free.email").order_by("recipient_address")
    assert [each.recipient_address for each in letters] == ["amina@example.org", "bo@example.org"]
    assert text(letters[0]) == "Hei Amina.\n\nHilsen Kari Lunde"
    assert letters[0].subject == "Om Sykepleier, hjemmetjenesten"
    assert letters[0].sender_address == "kari@example.org"
    for each, other in ((letters[0], "bo"), (letters[1], "amina")):
        assert other not in str([each.subject, each.content, each.recipient_name]).lower()


def test_waits_so_long_that_it_can_be_stopped_and_belongs_to_its_application(invitation: Invitation) -> None:
    written = send([invitation])

    assert (written.due_at - wall_clock.now()).total_seconds() == 60
    assert letter().due_at == written.due_at
    assert letter().correspondence.application_id == invitation.application_id
    assert AuditEntry.objects.filter(verb="email_written").count() == 1


def test_is_in_each_candidates_language(project: Project) -> None:
    send(
        [invited(project, "Amina"), invited(project, "John", language="en")], en=Words("About", "Dear {name}")
    )
    english = Message.objects.get(recipient_address="john@example.org")
    assert (english.language, text(english)) == ("en", "Dear John")


def test_one_form_is_sent_once(project: Project, invitation: Invitation) -> None:
    key = uuid.uuid4()
    send([invitation], key=key)

    again = send([invitation], key=key)

    assert not again.is_new
    assert Message.objects.filter(kind="free.email").count() == 1


def test_who_is_ticked_twice_gets_one_letter(project: Project, invitation: Invitation) -> None:
    second = make_invitation(application=invitation.application, start=LATER, round="interview_2")
    assert send([invitation, second]).number == 1


@pytest.mark.parametrize("gone", ["deleted", "anonymised", "without an address"])
def test_whom_no_letter_reaches_is_left_out(project: Project, invitation: Invitation, gone: str) -> None:
    other, candidate = invited(project, "Bo"), invitation.application.candidate
    if gone == "deleted":
        Application.objects.filter(pk=invitation.application_id).update(deleted_at=TUESDAY)
    elif gone == "anonymised":
        Candidate.objects.filter(pk=candidate.pk).update(anonymised_at=TUESDAY)
    else:
        Candidate.objects.filter(pk=candidate.pk).update(email="nobody")

    assert send([invitation, other]).number == 1
    assert letter().recipient_address == "bo@example.org"
    fresh = Invitation.objects.select_related("application__candidate")
    assert reachable(fresh.filter(pk=invitation.pk)) == []


def test_without_the_right_in_its_project_nothing_is_written(invitation: Invitation) -> None:
    assert send([invitation], by=make_user()).number == 0
    assert send([invitation], by=make_user(may_send_email=False)).number == 0
    assert not Message.objects.exists()


def test_a_tag_that_says_nothing_stops_all(project: Project, invitation: Invitation) -> None:
    project.department.directions = ""
    project.department.save()
    with pytest.raises(WordsRefused) as refused:
        send([invitation, invited(project, "Bo")], Words("Hei {nobody}", "{route} {first-name}"))
    found = {(each.field, each.problem.tag, each.candidates) for each in refused.value.problems}
    assert found == {("subject", "nobody", ("Amina", "Bo")), ("content", "route", ("Amina", "Bo"))}
    assert not Message.objects.exists()


def test_an_interview_that_is_off_has_no_time_to_write_of(invitation: Invitation) -> None:
    cancel(invitation)
    with pytest.raises(WordsRefused):
        send([invitation], OF_THE_TIME)
    assert send([invitation], PLAIN).number == 1


class TestUntilItLeaves:
    def test_it_follows_the_interview(self, invitation: Invitation) -> None:
        send([invitation], OF_THE_TIME)
        move(invitation)
        assert letter().subject == "Intervju onsdag 4. mars 2026"
        assert text(letter()) == "Hei Amina, vi ses kl. 13:00."
        assert (letter().state, why_not(letter())) == (State.WAITING, "")
        move(invitation, LATER.replace(hour=13))
        assert text(letter()) == "Hei Amina, vi ses kl. 14:00."

    def test_what_was_changed_by_hand_follows_too(self, invitation: Invitation) -> None:
        send([invitation], OF_THE_TIME)
        words = Edited(subject=Edited.of(letter()).subject, content="Endret: {interviewtime}")
        now = wall_clock.now()
        edit(message_id=letter().pk, seen=stamp(letter()), words=words, by=make_user(), now=now)
        move(invitation)
        assert (letter().subject, text(letter())) == ("Intervju onsdag 4. mars 2026", "Endret: 13:00")

    def test_it_ends_with_the_interview_it_speaks_of(self, invitation: Invitation) -> None:
        send([invitation], OF_THE_TIME)
        cancel(invitation)
        assert (letter().state, letter().reason) == (State.CANCELLED, reasons.CANCELLED)

    def test_it_ends_with_the_application(self, project: Project, invitation: Invitation) -> None:
        send([invitation], OF_THE_TIME)
        set_status(
            applications=[invitation.application],
            status=Application.Status.WITHDRAWN,
            by=project.owner,
            now=wall_clock.now(),
        )
        assert (letter().state, letter().reason) == (State.CANCELLED, reasons.CLOSED)

    def test_it_ends_when_the_candidate_withdraws(self, invitation: Invitation) -> None:
        send([invitation], OF_THE_TIME)
        answer(invitation=invitation, seen_version=1, choice=Choice.WITHDRAW, now=wall_clock.now())
        assert (letter().state, letter().reason) == (State.CANCELLED, reasons.CLOSED)

    def test_one_that_speaks_of_no_interview_leaves_all_the_same(self, invitation: Invitation) -> None:
        send([invitation], PLAIN)
        cancel(invitation)
        assert (letter().state, why_not(letter())) == (State.WAITING, "")

    def test_it_goes_where_the_candidate_is(self, project: Project, invitation: Invitation) -> None:
        send([invitation], OF_THE_TIME)
        candidate = invitation.application.candidate
        update_candidate(
            candidate=candidate,
            first_name="Amina",
            last_name="Hassan",
            email="new@example.org",
            mobile="",
            language=candidate.language,
            address="",
            by=project.owner,
            now=wall_clock.now(),
        )
        assert letter().recipient_address == "new@example.org"
        assert letter().recipient_name == "Amina Hassan"
        assert text(letter()) == "Hei Amina, vi ses kl. 09:00."

    def test_whoever_is_forgotten_gets_none(self, project: Project, invitation: Invitation) -> None:
        send([invitation], PLAIN)
        now = wall_clock.now()
        anonymise_candidate(candidate=invitation.application.candidate, by=project.owner, now=now)
        assert letter().state == State.CANCELLED
        assert "Amina" not in str([letter().content, letter().own_words, letter().recipient_name])

    def test_a_right_taken_away_stops_it(self, project: Project, invitation: Invitation) -> None:
        send([invitation], PLAIN)
        rights = Rights(may_send_email=False)
        set_rights(user=project.owner, rights=rights, by="test", now=wall_clock.now())
        assert letter().state == State.CANCELLED

    def test_a_link_to_answer_leads_nowhere_after_the_start(self, clock: Any, invitation: Invitation) -> None:
        send([invitation], Words("Svar", "Svar her: {confirmlink}"))
        assert why_not(letter()) == ""
        clock.move_to(TUESDAY)
        assert why_not(letter()) == reasons.STARTED

    def test_one_that_missed_the_move_does_not_leave(self, invitation: Invitation) -> None:
        """A letter that was being sent while the interview moved, and came back."""
        send([invitation], OF_THE_TIME)
        Message.objects.update(state=State.SENDING)
        move(invitation)
        Message.objects.filter(kind="free.email").update(state=State.FAILED)
        assert why_not(Message.objects.get(kind="free.email")) == reasons.MOVED


def test_a_group_is_written_to_one_by_one_with_the_same_time(project: Project) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    both = [
        make_invitation(group, make_application(project, first_name=name, last_name=""))
        for name in ("Ada", "Bo")
    ]
    assert send(both, OF_THE_TIME).number == 2
    shown = sorted(text(each) for each in Message.objects.filter(kind="free.email"))
    assert shown == ["Hei Ada, vi ses kl. 09:00.", "Hei Bo, vi ses kl. 09:00."]
