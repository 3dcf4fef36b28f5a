"""Letters that really go out by SMTP and come back by Dovecot."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from samtale.core import clock as wall_clock
from samtale.core.inbox import inbox
from samtale.core.owners import new_owner
from samtale.inbox.domain.run import MailboxRunner
from samtale.inbox.models import Mailbox
from samtale.interviews.models import Invitation
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.models import Message
from samtale.recruiting.models import Application, Project
from tests import dovecot_server
from tests.calendar_answers import organiser_of
from tests.dovecot_server import DOMAIN, USER, DovecotServer
from tests.factories.interviews import send_invitations
from tests.factories.recruiting import make_application, make_project
from tests.mail_server import MailServer

ADDRESS = f"{USER}@{DOMAIN}"


@pytest.fixture(scope="session")
def _dovecot() -> Iterator[DovecotServer]:
    if not dovecot_server.is_here():
        pytest.skip("there is no Dovecot here")
    server = DovecotServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def dovecot(_dovecot: DovecotServer, settings: Settings) -> DovecotServer:
    """Give a mail server whose mailbox is empty, and is the one that is read."""
    _dovecot.forget_all()
    use_inbox(settings, _dovecot.url)
    return _dovecot


def use_inbox(settings: Settings, url: str, address: str = ADDRESS) -> None:
    settings.INBOX_ADDRESS, settings.INBOX_MAILBOX, settings.INBOX_HOOK = inbox(url, address)


@pytest.fixture
def read_mailbox() -> Callable[[], MailboxRunner]:
    """Let a worker look into the mailbox, as if it were time to."""

    def read() -> MailboxRunner:
        Mailbox.objects.update(due_at=wall_clock.now())
        runner = MailboxRunner(clock=wall_clock.now, owner=new_owner(), should_stop=lambda: False)
        while runner.step():
            pass
        return runner

    return read


@pytest.fixture
def project() -> Project:
    return make_project(title="Rådgiver")


@pytest.fixture
def application(project: Project) -> Application:
    return make_application(project, first_name="Åse", last_name="Ødegård", email="ase@elsewhere.example")


Invite = Callable[..., tuple[Invitation, EmailMessage]]


@pytest.fixture
def invite(project: Project, smtp_server: MailServer) -> Invite:
    """Invite an applicant, and return the invitation with the letter as it was delivered."""

    def send(application: Application, **plan: object) -> tuple[Invitation, EmailMessage]:
        start = (datetime.now(UTC) + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
        send_invitations(project, [application], **{"start": start} | plan)
        deliver()
        return Invitation.objects.get(application=application), newest(smtp_server, application)

    return send


def deliver() -> None:
    """Let everything leave that is due."""
    courier = Courier(clock=wall_clock.now, owner=new_owner())
    while courier.deliver_due().handled:
        pass
    courier.close()


def newest(server: MailServer, application: Application) -> EmailMessage:
    to = application.candidate.email
    return [each.message for each in server.received if each.recipients == [to]][-1]


@pytest.fixture
def reply(dovecot: DovecotServer, read_mailbox: Callable[[], object]) -> Callable[..., None]:
    """Let a letter come in at the address that the invitation names, and be read."""

    def come_in(letter: EmailMessage, content: bytes) -> None:
        dovecot.deliver(content, to=organiser_of(letter))
        read_mailbox()

    return come_in


def now() -> datetime:
    """As e-mail tells it: to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def to_candidate(application: Application) -> list[str]:
    """Return the kinds of the letters to the candidate, in order."""
    found = Message.objects.filter(recipient_address=application.candidate.email).order_by("pk")
    return list(found.values_list("kind", flat=True))
