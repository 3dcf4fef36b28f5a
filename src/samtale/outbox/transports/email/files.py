"""Writes each e-mail as a file that any mail program opens. For trying out and for looking at."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from samtale.outbox.transports.folder import write_new


class EmailBackend(BaseEmailBackend):
    """One .eml file an e-mail in `EMAIL_FILE_PATH`; sorted by name is sorted by time."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently, **kwargs)
        folder = getattr(settings, "EMAIL_FILE_PATH", None)
        if not folder:
            raise ImproperlyConfigured("EMAIL_FILE_PATH says in which folder the e-mails are written.")
        self._folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            write_new(self._folder, "eml", message.message().as_bytes())
        return len(email_messages)
