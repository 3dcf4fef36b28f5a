"""An invitation whose page a real browser opens."""

from datetime import timedelta

import pytest
from pytest_django.live_server_helper import LiveServer

from samtale.core import clock
from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Invitation
from samtale.recruiting.models import Application
from tests.factories.accounts import make_department, make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project


@pytest.fixture
def invitation(transactional_db: None) -> Invitation:
    make_organisation(name="Bergen kommune")
    department = make_department(directions="Ta bussen til Festplassen.\nGå inn inngang B.")
    project = make_project(title="Sykepleier, hjemmetjenesten", department=department)
    interview = make_interview(
        project,
        start=clock.now() + timedelta(days=10),
        interviewers=[
            make_user(first_name="Kari", last_name="Lunde"),
            make_user(first_name="Per", last_name="Vik"),
        ],
    )
    application = make_application(project, first_name="Amina", status=Application.Status.INVITED)
    return make_invitation(interview, application)


@pytest.fixture
def address(invitation: Invitation, live_server: LiveServer) -> str:
    return f"{live_server.url}/a/{token_for(invitation)}/"
