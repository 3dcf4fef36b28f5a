"""Rejections of very many applicants, as a job."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import User
from samtale.jobs.models import Job
from samtale.recruiting.domain.reject import reject_some
from samtale.recruiting.models import Project, RejectionDispatch

_NAMED = 10


def is_allowed(job: Job, user: User) -> bool:
    """Say whether `user` may still do what the job does (spec 9)."""
    project = Project.objects.filter(pk=job.project_id).first()
    if project is None or not user.has_perm("recruiting.reject", project):
        return False
    sends_email = RejectionDispatch.objects.filter(pk=job.payload["dispatch"], sends_email=True).exists()
    return not sends_email or user.has_perm("recruiting.send_email", project)


def step(job: Job, data: Sequence[Any], now: datetime) -> None:
    """Reject some. Who can no longer be rejected stays, and is named."""
    dispatch = RejectionDispatch.objects.select_related("project__department", "project__owner").get(
        pk=job.payload["dispatch"]
    )
    outcome = reject_some(dispatch, data, by=job.created_by, now=now)
    names = [application.candidate.name for application in outcome.stuck]
    job.result["rejected"] += len(outcome.rejected)
    job.result["stuck"] += len(names)
    job.result["stuck_names"] = [*job.result["stuck_names"], *names][:_NAMED]
    job.result["without_letter"] += len(outcome.without_letter)


def sentences(job: Job) -> list[str]:
    """Say how many are rejected, who could not be, and how many get no letter."""
    result = job.result
    said = [rejected_words(result["rejected"])]
    if result["stuck"]:
        names = ", ".join(result["stuck_names"])
        if (more := result["stuck"] - len(result["stuck_names"])) > 0:
            names = _("%(names)s and %(more)d more") % {"names": names, "more": more}
        said.append(stuck_words(names))
    if result["without_letter"]:
        said.append(without_letter_words(result["without_letter"]))
    return said


def rejected_words(number: int) -> str:
    """Return the sentence for so many who are rejected now."""
    return ngettext("%(number)d applicant is rejected.", "%(number)d applicants are rejected.", number) % {
        "number": number
    }


def stuck_words(names: str) -> str:
    """Return the sentence for those who could not be rejected."""
    return _("These could not be rejected, because of the status they have: %(names)s.") % {"names": names}


def without_letter_words(number: int) -> str:
    """Return the sentence for those who get no letter."""
    return ngettext(
        "%(number)d has no e-mail address and gets no letter.",
        "%(number)d have no e-mail address and get no letter.",
        number,
    ) % {"number": number}
