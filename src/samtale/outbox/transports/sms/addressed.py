"""A gateway that SMS_URL describes whole: name://user:password@?option=value"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from samtale.outbox.transports.sms.http import Answer, HttpGateway


class AddressedGateway(HttpGateway):
    """Logs in with a user and a password, and posts to addresses below one base."""

    name = "gateway"
    default_url = ""
    options: frozenset[str] = frozenset({"url", "from"})

    def __init__(self, url: str) -> None:
        parts = urlsplit("//" + url.partition("://")[2])  # 46elks is no scheme to urlsplit
        self.user, password = unquote(parts.username or ""), unquote(parts.password or "")
        self.query = dict(parse_qsl(parts.query))
        if unknown := sorted(set(self.query) - self.options):
            raise ImproperlyConfigured(f"SMS_URL: {self.name} has no option {', '.join(unknown)}.")
        if not (self.user and password):
            raise ImproperlyConfigured(f"SMS_URL: {self.name}://user:password@ needs a user and a password.")
        base = self.query.get("url", self.default_url).rstrip("/")
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
            raise ImproperlyConfigured("SMS_URL: url= must be a whole http or https address.")
        super().__init__(base, secrets=[password], log_in=(self.user, password))

    def post(self, path: str, **content: Any) -> Answer:
        """Post to `path`; see `ask`."""
        return self.ask("POST", self.base + path, **content)
