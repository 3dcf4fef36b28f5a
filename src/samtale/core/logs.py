"""What the log must not hold: the part of an address that is somebody's key, and what opens a gateway."""

import logging
import re
from collections.abc import Iterable

# Candidates' pages, and the links for choosing a password; as they stand in an address or quoted in one.
_SECRET = re.compile(
    r"""((?:/|%2F|['"])(?:a|accounts/password/reset/key)(?:/|%2F)+)[^\s'"<>?#]+""",
    re.IGNORECASE,
)
# Receipts with their query too: there a gateway puts phone numbers, or the token itself.
_RECEIPT = re.compile(r"""((?:/|%2F|['"])hooks/sms/[\w-]++(?:/|%2F)*+)[^\s'"<>]+""", re.IGNORECASE)
MASK = "***"
# What is shorter would take pieces out of ordinary words.
SHORTEST = 6

_kept_out: set[str] = set()


def keep_out(secrets: Iterable[str]) -> None:
    """Mask `secrets` in every line from now on, but for those too short to be told from other words."""
    _kept_out.update(secret for secret in secrets if len(secret) >= SHORTEST)


def masked(text: str) -> str:
    """Return `text` with the mask in place of every key in an address and every secret we were told of."""
    # Addresses first: a secret that is a word of an address would make it another one.
    text = _RECEIPT.sub(rf"\1{MASK}", _SECRET.sub(rf"\1{MASK}", text))
    for secret in sorted(_kept_out, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the whole line as it will be written, whatever it was put together from.

    A filter would see a record's message and arguments, but not the traceback, which may quote both.
    """

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
