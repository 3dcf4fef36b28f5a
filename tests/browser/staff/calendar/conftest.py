"""A recruiter with a project, and an interview on the Tuesday of the tests' week."""

import pytest

from samtale.accounts.models import User
from samtale.interviews.models import Interview
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import at, invited
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_project


@pytest.fixture
def owner(transactional_db: None) -> User:
    make_organisation(undo_seconds=60)
    return make_user(first_name="Kari", last_name="Lunde")


@pytest.fixture
def project(owner: User) -> Project:
    return make_project(owner=owner)


@pytest.fixture
def amina(project: Project) -> Interview:
    return invited(project, "Amina", start=at(1, 10), meeting_status="accepted")
