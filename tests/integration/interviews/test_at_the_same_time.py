"""Two who act at once, on real connections with real transactions."""

import uuid

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import AnswerRefused, Choice, answer
from samtale.interviews.domain.invite import InvitedMeanwhile, Sent
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests.at_once import at_once
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sends_of_one_form_create_one_interview(clock):
    project, key = make_project(), uuid.uuid4()
    applications = [make_application(project) for _ in range(5)]
    letters = make_letters(reminder="email", reminder_days=2)

    def send() -> Sent:
        return send_invitations(project, applications, send_key=key, letters=letters)

    outcomes = at_once([send] * 6)

    assert sorted(each.is_new for each in outcomes) == [False] * 5 + [True]
    assert len({each.dispatch.pk for each in outcomes}) == 1
    assert Dispatch.objects.count() == 1
    assert Interview.objects.count() == Invitation.objects.count() == 5
    assert Message.objects.count() == 10


def test_two_forms_for_one_applicant_create_one_interview_and_one_refusal(clock):
    project = make_project()
    application = make_application(project)

    outcomes = at_once([lambda: send_invitations(project, [application])] * 2, expected=(InvitedMeanwhile,))

    assert sum(isinstance(each, InvitedMeanwhile) for each in outcomes) == 1
    assert Invitation.objects.count() == Message.objects.count() == 1


def test_a_double_answer_is_one_answer(clock):
    project = make_project()
    send_invitations(project, [make_application(project)])
    invitation = Invitation.objects.get()

    def withdraw() -> Invitation:
        return answer(invitation=invitation, choice=Choice.WITHDRAW, now=wall_clock.now())

    at_once([withdraw] * 4, expected=(AnswerRefused,))

    assert Application.objects.get().status == Application.Status.WITHDRAWN
    assert Message.objects.filter(kind="answer").count() == 1
