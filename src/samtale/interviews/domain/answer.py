"""A candidate answers an invitation (spec 5)."""

from datetime import datetime
from enum import StrEnum, auto

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import User
from samtale.accounts.zones import reader_zone
from samtale.core import audit
from samtale.interviews import reasons
from samtale.interviews.domain.close import hold_interviews
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.free_letters import end_free_letters
from samtale.interviews.domain.letters import Draft, circumstances, post
from samtale.interviews.domain.meeting_status import MEETING_STATUS
from samtale.interviews.domain.queries.seats import has_seat_for
from samtale.interviews.domain.reminders import drop_reminders, restore_reminders, take_back_requests
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.notifications import ANSWER
from samtale.interviews.tags import INTERVIEW_LINK, Circumstances, link_labels, tag_values
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.domain.queue import Letter
from samtale.outbox.domain.render import render, render_subject
from samtale.recruiting.domain.hold import hold_candidates
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application
from samtale.recruiting.rules import reads
from samtale.recruiting.statuses import is_closed

LONGEST_WISHES = 2000  # characters


class Choice(models.TextChoices):
    """What the candidate may choose."""

    COMING = "coming", _("Yes, I am coming")
    NOT_COMING = "not_coming", _("I am not coming")
    NEW_TIME = "new_time", _("Contact me for a new time")
    WITHDRAW = "withdraw", _("I want to withdraw my application")


STATUS_AFTER = {
    Choice.COMING: MeetingStatus.ACCEPTED,
    Choice.NOT_COMING: MeetingStatus.NOT_ACCEPTED,
    Choice.NEW_TIME: MeetingStatus.NEW_TIME,
    Choice.WITHDRAW: MeetingStatus.NOT_RELEVANT,
}
_CHOICE_BEHIND = {status: choice for choice, status in STATUS_AFTER.items()}


class PageState(StrEnum):
    """What the candidate's page can offer."""

    OPEN = auto()
    STARTED = auto()
    CANCELLED = auto()
    WITHDRAWN = auto()
    CLOSED = auto()


class AnswerRefused(Exception):
    """The invitation can no longer be answered. `state` says why."""

    def __init__(self, state: PageState) -> None:
        super().__init__(state)
        self.state = state


class NoSeatLeft(Exception):
    """Others have said yes to all the seats of the interview."""


class AnsweredAnotherTime(Exception):
    """The interview has been moved, so the answer is to a time or place that no longer holds."""


class AnsweredSince(Exception):
    """Another answer was given, or set by hand, after this one."""


def current_choice(invitation: Invitation) -> Choice | None:
    """Return the answer that stands, or None while it is awaited."""
    return _CHOICE_BEHIND.get(MeetingStatus(invitation.meeting_status))


def page_state(invitation: Invitation, *, now: datetime) -> PageState:
    """Say whether the invitation can be answered at `now`, and if not, why."""
    application = invitation.application
    if application.status == Application.Status.WITHDRAWN:
        return PageState.WITHDRAWN
    if invitation.interview.state == Interview.State.CANCELLED or invitation.cancelled_at:
        return PageState.CANCELLED
    if is_closed(application) or invitation.meeting_status == MeetingStatus.NOT_RELEVANT:
        return PageState.CLOSED
    if now >= invitation.interview.start or invitation.interview.state != Interview.State.PLANNED:
        return PageState.STARTED
    return PageState.OPEN


def answer(
    *,
    invitation: Invitation,
    seen_version: int,
    choice: Choice,
    wishes: str | None = "",
    sent_at: datetime | None = None,
    now: datetime,
) -> Invitation:
    """Record the candidate's answer, with what follows from it, in one transaction.

    The reminders go or come back, the interviewers are told, and a withdrawal ends the
    application. The same answer a second time changes nothing and tells nobody.
    `seen_version` is that of the interview when the candidate read about it. `wishes` of None leave
    standing what was said before. `sent_at` is when an answer was sent that came by e-mail.

    Raises:
        AnsweredAnotherTime: the interview has another time or place since.
        AnsweredSince: a newer answer than the one by e-mail stands.
        NoSeatLeft: it is a yes, and all seats are taken.
        AnswerRefused: the interview has started or is cancelled, or the application has ended.
    """
    with transaction.atomic():
        # Whoever moves or cancels holds the interview; what is read of it after this is true until the end.
        _hold(invitation, choice)
        locked = (
            Invitation.objects.select_for_update(no_key=True, of=("self",))
            .select_related(
                "interview__dispatch",
                "interview__project__department",
                "interview__project__owner",
                "application__candidate",
            )
            .get(pk=invitation.pk)
        )
        state = page_state(locked, now=now)
        if state is not PageState.OPEN:
            raise AnswerRefused(state)
        if not locked.interview.terms_version <= seen_version <= locked.interview.version:
            raise AnsweredAnotherTime
        new = STATUS_AFTER[choice]
        said = (wishes or "").strip()[:LONGEST_WISHES]
        kept = _what_stays(locked, new) if wishes is None else said
        if (locked.meeting_status, locked.wishes) == (new, kept):
            return locked
        # E-mail tells the second at most.
        if sent_at and locked.status_at and sent_at < locked.status_at.replace(microsecond=0):
            raise AnsweredSince
        if choice == Choice.COMING and not has_seat_for(locked):
            raise NoSeatLeft
        MEETING_STATUS.check(locked.meeting_status, new)
        _record(locked, new, said, is_by_email=sent_at is not None, now=now)
        # Of two answers by e-mail the one sent last counts, in whichever order they are read.
        _store(locked, new, kept, at=sent_at or now)
        _follow(locked, choice, now=now)
        interviews_changed([locked.interview_id])
        post(_notices(locked, choice, said, now=now), by=None, now=now)
    return locked


def _hold(invitation: Invitation, choice: Choice) -> None:
    """Hold the interview, and with it its seats; for one who withdraws, all of the application's."""
    if choice == Choice.WITHDRAW:
        hold_interviews([invitation.application_id])
    Interview.objects.select_for_update(no_key=True).get(pk=invitation.interview_id)


def _what_stays(invitation: Invitation, new: MeetingStatus) -> str:
    """Return what of the candidate's words holds beside an answer without any: not what was said of another
    time, once there is an answer to this one."""
    is_settled = invitation.meeting_status == MeetingStatus.NEW_TIME != new
    return "" if is_settled else invitation.wishes


def _record(
    invitation: Invitation, status: MeetingStatus, said: str, *, is_by_email: bool, now: datetime
) -> None:
    audit.record(
        "answered",
        subject=invitation.application,
        by=invitation.application.candidate.name,
        now=now,
        invitation=invitation.pk,
        old=invitation.meeting_status,
        new=status,
        wishes=said,
        **({"way": "email"} if is_by_email else {}),
    )


def _store(invitation: Invitation, status: MeetingStatus, wishes: str, *, at: datetime) -> None:
    invitation.meeting_status, invitation.wishes = status, wishes
    invitation.answered_at = invitation.status_at = at
    invitation.save(update_fields=["meeting_status", "wishes", "answered_at", "status_at"])


def _follow(invitation: Invitation, choice: Choice, *, now: datetime) -> None:
    take_back_requests([invitation], by=None, now=now)
    candidate = invitation.application.candidate.name
    if choice == Choice.COMING:
        restore_reminders(invitation, by=None, now=now)
        return
    hold_candidates([invitation.application])
    drop_reminders([invitation], by=None, now=now)
    if choice == Choice.WITHDRAW:
        end_free_letters([invitation], by=None, now=now, reason=reasons.CLOSED)
        set_status(
            applications=[invitation.application], status=Application.Status.WITHDRAWN, by=candidate, now=now
        )


def _notices(invitation: Invitation, choice: Choice, said: str, *, now: datetime) -> list[Draft]:
    """Write to the interviewers who want to be told, each in their own language. Who has no access to the
    project reads what was answered, and not the words that go with it, as on all pages."""
    common = circumstances(invitation.interview.dispatch, invitation.interview)
    readers = [user for user in common.interviewers if user.is_active and user.notify_of_answers]
    return [_notice(invitation, choice, said, common, reader, now=now) for reader in readers]


def _notice(
    invitation: Invitation, choice: Choice, said: str, common: Circumstances, reader: User, *, now: datetime
) -> Draft:
    texts = BY_LANGUAGE[reader.language]
    sees_project = reads(reader, invitation.interview.project)
    paragraphs = [
        texts.ANSWER_CONTENT,
        texts.ANSWER_WISHES if said and sees_project else "",
        texts.ANSWER_LINK if sees_project else f"{{{INTERVIEW_LINK.name}}}",
    ]
    candidate = invitation.application.candidate
    clock = reader_zone(reader)
    values = tag_values(invitation.interview, candidate, common, language=reader.language, reader=clock)
    with translation.override(reader.language):
        values |= {"answer": str(choice.label), "wishes": said if sees_project else ""}
    letter = Letter(
        kind=ANSWER,
        recipient_name=str(reader),
        recipient_address=reader.email,
        language=reader.language,
        subject=render_subject(texts.ANSWER_SUBJECT, values=values),
        content=render(
            "\n\n".join(filter(None, paragraphs)), values=values, links=link_labels(reader.language)
        ),
        sender_name=common.organisation.name,
        sender_address=common.organisation.sender_email,
        due_at=now,
    )
    return Draft(InvitationMessage.Purpose.ANSWER_NOTICE, invitation, letter)
