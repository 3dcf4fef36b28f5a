"""Takes applications in, and keeps what is known about the candidate."""

from datetime import datetime

from django.db import IntegrityError, transaction

from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line
from samtale.outbox.models import Message
from samtale.recruiting.domain.queries.candidates import editable_candidates
from samtale.recruiting.followers import follow_candidates
from samtale.recruiting.models import Application, Candidate, Project


class DuplicateApplication(Exception):
    """The candidate has an application to the project already, perhaps a deleted one."""

    def __init__(self, application: Application) -> None:
        super().__init__(str(application))
        self.application = application


class CandidateEmailTaken(Exception):
    """Another candidate has this e-mail address."""


@transaction.atomic
def add_application(
    *,
    project: Project,
    first_name: str,
    last_name: str,
    email: str,
    mobile: str = "",
    language: str = Candidate.Language.NB,
    address: str = "",
    letter: str = "",
    cv: str = "",
    applied_at: datetime | None = None,
    by: Actor,
    now: datetime,
) -> Application:
    """Add an application by the candidate with `email`, who is known again whatever its case.

    A known candidate keeps their details; only what was empty is filled in, and only by those who may
    change them (decision 0016).

    Raises:
        DuplicateApplication: the candidate is in the project already.
    """
    candidate, is_new = Candidate.objects.get_or_create(
        email=email.strip().lower(),
        defaults={
            "first_name": one_line(first_name),
            "last_name": one_line(last_name),
            "mobile": mobile,
            "language": language,
            "address": one_line(address),
            "created_at": now,
        },
    )
    if not is_new and editable_candidates(by, [candidate.pk]):
        _fill_in(candidate, by=by, now=now, mobile=mobile, address=one_line(address))
    application = Application(
        project=project, candidate=candidate, letter=letter, cv=cv, applied_at=applied_at or now
    )
    application.take_name_of(candidate)
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError:
        raise DuplicateApplication(Application.objects.get(project=project, candidate=candidate)) from None
    audit.record("application.added", subject=application, by=by, now=now)
    return application


@transaction.atomic
def update_candidate(
    *,
    candidate: Candidate,
    first_name: str,
    last_name: str,
    email: str,
    mobile: str,
    language: str,
    address: str,
    time_zone: str | None = None,
    by: Actor,
    now: datetime,
) -> list[Message]:
    """Change the candidate's personal details, in every project (Endre personalia). `time_zone` is an IANA
    name, "" for none, or None to leave it as it is.

    Letters that have not left follow. Return those that could not: see `recruiting.followers`.
    Asks for no right: "recruiting.edit_candidate" is the caller's to ask for.

    Raises:
        CandidateEmailTaken: another candidate has `email`.
    """
    email = email.strip().lower()
    if Candidate.objects.filter(email=email).exclude(pk=candidate.pk).exists():
        raise CandidateEmailTaken(email)
    new = {
        "first_name": one_line(first_name),
        "last_name": one_line(last_name),
        "email": email,
        "mobile": mobile,
        "language": language,
        "address": one_line(address),
        "time_zone": candidate.time_zone if time_zone is None else time_zone,
    }
    changed = sorted(name for name, value in new.items() if getattr(candidate, name) != value)
    if not changed:
        return []
    for name in changed:
        setattr(candidate, name, new[name])
    candidate.save(update_fields=changed)
    applications = list(candidate.applications.order_by("pk"))
    for application in applications:
        application.take_name_of(candidate)
        application.save(update_fields=["sort_name", "search_text"])
    audit.record_all(
        audit.entry("candidate.updated", subject=subject, by=by, now=now, fields=changed)
        for subject in [candidate, *applications]
    )
    return follow_candidates([candidate], changed=changed, by=by, now=now)


def _fill_in(candidate: Candidate, *, by: Actor, now: datetime, **values: str) -> None:
    missing = [name for name, value in values.items() if value and not getattr(candidate, name)]
    for name in missing:
        setattr(candidate, name, values[name])
    if missing:
        candidate.save(update_fields=missing)
        follow_candidates([candidate], changed=missing, by=by, now=now)
