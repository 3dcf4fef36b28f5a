"""The kinds of letters to those who attend an interview."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.interviews import reasons
from samtale.interviews.domain.interviewer_ical import interviewer_calendar
from samtale.interviews.models import Interview, InterviewerMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.tags import INTERVIEW_LINK
from samtale.interviews.wordings import interviewers as wordings
from samtale.outbox.kinds import Attachment, MessageKind, Wording, register
from samtale.outbox.models import Message
from samtale.outbox.tags import Tag

Purpose = InterviewerMessage.Purpose
KINDS = {
    Purpose.INVITATION: "interviewer.invitation",
    Purpose.CHANGE: "interviewer.change",
    Purpose.CANCELLATION: "interviewer.cancellation",
}
WORDINGS = {
    Purpose.INVITATION: wordings.INVITATION,
    Purpose.CHANGE: wordings.CHANGE,
    Purpose.CANCELLATION: wordings.CANCELLATION,
}
_TAGS = (
    Tag("interviewdate", _("Interview date")),
    Tag("interviewtime", _("Interview time")),
    Tag("duration", _("Duration in minutes")),
    Tag("where", _("Place or video link"), by_staff=True),
    Tag("candidates", _("Candidates")),
    Tag("interviewers", _("All interviewers")),
    Tag("vacancy", _("Vacancy")),
    Tag("round", _("Round")),
    INTERVIEW_LINK,
)


def _prepare(messages: Sequence[Message]) -> None:
    """Fetch, for a whole batch, what the questions below ask of each letter."""
    about = "about_interview__interview"
    prefetch_related_objects(
        list(messages),
        "about_interview__user",
        f"{about}__project__department",
        f"{about}__room",
        f"{about}__interviewers",
        f"{about}__invitations__application__candidate",
    )
    organisation = Organisation.current()
    for message in messages:
        # What it was about may be gone; then the letter itself says so.
        with suppress(ObjectDoesNotExist):
            message.about_interview.organisation = organisation


def _address(message: Message, tag: str) -> str:
    return settings.SITE_URL + reverse("staff:interview", args=[message.about_interview.interview_id])


def is_on(interview: Interview) -> bool:
    """Say whether the interview takes place, and with somebody."""
    return interview.state == Interview.State.PLANNED and any(
        invitation.cancelled_at is None and invitation.meeting_status != MeetingStatus.NOT_RELEVANT
        for invitation in interview.invitations.all()
    )


def _ended(message: Message, now: datetime) -> str:
    """Say why a letter to an interviewer would no longer be true."""
    about = message.about_interview
    interview, user = about.interview, about.user
    attends = user in interview.interviewers.all()
    if not user.is_active or message.recipient_address != user.email:
        return reasons.ELSEWHERE
    if not user.notify_of_interviews:
        return reasons.NOT_WANTED
    if about.purpose == Purpose.CANCELLATION:
        return reasons.STANDS if attends and is_on(interview) else ""
    if not attends:
        return reasons.NOT_ATTENDING
    if interview.state == Interview.State.CANCELLED:
        return reasons.CANCELLED
    if about.interview_version != interview.version:
        return reasons.MOVED
    if now >= interview.start:
        return reasons.STARTED
    return "" if is_on(interview) else reasons.NOBODY_LEFT


def _appointment(message: Message) -> list[Attachment]:
    about = message.about_interview
    is_off = about.purpose == Purpose.CANCELLATION
    content = interviewer_calendar(
        about.interview,
        is_off=is_off,
        now=clock.now(),
        language=message.language,
        organisation=about.organisation,
    )
    method = "CANCEL" if is_off else "PUBLISH"
    return [Attachment("interview.ics", content, f"text/calendar; charset=utf-8; method={method}")]


def _declare(purpose: Purpose, label: str | Promise, defaults: Mapping[str, Wording]) -> None:
    register(
        MessageKind(
            slug=KINDS[purpose],
            label=label,
            channel="email",
            tags=_TAGS,
            defaults=defaults,
            link_address=_address,
            is_still_true=_ended,
            attachments=_appointment,
            prepare=_prepare,
            is_template=False,
            to_staff=True,
        )
    )


_declare(Purpose.INVITATION, _("Invitation for the interviewer"), wordings.INVITATION)
_declare(Purpose.CHANGE, _("Change for the interviewer"), wordings.CHANGE)
_declare(Purpose.CANCELLATION, _("Cancellation for the interviewer"), wordings.CANCELLATION)
