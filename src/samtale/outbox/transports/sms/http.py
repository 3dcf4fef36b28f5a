"""One request to a gateway, within limits: of time, of size, and of what may be said about it afterwards."""

import json
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import requests
from urllib3.exceptions import HTTPError

from samtale.core.logs import keep_out
from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.watched import Exchange, current, session

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
TOTAL_SECONDS = 25.0
MOST_BYTES = 64 * 1024
# A connection that has been still for longer may have been closed at the other end.
KEPT_SECONDS = 5.0

# Of the account: the log-in, the money, the right to send.
_OF_THE_ACCOUNT = frozenset({401, 402, 403})
# Of the address we were told to call. An address that is the same for all messages is wrong for all of them.
_OF_THE_ADDRESS = frozenset({404, 405})

LogIn = Callable[[requests.PreparedRequest], requests.PreparedRequest]


@dataclass(frozen=True)
class Answer:
    """What a gateway answered."""

    status: int
    text: str

    @cached_property
    def json(self) -> Any:
        """The text read as JSON, or None where it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None


class HttpGateway:
    """What gateways that speak HTTP have in common. One kept connection; not for several threads."""

    def __init__(
        self, base: str, *, secrets: Collection[str] = (), log_in: tuple[str, str] | None = None
    ) -> None:
        """Make a gateway at `base`, a whole address. `log_in` is a user and a password for basic auth.

        `secrets` are kept out of the log and of what the gateway is quoted with. So is the log-in from the
        latter; in the log the user stays, who may be called like anything.
        """
        self.base = base
        # Without a log-in of its own, requests would take one from ~/.netrc, in place of our header.
        self._log_in: LogIn = requests.auth.HTTPBasicAuth(*log_in) if log_in else _no_log_in
        words = {*secrets, *(log_in or ())} - {""}
        self._hidden = sorted({form for word in words for form in _forms(word)}, key=len, reverse=True)
        keep_out(secrets)
        self._session: requests.Session | None = None
        self._used = float("-inf")

    def open(self) -> None:
        """See that the gateway can be reached, unless it just was.

        Raises:
            TransportDownError: it cannot.
        """
        now = time.monotonic()
        if now - self._used <= KEPT_SECONDS:
            return
        self.close()
        parts = urlsplit(self.base)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            socket.create_connection((parts.hostname or "", port), CONNECT_SECONDS).close()
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise TransportDownError(f"{parts.hostname}:{port}: {why}") from None

    def close(self) -> None:
        if self._session:
            self._session.close()
        self._session, self._used = None, float("-inf")

    def send(self, parcel: Sms) -> str:
        raise NotImplementedError

    def ask(self, method: str, url: str, *, own_address: bool = False, **content: Any) -> Answer:
        """Return what the gateway answered, if it took the request.

        `own_address` says that no other message is sent to `url`; then it is that message that is not found.

        Raises:
            TransportError: it did not, or nobody knows.
            TransportDownError: it did not, and would take no other message either.
        """
        answer = self._exchange(method, url, content)
        status = answer.status
        if 200 <= status < 300:
            return answer
        words = f"{status} {self.clean(self.error_words(answer) or answer.text)}".strip()
        of_all = _OF_THE_ACCOUNT if own_address else _OF_THE_ACCOUNT | _OF_THE_ADDRESS
        if status in of_all or 300 <= status < 400:
            # The fault is most likely in no message: the others wait until somebody has mended the settings.
            raise TransportDownError(words)
        if status >= 500 and status != 503:
            raise TransportError(words, permanent=False, may_have_left=True)
        raise TransportError(words, permanent=400 <= status < 500 and status not in (408, 429))

    def error_words(self, answer: Answer) -> str:
        """Return the gateway's own words about what is wrong, or ""."""
        return ""

    def unreadable(self) -> TransportError:
        return TransportError(
            "The gateway's answer could not be understood.", permanent=False, may_have_left=True
        )

    def clean(self, text: str) -> str:
        """Return `text` in one line, not too long and without a secret."""
        for word in self._hidden:
            text = text.replace(word, "***")
        return " ".join(text.split())[:200]

    def _exchange(self, method: str, url: str, content: Mapping[str, Any]) -> Answer:
        exchange = Exchange()
        token = current.set(exchange)
        timer = threading.Timer(TOTAL_SECONDS, exchange.cut)
        timer.daemon = True
        timer.start()
        self._session = self._session or session()
        try:
            with self._session.request(
                method,
                url,
                auth=self._log_in,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
                **{**content, "headers": {**content.get("headers", {}), "Accept-Encoding": "identity"}},
            ) as response:
                body = response.raw.read(MOST_BYTES + 1, decode_content=False)
                if len(body) > MOST_BYTES:
                    raise HTTPError("too long")
                self._used = time.monotonic()
                return Answer(response.status_code, body.decode("utf-8", "replace"))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            # Its words may quote the whole address and what was sent. Only its name is safe to show.
            self.close()
            left = exchange.handed_over
            words = "The connection broke before the answer" if left else "The gateway cannot be reached"
            raise TransportError(
                f"{words} ({type(error).__name__})", permanent=False, may_have_left=left
            ) from None
        finally:
            timer.cancel()
            current.reset(token)


def _no_log_in(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _forms(secret: str) -> set[str]:
    """Return `secret` as it may be echoed: as it is, in an address, in a form, in JSON."""
    return {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}
