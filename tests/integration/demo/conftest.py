"""The demo, made once for all the tests that only look at it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from samtale.recruiting.models import Project
from samtale.web.demo import fill

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def statuses(project: Project) -> Counter[str]:
    return Counter(project.applications.values_list("status", flat=True))


@pytest.fixture(scope="package", autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(DATA=tmp_path_factory.mktemp("demo")):
        yield


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have the demo of `NOW` in the database, in a transaction around the tests' own."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(now=NOW)
        yield
        transaction.set_rollback(True)
