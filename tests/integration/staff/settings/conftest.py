from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from samtale.accounts.models import User
from tests.factories.accounts import make_administrator


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def administrator(db: None) -> User:
    return make_administrator(language="en", email="boss@example.org", first_name="Berit", last_name="Bø")


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client
