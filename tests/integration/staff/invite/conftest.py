"""A project of Kari's, and the two steps begun for its applicants."""

import pytest

from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_application, make_project
from tests.integration.staff.invite.flow import Flow


@pytest.fixture
def project():
    make_organisation()
    return make_project(
        owner=make_user(email="kari@example.org", first_name="Kari", last_name="Lunde", language="nb")
    )


@pytest.fixture
def flow(client, clock, project):
    client.force_login(project.owner)

    def start(*applications) -> Flow:
        return Flow(client, project, applications or [make_application(project)])

    return start
