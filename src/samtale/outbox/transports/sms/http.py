"""One request to a gateway, within limits: of time, of size, and of what may be said about it afterwards."""

import json
import socket
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from django.core.exceptions import ImproperlyConfigured
from urllib3.exceptions import HTTPError

from samtale.core.exchange import WatchedAdapter, exchange_within
from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import Sms

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
TOTAL_SECONDS = 25.0
MOST_BYTES = 64 * 1024
# A connection that has been still for longer may have been closed at the other end.
KEPT_SECONDS = 5.0
SECONDS_AFTER_REFUSED_LOG_IN = 60.0


class HttpGateway:
    """What gateways that speak HTTP have in common. One kept connection; not for several threads."""

    name = "gateway"
    default_url = ""
    options: frozenset[str] = frozenset({"url", "from"})

    def __init__(self, url: str) -> None:
        parts = urlsplit("//" + url.partition("://")[2])  # 46elks is no scheme to urlsplit
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.query = dict(parse_qsl(parts.query))
        if unknown := sorted(set(self.query) - self.options):
            raise ImproperlyConfigured(f"SMS_URL: {self.name} has no option {', '.join(unknown)}.")
        if not (self.user and self.password):
            raise ImproperlyConfigured(f"SMS_URL: {self.name}://user:password@ needs a user and a password.")
        self.base = self.query.get("url", self.default_url).rstrip("/")
        if urlsplit(self.base).scheme not in ("http", "https") or not urlsplit(self.base).hostname:
            raise ImproperlyConfigured("SMS_URL: url= must be a whole http or https address.")
        self._session: requests.Session | None = None
        self._used = float("-inf")
        self._refused, self._refused_until = "", 0.0

    def open(self) -> None:
        """See that the gateway can be reached, unless it just was.

        Raises:
            TransportDownError: it cannot, or it has just refused the log-in.
        """
        now = time.monotonic()
        if self._refused and now < self._refused_until:
            raise TransportDownError(self._refused)
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

    def post(self, path: str, **content: Any) -> Any:
        """Return what the gateway answered, read as JSON, if it took the request.

        Raises:
            TransportError: it did not, or nobody knows.
            TransportDownError: it did not, and would take no other message either.
        """
        status, body = self._exchange(self.base + path, content)
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            answer = None
        if 200 <= status < 300:
            return answer
        said = self._clean(self.error_words(answer) or body.decode("utf-8", "replace"))
        words = f"{status} {said}".strip()
        if status in (401, 402, 403, 404) or 300 <= status < 400:
            # The fault is in no message: the others wait until somebody has mended the settings.
            self._refused, self._refused_until = words, time.monotonic() + SECONDS_AFTER_REFUSED_LOG_IN
            raise TransportDownError(words)
        if status >= 500 and status != 503:
            raise TransportError(words, permanent=False, may_have_left=True)
        raise TransportError(words, permanent=400 <= status < 500 and status not in (408, 429))

    def error_words(self, answer: Any) -> str:
        """Return the gateway's own words about what is wrong, from its answer as JSON."""
        return ""

    def unreadable(self) -> TransportError:
        return TransportError(
            "The gateway's answer could not be understood.", permanent=False, may_have_left=True
        )

    def _exchange(self, url: str, content: Mapping[str, Any]) -> tuple[int, bytes]:
        with exchange_within(TOTAL_SECONDS) as exchange:
            try:
                with self._opened().post(
                    url,
                    auth=(self.user, self.password),
                    headers={"Accept-Encoding": "identity"},
                    timeout=(CONNECT_SECONDS, READ_SECONDS),
                    allow_redirects=False,
                    stream=True,
                    **content,
                ) as response:
                    body = response.raw.read(MOST_BYTES + 1, decode_content=False)
                    if len(body) > MOST_BYTES:
                        raise HTTPError("too long")
                    if exchange.was_cut:
                        raise HTTPError("too slow")
                    self._used = time.monotonic()
                    return response.status_code, body
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                # Its words may quote the whole address and what was sent. Only its name is safe to show.
                self.close()
                left = exchange.handed_over
                words = "The connection broke before the answer" if left else "The gateway cannot be reached"
                raise TransportError(
                    f"{words} ({type(error).__name__})", permanent=False, may_have_left=left
                ) from None

    def _opened(self) -> requests.Session:
        if self._session is None:
            self._session = requests.Session()
            self._session.mount("http://", WatchedAdapter())
            self._session.mount("https://", WatchedAdapter())
        return self._session

    def _clean(self, text: str) -> str:
        for secret in (self.password, self.user):
            text = text.replace(secret, "***")
        return " ".join(text.split())[:200]
