"""Somebody with a project, as most pages need. Modules that want more of them have their own."""

import pytest

from samtale.accounts.models import User
from samtale.recruiting.models import Project
from tests.factories.accounts import make_user
from tests.factories.recruiting import make_project


@pytest.fixture
def owner() -> User:
    return make_user(first_name="Kari", last_name="Lunde")


@pytest.fixture
def project(owner: User) -> Project:
    return make_project(owner=owner)
