"""Where something stands in what a gateway says: at a path into JSON or a form, or where a pattern is."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samtale.outbox.transports.sms.described.table import Table


@dataclass(frozen=True)
class Said:
    """What a gateway said: the text as it came, and the `content` of that as JSON or as a form."""

    text: str
    content: Any


@dataclass(frozen=True)
class Place:
    """Either a `path`, with numbers for places in lists, or a `pattern` whose first group counts."""

    path: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None

    def find(self, said: Said) -> str | None:
        """Return what stands there as a text, or None where there is nothing."""
        if self.pattern is None:
            return _as_text(_at(said.content, self.path))
        found = self.pattern.search(said.text)
        return (found[1] if self.pattern.groups else found[0]) or None if found else None


@dataclass(frozen=True)
class Rule:
    """Whether one of `values` stands at a place; without values, whether anything but false and 0 does."""

    place: Place
    values: frozenset[str]

    def holds(self, said: Said) -> bool | None:
        """Say so; None where nothing stands there."""
        value = self.place.find(said)
        if value is None:
            return None
        return value in self.values if self.values else value not in ("false", "0")


def place(table: Table) -> Place:
    """Read {path = "a.0.b"} or {pattern = "…"}.

    Raises:
        ImproperlyConfigured: it is neither, or both, or the pattern is none.
    """
    if ("path" in table) == ("pattern" in table):
        table.fault("path", "either a path or a pattern must stand here.")
    if "path" in table:
        return Place(path=tuple(table.string("path").split(".")))
    table.anything("path")  # known here
    try:
        return Place(pattern=re.compile(table.string("pattern"), re.MULTILINE))
    except re.error as error:
        table.fault("pattern", f"is no regular expression ({error}).")


def whole_place(table: Table, key: str) -> Place | None:
    """Read the place at `key`, where there is nothing else in its table; None where there is no such key."""
    if key not in table:
        table.anything(key)
        return None
    inner = table.table(key)
    found = place(inner)
    inner.end()
    return found


def rule(table: Table, key: str, *, needs_values: bool) -> Rule | None:
    """Read the rule at `key`: a place with `values`; None where there is no such key."""
    if key not in table:
        table.anything(key)
        return None
    inner = table.table(key)
    found = place(inner)
    values = inner.texts("values") if needs_values or "values" in inner else frozenset()
    inner.anything("values")
    inner.end()
    return Rule(found, values)


def _at(content: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if isinstance(content, Mapping):
            content = content.get(step)
        elif isinstance(content, list) and step.isdecimal() and int(step) < len(content):
            content = content[int(step)]
        else:
            return None
    return content


def _as_text(value: Any) -> str | None:
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)  # true, 0, 1.5, and whole objects
