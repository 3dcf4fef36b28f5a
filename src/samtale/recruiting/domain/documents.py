"""Keeps the files that belong to an application."""

import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.base import File
from django.db import transaction

from samtale.accounts.models import User
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.recruiting.domain.file_types import FILE_TYPES, file_type
from samtale.recruiting.models import Application, Document

MAX_BYTES = 10 * 1024 * 1024
ALLOWED_EXTENSIONS = tuple(f".{extension}" for extension in FILE_TYPES)
_NAME_LENGTH = 120


class RefusedDocument(Exception):
    """The file cannot be kept. `reason` is "empty", "too_large", "type" or "content"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def add_document(*, application: Application, file: File, name: str, by: Actor, now: datetime) -> Document:
    """Keep `file` under the harmless form of `name`. It is stored under a name of our own.

    Raises:
        RefusedDocument: it is empty, over 10 MB, of another type than those allowed, or its content
            is not what its extension says.
    """
    shown = shown_name(name)
    extension = PurePosixPath(shown).suffix.lstrip(".").lower()
    content_type = _checked(file, extension)
    document = Document(
        application=application,
        name=shown,
        content_type=content_type,
        size=file.size,
        added_at=now,
        added_by=by if isinstance(by, User) else None,
    )
    document.file.save(shown, file, save=False)
    document.save()
    audit.record("application.document_added", subject=application, by=by, now=now, name=shown)
    return document


def shown_name(name: str) -> str:
    """Return what remains of a file's name without folders, control characters (also those that turn
    the direction of writing, so that `gpj.exe` cannot look like `exe.jpg`) and excess length."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    path = PurePosixPath(unicodedata.normalize("NFC", kept) or "document")
    return f"{path.stem[:_NAME_LENGTH]}{path.suffix[:10]}"


def _checked(file: File, extension: str) -> str:
    if not file.size:
        raise RefusedDocument("empty")
    if file.size > MAX_BYTES:
        raise RefusedDocument("too_large")
    if extension not in FILE_TYPES:
        raise RefusedDocument("type")
    kind = file_type(extension, file)
    if kind is None:
        raise RefusedDocument("content")
    return kind.content_type
