"""What the log must not hold: the part of an address that is somebody's key."""

import logging
import re

# Candidates' pages, calendar feeds, and the links for choosing a password; as they stand in an address or
# quoted in one.
_SECRET = re.compile(
    r"""((?:/|%2F|['"])(?:a|accounts/password/reset/key|feed|hooks/sms/[\w-]+)(?:/|%2F)+)[^\s'"<>?#]+""",
    re.IGNORECASE,
)
MASK = "***"


def masked(text: str) -> str:
    """Return `text` with the mask in place of every key in an address."""
    return _SECRET.sub(rf"\1{MASK}", text)


class MaskingFormatter(logging.Formatter):
    """Masks the whole line as it will be written, whatever it was put together from.

    A filter would see a record's message and arguments, but not the traceback, which may quote both.
    """

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
