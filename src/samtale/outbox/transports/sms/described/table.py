"""Reads a table of the file, and names file and key in whatever is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured


class Table:
    """One table of `file`, called `name`; the file itself has none. `end` reports keys nobody asked for."""

    def __init__(self, file: Path, name: str, content: Mapping[str, Any]) -> None:
        self._file, self._name, self._content = file, name, content
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def where(self, key: str) -> str:
        """Return the name of `key` from the top of the file."""
        return f"{self._name}.{key}" if self._name else key

    def fault(self, key: str, words: str) -> NoReturn:
        """Raise ImproperlyConfigured about `key`."""
        raise ImproperlyConfigured(f"SMS_URL: {self._file}: {self.where(key)}: {words}")

    def anything(self, key: str) -> Any:
        """Return what `key` has, or None."""
        self._asked.add(key)
        return self._content.get(key)

    def string(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty. Without `default`, there must be one."""
        value = self.anything(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.fault(key, "is missing.")
        if not isinstance(value, str) or not value:
            self.fault(key, "must be a text that is not empty.")
        return value

    def one_of(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of `choices`, which are in capitals."""
        value = self.string(key, default).upper()
        if value not in choices:
            self.fault(key, f"must be one of {', '.join(choices)}.")
        return value

    def texts(self, key: str) -> frozenset[str]:
        """Return the values of a list as texts, the way values of JSON are compared: 0 is "0"."""
        values = self.anything(key)
        if not isinstance(values, list) or not values:
            self.fault(key, "must be a list that is not empty.")
        if not all(isinstance(value, str | int) for value in values):
            self.fault(key, "may hold texts, whole numbers, true and false.")
        return frozenset(str(value).lower() if isinstance(value, bool) else str(value) for value in values)

    def table(self, key: str) -> "Table":
        """Return the table at `key`, an empty one where there is none."""
        value = self.anything(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, "must be a table.")
        return Table(self._file, self.where(key), value or {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def end(self) -> None:
        """Raise ImproperlyConfigured if the table has keys that were not asked for."""
        for key in self._content:
            if key not in self._asked:
                self.fault(key, f"is not known here. Known: {', '.join(sorted(self._asked))}.")
