"""Takes an anonymised candidate out of files that were uploaded or are made, and out of long work."""

from collections.abc import Sequence

from samtale.core.models import AuditEntry
from samtale.jobs.models import Job
from samtale.recruiting.domain import export, many
from samtale.recruiting.domain.import_applicants import drafts, in_parts
from samtale.recruiting.domain.person import Person
from samtale.recruiting.models import Application

_IMPORTED = ("project.imported", "application.imported")


def hold() -> None:
    """Let no import begin or go on before the transaction ends. Comes before the locks of projects, as it
    does where somebody is imported."""
    drafts.hold_all()
    list(Job.objects.select_for_update().filter(state__in=Job.ACTIVE).order_by("pk").values_list("pk"))


def forget(person: Person, applications: Sequence[Application]) -> None:
    """Take `person` out of uploads, imports, exports and what long work tells; `hold` came before, and the
    projects of `applications` are held."""
    projects = {application.project_id for application in applications}
    drafts.delete_naming(person)
    in_parts.forget(person)
    export.forget(person, project_ids=projects)
    many.forget(person, project_ids=projects)
    _forget_filenames(person, applications)


def _forget_filenames(person: Person, applications: Sequence[Application]) -> None:
    """Empty the name of a file from which the person was imported where it names them, wherever it stands."""
    own = AuditEntry.objects.filter(
        subject_type=Application._meta.label_lower,
        subject_id__in=[application.pk for application in applications],
        verb="application.imported",
    )
    names = {row.data["filename"] for row in own.order_by("pk") if person.is_in(row.data["filename"])}
    for name in sorted(names):
        rows = list(AuditEntry.objects.filter(verb__in=_IMPORTED, data__filename=name).order_by("pk"))
        for row in rows:
            row.data["filename"] = ""
        AuditEntry.objects.bulk_update(rows, ["data"], batch_size=500)
        for job in Job.objects.filter(kind=in_parts.KIND, payload__filename=name).order_by("pk"):
            job.payload["filename"] = ""
            job.save(update_fields=["payload"])
