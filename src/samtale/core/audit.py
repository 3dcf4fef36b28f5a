"""Writes down who did what to what, inside the transaction that did it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from samtale.core.models import AuditEntry

Actor = Any  # a user, or a name such as "candidate" where nobody is logged in
Sentence = Callable[[Mapping[str, Any]], str]

_sentences: dict[str, Sentence] = {}


def entry(verb: str, *, subject: models.Model, by: Actor, now: datetime, **data: Any) -> AuditEntry:
    """Build, without saving, the row that says `by` did `verb` to `subject` at `now`."""
    is_user = isinstance(by, models.Model)
    return AuditEntry(
        at=now,
        verb=verb,
        actor_id=by.pk if is_user else None,
        actor_name="" if by is None else str(by)[:200],
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
    )


def record(verb: str, *, subject: models.Model, by: Actor, now: datetime, **data: Any) -> AuditEntry:
    """Save one row. Call it inside the transaction of the verb itself."""
    row = entry(verb, subject=subject, by=by, now=now, **data)
    row.save()
    return row


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Save many rows built by `entry` in one go."""
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def history(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """Return what happened to `subject`, oldest first."""
    return AuditEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


def forget(subject: type[models.Model], ids: Collection[int], *, keys: Collection[str]) -> None:
    """Empty what `keys` say in the rows about these subjects, and the names of those who acted without being
    users. That something happened, and when, stays."""
    rows = AuditEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id__in=ids)
    changed = []
    for row in rows.order_by("pk"):
        emptied = {key: type(value)() for key, value in row.data.items() if key in keys and value}
        is_named = row.actor_id is None and row.actor_name
        if emptied or is_named:
            row.data |= emptied
            row.actor_name = "" if is_named else row.actor_name
            changed.append(row)
    AuditEntry.objects.bulk_update(changed, ["data", "actor_name"], batch_size=500)


def describe(verb: str, sentence: Sentence) -> None:
    """Tell how `verb` reads to a person. `sentence` gets the row's data and returns translated text."""
    _sentences[verb] = sentence


def sentence_for(row: AuditEntry) -> str:
    """Return the row as a person reads it, in the active language."""
    sentence = _sentences.get(row.verb)
    return sentence(row.data) if sentence else row.verb
