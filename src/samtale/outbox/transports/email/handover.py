"""The conversation with a mail server about one e-mail, step by step.

Django's backend and smtplib make one call of it, which cannot tell a connection that broke before
the letter was handed over from one that broke after.
"""

import re
import smtplib
from collections.abc import Callable
from functools import partial

from django.core.mail.backends.smtp import EmailBackend

from samtale.outbox.transports.email.building import ReadyMail
from samtale.outbox.transports.errors import TransportError

Answer = tuple[int, bytes]
_LEADING_DOT = re.compile(rb"(?m)^\.")


def hand_over(
    parcel: ReadyMail,
    backend: EmailBackend,
    meanwhile: Callable[[], None],
    *,
    is_cut: Callable[[], bool],
) -> None:
    """Give `parcel` to the server that `backend` is connected to.

    `meanwhile` is done while the server thinks about the letter, which takes it as long as all the rest.
    `is_cut` says whether the connection was cut: what came of an answer until then is none.

    Raises:
        TransportError: the server refused or the connection broke.
    """
    connection = backend.connection
    if connection is None:
        raise TransportError("not connected", permanent=False)
    step = partial(_step, is_cut=is_cut)
    step(partial(connection.mail, _bare(parcel.from_email)))
    for recipient in parcel.recipients():
        step(partial(connection.rcpt, _bare(recipient)))
    step(partial(connection.docmd, "DATA"), wanted=300)
    step(partial(_content, connection, parcel.content, meanwhile), may_have_left=True)


def _content(connection: smtplib.SMTP, content: bytes, meanwhile: Callable[[], None]) -> Answer:
    connection.send(_LEADING_DOT.sub(b"..", content.removesuffix(b"\r\n")) + b"\r\n.\r\n")
    meanwhile()
    return connection.getreply()


def _bare(address: str) -> str:
    """Return the address of "Name <address>". Ours are built so that it always ends one."""
    return address.rpartition("<")[2].rstrip(">")


def _step(
    command: Callable[[], Answer],
    *,
    is_cut: Callable[[], bool],
    may_have_left: bool = False,
    wanted: int = 200,
) -> None:
    code: int
    words: bytes | str
    try:
        code, words = command()
    except smtplib.SMTPResponseException as error:
        code, words = error.smtp_code, error.smtp_error
    except (OSError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
        raise TransportError(said, permanent=False, may_have_left=may_have_left) from error
    if is_cut():
        raise TransportError("cut off", permanent=False, may_have_left=may_have_left)
    if may_have_left and not 200 <= code < 600:  # cut short, or no answer of SMTP's: it may have said yes
        raise TransportError("an answer that cannot be read", permanent=False, may_have_left=True)
    if not wanted <= code < wanted + 100:
        raise TransportError(_readable(code, words), permanent=500 <= code < 600)


def _readable(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
