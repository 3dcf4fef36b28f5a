"""What is written by hand into one letter outlives its being written anew (decision 0020)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from samtale.accounts.models import Department
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.interviews import reasons
from samtale.interviews.domain.answer import Choice
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.domain.edit import Words, edit, stamp
from samtale.outbox.domain.preview import as_text
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_user
from tests.factories.interviews import TEXTS
from tests.integration.interviews.test_corrections import correct, invited, move, say

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 18, 10, tzinfo=UTC)


@pytest.fixture
def invitation(clock) -> Invitation:
    return invited()


def waiting(kind: str) -> Message:
    return Message.objects.get(kind__startswith=kind, state=State.WAITING)


def text(message: Message) -> str:
    return as_text(message.content, addresses={"confirmlink": "LINK"})


def write(kind: str, content: str, subject: str | None = None) -> Message:
    message = waiting(kind)
    words = replace(Words.of(message), content=content)
    words = words if subject is None else replace(words, subject=subject)
    edit(message_id=message.pk, seen=stamp(message), words=words, by=make_user(), now=wall_clock.now())
    return message


@pytest.mark.parametrize("kind", ["invitation", "reminder.email", "reminder.sms"])
def test_a_moved_interview_keeps_them_with_the_new_time(invitation: Invitation, kind: str) -> None:
    old = write(kind, "{first-name}: ta med CV {interviewdate} kl. {interviewtime}")

    move(invitation, LATER)

    new = waiting(kind)
    assert new.pk != old.pk
    assert text(new) == "Amnia: ta med CV onsdag 18. mars 2026 kl. 11:00"
    assert new.own_words == {"content": "{first-name}: ta med CV {interviewdate} kl. {interviewtime}"}


def test_a_subject_that_nobody_touched_follows_the_interview(invitation: Invitation) -> None:
    write("reminder.email", "Ta med CV")
    move(invitation, LATER)
    assert waiting("reminder.email").subject == "Påminnelse onsdag 18. mars 2026"


def test_a_second_move_keeps_them_still(invitation: Invitation) -> None:
    write("invitation", "Ta med CV kl. {interviewtime}")
    move(invitation, LATER)
    move(Invitation.objects.get(), LATER.replace(hour=12))
    assert text(waiting("invitation")) == "Ta med CV kl. 13:00"


def test_the_news_of_a_move_keeps_them(invitation: Invitation) -> None:
    Message.objects.filter(kind__startswith="invitation").update(state=State.SENT)
    move_and_tell(invitation, LATER)
    write("moved", "Nå {interviewtime}, {first-name}", subject="Endret til {interviewtime}")

    move_and_tell(Invitation.objects.get(), LATER.replace(hour=12))

    news = waiting("moved")
    assert (news.subject, text(news)) == ("Endret til 13:00", "Nå 13:00, Amnia")
    correct(first_name="Amina")
    assert text(waiting("moved")) == "Nå 13:00, Amina"


@pytest.mark.parametrize("kind", ["invitation", "reminder.email", "reminder.sms"])
@pytest.mark.parametrize("state", [State.WAITING, State.FAILED])
def test_a_corrected_candidate_keeps_them_with_the_right_name(
    invitation: Invitation, kind: str, state: State
) -> None:
    message = write(kind, "Kjære {first-name}, ta med CV")
    Message.objects.filter(pk=message.pk).update(state=state)

    correct(first_name="Amina", email="ny@example.org", mobile="+4740000001")

    message.refresh_from_db()
    assert text(message) == "Kjære Amina, ta med CV"
    assert message.own_words == {"content": "Kjære {first-name}, ta med CV"}
    assert message.recipient_address in ("ny@example.org", "+4740000001")


def test_where_nothing_is_written_by_hand_nothing_is_kept(invitation: Invitation) -> None:
    correct(first_name="Amina")
    assert Message.objects.filter(own_words__isnull=True).count() == 3


def test_they_stay_in_their_language_and_the_dates_with_them(invitation: Invitation) -> None:
    message = write("invitation", "Ta med CV {interviewdate}")

    correct(language="en")

    message.refresh_from_db()
    assert (message.language, text(message)) == ("nb", "Ta med CV mandag 16. mars 2026")
    assert waiting("reminder.email").language == "en"


def test_a_no_a_move_and_a_yes_keep_them(invitation: Invitation) -> None:
    write("reminder.email", "Ta med CV kl. {interviewtime}")
    say(Choice.NEW_TIME)
    assert not Message.objects.filter(kind="reminder.email", state=State.WAITING).exists()
    move(Invitation.objects.get(), LATER)
    say(Choice.COMING)
    assert text(waiting("reminder.email")) == "Ta med CV kl. 11:00"


def test_what_has_left_is_said_and_a_later_letter_begins_afresh(invitation: Invitation) -> None:
    sent = write("reminder.email", "Ta med CV")
    Message.objects.filter(pk=sent.pk).update(state=State.SENT)
    move(invitation, LATER)
    assert "vi minner om intervjuet kl. 11:00" in text(waiting("reminder.email"))


class TestATagThatHasLostItsValue:
    @pytest.fixture
    def written(self, invitation: Invitation) -> Message:
        Department.objects.update(directions="Følg skiltene")
        message = write("invitation", "Slik finner du fram: {route}")
        Department.objects.update(directions="")
        return message

    def test_a_move_writes_in_the_words_of_the_dispatch_and_says_so(self, written: Message) -> None:
        move(Invitation.objects.get(), LATER)

        new = waiting("invitation")
        assert "Velkommen onsdag 18. mars 2026" in text(new)
        assert new.own_words is None
        assert AuditEntry.objects.get(verb="own_words_lost").data == {"kind": new.kind}
        written.refresh_from_db()
        assert written.own_words == {"content": "Slik finner du fram: {route}"}

    def test_a_correction_ends_the_letter_with_the_reason(self, written: Message) -> None:
        left_behind = correct(first_name="Amina")

        written.refresh_from_db()
        assert (written.state, written.reason) == (State.CANCELLED, reasons.NOT_REWRITTEN)
        assert written in left_behind


def test_a_tag_that_was_not_in_the_letter_can_be_written(invitation: Invitation) -> None:
    write("reminder.sms", "{interviewers}: {address} {confirmlink}")
    place = Interview.objects.get().place
    assert text(waiting("reminder.sms")).endswith(f"{place} Svar på innkallingen: LINK")
    assert TEXTS.reminder_sms not in text(waiting("reminder.sms"))


def move_and_tell(invitation: Invitation, start: datetime) -> None:
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status=invitation.meeting_status,
        start=start,
        tells_candidates=True,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )
