"""Hands an e-mail to a backend that is not SMTP, and says what its errors mean.

An error's own text is never passed on: a provider's client quotes the request in it, key and all.
"""

from collections.abc import Iterator
from typing import Any

import requests
import urllib3
from anymail import exceptions as anymail
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from samtale.outbox.domain.render import one_line
from samtale.outbox.transports.email.building import ReadyMail
from samtale.outbox.transports.errors import TransportDownError, TransportError

_LONGEST_WORDS = 250
_SHORTEST_SECRET = 4  # what is shorter is a word such as "eu"
_NOT_REACHED = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)


def send_through(backend: BaseEmailBackend, parcel: ReadyMail) -> str:
    """Hand over one e-mail and return the provider's id for it, or "" where it gives none.

    Raises:
        TransportDownError: the provider cannot be reached or does not let us in.
        TransportError: it did not take the e-mail, or nobody knows whether it did.
    """
    try:
        backend.send_messages([parcel])
    except Exception as error:  # noqa: BLE001 - whatever a backend raises
        raise _meaning(error) from None  # the cause would stand in the log, request and all
    fate = getattr(parcel, "anymail_status", None)
    answer = getattr(fate, "esp_response", None)
    if isinstance(answer, requests.Response) and not answer.ok:  # a refusal that nobody made an error of
        raise TransportError(f"{answer.status_code}: refused", permanent=answer.status_code < 500)
    return str(getattr(fate, "message_id", None) or "")


def _meaning(error: Exception) -> Exception:
    status = _status(error)
    name = _name(error)
    if isinstance(error, (anymail.AnymailConfigurationError, ImportError)):
        return TransportDownError(f"{name}: the e-mail provider is not configured")
    if isinstance(error, anymail.AnymailRecipientsRefused):
        return TransportError(f"{name}: the recipient was refused", permanent=True)
    if status is not None:
        return _refusal(error, status)
    if isinstance(error, requests.RequestException):
        return _broken(error, name)
    if isinstance(error, anymail.AnymailError) and isinstance(error, (ValueError, TypeError)):
        return TransportError(f"{name}: the provider cannot send such an e-mail", permanent=True)
    if isinstance(error, ConnectionRefusedError):
        return TransportDownError(name)
    return TransportError(name, permanent=False)


def _broken(error: requests.RequestException, name: str) -> Exception:
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.SSLError)) or _not_reached(error):
        return TransportDownError(f"{name}: the provider cannot be reached")
    if isinstance(error, requests.Timeout):
        words = f"{name}: no answer in time"
        return TransportError(words, permanent=False, may_have_left=True, timed_out=True)
    return TransportError(f"{name}: the connection broke", permanent=False, may_have_left=True)


def _not_reached(error: BaseException) -> bool:
    return any(
        isinstance(each, _NOT_REACHED) or isinstance(getattr(each, "reason", None), _NOT_REACHED)
        for each in _behind(error)
    )


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        yield from (each for each in error.args if isinstance(each, BaseException))
        error = error.__cause__ or error.__context__


def _refusal(error: Exception, status: int) -> Exception:
    words = f"{status} {_said(error)}".strip()
    if status in (401, 403):
        return TransportDownError(words)
    if status < 400:  # it took the e-mail, and what it said of it cannot be read
        return TransportError(f"{status}: an answer that cannot be read", permanent=False, may_have_left=True)
    return TransportError(words, permanent=status < 500 and status not in (408, 429))


def _status(error: Exception) -> int | None:
    """Return the HTTP status that the provider answered with, which boto3 keeps elsewhere."""
    for each in _behind(error):
        if isinstance(status := getattr(each, "status_code", None), int):
            return status
        answer = getattr(each, "response", None)
        if isinstance(answer, dict):
            return int(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)) or None
    return None


def _said(error: Exception) -> str:
    """Return the sentence in a provider's JSON answer, without any of our secrets."""
    response = getattr(error, "response", None)
    try:
        answer = response.json() if isinstance(response, requests.Response) else {}
    except ValueError:
        answer = {}
    words = next(_sentences(answer), "")
    return one_line(_without_secrets(words), _LONGEST_WORDS)


def _sentences(answer: Any) -> Iterator[str]:
    if isinstance(answer, list):
        for each in answer:
            yield from _sentences(each)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            if key.lower() in ("message", "errormessage", "detail", "description") and isinstance(value, str):
                yield value
        yield from _sentences([value for value in answer.values() if isinstance(value, (dict, list))])


def _without_secrets(words: str) -> str:
    for value in getattr(settings, "ANYMAIL", {}).values():
        if isinstance(value, str) and len(value) >= _SHORTEST_SECRET:
            words = words.replace(value, "***")
    return words


def _name(error: Exception) -> str:
    return str(getattr(error, "esp_name", None) or type(error).__name__)
