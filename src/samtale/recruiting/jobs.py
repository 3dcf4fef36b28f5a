"""The long work of this app, which a worker does a part at a time."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import User
from samtale.jobs.kinds import JobKind, register
from samtale.jobs.models import Job
from samtale.recruiting.domain import export, many, reject, reject_many
from samtale.recruiting.domain.import_applicants import in_parts
from samtale.recruiting.models import Project


def _with(permission: str) -> Callable[[Job, User], bool]:
    """Return whether somebody has `permission` in the job's project."""

    def is_allowed(job: Job, user: User) -> bool:
        project = Project.objects.filter(pk=job.project_id).first()
        return project is not None and user.has_perm(permission, project)

    return is_allowed


register(
    JobKind(
        slug=in_parts.KIND,
        label=_("Import of applicants"),
        step=in_parts.step,
        finish=in_parts.finish,
        sentences=in_parts.sentences,
        is_allowed=_with("recruiting.work_in_project"),
    )
)
register(
    JobKind(
        slug=many.KIND,
        label=_("New status for many applicants"),
        step=many.step,
        sentences=many.sentences,
        is_allowed=_with("recruiting.work_in_project"),
    )
)
register(
    JobKind(
        slug=export.KIND,
        label=_("Export of applicants"),
        step=export.step,
        finish=export.finish,
        sentences=export.sentences,
        is_allowed=_with("recruiting.export"),
    )
)
register(
    JobKind(
        slug=reject.KIND,
        label=_("Rejection of many applicants"),
        step=reject_many.step,
        sentences=reject_many.sentences,
        is_allowed=reject_many.is_allowed,
    )
)
