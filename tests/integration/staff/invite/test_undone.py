"""What comes back when Send is undone, and what becomes of a Send that comes once more."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from samtale.core import clock as wall_clock
from samtale.interviews.domain.invite import SendUndone
from samtale.interviews.domain.undo import REMEMBERED, undo_dispatch
from samtale.interviews.models import Booking, Dispatch, Interview, InterviewerMessage, Invitation, SentForm
from samtale.jobs.domain.clean import clean
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.at_once import at_once
from tests.factories.accounts import make_user
from tests.factories.interviews import make_appointment, send_invitations
from tests.factories.outbox import make_message
from tests.factories.recruiting import give_access, make_application, make_applications
from tests.integration.staff.invite.test_undo import undo_form

pytestmark = [pytest.mark.django_db, pytest.mark.undo_window]

PASSING = ("csrfmiddlewaretoken", "send_key", "acknowledged")


def typed(steps):
    """What the form holds, without what belongs to one press of a button."""
    return {name: value for name, value in steps.fields.items() if name not in PASSING}


def send(steps):
    """Press Send, and once more where there were warnings. Return what a browser could send again."""
    sent = steps.fields | {"go": "send"}
    steps.press("send")
    if not Dispatch.objects.exists():
        sent = steps.fields | {"go": "send"}
        steps.press("send")
    assert Dispatch.objects.exists(), steps.text
    return sent


def undo(steps):
    steps.response = steps.client.post(undo_form(steps.client, steps.project)["action"])
    assert not Dispatch.objects.exists()


def step_1_and_2(steps):
    """Return what both steps show, by way of Back. Ends in step 2."""
    second = typed(steps)
    first = typed(steps.press("back"))
    steps.press("next")
    return first, second


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    "chosen",
    [
        {"type": "in_person", "place": "Rådhuset"},
        {"type": "group", "place": "Rådhuset", "day_end": "15:00", "pause": "5"},
        {"type": "phone", "place": "et sted jeg ikke ville ha med"},
        {"type": "video", "video_link": "https://example.org/rom", "place": "", "round": "interview_2"},
        {"type": "in_person", "place": "Rådhuset", "pause": "20", "day_end": "11:00", "duration": "35"},
    ],
    ids=lambda chosen: "-".join(chosen.values())[:20],
)
def test_both_steps_are_as_they_were(flow, project, clock, number, chosen):
    colleagues = [make_user(), make_user()]
    for colleague in colleagues:
        give_access(colleague, project, "normal")
    steps = flow(*make_applications(project, number))
    if number == 1:  # the page of one applicant asks for neither
        chosen = {name: value for name, value in chosen.items() if name not in ("pause", "day_end")}
    steps.to_step_2(**chosen, interviewers=[project.owner.pk, *(each.pk for each in colleagues)])
    changes = {
        "sender": "organisation",
        "reminder": "email",
        "reminder_days": "3",
        "texts-nb-subject": "  Velkommen, {first-name}",
        "texts-nb-content": "Hei!\r\n\r\n{interviewdate}  {interviewtime}\r\n",
        "texts-nb-reminder_sms": "SMS-en som ikke ble valgt",
    }
    steps.press("preview", **changes)
    before = step_1_and_2(steps)
    starts = [each.isoformat() for each in _starts(steps, send)]

    undo(steps)

    assert step_1_and_2(steps) == before
    assert [each.isoformat() for each in _starts(steps, send)] == starts


def _starts(steps, act):
    act(steps)
    return list(Interview.objects.order_by("start", "pk").values_list("start", flat=True))


def test_times_changed_by_hand_still_count_as_such(flow, project, clock):
    first, second, third = make_applications(project, 3)
    steps = flow(first, second, third)
    steps.press("next", date="2026-03-16", time="09:00", place="Rådhuset", pause="10")
    steps.press("next", **{f"slot-{third.pk}-time": "14:00"})
    send(steps)
    undo(steps)
    steps.press("back")
    steps.press("next", duration="60")
    times = {each.pk: steps.fields[f"slot-{each.pk}-time"] for each in (first, second, third)}
    assert times[third.pk] == "14:00"
    assert sorted(times.values()) == ["09:00", "10:10", "14:00"]


def test_a_group_and_its_interviewers_are_free_again(flow, project, clock):
    colleague = make_user()
    give_access(colleague, project, "normal")
    people = make_applications(project, 3)
    steps = flow(*people)
    steps.to_step_2(type="group", place="Rådhuset", interviewers=[project.owner.pk, colleague.pk])
    send(steps)
    interview = Interview.objects.get()
    assert interview.invitations.count() == 3
    assert set(Booking.objects.values_list("user", flat=True)) == {project.owner.pk, colleague.pk}
    letter = make_message(kind="account.welcome", due_at=wall_clock.now())
    InterviewerMessage.objects.create(
        message=letter, interview=interview, user=colleague, purpose="invitation", interview_version=1
    )

    undo(steps)

    assert not Interview.objects.exists()
    assert not Invitation.objects.exists()
    assert not Booking.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {State.CANCELLED}
    assert {each.status for each in project.applications.order_by("pk")} == {"new"}
    send(steps)  # nobody is in two interviews
    assert Interview.objects.get().invitations.count() == 3
    assert "allerede i et annet intervju" not in steps.text


def test_it_is_too_late_once_an_interviewers_letter_has_begun_to_leave(flow, project, clock):
    steps = flow()
    steps.to_step_2(place="Rådhuset")
    send(steps)
    letter = make_message(kind="account.welcome", state=State.SENDING, due_at=wall_clock.now())
    InterviewerMessage.objects.create(
        message=letter,
        interview=Interview.objects.get(),
        user=project.owner,
        purpose="invitation",
        interview_version=1,
    )
    address = undo_form(steps.client, project)["action"]
    assert "er sendt eller i ferd med å sendes" in steps.client.post(address, follow=True).content.decode()
    assert Interview.objects.exists()


def test_a_send_that_comes_once_more_sends_nothing_and_keeps_what_was_typed(flow, project, clock):
    steps = flow()
    steps.to_step_2(place="Rådhuset")
    steps.press("preview", **{"texts-nb-subject": "Mitt emne"})
    sent = send(steps)
    undo(steps)
    letters = Message.objects.count()

    steps.response = steps.client.post(reverse("staff:invite", args=[project.pk]), sent)

    assert not Dispatch.objects.exists()
    assert Message.objects.count() == letters
    assert "Denne utsendingen ble angret, og ingenting er sendt" in steps.text
    assert steps.fields["texts-nb-subject"] == "Mitt emne"
    assert steps.fields["send_key"] != sent["send_key"]
    send(steps)  # the one that is shown now is another
    assert Dispatch.objects.count() == 1


def test_the_old_form_after_a_new_send_shows_who_is_invited(flow, project, clock):
    steps = flow(make_application(project, first_name="Amina", last_name="Hassan"))
    steps.to_step_2(place="Rådhuset")
    sent = send(steps)
    undo(steps)
    send(steps)
    steps.response = steps.client.post(reverse("staff:invite", args=[project.pk]), sent)
    assert Dispatch.objects.count() == 1
    assert "Allerede innkalt til et intervju" in steps.text
    assert not steps.page.select_one("select[name=action]")


def test_a_send_that_was_not_made_from_the_form_is_undone_too(client, project, clock):
    dispatch = send_invitations(project, [make_application(project)]).dispatch
    client.force_login(project.owner)
    answer = client.post(reverse("staff:invite-undo", args=[project.pk, dispatch.pk]), follow=True)
    assert "Utsendingen er angret. Ingen meldinger er sendt." in answer.content.decode()
    assert not Dispatch.objects.exists()


def test_forms_go_when_they_cannot_be_undone_and_keys_later(project, clock):
    now = wall_clock.now()
    dispatch = send_invitations(project, [make_application(project)], form={"place": ["Rådhuset"]}).dispatch
    undone = send_invitations(
        project,
        [make_application(project)],
        appointment=make_appointment(make_user()),
        form={"place": ["Rådhuset"]},
    ).dispatch
    undo_dispatch(dispatch=undone, by=project.owner, now=now)
    assert dict(SentForm.objects.values_list("send_key", "fields")) == {
        dispatch.send_key: {"place": ["Rådhuset"]},
        undone.send_key: {},
    }
    clean(now=now + timedelta(seconds=300))
    assert SentForm.objects.count() == 2
    clean(now=now + REMEMBERED)
    assert SentForm.objects.get().send_key == undone.send_key
    clean(now=now + REMEMBERED + timedelta(seconds=1))
    assert not SentForm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_undo_and_the_same_send_at_the_same_moment(project, clock):
    for _round in range(10):
        key, application = uuid.uuid4(), make_application(project)
        plan = {"send_key": key, "appointment": make_appointment(make_user())}
        dispatch = send_invitations(project, [application], **plan).dispatch
        at_once(
            [
                lambda: undo_dispatch(dispatch=dispatch, by=project.owner, now=wall_clock.now()),  # noqa: B023
                lambda: send_invitations(project, [application], **plan),  # noqa: B023
            ],
            expected=(SendUndone,),
        )
        assert not Dispatch.objects.exists()
