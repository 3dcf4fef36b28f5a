"""Shows what one candidate will get."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from samtale.interviews.domain.plan import interviews_for
from samtale.interviews.domain.reminder_time import reminder_instant
from samtale.interviews.models.dispatch import Reminder
from samtale.interviews.tags import Circumstances, link_labels, tag_values, tags_for
from samtale.outbox.domain.preview import as_text, marked_html
from samtale.outbox.domain.render import compose, problems, render, render_subject
from samtale.outbox.transports.sms.segments import SmsLength, count
from samtale.recruiting.models import Application
from samtale.web.staff.invite.draft import Draft
from samtale.web.staff.invite.letters import LettersStep


@dataclass
class Part:
    """One letter as it will be read, or why it cannot be written."""

    subject: str = ""
    body: SafeString | str = ""
    problems: list[str] = field(default_factory=list)
    length: SmsLength | None = None


@dataclass
class Preview:
    """What `application`'s candidate gets, and when."""

    application: Application
    letters: LettersStep
    invitation: Part | None = None
    reminder: Part | None = None
    sms: Part | None = None
    reminder_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """On whose clock the reminder leaves."""
        return self.letters.draft.zone


def preview_of(draft: Draft, step: LettersStep) -> Preview:
    """Return the preview for the chosen applicant, the first one unless another is asked for."""
    application = _chosen(draft)
    letters = step.letters()
    candidate = application.candidate
    meeting = next(each for each in draft.meetings() if application in each.applications)
    (interview,) = interviews_for(draft.project, draft.appointment(), [meeting])
    people = draft.appointment().interviewers
    common = Circumstances(draft.organisation, draft.project, letters.sender_name, people)
    values = tag_values(interview, candidate, common)
    texts = letters.texts_for(candidate)
    shown = Preview(application, step)
    if letters.sends_email:
        shown.invitation = _email(
            texts.subject, compose(texts.content, texts.signature), values, candidate.language
        )
    if letters.reminder != Reminder.NONE and letters.reminder_days:
        shown.reminder_at = reminder_instant(meeting.start, days=letters.reminder_days, zone=draft.zone)
    if letters.reminds_by_email:
        text = compose(texts.reminder_content, texts.reminder_signature)
        shown.reminder = _email(texts.reminder_subject, text, values, candidate.language)
    if letters.reminds_by_sms and candidate.mobile:
        shown.sms = _sms(texts.reminder_sms, values, candidate.language)
    return shown


def _chosen(draft: Draft) -> Application:
    wanted = draft.data.get("preview_for", "") if draft.data is not None else ""
    return next((each for each in draft.applications if str(each.pk) == wanted), draft.applications[0])


def _email(subject: str, content: str, values: dict[str, str], language: str) -> Part:
    found = _problems(subject, values, "subject") + _problems(content, values)
    if found:
        return Part(subject=subject, body=content, problems=found)
    segments = render(content, values=values, links=link_labels(language))
    return Part(subject=render_subject(subject, values=values), body=marked_html(segments))


def _sms(text: str, values: dict[str, str], language: str) -> Part:
    if found := _problems(text, values):
        return Part(body=text, problems=found)
    segments = render(text, values=values, links=link_labels(language))
    plain = as_text(segments, addresses={"confirmlink": "https://…"})
    return Part(body=marked_html(segments), length=count(plain))


def _problems(text: str, values: dict[str, str], field: str = "content") -> list[str]:
    return [problem.sentence() for problem in problems(text, tags=tags_for(field), values=values)]
