"""Takes a candidate out of everything that is kept: that somebody applied stays, who it was does not."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from samtale.core import audit
from samtale.core.audit import Actor
from samtale.outbox.domain.scrub import scrub
from samtale.outbox.models import Message
from samtale.recruiting import followers
from samtale.recruiting.domain import files
from samtale.recruiting.domain.person import Person
from samtale.recruiting.models import (
    Application,
    Candidate,
    Correspondence,
    Document,
    Note,
    Project,
    RejectionDispatch,
)

# What the acts about an application may quote: reasons, names of files, a candidate's words, where they are.
_QUOTED = ("reason", "name", "wishes", "chosen_zone")


@transaction.atomic
def anonymise_candidate(*, candidate: Candidate, by: Actor, now: datetime) -> list[Message]:
    """Remove who the candidate is and all they wrote, in every project. It cannot be undone; a second time
    changes nothing.

    Counts, statuses and times stay. What has not left to them does not leave, and links to answer by stop
    working. Return the letters that were being sent at that moment, as they were.
    Asks for no right: "recruiting.anonymise" is the caller's to ask for.
    """
    files.hold()
    # The same locks in the same order as inviting, changing and answering.
    of_candidate = Application.objects.filter(candidate=candidate)
    projects = Project.objects.filter(pk__in=of_candidate.values("project"))
    list(projects.select_for_update(no_key=True).order_by("pk"))
    if Candidate.objects.get(pk=candidate.pk).anonymised_at:
        return []
    for hold in followers.candidate_anonymised:
        hold(candidate, by=by, now=now)
    person = Candidate.objects.select_for_update().get(pk=candidate.pk)
    applications = list(of_candidate.select_for_update().order_by("pk"))
    leaving = scrub(_messages(applications), by=by, now=now)
    files.forget(Person.of(person), applications)
    _forget(person, applications, now=now)
    for subject, rows in ((Candidate, [person.pk]), (Application, [each.pk for each in applications])):
        audit.forget(subject, rows, keys=_QUOTED)
    audit.record_all(
        audit.entry("candidate.anonymised", subject=subject, by=by, now=now)
        for subject in [person, *applications]
    )
    return leaving


def _messages(applications: Sequence[Application]) -> list[int]:
    about = Correspondence.objects.filter(application__in=applications)
    return list(about.order_by("message_id").values_list("message_id", flat=True))


def _forget(person: Candidate, applications: Sequence[Application], *, now: datetime) -> None:
    person.first_name = person.last_name = person.address = person.mobile = person.time_zone = ""
    person.email = f"anonymised-{person.pk}"  # nobody's, and no address that anything could be sent to
    person.anonymised_at = now
    person.save()
    for application in applications:
        application.letter = application.cv = ""
        application.sort_name = application.search_text = ""
        application.save(update_fields=["letter", "cv", "sort_name", "search_text"])
    Note.objects.filter(application__in=applications).delete()
    _forget_comments(applications)
    documents = Document.objects.filter(application__in=applications)
    files = [document.file for document in documents.order_by("pk")]
    documents.delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name), robust=True)  # type: ignore[misc]


def _forget_comments(applications: Sequence[Application]) -> None:
    """Empty what was written of a rejection of this applicant alone; a comment on many is about none."""
    theirs = RejectionDispatch.objects.filter(rejections__application__in=applications)
    alone = RejectionDispatch.objects.annotate(number=Count("rejections")).filter(number=1)
    ids = list(alone.filter(pk__in=theirs.values("pk")).order_by("pk").values_list("pk", flat=True))
    RejectionDispatch.objects.filter(pk__in=ids).update(note="")
