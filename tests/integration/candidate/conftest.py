"""A candidate who has been invited, and their browser."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.models import Application
from tests.conftest import Clock
from tests.factories.accounts import make_department, make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
START = datetime(2026, 12, 3, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(clock: Clock) -> None:
    clock.move_to(NOW)


@pytest.fixture(autouse=True)
def _cache_as_in_production(db: None, settings: Settings) -> None:
    """Count wrong links where the product counts them, so that what is written can be seen."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    }
    call_command("createcachetable")


@pytest.fixture
def interview(db: None) -> Interview:
    """Thursday 3 December 2026, 09:00–09:45 in Oslo, with two interviewers."""
    make_organisation(name="Bergen kommune")
    department = make_department(
        name="Helse",
        address="Rådhusgaten 10, 5014 Bergen",
        directions="Ta bussen til Festplassen.\nGå inn B.",
    )
    project = make_project(title="Sykepleier, hjemmetjenesten", department=department)
    return make_interview(
        project=project,
        start=START,
        duration=45,
        type="in_person",
        place="Rådhuset, møterom 4B",
        interviewers=[
            make_user(first_name="Kari", last_name="Lunde", email="kari.lunde@bergen.example"),
            make_user(first_name="Per", last_name="Vik", email="per.vik@bergen.example"),
        ],
    )


@pytest.fixture
def invitation(interview: Interview) -> Invitation:
    application = make_application(
        interview.project, first_name="Amina", last_name="Hassan", email="amina@example.org", status="invited"
    )
    return make_invitation(interview=interview, application=application)


@pytest.fixture
def address(invitation: Invitation) -> str:
    return address_of(invitation)


def address_of(invitation: Invitation) -> str:
    return f"/a/{token_for(invitation)}/"


class Reader:
    """Opens pages like a candidate without cookies would, and reads them."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def open(self, address: str, **headers: str) -> BeautifulSoup:
        return BeautifulSoup(self.client.get(address, headers=headers).content, "html.parser")

    def send(self, address: str, **fields: str) -> BeautifulSoup:
        """Send the form and follow where it leads."""
        return BeautifulSoup(self.client.post(address, fields, follow=True).content, "html.parser")


@pytest.fixture
def reader() -> Reader:
    return Reader()


def heading(page: BeautifulSoup) -> str:
    """Return the text of the page's one h1."""
    return " ".join(one(page, "h1").get_text().split())


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the only element that `selector` finds."""
    (found,) = page.select(selector)
    return found


def links(page: BeautifulSoup) -> dict[str, str]:
    """Return the address of every link by its text."""
    return {link.get_text(strip=True): str(link["href"]) for link in page.select("a")}


def text(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def _start(invitation: Invitation, clock: Clock) -> None:
    clock.move_to(invitation.interview.start)


def _end(invitation: Invitation, clock: Clock) -> None:
    clock.move_to(invitation.interview.end)


def _cancel(invitation: Invitation, clock: Clock) -> None:
    Interview.objects.filter(pk=invitation.interview_id).update(state=Interview.State.CANCELLED)


def _call_off(invitation: Invitation, clock: Clock) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(cancelled_at=NOW)


def _withdraw(invitation: Invitation, clock: Clock) -> None:
    answer(invitation=invitation, seen_version=invitation.interview.version, choice=Choice.WITHDRAW, now=NOW)


def _reject(invitation: Invitation, clock: Clock) -> None:
    Application.objects.filter(pk=invitation.application_id).update(status=Application.Status.REJECTED)


def _accept(invitation: Invitation, clock: Clock) -> None:
    answer(invitation=invitation, seen_version=invitation.interview.version, choice=Choice.COMING, now=NOW)


def _leave_open(invitation: Invitation, clock: Clock) -> None:
    assert invitation.meeting_status == MeetingStatus.AWAITING
    assert clock and timedelta(0) < invitation.interview.start - NOW


# Name of the state, how to get there, and the heading of the page in Norwegian.
Arrange = Callable[[Invitation, Clock], None]
OPEN: list[tuple[str, Arrange, str]] = [
    ("awaiting", _leave_open, "Hei Amina, kan du komme på intervju?"),
    ("accepted", _accept, "Takk! Vi har registrert at du kommer."),
]
CLOSED: list[tuple[str, Arrange, str]] = [
    ("started", _start, "Intervjuet har allerede startet"),
    ("over", _end, "Intervjuet er over"),
    ("cancelled", _cancel, "Intervjuet er avlyst"),
    ("called off", _call_off, "Intervjuavtalen din er avlyst"),
    ("withdrawn", _withdraw, "Søknaden din er trukket"),
    ("closed", _reject, "Det er ikke lenger mulig å svare"),
]
