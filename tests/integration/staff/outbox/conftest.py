"""A recruiter's invitation with both reminders, and the page of a message."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.outbox.models import Message
from samtale.recruiting.models import Project
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project


@pytest.fixture
def owner() -> User:
    return make_user(may_send_sms=True)


@pytest.fixture
def project(owner: User) -> Project:
    make_organisation(sms_sender="Bergen")
    return make_project(owner=owner)


@pytest.fixture
def letters(owner: User, project: Project) -> dict[str, Message]:
    """An invitation with its link, and both reminders, all waiting."""
    application = make_application(project, first_name="Amina", last_name="Hassan")
    plan = make_letters(includes_link=True, reminder="both", reminder_days=2)
    send_invitations(project, [application], by=owner, letters=plan)
    return {message.kind: message for message in Message.objects.order_by("pk")}


@pytest.fixture
def invitation(letters: dict[str, Message]) -> Message:
    return letters["invitation.interview_1"]


def page(client: Client, user: User, message: Message) -> BeautifulSoup:
    client.force_login(user)
    response = client.get(f"/outbox/{message.pk}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")
