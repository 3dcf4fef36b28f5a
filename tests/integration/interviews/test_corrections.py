"""Endre personalia: letters that have not left follow the candidate's name, address and language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import Department
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.interviews import reasons
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.correct import correct_letters
from samtale.interviews.domain.seen import Seen
from samtale.interviews.domain.tokens import invitation_for, token_for
from samtale.interviews.models import Invitation
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.domain.queue import STOPPED_BY_HAND, NoLongerTrue, cancel, send_again
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportError
from samtale.recruiting.domain.apply import add_application, update_candidate
from samtale.recruiting.models import Application, Candidate
from tests.factories.accounts import make_department, make_organisation, make_user
from tests.factories.interviews import TEXTS, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
OLD, NEW = "feil@example.org", "riktig@example.org"
ENGLISH = replace(TEXTS, subject="Interview – {vacancy}", reminder_sms="Interview {interviewdate}")


def invited(*, texts: dict[str, Any] | None = None, **candidate: str) -> Invitation:
    """An invitation that waits to leave, with a reminder by e-mail and by SMS, two days before."""
    make_organisation()
    project = make_project(owner=make_user(may_send_sms=True))
    application = make_application(
        project, **{"first_name": "Amnia", "last_name": "Hassan", "email": OLD} | candidate
    )
    letters = make_letters(reminder="both", reminder_days=2, **({"texts": texts} if texts else {}))
    send_invitations(project, [application], letters=letters)
    return Invitation.objects.get()


@pytest.fixture
def invitation(clock) -> Invitation:
    return invited()


def correct(**fields: str) -> list[Message]:
    candidate = Candidate.objects.get()
    names = ("first_name", "last_name", "email", "mobile", "language", "address")
    known = {name: getattr(candidate, name) for name in names}
    return update_candidate(candidate=candidate, by=make_user(), now=wall_clock.now(), **known | fields)


def letter(kind: str) -> Message:
    return Message.objects.get(kind__startswith=kind)


def say(choice: Choice) -> None:
    invitation = Invitation.objects.get()
    seen = invitation.interview.version
    answer(invitation=invitation, seen_version=seen, choice=choice, now=wall_clock.now())


def fates() -> dict[str, tuple[str, str]]:
    return {each.kind: (each.state, each.recipient_address) for each in Message.objects.order_by("pk")}


def move(invitation: Invitation, start: datetime) -> None:
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status=invitation.meeting_status,
        start=start,
        by=make_user(),
        now=wall_clock.now(),
    )


class Hook:
    """A transport that lets something happen in the middle of a delivery, and notes who got what."""

    def __init__(self, *, on_open: Callable[[], Any] = list, on_send: Callable[[], Any] = list) -> None:
        self.on_open, self.on_send = on_open, on_send
        self.reached: list[str] = []

    def open(self) -> None:
        self.on_open()

    def send(self, parcel: Any) -> str:
        self.on_send()
        self.reached += [parseaddr(each)[1] for each in parcel.to]
        return ""

    def close(self) -> None:
        pass


def deliver(transport: Hook) -> None:
    courier = Courier(clock=wall_clock.now, transports={"email": lambda: transport})
    courier.deliver_due(channels=["email"])


# Where they go


def test_letters_that_wait_go_to_the_new_address_under_the_new_name(invitation):
    before = dict(Message.objects.values_list("pk", "public_id"))
    assert correct(first_name="Amina", email=NEW) == []
    for message in Message.objects.filter(channel="email"):
        assert (message.state, message.recipient_address) == ("waiting", NEW)
        assert message.recipient_name == "Amina Hassan"
        assert ["value", "Amina", "first-name"] in message.content
    assert dict(Message.objects.values_list("pk", "public_id")) == before


def test_an_sms_goes_to_the_new_number_and_nothing_else_is_touched(invitation):
    correct(mobile="+4799999999")
    assert letter("reminder.sms").recipient_address == "+4799999999"
    row = AuditEntry.objects.get(verb="message.rewritten")
    assert row.subject_id == letter("reminder.sms").pk
    assert row.data["old"] == {"recipient_address": "+4740000000"}


def test_the_street_address_stands_in_no_letter(invitation):
    correct(address="Torget 1")
    assert not AuditEntry.objects.filter(verb="message.rewritten").exists()


def test_the_news_of_a_cancellation_follows_with_its_reason(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    interview = invitation.interview
    cancel_interview(
        interview=interview,
        seen_version=interview.version,
        reason="Stillingen er trukket",
        tells_candidates=True,
        by=interview.project.owner,
        now=wall_clock.now(),
    )
    correct(first_name="Amina", email=NEW)
    news = letter("cancellation")
    assert (news.state, news.recipient_address) == ("waiting", NEW)
    assert ["value", "Amina", "first-name"] in news.content
    assert ["value", "Stillingen er trukket", "reason"] in news.content


def test_a_letter_to_an_address_that_is_none_ends_and_is_named(invitation):
    left_behind = correct(email="")
    assert [(each.kind, each.reason) for each in left_behind] == [
        ("invitation.interview_1", reasons.NO_EMAIL),
        ("reminder.email", reasons.NO_EMAIL),
    ]
    assert {each.state for each in Message.objects.filter(channel="email")} == {"cancelled"}
    assert letter("reminder.sms").state == "waiting"


def test_a_letter_that_cannot_be_written_any_more_ends_and_is_named(clock):
    make_organisation()
    project = make_project(department=make_department(directions="Inngang fra torget"))
    texts = {"nb": replace(TEXTS, content="{first-name}: {route}")}
    letters = make_letters(reminder="email", reminder_days=2, texts=texts)
    send_invitations(project, [make_application(project, last_name="Hassan")], letters=letters)
    Department.objects.update(directions="")
    [left_behind] = correct(first_name="Aminah")
    assert (left_behind.kind, left_behind.reason) == ("invitation.interview_1", reasons.NOT_REWRITTEN)
    assert letter("reminder.email").recipient_name == "Aminah Hassan"


# Reminders by SMS come and go with the number


def test_a_reminder_by_sms_ends_with_the_number_and_comes_back_with_one(invitation):
    [left_behind] = correct(mobile="")
    assert (left_behind.kind, left_behind.reason) == ("reminder.sms", reasons.NO_MOBILE)
    assert letter("reminder.sms").state == "cancelled"
    assert correct(mobile="+4799999999") == []
    sms = letter("reminder.sms")
    assert (sms.state, sms.recipient_address, sms.reason) == ("waiting", "+4799999999", "")


def test_it_stays_away_once_its_time_has_passed(invitation, clock):
    correct(mobile="")
    clock.move_to(datetime(2026, 3, 14, 9, tzinfo=UTC))
    correct(mobile="+4799999999")
    assert letter("reminder.sms").state == "cancelled"


def test_it_comes_back_with_a_yes_to_a_candidate_who_was_not_coming_meanwhile(invitation):
    correct(mobile="")
    say(Choice.NOT_COMING)
    correct(mobile="+4799999999")
    assert letter("reminder.sms").state == "cancelled"
    say(Choice.COMING)
    assert fates()["reminder.sms"] == ("waiting", "+4799999999")


def test_a_reminder_that_a_no_took_away_comes_back_to_the_new_address(invitation):
    say(Choice.NOT_COMING)
    correct(email=NEW, mobile="")
    say(Choice.COMING)
    assert fates()["reminder.email"] == ("waiting", NEW)
    assert fates()["reminder.sms"][0] == "cancelled"


def test_a_first_number_brings_the_reminder_that_was_chosen(clock):
    invited(mobile="")
    assert not Message.objects.filter(channel="sms").exists()
    correct(mobile="+4799999999")
    sms = letter("reminder.sms")
    assert (sms.state, sms.due_at) == ("waiting", datetime(2026, 3, 14, 8, tzinfo=UTC))
    assert sms.correspondence.application_id == Application.objects.get().pk


def test_so_does_one_that_a_second_application_fills_in(clock):
    invited(mobile="")
    add_application(
        project=make_project(),
        first_name="Amina",
        last_name="Hassan",
        email=OLD,
        mobile="+4799999999",
        by="the command line",
        now=wall_clock.now(),
    )
    assert letter("reminder.sms").state == "waiting"


def test_a_reminder_stopped_by_hand_stays_stopped(invitation):
    sms = Message.objects.filter(kind="reminder.sms")
    cancel(sms, by=make_user(), now=wall_clock.now(), reason=STOPPED_BY_HAND)
    correct(mobile="+4799999999")
    assert fates()["reminder.sms"] == ("cancelled", "+4740000000")


# Language


def test_letters_are_in_the_new_language_where_the_dispatch_has_it(clock):
    invited(texts={"nb": TEXTS, "en": ENGLISH})
    correct(language="en")
    assert letter("invitation").subject.startswith("Interview – ")
    assert ["value", "Saturday 14 March 2026", "interviewdate"] not in letter("reminder.sms").content
    assert ["value", "Monday 16 March 2026", "interviewdate"] in letter("reminder.sms").content
    assert {each.language for each in Message.objects.all()} == {"en"}


def test_and_stay_in_the_old_one_where_it_has_not(clock):
    invited(texts={"nb": TEXTS})
    correct(language="en", first_name="Amina")
    assert {each.language for each in Message.objects.all()} == {"nb"}
    assert letter("invitation").subject.startswith("Intervju – ")
    assert letter("invitation").recipient_name == "Amina Hassan"


def test_a_reminder_restored_or_moved_keeps_the_language_there_are_words_in(clock):
    invitation = invited(texts={"sv": ENGLISH, "nb": TEXTS}, language="sv")
    correct(language="en")
    move(invitation, datetime(2026, 3, 18, 12, tzinfo=UTC))
    assert {each.language for each in Message.objects.filter(state="waiting")} == {"sv"}


# What has left, or may have


def test_what_was_sent_is_named_and_its_link_stays_valid(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    token = token_for(invitation)
    [left_behind] = correct(email=NEW)
    assert (left_behind.kind, left_behind.recipient_address) == ("invitation.interview_1", OLD)
    assert fates()["invitation.interview_1"] == ("sent", OLD)
    assert invitation_for(token, now=wall_clock.now()) == invitation
    assert correct(first_name="Amina") == []  # said once


def test_a_failed_letter_is_sent_again_to_the_new_address(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="failed", tries=7, reason="550")
    assert correct(email=NEW) == []
    assert fates()["invitation.interview_1"] == ("failed", NEW)
    assert send_again(letter("invitation"), by=make_user(), now=wall_clock.now())
    deliver(transport := Hook())
    assert transport.reached == [NEW]


def test_a_letter_that_may_have_arrived_stays_what_it_was_and_cannot_be_repeated(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="unknown")
    [left_behind] = correct(email=NEW)
    assert (left_behind.kind, left_behind.recipient_address) == ("invitation.interview_1", OLD)
    with pytest.raises(NoLongerTrue, match=reasons.ELSEWHERE):
        send_again(letter("invitation"), by=make_user(), now=wall_clock.now())


def test_a_letter_that_a_worker_holds_is_taken_back_and_leaves_for_the_new_address(invitation):
    corrections: list[list[Message]] = []
    deliver(first := Hook(on_open=lambda: corrections.append(correct(email=NEW))))
    assert (first.reached, corrections) == ([], [[]])
    deliver(second := Hook())
    assert second.reached == [NEW]


def test_a_letter_that_is_being_sent_goes_where_it_was_going_and_is_named(invitation):
    corrections: list[list[Message]] = []
    deliver(transport := Hook(on_send=lambda: corrections.append(correct(email=NEW))))
    assert transport.reached == [OLD]
    assert [[each.kind for each in named] for named in corrections] == [["invitation.interview_1"]]
    assert fates()["invitation.interview_1"] == ("sent", OLD)
    assert fates()["reminder.email"] == ("waiting", NEW)


def test_one_that_comes_back_from_there_is_not_sent_to_the_old_address_again(invitation, clock):
    def refuse() -> None:
        correct(email=NEW)
        raise TransportError("451 try later", permanent=False)

    deliver(Hook(on_send=refuse))
    clock.forward(hours=1)
    deliver(transport := Hook())
    assert transport.reached == []
    assert (letter("invitation").state, letter("invitation").reason) == (State.OUTDATED, reasons.ELSEWHERE)


# Whoever writes letters reads the candidate anew


def test_an_invitation_from_a_page_opened_before_the_correction_goes_to_the_new_address(clock):
    project = make_project()
    application = make_application(project, email=OLD)
    correct(email=NEW)
    assert application.candidate.email == OLD
    send_invitations(project, [application])
    assert letter("invitation").recipient_address == NEW


def test_a_correction_costs_as_many_queries_for_thirty_as_for_one(clock):
    counts = []
    for number in (1, 30):
        project = make_project(owner=make_user(may_send_sms=True))
        applications = [make_application(project, mobile="") for _ in range(number)]
        letters = make_letters(reminder="both", reminder_days=2)
        send_invitations(project, applications, letters=letters)
        candidates = list(Candidate.objects.filter(applications__project=project).order_by("pk"))
        Candidate.objects.filter(applications__project=project).update(
            mobile="+4799999999", first_name="Amina M."
        )
        with CaptureQueriesContext(connection) as queries:
            correct_letters(
                candidates, changed=["mobile", "first_name"], by="the command line", now=wall_clock.now()
            )
        of_project = Message.objects.filter(correspondence__project=project, state="waiting")
        assert of_project.filter(recipient_name__startswith="Amina M.").count() == 3 * number
        counts.append(len(queries))
    assert counts[0] == counts[1]
