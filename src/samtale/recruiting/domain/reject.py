"""Rejects applicants (spec 7: Avslag): type, reason, and a letter for those who are to have one."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.jobs.domain.order import order
from samtale.jobs.models import Job
from samtale.outbox.domain.queue import Letter, queue
from samtale.outbox.domain.render import TagProblem, UnrenderableTag, problems
from samtale.outbox.kinds import Wording
from samtale.outbox.tags import GENERAL_TAGS
from samtale.recruiting import followers
from samtale.recruiting.domain.hold import hold_candidates
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.domain.rejection_letters import write
from samtale.recruiting.models import Application, Correspondence, Project, Rejection, RejectionDispatch
from samtale.recruiting.statuses import APPLICATION_STATUS
from samtale.recruiting.tags import general_values

KIND = "rejection"
MANY = 200  # beyond this, a job does it
PART = 100
_FIELDS = ("subject", "content", "signature")


class RejectionRefused(Exception):
    """It cannot be done. `field` names what is wrong, `message` says it to the recruiter."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


@dataclass(frozen=True)
class RejectionPlan:
    """What was chosen and written. `due_at` (UTC) is when the letters leave; `texts` are by language and
    have tags."""

    type: str
    reason: str
    note: str = ""
    sends_email: bool = True
    sender_name: str = ""
    sender_address: str = ""
    due_at: datetime | None = None
    texts: Mapping[str, Wording] = field(default_factory=dict)


@dataclass
class Rejected:
    """What came of it: who was rejected, who could not be, and who gets no letter for want of an address."""

    rejected: list[Application] = field(default_factory=list)
    stuck: list[Application] = field(default_factory=list)
    without_letter: list[Application] = field(default_factory=list)


@dataclass(frozen=True)
class Carried:
    """A press of Reject: done at once, or as `job`. `is_new` is false where it had been pressed before."""

    dispatch: RejectionDispatch
    is_new: bool
    job: Job | None = None
    outcome: Rejected | None = None


def rejected_before(send_key: uuid.UUID) -> Carried | None:
    """Return what the form with this key was carried out as, or None while it was not."""
    dispatch = RejectionDispatch.objects.filter(send_key=send_key).first()
    if dispatch is None:
        return None
    job = Job.objects.filter(kind=KIND, payload__dispatch=dispatch.pk).order_by("pk").first()
    return Carried(dispatch, is_new=False, job=job)


def text_problems(
    plan: RejectionPlan, applications: Collection[Application], project: Project
) -> list[tuple[str, str, TagProblem]]:
    """Return every unknown or empty tag as (language, field, problem), by what one applicant of each language
    has; what differs between applicants are their names, and all have one."""
    if not plan.sends_email:
        return []
    organisation = Organisation.current()
    of_language = {application.candidate.language: application for application in applications}
    found: list[tuple[str, str, TagProblem]] = []
    for language, texts in plan.texts.items():
        application = of_language.get(language) or next(iter(of_language.values()))
        values = general_values(application.candidate, project, organisation, sender_name=plan.sender_name)
        found += [
            (language, name, problem)
            for name in _FIELDS
            for problem in problems(getattr(texts, name), tags=GENERAL_TAGS, values=values)
        ]
    return found


def reject(
    *,
    project: Project,
    applications: Sequence[Application],
    plan: RejectionPlan,
    send_key: uuid.UUID,
    by: User,
    now: datetime,
) -> Carried:
    """Reject `applications`, all of the project: at once, or as a job where they are more than `MANY`.

    `send_key` belongs to the form the recruiter saw: pressed a second time, it finds the first one's work.

    Raises:
        RejectionRefused: `by` may not do it, a text has a tag that cannot be filled in, or nobody is given.
    """
    if not applications:
        raise RejectionRefused("applications", _("Tick at least one applicant."))
    if text_problems(plan, applications, project):
        raise RejectionRefused("texts", _("Some tags in the texts cannot be filled in."))
    with transaction.atomic():
        # Whoever holds the project's row is alone in inviting and rejecting in it.
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if earlier := rejected_before(send_key):
            return earlier
        _check_rights(plan, project, by=User.objects.select_for_update(no_key=True).get(pk=by.pk))
        dispatch = _store(plan, project, send_key, by=by, now=now)
        ids = [application.pk for application in applications]
        if len(ids) > MANY:
            return Carried(dispatch, is_new=True, job=_order(dispatch, ids, by=by, now=now))
        return Carried(dispatch, is_new=True, outcome=reject_some(dispatch, ids, by=by, now=now))


def _check_rights(plan: RejectionPlan, project: Project, *, by: User) -> None:
    if not by.has_perm("recruiting.reject", project):
        raise RejectionRefused("applications", _("You do not have the right to reject applicants."))
    if plan.sends_email and not by.has_perm("recruiting.send_email", project):
        raise RejectionRefused("action", _("You do not have the right to send e-mail."))


def _store(
    plan: RejectionPlan, project: Project, send_key: uuid.UUID, *, by: User, now: datetime
) -> RejectionDispatch:
    texts = plan.texts if plan.sends_email else {}
    return RejectionDispatch.objects.create(
        send_key=send_key,
        project=project,
        by=by,
        at=now,
        type=plan.type,
        reason=plan.reason,
        note=plan.note,
        sends_email=plan.sends_email,
        sender_name=plan.sender_name,
        sender_address=plan.sender_address,
        due_at=_leaves_at(plan, now=now),
        wording={language: _kept(each) for language, each in texts.items()},
    )


def _leaves_at(plan: RejectionPlan, *, now: datetime) -> datetime:
    """Return when the letters leave: as long as an invitation could be undone, they can be stopped."""
    first = now + timedelta(seconds=Organisation.current().undo_seconds)
    return max(plan.due_at or first, first)


def _kept(texts: Wording) -> dict[str, str]:
    return {name: text for name, text in asdict(texts).items() if name in _FIELDS}


def _order(dispatch: RejectionDispatch, ids: Sequence[int], *, by: User, now: datetime) -> Job:
    return order(
        kind=KIND,
        items=ids,
        part_size=PART,
        payload={"dispatch": dispatch.pk},
        result={"rejected": 0, "stuck": 0, "stuck_names": [], "without_letter": 0},
        project_id=dispatch.project_id,
        by=by,
        now=now,
    )


def reject_some(dispatch: RejectionDispatch, ids: Collection[int], *, by: User, now: datetime) -> Rejected:
    """Reject these applications of the dispatch's project. Call it inside a transaction.

    Whom it has rejected already is passed over. Who has a status that this cannot follow, is anonymised, or
    cannot be written to in these words for want of a value, is left as they are.
    """
    Project.objects.select_for_update(no_key=True).get(pk=dispatch.project_id)
    applications = _applications(dispatch, ids)
    followers.hold_what_ends_with([each.pk for each in applications])
    hold_candidates(applications)
    held = Application.objects.select_for_update().filter(pk__in=[each.pk for each in applications])
    statuses = dict(held.order_by("pk").values_list("pk", "status"))
    outcome, letters = Rejected(), dict[int, Letter]()
    organisation = Organisation.current()
    for application in applications:
        letter = None
        try:
            if dispatch.sends_email:
                letter = write(dispatch, application, organisation, due=dispatch.due_at or now)
        except UnrenderableTag:
            outcome.stuck.append(application)
            continue
        if not _may_be_rejected(application, statuses[application.pk]):
            outcome.stuck.append(application)
            continue
        outcome.rejected.append(application)
        if letter and letter.recipient_address:
            letters[application.pk] = letter
        elif dispatch.sends_email:
            outcome.without_letter.append(application)
    set_status(applications=outcome.rejected, status=Application.Status.REJECTED, by=by, now=now)
    _record(dispatch, outcome.rejected, letters, by=by, now=now)
    return outcome


def _applications(dispatch: RejectionDispatch, ids: Collection[int]) -> list[Application]:
    open_ones = Application.objects.filter(pk__in=ids, project=dispatch.project_id, deleted_at=None)
    fresh = open_ones.exclude(rejections__dispatch=dispatch)
    return list(fresh.select_related("candidate").defer("letter", "cv").order_by("pk"))


def _may_be_rejected(application: Application, status: str) -> bool:
    if application.candidate.anonymised_at or status == Application.Status.REJECTED:
        return False
    return APPLICATION_STATUS.allows(status, Application.Status.REJECTED)


def _record(
    dispatch: RejectionDispatch,
    rejected: Iterable[Application],
    letters: Mapping[int, Letter],
    *,
    by: User,
    now: datetime,
) -> None:
    messages = dict(zip(letters, queue(list(letters.values()), by=by, now=now), strict=True))
    rejected = list(rejected)
    Correspondence.objects.bulk_create(
        Correspondence(message=message, project_id=dispatch.project_id, application_id=application_id)
        for application_id, message in messages.items()
    )
    Rejection.objects.bulk_create(
        Rejection(dispatch=dispatch, application=application, message=messages.get(application.pk))
        for application in rejected
    )
    audit.record_all(
        audit.entry(
            "application.rejected",
            subject=application,
            by=by,
            now=now,
            type=dispatch.type,
            why=dispatch.reason,
            reason=dispatch.note,
            is_told=application.pk in messages,
        )
        for application in rejected
    )
