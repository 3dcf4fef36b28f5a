"""How much of the database counting answers goes through."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from samtale.core import clock
from samtale.interviews.domain.queries.answers import answer_counts, standing_answers
from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Application
from tests.factories.interviews import make_dispatch, make_invitation
from tests.factories.recruiting import make_application, make_applications, make_project

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL says what it has visited")
def test_counting_answers_tries_no_applicant_with_every_interview() -> None:
    """Also where nothing is known of the tables yet, as right after a large Send."""
    project, number = make_project(), 200
    applications = make_applications(project, number, status=Application.Status.INVITED)
    dispatch = make_dispatch(project)
    interviews = Interview.objects.bulk_create(
        [
            Interview(
                dispatch=dispatch,
                project=project,
                type="in_person",
                round="interview_1",
                start=clock.now() + timedelta(days=7),
                time_zone="Europe/Oslo",
                duration=45,
            )
            for _application in applications
        ]
    )
    Invitation.objects.bulk_create(
        [
            Invitation(interview=interview, application=application, created_at=clock.now())
            for interview, application in zip(interviews, applications, strict=True)
        ]
    )

    plan = standing_answers(project).order_by().explain(analyze=True, format="json")

    visits = [int(each) for each in re.findall(r'"?Actual Loops"?: (\d+)', plan)]
    assert visits
    assert max(visits) <= number


@pytest.mark.parametrize(("state", "outcome"), [("held", "no_show"), ("missed", ""), ("cancelled", "")])
def test_an_answer_to_what_is_over_or_off_no_longer_stands(clock, state: str, outcome: str) -> None:
    project = make_project()
    over, ahead = (make_application(project, status=Application.Status.INVITED) for _number in range(2))
    make_invitation(application=over, meeting_status="accepted", state=state, outcome=outcome)
    coming = make_invitation(application=ahead, meeting_status="accepted")

    assert answer_counts(project) == {"accepted": 1}
    assert standing_answers(project).get() == coming
