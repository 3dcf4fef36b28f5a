"""Carries out the demo's plans: invites, lets the candidates answer, and moves applications on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.invite import invite
from samtale.interviews.domain.letters import Letters, Texts
from samtale.interviews.domain.plan import Appointment, Meeting
from samtale.interviews.domain.slots import consecutive
from samtale.interviews.models import Invitation
from samtale.interviews.models.interview import InterviewType
from samtale.interviews.notifications import invitation_kind
from samtale.outbox.domain.wording import wordings_for
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application, Project
from samtale.web.demo.days import Days
from samtale.web.demo.delivery import Past
from samtale.web.demo.plan import Move, Part, Plan

_MOVED_AT, _CANCELLED_AT, _SENT_AT = time(8, 30), time(8), time(10, 10)
_FIRST_ANSWER_AFTER, _NEXT_ANSWER_AFTER = timedelta(minutes=35), timedelta(minutes=85)


@dataclass(frozen=True)
class Stage:
    """Where the plans of one project are carried out."""

    project: Project
    applications: dict[str, Application]
    recruiter: User
    colleague: User
    days: Days
    past: Past

    def schedule(self, plan: Plan) -> None:
        """Put everything about one plan into the past."""
        sent = self.days.at(self.days.workday(plan.sent), _SENT_AT)
        self.past.at(sent, partial(self._send, plan))
        answering = (part for part in plan.parts if part.choice)
        for number, part in enumerate(answering):
            at = sent + _FIRST_ANSWER_AFTER + number * _NEXT_ANSWER_AFTER
            self.past.at(at, partial(self._answer, part))
        if plan.cancelled:
            day, reason = plan.cancelled
            at = self.days.at(self.days.workday(day), _CANCELLED_AT)
            self.past.at(at, partial(self._cancel, plan.parts[0], reason))

    def schedule_move(self, move: Move) -> None:
        """Put a change of status into the past."""
        at = self.days.at(self.days.workday(move.day), _MOVED_AT)
        self.past.at(at, partial(self._move, move))

    def _send(self, plan: Plan, now: datetime) -> None:
        # A small project's interviewer sits alone.
        interviewers = (self.recruiter, self.colleague) if plan.with_colleague else (self.recruiter,)
        invite(
            project=self.project,
            send_key=uuid.uuid4(),
            appointment=Appointment(
                type=plan.type,
                round=plan.round,
                duration=plan.minutes,
                time_zone=self.days.zone.key,
                interviewers=interviewers,
                place=plan.place,
                video_link=plan.video_link,
            ),
            meetings=self._meetings(plan),
            letters=self._letters(plan),
            by=self.recruiter,
            now=now,
        )

    def _meetings(self, plan: Plan) -> list[Meeting]:
        start = self.days.at(self.days.workday(plan.day), plan.clock)
        applications = [self.applications[part.name] for part in plan.parts]
        if plan.type == InterviewType.GROUP:
            return [Meeting(start, tuple(applications))]
        starts = consecutive(
            start, minutes=plan.minutes, pause=plan.pause, count=len(applications), zone=self.days.zone
        )
        return [Meeting(each, (application,)) for each, application in zip(starts, applications, strict=True)]

    def _letters(self, plan: Plan) -> Letters:
        languages = {self.applications[part.name].candidate.language for part in plan.parts}
        return Letters(
            sends_email=True,
            sender_name=str(self.recruiter),
            sender_address=Organisation.current().sender_email,
            texts=texts(plan.round, languages=sorted(languages), project=self.project),
            reminder=plan.reminder,
            reminder_days=plan.reminder_days,
        )

    def _invitation(self, part: Part) -> Invitation:
        return self.applications[part.name].invitations.latest("created_at")

    def _answer(self, part: Part, now: datetime) -> None:
        invitation = self._invitation(part)
        answer(
            invitation=invitation,
            seen_version=invitation.interview.version,
            choice=Choice(part.choice or ""),
            wishes=part.wishes,
            now=now,
        )

    def _cancel(self, part: Part, reason: str, now: datetime) -> None:
        interview = self._invitation(part).interview
        cancel_interview(
            interview=interview,
            seen_version=interview.version,
            reason=reason,
            tells_candidates=True,
            by=self.recruiter,
            now=now,
        )

    def _move(self, move: Move, now: datetime) -> None:
        applications = [self.applications[name] for name in move.names]
        set_status(
            applications=applications, status=move.status, by=self.recruiter, now=now, reason=move.reason
        )


def texts(round_: str, *, languages: Sequence[str], project: Project) -> dict[str, Texts]:
    """Return the texts that step 2 starts from for a round, in `languages`."""
    wordings = wordings_for(invitation_kind(round_), languages=languages, department=project.department)
    reminders = ("reminder_subject", "reminder_content", "reminder_signature", "reminder_sms")
    return {
        language: Texts(
            wording.subject,
            wording.content,
            wording.signature,
            **{name: wording.defaults[name] for name in reminders},
        )
        for language, wording in wordings.items()
    }
