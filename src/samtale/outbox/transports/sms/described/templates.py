"""Texts with placeholders, into which a message's words go as data.

A text is cut up when the file is read. What is put in later is never looked at for placeholders again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samtale.outbox.transports.sms.described.table import Table

OF_A_MESSAGE = (
    "sender",
    "recipient",
    "recipient_digits",
    "text",
    "reference",
    "receipt_url",
    "receipt_token",
)
# Those that a message may lack. What needs them is then left out.
_MAY_LACK = frozenset({"receipt_url", "receipt_token"})
_PLACEHOLDER = re.compile(r"\{(?:(env):)?([A-Za-z_][A-Za-z0-9_]*)\}")

Written = Callable[[str], str]


@dataclass(frozen=True)
class Template:
    """`pieces` are texts by turns as they stand in the file, and what goes between them: the name of a
    placeholder, or a value from the environment."""

    pieces: tuple["Piece", ...]

    @property
    def names(self) -> frozenset[str]:
        """Return the names of its placeholders."""
        return frozenset(piece.text for piece in self.pieces if piece.kind == "placeholder")

    def fill(self, values: Mapping[str, str], written: Written = str) -> str:
        """Return the text. `written` makes what is put in fit to stand there."""
        return "".join(piece.fill(values, written) for piece in self.pieces)

    def lacks(self, values: Mapping[str, str]) -> bool:
        """Say whether it needs something that this message does not have."""
        return any(not values[name] for name in self.names & _MAY_LACK)


@dataclass(frozen=True)
class Piece:
    """`kind` is "literal", "secret" or "placeholder"."""

    kind: str
    text: str

    def fill(self, values: Mapping[str, str], written: Written) -> str:
        if self.kind == "literal":
            return self.text
        return written(values[self.text] if self.kind == "placeholder" else self.text)


class Templates:
    """Reads templates, and keeps in mind which secrets and placeholders they use. `environment` says what a
    variable is, "" where it is not set."""

    def __init__(self, environment: Callable[[str], str]) -> None:
        self._environment = environment
        self.secrets: set[str] = set()
        self.names: set[str] = set()

    def read(self, table: Table, key: str, text: Any, *, allowed: tuple[str, ...] = OF_A_MESSAGE) -> Template:
        """Cut `text`, found at `key` of `table`, at its placeholders.

        Raises:
            ImproperlyConfigured: it is no text, or a placeholder is unknown here or not in the environment.
        """
        if not isinstance(text, str):
            table.fault(key, "must be a text. Write numbers in quotes.")
        template = Template(tuple(self._pieces(table, key, text, allowed)))
        self.names |= template.names
        return template

    def _pieces(self, table: Table, key: str, text: str, allowed: tuple[str, ...]) -> Iterator[Piece]:
        end = 0
        for found in _PLACEHOLDER.finditer(text):
            yield Piece("literal", text[end : found.start()])
            yield self._piece(table, key, found, allowed)
            end = found.end()
        yield Piece("literal", text[end:])

    def _piece(self, table: Table, key: str, found: re.Match[str], allowed: tuple[str, ...]) -> Piece:
        is_secret, name = bool(found[1]), found[2]
        if is_secret:
            if not (value := self._environment(name)):
                table.fault(key, f"the environment has no {name}.")
            self.secrets.add(value)
            return Piece("secret", value)
        if name not in allowed:
            known = ", ".join(f"{{{one}}}" for one in allowed)
            table.fault(key, f"{{{name}}} cannot stand here. Known: {known or 'none'}, {{env:NAME}}.")
        return Piece("placeholder", name)

    def table(self, table: Table, *, allowed: tuple[str, ...] = OF_A_MESSAGE) -> dict[str, Template]:
        """Read a whole table of texts."""
        return {key: self.read(table, key, table.anything(key), allowed=allowed) for key in table}

    def tree(self, table: Table, key: str, value: Any) -> Any:
        """Return what TOML made of a JSON body, with a template in place of every text.

        Raises:
            ImproperlyConfigured: a text is wrong, or JSON has nothing like a value.
        """
        if isinstance(value, dict):
            return {name: self.tree(table, f"{key}.{name}", inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.tree(table, f"{key}.{place}", inner) for place, inner in enumerate(value)]
        if isinstance(value, str):
            return self.read(table, key, value)
        if (
            not isinstance(value, bool | int | float)
            or value in (float("inf"), float("-inf"))
            or value != value
        ):
            table.fault(key, "JSON has no such value. Write dates and times in quotes.")
        return value


def filled(tree: Any, values: Mapping[str, str]) -> Any:
    """Return `tree` with texts in place of templates, and without those that need what the message lacks."""
    if isinstance(tree, Template):
        return tree.fill(values)
    if isinstance(tree, Mapping):
        return {key: filled(inner, values) for key, inner in tree.items() if not _is_lacking(inner, values)}
    if isinstance(tree, list):
        return [filled(inner, values) for inner in tree if not _is_lacking(inner, values)]
    return tree


def _is_lacking(inner: Any, values: Mapping[str, str]) -> bool:
    return isinstance(inner, Template) and inner.lacks(values)
