"""Keeps the letter and the CV of an application as text."""

from datetime import datetime

from django.db import transaction

from samtale.core import audit
from samtale.core.audit import Actor
from samtale.recruiting.models import Application


@transaction.atomic
def update_texts(*, application: Application, letter: str, cv: str, by: Actor, now: datetime) -> None:
    """Replace the application letter and the CV text. The same texts again change nothing."""
    new = {"letter": letter, "cv": cv}
    changed = [name for name, text in new.items() if getattr(application, name) != text]
    if not changed:
        return
    for name in changed:
        setattr(application, name, new[name])
    application.save(update_fields=changed)
    audit.record("application.texts_updated", subject=application, by=by, now=now, fields=changed)
