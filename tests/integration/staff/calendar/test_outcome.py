"""Registering the outcome of ticked interviews: the way to the page that takes it."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import NoReverseMatch, reverse

from samtale.accounts.models import User
from samtale.recruiting.models import Project
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)


@pytest.fixture
def page() -> str:
    """The page that takes outcomes, where there is one."""
    try:
        return reverse("staff:interview-outcome-bulk")
    except NoReverseMatch:
        pytest.skip("there is no page that takes outcomes yet")


def test_each_interview_is_named_once_and_no_strangers(
    client: Client, owner: User, project: Project, page: str
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    ticked = [make_invitation(group, make_application(project)) for _ in range(2)]
    unseen = make_invitation(make_interview(make_project()))
    client.force_login(owner)

    response = client.post(
        "/calendar/ticked/", {"action": "outcome", "invitation": [each.pk for each in [*ticked, unseen]]}
    )

    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("main form")["action"] == page
    assert [field["value"] for field in soup.select("input[name=interview]")] == [str(group.pk)]
