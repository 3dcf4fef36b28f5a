"""One status for very many applicants, as a job."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import User
from samtale.jobs.domain.order import order
from samtale.jobs.models import Job
from samtale.recruiting.domain.person import Person
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application, Candidate, Project
from samtale.recruiting.statuses import APPLICATION_STATUS

KIND = "status"
MANY = 200
_PART = 100
_NAMED = 10


def order_status(
    *, project: Project, applications: Sequence[Application], status: str, by: User, now: datetime
) -> Job:
    """Order that `applications` get `status`. A second order of the same while the first is under way is
    the first."""
    ids = sorted(application.pk for application in applications)
    payload = {"status": str(status), "first": ids[0], "last": ids[-1]}
    mine = Job.objects.filter(kind=KIND, project_id=project.pk, created_by=by, state__in=Job.ACTIVE)
    if under_way := mine.filter(payload=payload, total=len(ids)).order_by("pk").first():
        return under_way
    return order(
        kind=KIND,
        items=ids,
        part_size=_PART,
        payload=payload,
        result={"moved": 0, "stuck": 0, "stuck_names": []},
        project_id=project.pk,
        by=by,
        now=now,
    )


def step(job: Job, data: Sequence[Any], now: datetime) -> None:
    """Move some on. Whose status has become one that this cannot follow stays, and is named."""
    status = job.payload["status"]
    rows = Application.objects.select_for_update(of=("self",)).select_related("candidate")
    found = rows.filter(pk__in=data, project=job.project_id, deleted_at=None).defer("letter", "cv")
    applications = list(found.order_by("pk"))
    movable = [each for each in applications if APPLICATION_STATUS.allows(each.status, status)]
    stuck = [each.candidate.name for each in applications if each not in movable]
    moved = set_status(applications=movable, status=status, by=job.created_by, now=now)
    job.result["moved"] += len(moved)
    job.result["stuck"] += len(stuck)
    job.result["stuck_names"] = [*job.result["stuck_names"], *stuck][:_NAMED]


def forget(person: Person, *, project_ids: Collection[int]) -> None:
    """Name the person no longer among those whose status stayed, be it by `reject_many`. The jobs are the
    caller's to hold."""
    jobs = Job.objects.filter(project_id__in=project_ids, result__has_key="stuck_names").order_by("pk")
    for job in jobs.only("result"):
        names = job.result["stuck_names"]
        kept = ["" if person.is_called(name) else name for name in names]
        if kept != names:
            job.result["stuck_names"] = kept
            job.save(update_fields=["result"])


def sentences(job: Job) -> list[str]:
    """Say how many have the status now, and who could not get it."""
    moved, stuck = job.result["moved"], job.result["stuck"]
    status = str(Application.Status(job.payload["status"]).label)
    said = [
        ngettext(
            "%(number)d applicant now has the status “%(status)s”.",
            "%(number)d applicants now have the status “%(status)s”.",
            moved,
        )
        % {"number": moved, "status": status}
    ]
    if stuck:
        names = ", ".join(Candidate.full_name(name, "") for name in job.result["stuck_names"])
        if stuck > _NAMED:
            names = _("%(names)s and %(more)d more") % {"names": names, "more": stuck - _NAMED}
        text = _("The status “%(status)s” cannot follow the one they have: %(names)s.")
        said.append(text % {"status": status, "names": names})
    return said
