"""Reads where answers by e-mail come in: INBOX_ADDRESS and INBOX_URL."""

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# An address before its @ may have 64 characters, and a signed mark of an invitation takes 42 of them.
_LONGEST_BEFORE_MARK = 22
# By which setting the calls are checked of those that hand over a letter in the call itself. Another provider
# would be believed by nobody, and invitations would ask for answers that never come.
_CHECKED_BY = {
    "mailgun": "webhook_signing_key",
    **dict.fromkeys(("mailjet", "postmark", "sendgrid", "sparkpost"), "webhook_secret"),
}
_ADDRESS = re.compile(r"[\w.!#$%&'/=?^`{|}~+*-]*@[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)


def inbox(url: str, address: str) -> tuple[str, dict[str, Any] | None, dict[str, Any] | None]:
    """Return the address with its `*`, the mailbox, and the provider that calls: one of these two, or nothing
    at all where neither `url` nor `address` is set.

    `url` is `imaps://user:password@host/Folder`, `imap://…` (STARTTLS with `?tls=true`), or
    `anymail://provider?webhook_secret=user:password` for a provider that calls. `address` has a `*` where the
    mark of an invitation goes; without one, `answers@example.org` means `answers+*@example.org`.

    Raises:
        ImproperlyConfigured: one is set without the other, or cannot be understood.
    """
    if bool(url) != bool(address):
        raise ImproperlyConfigured("INBOX_URL and INBOX_ADDRESS need each other: set both, or neither.")
    mailbox = hook = None
    if url:
        parts = urlsplit(url)
        if parts.scheme in ("imap", "imaps"):
            mailbox = _mailbox(url)
        elif parts.scheme == "anymail":
            hook = _hook(parts.netloc, parts.query)
        else:
            raise ImproperlyConfigured("INBOX_URL is not imaps, imap or anymail.")
    return _pattern(address), mailbox, hook


def _pattern(address: str) -> str:
    if not address:
        return ""
    pattern = address.lower() if "*" in address else address.lower().replace("@", "+*@")
    if not _ADDRESS.fullmatch(pattern) or pattern.count("*") != 1 or pattern.index("*") > pattern.index("@"):
        raise ImproperlyConfigured(
            f"INBOX_ADDRESS: {address!r} is no address such as answers@example.org or *@answers.example.org."
        )
    if len(pattern.partition("@")[0]) - 1 > _LONGEST_BEFORE_MARK:
        raise ImproperlyConfigured(
            f"INBOX_ADDRESS: what stands before the @ leaves no room for the mark of an invitation; "
            f"{_LONGEST_BEFORE_MARK} characters are the most."
        )
    return pattern


def _mailbox(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("INBOX_URL: the port is not a number.") from None
    if not parts.hostname or not parts.username:
        raise ImproperlyConfigured("INBOX_URL needs a host and a user: imaps://user:password@host/Folder.")
    is_secure = parts.scheme == "imaps"
    return {
        "host": parts.hostname,
        "port": port or (993 if is_secure else 143),
        "ssl": is_secure,
        "starttls": not is_secure and parse_qs(parts.query).get("tls") == ["true"],
        "user": unquote(parts.username),
        "password": unquote(parts.password or ""),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
    }


def _hook(provider: str, query: str) -> dict[str, Any]:
    """Return the provider and its secrets. Never quote the query: it holds keys."""
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    secrets = {key.lower(): unquote(value) for key, _, value in pairs}
    if provider not in _CHECKED_BY:
        raise ImproperlyConfigured(f"INBOX_URL: anymail:// knows {', '.join(sorted(_CHECKED_BY))}.")
    needed = _CHECKED_BY[provider]
    if not secrets.get(needed) or not {needed, "webhook_secret"}.issuperset(secrets):
        raise ImproperlyConfigured(
            f"INBOX_URL: anymail://{provider} needs what its calls are checked by: {needed}=…."
        )
    return {"provider": provider, "secrets": secrets}
