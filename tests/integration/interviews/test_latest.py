"""Which invitation a list shows, and what is counted above it."""

from datetime import timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.queries.answers import answer_counts
from samtale.interviews.domain.queries.latest import latest_invitations
from samtale.interviews.models import Invitation
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.django_db


def shown(application) -> Invitation:
    return latest_invitations([application.pk], now=wall_clock.now())[application.pk]


@pytest.fixture
def application(clock):
    return make_application(status="invited")


def invited(application, *, days: int, **fields) -> Invitation:
    return make_invitation(application=application, start=wall_clock.now() + timedelta(days=days), **fields)


def test_the_next_interview_is_shown_however_late_another_was_arranged(application):
    soon = invited(application, days=3)
    invited(application, days=90)
    invited(application, days=-2)
    assert shown(application) == soon


def test_without_a_coming_one_the_last_that_was(application):
    invited(application, days=-20)
    last = invited(application, days=-2)
    assert shown(application) == last


def test_a_cancelled_one_only_where_there_is_nothing_else(application):
    cancelled = invited(application, days=1, state="cancelled")
    assert shown(application) == cancelled
    held = invited(application, days=-40)
    assert shown(application) == held


def test_answers_are_counted_by_applicant_among_those_invited_now(application):
    invited(application, days=3, meeting_status="accepted")
    invited(application, days=90, meeting_status="accepted")
    interviewed = make_application(application.project, status="interviewed")
    invited(interviewed, days=-2, meeting_status="accepted")
    invited(make_application(application.project, status="invited"), days=2, meeting_status="new_time")
    assert answer_counts(application.project) == {"accepted": 1, "new_time": 1}
