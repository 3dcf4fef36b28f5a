"""Addresses of our own, each with a mark that says what is written about."""

import re
from collections.abc import Iterable

from django.conf import settings

_MARK = r"([a-z2-7]{1,60})"
_MOST = 5


def is_read() -> bool:
    """Say whether letters to these addresses reach us."""
    return bool(settings.INBOX_ADDRESS)


def address_with(mark: str) -> str:
    """Return the address with `mark` in it: letters a to z and digits 2 to 7, since not every mail server
    keeps capitals. "" where letters to it would reach nobody."""
    pattern: str = settings.INBOX_ADDRESS
    return pattern.replace("*", mark)


def marks_in(addresses: Iterable[str]) -> list[str]:
    """Return the marks in those of `addresses` that are ours, each once. They may be forged."""
    if not is_read():
        return []
    ours = re.compile(re.escape(settings.INBOX_ADDRESS).replace(r"\*", _MARK))
    found = [match[1] for address in addresses if (match := ours.fullmatch(address.strip().lower()))]
    return list(dict.fromkeys(found))[:_MOST]
