"""What is measured: a project with 10,000 applications, of which 1,000 are invited to interviews, and
another with 5,000 interviews in one month."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from samtale.accounts.domain.departments import create_department
from samtale.accounts.domain.organisation import update_organisation
from samtale.accounts.domain.users import Rights, create_user
from samtale.accounts.models import Department, User
from samtale.core import clock
from samtale.core.text import folded
from samtale.interviews.domain.invite import invite
from samtale.interviews.domain.letters import Letters, Texts
from samtale.interviews.domain.plan import Appointment, Meeting
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.interviews.models.interview import InterviewType, Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.notifications import invitation_kind
from samtale.outbox.domain.wording import wordings_for
from samtale.recruiting.domain.projects import create_project
from samtale.recruiting.models import Application, Candidate, Note, Project

APPLICATIONS, INTERVIEWS, INVITED_AT_ONCE = 10_000, 1_000, 500
DAYS_OF_INTERVIEWS = 90
FULL_MONTH = 5_000  # interviews in the one month that is so full
_BATCH = 500
_FIRST = [
    "Amina",
    "Bjørn",
    "Cecilie",
    "David",
    "Elin",
    "Fatima",
    "Gunnar",
    "Hedda",
    "Ivar",
    "Jorunn",
    "Kåre",
    "Lars",
    "Mona",
    "Nils",
    "Oline",
    "Per",
]
_LAST = [
    "Aasen",
    "Berg",
    "Dahl",
    "Eide",
    "Foss",
    "Gran",
    "Hansen",
    "Iversen",
    "Jensen",
    "Krogh",
    "Lie",
    "Moe",
    "Nygård",
    "Olsen",
    "Pettersen",
    "Ruud",
]
_TEXT = "Jeg har ni års erfaring fra hjemmetjenesten og liker å arbeide selvstendig. " * 20


@dataclass(frozen=True)
class Data:
    """What the measurements need to know."""

    project: Project
    recruiter: User
    invited: Sequence[Application]
    others: Sequence[Application]
    full_month: date
    subscriber: User  # attends all of the full month, and nothing else


def make_data() -> Data:
    """Fill the database. The first 1,000 applicants are invited in two Sends of 500."""
    now = clock.now()
    recruiter = create_user(
        by="bench",
        now=now,
        email="recruiter@example.org",
        first_name="Kari",
        last_name="Lunde",
        rights=Rights(may_send_sms=True, may_see_other_applications=True),
        password=uuid.uuid4().hex,
    )
    update_organisation(
        name="Bergen kommune",
        sender_email="jobb@bergen.example",
        sms_sender="Bergen",
        time_zone="Europe/Oslo",
        by=recruiter,
        now=now,
    )
    project = create_project(
        title="Sykepleier, hjemmetjenesten",
        reference="2026-114",
        department=create_department(name="Helse og omsorg", by=recruiter, now=now),
        owner=recruiter,
        deadline=(now + timedelta(days=30)).date(),
        by=recruiter,
        now=now,
    )
    applications = _applications(project, now)
    _notes(applications, recruiter, now)
    for start in range(0, INTERVIEWS, INVITED_AT_ONCE):
        attends = colleague() if start else recruiter
        send(project, applications[start : start + INVITED_AT_ONCE], by=recruiter, attends=attends, now=now)
    _answer()
    subscriber = colleague()
    month = _full_month(recruiter, subscriber, project.department, now)
    return Data(project, recruiter, applications[:INTERVIEWS], applications[INTERVIEWS:], month, subscriber)


def colleague() -> User:
    """Return somebody new who attends interviews, and so is in none yet."""
    return User.objects.create_user(
        f"{uuid.uuid4().hex}@example.org", first_name="Per", last_name="Vik", date_joined=clock.now()
    )


def send(
    project: Project,
    applications: Sequence[Application],
    *,
    by: User,
    attends: User,
    now: datetime,
    round_: str = Round.FIRST,
    known: frozenset[int] = frozenset(),
) -> None:
    """Invite each to an interview of their own on one of the next 90 days, with a reminder by e-mail."""
    first = (now + timedelta(days=4)).replace(hour=8, minute=0, second=0, microsecond=0)
    meetings = [
        Meeting(
            first
            + timedelta(days=number * DAYS_OF_INTERVIEWS // len(applications), minutes=45 * (number % 10)),
            (application,),
        )
        for number, application in enumerate(applications)
    ]
    invite(
        project=project,
        send_key=uuid.uuid4(),
        appointment=Appointment(
            type=InterviewType.IN_PERSON,
            round=round_,
            duration=45,
            time_zone="Europe/Oslo",
            interviewers=(attends,),
            place="Rådhuset, møterom 4B",
        ),
        meetings=meetings,
        letters=_letters(by),
        known_invitations=known,
        by=by,
        now=now,
    )


def _letters(by: User) -> Letters:
    wordings = wordings_for(invitation_kind(Round.FIRST), languages=["nb", "en", "sv"])
    reminders = ("reminder_subject", "reminder_content", "reminder_signature", "reminder_sms")
    texts = {
        language: Texts(
            wording.subject,
            wording.content,
            wording.signature,
            **{name: wording.defaults[name] for name in reminders},
        )
        for language, wording in wordings.items()
    }
    return Letters(
        sends_email=True,
        sender_name=str(by),
        sender_address="jobb@bergen.example",
        texts=texts,
        reminder="email",
        reminder_days=2,
    )


def _full_month(recruiter: User, subscriber: User, department: Department, now: datetime) -> date:
    """Make a project with `FULL_MONTH` interviews of both users in one month, far from the others and within
    the year that feeds show, and return its first day. They are stored as they are: letters and bookings are
    not what is measured."""
    first = (now + timedelta(days=200)).replace(day=1, hour=7, minute=0, second=0, microsecond=0)
    project = create_project(
        title="Sommervikarer",
        reference="2026-200",
        department=department,
        owner=recruiter,
        deadline=first.date(),
        by=recruiter,
        now=now,
    )
    dispatch = Dispatch.objects.create(
        project=project,
        by=recruiter,
        at=now,
        sends_email=False,
        sender_name=str(recruiter),
        sender_address=recruiter.email,
        includes_link=False,
    )
    interviews = Interview.objects.bulk_create(
        [
            Interview(
                dispatch=dispatch,
                project=project,
                type=InterviewType.IN_PERSON,
                round=Round.FIRST,
                start=first + timedelta(days=number % 28, minutes=15 * (number // 28 % 36)),
                time_zone="Europe/Oslo",
                duration=45,
                place="Rådhuset, møterom 4B",
            )
            for number in range(FULL_MONTH)
        ],
        batch_size=_BATCH,
    )
    applications = _applications(project, now, number=FULL_MONTH, prefix="vikar")
    Invitation.objects.bulk_create(
        [
            Invitation(interview=interview, application=application, created_at=now)
            for interview, application in zip(interviews, applications, strict=True)
        ],
        batch_size=_BATCH,
    )
    attends = Interview.interviewers.through
    attends.objects.bulk_create(
        [
            attends(interview_id=interview.pk, user_id=user.pk)
            for interview in interviews
            for user in (recruiter, subscriber)
        ],
        batch_size=_BATCH,
    )
    return first.date()


def _applications(
    project: Project, now: datetime, *, number: int = APPLICATIONS, prefix: str = "applicant"
) -> list[Application]:
    chance = Random(1)
    candidates = Candidate.objects.bulk_create(
        [
            Candidate(
                first_name=chance.choice(_FIRST),
                last_name=f"{chance.choice(_LAST)} {each}",
                email=f"{prefix}{each}@example.org",
                mobile=f"+474{each:07}",
                language=chance.choice(("nb", "nb", "nb", "en", "sv")),
                created_at=now,
            )
            for each in range(number)
        ],
        batch_size=_BATCH,
    )
    applications = [
        Application(
            project=project,
            candidate=candidate,
            status=chance.choice((Application.Status.NEW, Application.Status.UNDER_REVIEW)),
            applied_at=now - timedelta(hours=each % 500),
            letter=_TEXT,
            cv=_TEXT,
        )
        for each, candidate in enumerate(candidates)
    ]
    for application in applications:
        application.take_name_of(application.candidate)
    return Application.objects.bulk_create(applications, batch_size=_BATCH)


def _notes(applications: Sequence[Application], by: User, now: datetime) -> None:
    text = "Ringte og bekreftet at søknaden er mottatt."
    Note.objects.bulk_create(
        [
            Note(application=application, by=by, at=now, text=text, search_text=folded(text))
            for application in applications[::10]
        ],
        batch_size=_BATCH,
    )


def _answer() -> None:
    """Let the invitations be in every meeting status; what follows from answers is not measured."""
    for number, status in enumerate(
        (MeetingStatus.ACCEPTED, MeetingStatus.NEW_TIME, MeetingStatus.NOT_ACCEPTED)
    ):
        Invitation.objects.filter(pk__iregex=rf"{number}$").update(meeting_status=status)
