"""What is to be sent, and whether it can be: the plan of one Send, before anything is stored (spec 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.letters import Letters
from samtale.interviews.domain.queries.rooms import bookable_rooms
from samtale.interviews.domain.reminder_time import DAYS_BEFORE, is_possible
from samtale.interviews.models import Interview, Room
from samtale.interviews.models.dispatch import Reminder
from samtale.interviews.models.interview import AT_A_PLACE, InterviewType
from samtale.recruiting.models import Application, Project

LONGEST = timedelta(hours=12)


class InvitationRefused(Exception):
    """Something in the plan cannot be sent. `field` names it, `message` says it to the recruiter."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


@dataclass(frozen=True)
class Meeting:
    """One interview to be: its start (UTC) and who is invited to it. Only a group has several."""

    start: datetime
    applications: tuple[Application, ...]


@dataclass(frozen=True)
class Appointment:
    """What the interviews of one Send have in common. `duration` is in minutes."""

    type: str
    round: str
    duration: int
    time_zone: str
    interviewers: tuple[User, ...]
    place: str = ""
    video_link: str = ""
    room: Room | None = None
    seats: int | None = None


def interviews_for(
    project: Project, appointment: Appointment, meetings: Sequence[Meeting]
) -> list[Interview]:
    """Return the interviews, not stored, that the plan would make."""
    return [
        Interview(
            project=project,
            type=appointment.type,
            round=appointment.round,
            start=meeting.start,
            time_zone=appointment.time_zone,
            duration=appointment.duration,
            place=appointment.place,
            video_link=appointment.video_link,
            room=appointment.room,
            seats=appointment.seats,
        )
        for meeting in meetings
    ]


def check_appointment(appointment: Appointment, meetings: Sequence[Meeting], *, now: datetime) -> None:
    """Raise `InvitationRefused` for a time, a length or a company that cannot be (spec 2)."""
    if not any(meeting.applications for meeting in meetings):
        raise InvitationRefused("applications", _("Tick at least one applicant."))
    if not appointment.interviewers:
        raise InvitationRefused("interviewers", _("Choose at least one recruiter who attends."))
    if not timedelta(0) < timedelta(minutes=appointment.duration) <= LONGEST:
        raise InvitationRefused("duration", _("The duration must be between 1 minute and 12 hours."))
    if any(meeting.start <= now for meeting in meetings):
        raise InvitationRefused("start", _("The interview cannot start in the past."))
    if appointment.type != InterviewType.GROUP and any(len(meeting.applications) > 1 for meeting in meetings):
        raise InvitationRefused("type", _("Only a group interview has several applicants at once."))
    if appointment.seats is not None and (appointment.type != InterviewType.GROUP or appointment.seats < 1):
        raise InvitationRefused("seats", _("Only a group interview has seats, and at least one."))
    if appointment.room and appointment.type not in AT_A_PLACE:
        raise InvitationRefused("room", _("This type of interview is held in no room."))


def check_room(project: Project, room: Room | None) -> None:
    """Raise `InvitationRefused` unless interviews of `project` may be held in `room`, as it is now."""
    if room and not bookable_rooms(project).filter(pk=room.pk).exists():
        raise InvitationRefused("room", _("The room can no longer be booked. Choose another one."))


def check_letters(project: Project, letters: Letters, *, by: User) -> None:
    """Raise `InvitationRefused` for letters that `by` may not send or reminders that do not exist."""
    if letters.sends_email and not by.has_perm("recruiting.send_email", project):
        raise InvitationRefused("action", _("You do not have the right to send e-mail."))
    if letters.reminds_by_sms and not by.has_perm("recruiting.send_sms", project):
        raise InvitationRefused("reminder", _("You do not have the right to send SMS."))
    if letters.reminder != Reminder.NONE and letters.reminder_days not in DAYS_BEFORE:
        raise InvitationRefused("reminder_days", _("Choose how many days before the reminder is sent."))


def check_reminder(letters: Letters, meetings: Sequence[Meeting], *, now: datetime) -> None:
    """Raise `InvitationRefused` when the reminder's time has passed for any of the interviews (spec 4)."""
    if letters.reminder == Reminder.NONE or letters.reminder_days is None:
        return
    zone = ZoneInfo(Organisation.current().time_zone)
    if not all(
        is_possible(meeting.start, days=letters.reminder_days, zone=zone, now=now) for meeting in meetings
    ):
        raise InvitationRefused(
            "reminder_days",
            _("It is too late for this reminder: 09:00 of that day has passed. Choose fewer days."),
        )
