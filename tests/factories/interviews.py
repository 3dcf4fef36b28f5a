"""Interviews and invitations with sensible values, and the plan of a Send."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from samtale.accounts.models import User
from samtale.core import clock
from samtale.interviews.domain.bookings import book
from samtale.interviews.domain.invite import Sent, invite
from samtale.interviews.domain.letters import Letters, Texts
from samtale.interviews.domain.plan import Appointment, Meeting
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.recruiting.models import Application, Project
from tests.factories.accounts import make_user
from tests.factories.recruiting import make_application, make_project

TEXTS = Texts(
    subject="Intervju – {vacancy}",
    content="Hei {first-name},\n\nVelkommen {interviewdate} kl. {interviewtime}.\n{confirmlink}",
    signature="Hilsen {sender-name}",
    reminder_subject="Påminnelse {interviewdate}",
    reminder_content="Hei {first-name}, vi minner om intervjuet kl. {interviewtime}.",
    reminder_signature="Hilsen {sender-name}",
    reminder_sms="Husk intervju {interviewdate} kl. {interviewtime}",
)


def make_dispatch(project: Project, **fields: Any) -> Dispatch:
    fields = {
        "by": project.owner,
        "at": clock.now(),
        "sends_email": True,
        "sender_name": "Kari Lunde",
        "sender_address": "kari.lunde@example.org",
        "includes_link": False,
        "wording": Letters(
            sends_email=True,
            sender_name="",
            sender_address="",
            texts=dict.fromkeys(("nb", "en", "sv"), TEXTS),
        ).wording(),
    } | fields
    return Dispatch.objects.create(project=project, **fields)


def make_interview(
    project: Project | None = None, *, interviewers: Iterable[User] | None = None, **fields: Any
) -> Interview:
    """An interview in a week, unless `start` says otherwise. The project's owner attends."""
    project = project or make_project()
    dispatch = fields.pop("dispatch", None) or make_dispatch(project)
    fields = {
        "type": "in_person",
        "round": "interview_1",
        "start": clock.now() + timedelta(days=7),
        "time_zone": "Europe/Oslo",
        "duration": 45,
        "place": "Rådhuset, møterom 4B",
    } | fields
    interview = Interview.objects.create(project=project, dispatch=dispatch, **fields)
    attending = [project.owner] if interviewers is None else list(interviewers)
    interview.interviewers.set(attending)
    if interview.state != Interview.State.CANCELLED:
        with transaction.atomic():
            book([interview], interviewers=attending, anyway=True)
    return interview


def make_invitation(
    interview: Interview | None = None, application: Application | None = None, **fields: Any
) -> Invitation:
    """An invitation, awaiting response. `fields` of an interview that is made for it may be given too."""
    names = {field.name for field in Invitation._meta.fields}
    own = {name: fields.pop(name) for name in tuple(fields) if name in names}
    if interview is None:
        project = application.project if application else None
        interview = make_interview(project, **fields)
    else:
        assert not fields, f"the interview is made already: {', '.join(fields)}"
    if application is None:
        application = make_application(interview.project, status=Application.Status.INVITED)
    return Invitation.objects.create(
        interview=interview, application=application, created_at=clock.now(), **own
    )


def make_letters(**fields: Any) -> Letters:
    fields = {
        "sends_email": True,
        "sender_name": "Kari Lunde",
        "sender_address": "kari.lunde@example.org",
        "texts": dict.fromkeys(("nb", "en", "sv"), TEXTS),
    } | fields
    return Letters(**fields)


def make_appointment(*interviewers: User, **fields: Any) -> Appointment:
    fields = {
        "type": "in_person",
        "round": "interview_1",
        "duration": 45,
        "time_zone": "Europe/Oslo",
        "place": "Rådhuset, møterom 4B",
    } | fields
    return Appointment(interviewers=interviewers or (make_user(),), **fields)


def send_invitations(
    project: Project,
    applications: Iterable[Application],
    *,
    start: datetime = datetime(2026, 3, 16, 8, tzinfo=UTC),
    now: datetime | None = None,
    by: User | None = None,
    **plan: Any,
) -> Sent:
    """Invite each application to an interview of its own, 45 minutes apart, as one Send."""
    meetings = [
        Meeting(start + number * timedelta(minutes=45), (application,))
        for number, application in enumerate(applications)
    ]
    return invite(
        project=project,
        **{
            "send_key": uuid.uuid4(),
            "appointment": make_appointment(project.owner),
            "meetings": meetings,
            "letters": make_letters(),
            "by": by or project.owner,
            "now": now or clock.now(),
        }
        | plan,
    )
