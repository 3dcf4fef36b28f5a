"""Invites applicants to interviews: everything of one Send is stored, or nothing (spec 2)."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.core.models import AuditEntry
from samtale.interviews.domain.bookings import book, hold
from samtale.interviews.domain.interviewer_letters import invite_interviewers
from samtale.interviews.domain.letters import (
    FieldProblem,
    Letters,
    Writer,
    field_problems,
    post,
)
from samtale.interviews.domain.overbooking import check_may_overbook, record_overbooking
from samtale.interviews.domain.plan import (
    Appointment,
    InvitationRefused,
    Meeting,
    check_appointment,
    check_letters,
    check_reminder,
    check_room,
    interviews_for,
)
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.models import Dispatch, Interview, Invitation, Room
from samtale.interviews.tags import Circumstances
from samtale.recruiting.domain.hold import hold_candidates
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application, Project
from samtale.recruiting.statuses import HANDLED

# So long before the interview the invitation leaves, whatever the time to undo would be.
_LATEST = timedelta(minutes=1)


class LettersRefused(InvitationRefused):
    """The letters have tags that are unknown, or empty for somebody."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__("texts", _("Some tags in the texts cannot be filled in."))
        self.problems = problems


class InvitedMeanwhile(InvitationRefused):
    """Somebody else has invited some of the applicants since the recruiter looked."""

    def __init__(self, invitations: Sequence[Invitation]) -> None:
        names = ", ".join(invitation.application.candidate.name for invitation in invitations)
        super().__init__(
            "applications",
            _("Invited to interview in the meantime: %(names)s. Check the list before you send.")
            % {"names": names},
        )
        self.invitations = invitations


@dataclass(frozen=True)
class Sent:
    """The outcome: `is_new` is false when the same Send had been carried out before."""

    dispatch: Dispatch
    is_new: bool


def unavailable(applications: Sequence[Application]) -> list[Application]:
    """Return those of `applications` that cannot be invited, since they have ended in the project
    or nobody knows any longer who it was."""
    return list(
        Application.objects.filter(pk__in=[application.pk for application in applications])
        .filter(
            Q(status__in=HANDLED) | Q(deleted_at__isnull=False) | Q(candidate__anonymised_at__isnull=False)
        )
        .select_related("candidate")
        .order_by("sort_name", "pk")
    )


def sent_before(send_key: uuid.UUID) -> Dispatch | None:
    """Return what the form with this key was carried out as, or None while it was not."""
    return Dispatch.objects.filter(send_key=send_key).first()


def invite(
    *,
    project: Project,
    send_key: uuid.UUID,
    appointment: Appointment,
    meetings: Sequence[Meeting],
    letters: Letters,
    known_invitations: frozenset[int] = frozenset(),
    books_anyway: bool = False,
    by: User,
    now: datetime,
) -> Sent:
    """Store the interviews, invitations, messages and reminders of one Send in one transaction.

    `send_key` belongs to the form the recruiter saw: a second Send of it finds the first one's work.
    `known_invitations` are the ids of the standing ones that the recruiter was shown before going on.
    With `books_anyway` interviewers and the room are booked though they are taken.

    Raises:
        DoubleBooked: an interviewer or the room is taken, or two of the new interviews meet.
        LettersRefused: a tag is unknown, or empty for somebody.
        InvitedMeanwhile: somebody has got another invitation since.
        InvitationRefused: anything else that the form should not have let through.
    """
    check_appointment(appointment, meetings, now=now)
    check_letters(project, letters, by=by)
    check_reminder(letters, meetings, now=now)
    common = Circumstances(Organisation.current(), project, letters.sender_name, appointment.interviewers)
    interviews = interviews_for(project, appointment, meetings)
    candidates = [[application.candidate for application in meeting.applications] for meeting in meetings]
    if problems := field_problems(letters, zip(interviews, candidates, strict=True), common):
        raise LettersRefused(problems)
    delay = _time_to_undo(common.organisation, meetings, now=now)
    with transaction.atomic():
        # Whoever holds the project's row is alone in inviting to it, so what is read below stays true.
        # `no_key`: a candidate's answer, which refers to the project, need not wait for it.
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if earlier := sent_before(send_key):
            return Sent(earlier, is_new=False)
        # A right that is taken away at this moment is either gone here, or finds the letters of this Send.
        people = hold(interviewers=[by, *appointment.interviewers], rooms=_rooms(appointment))
        check_letters(project, letters, by=people[by.pk])
        check_room(project, appointment.room)
        if books_anyway:
            check_may_overbook(project, by=people[by.pk])
        hold_candidates([application for meeting in meetings for application in meeting.applications])
        _check_still_open(meetings, known_invitations, now=now)
        dispatch = _store_dispatch(project, send_key, letters, by=by, now=now)
        invitations = _store_interviews(dispatch, interviews, meetings, appointment, now=now)
        taken = book(interviews, interviewers=appointment.interviewers, anyway=books_anyway)
        _post_letters(invitations, Writer(letters, common, now=now, delay=delay), by=by, now=now)
        invite_interviewers(invitations, _fresh(appointment, people), delay=delay, by=by, now=now)
        _mark_invited(invitations, by=by, now=now)
        record_overbooking(taken, invitations, by=by, now=now)
    return Sent(dispatch, is_new=True)


def _fresh(appointment: Appointment, people: Mapping[int, User]) -> list[User]:
    return [people[user.pk] for user in appointment.interviewers]


def _rooms(appointment: Appointment) -> list[Room]:
    return [appointment.room] if appointment.room else []


def _time_to_undo(organisation: Organisation, meetings: Sequence[Meeting], *, now: datetime) -> timedelta:
    """Return how long the letters wait: shorter before a start that is near, so that none comes too late."""
    ahead = min(meeting.start for meeting in meetings) - now - _LATEST
    return max(timedelta(0), min(timedelta(seconds=organisation.undo_seconds), ahead))


def _check_still_open(meetings: Sequence[Meeting], known: frozenset[int], *, now: datetime) -> None:
    applications = [application for meeting in meetings for application in meeting.applications]
    if gone := unavailable(applications):
        raise InvitationRefused(
            "applications",
            _("No longer part of the recruitment: %(names)s.")
            % {"names": ", ".join(each.candidate.name for each in gone)},
        )
    if fresh := [found for found in standing_invitations(applications, now=now) if found.pk not in known]:
        raise InvitedMeanwhile(fresh)


def _store_dispatch(
    project: Project, send_key: uuid.UUID, letters: Letters, *, by: User, now: datetime
) -> Dispatch:
    return Dispatch.objects.create(
        send_key=send_key,
        project=project,
        by=by,
        at=now,
        sends_email=letters.sends_email,
        sender_name=letters.sender_name,
        sender_address=letters.sender_address,
        includes_link=letters.includes_link,
        reminder=letters.reminder,
        reminder_days=letters.reminder_days,
        wording=letters.wording(),
    )


def _store_interviews(
    dispatch: Dispatch,
    interviews: list[Interview],
    meetings: Sequence[Meeting],
    appointment: Appointment,
    *,
    now: datetime,
) -> list[Invitation]:
    for interview in interviews:
        interview.dispatch = dispatch
    Interview.objects.bulk_create(interviews, batch_size=500)
    attendance = Interview.interviewers.through
    attendance.objects.bulk_create(
        [
            attendance(interview_id=interview.pk, user_id=user.pk)
            for interview in interviews
            for user in appointment.interviewers
        ],
        batch_size=500,
    )
    invitations = [
        Invitation(interview=interview, application=application, created_at=now)
        for interview, meeting in zip(interviews, meetings, strict=True)
        for application in meeting.applications
    ]
    Invitation.objects.bulk_create(invitations, batch_size=500)
    return invitations


def _post_letters(invitations: Sequence[Invitation], writer: Writer, *, by: User, now: datetime) -> None:
    drafts = [
        draft
        for invitation in invitations
        for draft in (*writer.invitation(invitation), *writer.reminders(invitation))
    ]
    post(drafts, by=by, now=now)


def _mark_invited(invitations: Sequence[Invitation], *, by: User, now: datetime) -> None:
    applications = [invitation.application for invitation in invitations]
    set_status(applications=applications, status=Application.Status.INVITED, by=by, now=now)
    audit.record_all(_entries(invitations, by=by, now=now))


def _entries(invitations: Sequence[Invitation], *, by: User, now: datetime) -> Iterator[AuditEntry]:
    for invitation in invitations:
        interview = invitation.interview
        yield audit.entry(
            "invited",
            subject=invitation.application,
            by=by,
            now=now,
            invitation=invitation.pk,
            round=interview.round,
            start=interview.start.isoformat(),
            time_zone=interview.time_zone,
        )
