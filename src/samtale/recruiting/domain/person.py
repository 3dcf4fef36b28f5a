"""Recognises one person in what is kept as it was typed: rows of files, and names of files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samtale.core.text import folded, one_line
from samtale.recruiting.models import Candidate

_SHORTEST_NUMBER = 8  # digits


@dataclass(frozen=True)
class Person:
    """Who a candidate was, before anonymising. Nobody is recognised by what is empty."""

    first_name: str
    last_name: str
    email: str
    mobile: str

    @classmethod
    def of(cls, candidate: Candidate) -> "Person":
        """Return who `candidate` is now; every text without differences of case."""
        return cls(
            first_name=_plain(candidate.first_name),
            last_name=_plain(candidate.last_name),
            email=_plain(candidate.email),
            mobile=_digits(candidate.address_by("sms")),
        )

    def is_called(self, name: str) -> bool:
        """Say whether `name` is the person's, first name first."""
        return _plain(name) == f"{self.first_name} {self.last_name}".strip()

    def has_address_in(self, cells: Sequence[str]) -> bool:
        """Say whether one of a row's cells is the person's e-mail address, by which candidates are known."""
        return any(_plain(cell).removeprefix("mailto:") == self.email for cell in cells)

    def is_row(self, cells: Sequence[str]) -> bool:
        """Say whether a row has the person's e-mail address, number, or both names. A namesake's may."""
        return self.has_address_in(cells) or self._has_number_in(cells) or self._has_name_in(cells)

    def is_in(self, text: str) -> bool:
        """Say whether the name of a file holds a name of the person, as a word, or the e-mail address."""
        text = _plain(text)
        return self.email in text or any(_words(name) <= _words(text) for name in self._names)

    @property
    def _names(self) -> list[str]:
        return [name for name in (self.first_name, self.last_name) if name]

    def _has_number_in(self, cells: Sequence[str]) -> bool:
        numbers = (_digits(cell).lstrip("0") for cell in cells)
        return any(self.mobile.endswith(n) for n in numbers if len(n) >= _SHORTEST_NUMBER)

    def _has_name_in(self, cells: Sequence[str]) -> bool:
        if len(self._names) < 2:
            return False
        found = {_plain(cell) for cell in cells}
        turned = f"{self.last_name}, {self.first_name}"
        return turned in found or set(self._names) <= found or any(self.is_called(cell) for cell in found)


def _plain(text: str) -> str:
    return folded(one_line(text))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
