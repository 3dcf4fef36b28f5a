"""Registering the outcome of ticked interviews: the way to the page that takes it."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from samtale.accounts.models import User
from samtale.recruiting.models import Project
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
BACK = "/calendar/?view=list&type=group"


def test_leads_on_with_each_interview_once_and_no_strangers(
    client: Client, owner: User, project: Project
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    ticked = [make_invitation(group, make_application(project)) for _ in range(2)]
    unseen = make_invitation(make_interview(make_project()))
    client.force_login(owner)
    data = {"action": "outcome", "invitation": [each.pk for each in [*ticked, unseen]], "next": BACK}

    to = urlsplit(client.post("/calendar/ticked/", data)["Location"])

    assert to.path == "/interviews/outcome/"
    assert parse_qs(to.query) == {"interview": [str(group.pk)], "next": [BACK]}
    assert client.get(f"{to.path}?{to.query}").status_code == 200
