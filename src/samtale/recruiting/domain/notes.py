"""What colleagues write about an application for each other."""

from datetime import datetime

from django.db import transaction

from samtale.accounts.models import User
from samtale.core import audit
from samtale.recruiting.models import Application, Note


@transaction.atomic
def add_note(*, application: Application, text: str, by: User, now: datetime) -> Note:
    """Write a note. The candidate never sees it."""
    note = Note.objects.create(application=application, by=by, at=now, text=text.strip())
    audit.record("application.note_added", subject=application, by=by, now=now)
    return note
