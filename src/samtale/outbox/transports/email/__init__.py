"""Sends e-mail through the backend that Django's EMAIL_* settings name, over one kept connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core import mail
from django.core.mail.backends import smtp

from samtale.outbox.transports.email.building import ReadyMail
from samtale.outbox.transports.email.handover import hand_over
from samtale.outbox.transports.email.smtp import EmailBackend
from samtale.outbox.transports.errors import TransportDownError, TransportError


class EmailTransport:
    """One connection to the mail server at a time. Not for use by several threads.

    Opening it may take EMAIL_TIMEOUT seconds, and so may each e-mail; then the connection is cut.
    """

    def __init__(self) -> None:
        self._backend = mail.get_connection()
        self._sent = 0

    def open(self) -> None:
        """Make sure that there is a connection.

        Raises:
            TransportDownError: the server cannot be reached or does not let us in.
        """
        if self._sent >= settings.EMAIL_MESSAGES_PER_CONNECTION:
            self.close()
        if getattr(self._backend, "connection", None):
            return
        try:
            with self._limit():
                if (
                    self._backend.open()
                    and isinstance(self._backend, smtp.EmailBackend)
                    and self._backend.connection
                ):
                    self._backend.connection.ehlo_or_helo_if_needed()
        except OSError as error:  # every error of smtplib is one
            words = self._too_slow if self._has_run_out(error) else f"{type(error).__name__}: {error}"
            self.close()
            raise TransportDownError(words) from error
        if self._is_cut:  # in the middle of an answer, which may look like a whole one
            self.close()
            raise TransportDownError(self._too_slow)

    @property
    def is_open(self) -> bool:
        """Whether the next e-mail leaves without a connection having to be made first."""
        return (
            bool(getattr(self._backend, "connection", None))
            and self._sent < settings.EMAIL_MESSAGES_PER_CONNECTION
        )

    @contextmanager
    def _limit(self) -> Iterator[None]:
        if not isinstance(self._backend, EmailBackend):
            yield
            return
        with self._backend.guard.limit(settings.EMAIL_TIMEOUT or 30):
            yield

    def send(self, parcel: ReadyMail) -> str:
        """Hand over one e-mail, see `send_while`."""
        return self.send_while(parcel, lambda: None)

    def send_while(self, parcel: ReadyMail, meanwhile: Callable[[], None]) -> str:
        """Hand over one e-mail and return the provider's id for it; "" from mail servers, which give none.

        Where there is something to wait for, `meanwhile` is done in that time.

        Raises:
            TransportError: the server did not take it.
            TransportDownError: nor would it take any other at present.
        """
        self._sent += 1
        if not isinstance(self._backend, smtp.EmailBackend):
            # Only here, since the libraries behind it take as much memory as all letters do.
            from samtale.outbox.transports.email.backends import send_through  # noqa: PLC0415

            return send_through(self._backend, parcel)
        try:
            with self._limit():
                hand_over(parcel, self._backend, meanwhile, is_cut=lambda: self._is_cut)
        except TransportError as error:
            if self._has_run_out(error):
                error.timed_out, error.words = True, self._too_slow
            # Whatever the server thinks of the conversation so far, a new one starts afresh.
            self.close()
            raise
        return ""

    @property
    def _is_cut(self) -> bool:
        return isinstance(self._backend, EmailBackend) and self._backend.guard.has_cut

    @property
    def _too_slow(self) -> str:
        return f"the server took longer than {settings.EMAIL_TIMEOUT} seconds"

    def _has_run_out(self, error: BaseException) -> bool:
        """Say whether time is what `error` comes from. smtplib keeps that only as the context of its own."""
        link: BaseException | None = error
        while link is not None and not isinstance(link, TimeoutError):
            link = link.__cause__ or link.__context__
        return self._is_cut or link is not None

    def close(self) -> None:
        """Say goodbye. The next `open` connects anew."""
        self._sent = 0
        self._backend.close()
