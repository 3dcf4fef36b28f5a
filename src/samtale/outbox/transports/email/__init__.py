"""Sends e-mail through the backend that Django's EMAIL_* settings name, over one kept connection."""

from django.core import mail
from django.core.mail.backends import smtp

from samtale.outbox.transports.email.building import ReadyMail
from samtale.outbox.transports.email.handover import hand_over
from samtale.outbox.transports.errors import TransportDownError, TransportError

MESSAGES_PER_CONNECTION = 100


class EmailTransport:
    """One connection to the mail server at a time. Not for use by several threads."""

    def __init__(self) -> None:
        self._backend = mail.get_connection()
        self._sent = 0

    def open(self) -> None:
        """Make sure that there is a connection.

        Raises:
            TransportDownError: the server cannot be reached or does not let us in.
        """
        if self._sent >= MESSAGES_PER_CONNECTION:
            self.close()
        try:
            if (
                self._backend.open()
                and isinstance(self._backend, smtp.EmailBackend)
                and self._backend.connection
            ):
                self._backend.connection.ehlo_or_helo_if_needed()
        except OSError as error:  # every error of smtplib is one
            self.close()
            raise TransportDownError(f"{type(error).__name__}: {error}") from error

    def send(self, parcel: ReadyMail) -> str:
        """Hand over one e-mail and return "", as mail servers give no reference to keep.

        Raises:
            TransportError: the server did not take it.
        """
        self._sent += 1
        if not isinstance(self._backend, smtp.EmailBackend):
            self._send_through_backend(parcel)
            return ""
        try:
            hand_over(parcel, self._backend)
        except TransportError:
            # Whatever the server thinks of the conversation so far, a new one starts afresh.
            self.close()
            raise
        return ""

    def _send_through_backend(self, parcel: ReadyMail) -> None:
        try:
            self._backend.send_messages([parcel])
        except Exception as error:
            status = getattr(error, "status_code", None) or 500
            permanent = 400 <= status < 500 and status != 429
            raise TransportError(f"{type(error).__name__}: {error}", permanent=permanent) from error

    def close(self) -> None:
        """Say goodbye. The next `open` connects anew."""
        self._sent = 0
        self._backend.close()
