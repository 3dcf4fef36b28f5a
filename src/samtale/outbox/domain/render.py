"""Fills in merge tags.

A tag is `{` + letters, digits, hyphens or underscores + `}`, in any alphabet; letter case counts.
Everything else is plain text, stray braces too. There is no escape: `{{name}}` is a brace,
the tag `{name}` and a brace. A text is read for tags once. What is filled in is never read again,
so a candidate who is called "{confirmlink}" gets a letter to a person of that name.

The result is a list of segments that can be stored as JSON:
`["text", text]`, `["value", text, tag name]` and `["link", visible label, tag name]`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from samtale.core import text as plain
from samtale.outbox.tags import Tag

Segment = list[str]

SUBJECT_LENGTH = 300
_TAG = re.compile(r"\{([\w-]+)\}")
# What looks most like a tag around a brace that belongs to none.
_STRAY = re.compile(r"\{[^{}\n]{0,30}\}?|[^{}\s]{0,30}\}")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# PostgreSQL's JSON cannot hold NUL, and nothing can be sent that has half a character.
_UNSENDABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class UnrenderableTag(Exception):
    """A text holds a tag that has no value, and nothing is ever sent with a raw or empty tag."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"{{{tag}}} has no value")
        self.tag = tag


@dataclass(frozen=True)
class TagProblem:
    """A tag that stands in the way of saving or sending a text."""

    tag: str
    problem: Literal["unknown", "empty", "brace"]

    def sentence(self) -> str:
        """Return the problem as a person reads it, in the active language."""
        if self.problem == "brace":
            return _("The brace in “%(text)s” does not belong to a tag.") % {"text": self.tag}
        if self.problem == "unknown":
            return _("The tag {%(tag)s} does not exist in this kind of message.") % {"tag": self.tag}
        return _("The tag {%(tag)s} has no value here.") % {"tag": self.tag}


def tag_names(text: str) -> list[str]:
    """Return the names of the tags in `text`, each once, in the order in which they first stand."""
    return list(dict.fromkeys(_TAG.findall(text)))


def has_tag(text: str, name: str) -> bool:
    """Say whether `text` holds the tag `name`."""
    return name in tag_names(text)


def problems(
    text: str, *, tags: Collection[Tag], values: Mapping[str, str] | None = None
) -> list[TagProblem]:
    """Return what is wrong with the tags in `text`: unknown ones, and with `values` also blank ones.

    A brace that belongs to no tag is most likely a tag mistyped, such as "{ name }", and is named too.
    A tag that is a link needs no value.
    """
    filled = {
        tag.name for tag in tags if values is None or tag.is_link or not is_blank(values.get(tag.name, ""))
    }
    names = {tag.name for tag in tags}
    wrong = [
        TagProblem(name, "empty" if name in names else "unknown")
        for name in tag_names(text)
        if name not in filled
    ]
    strays = dict.fromkeys(_STRAY.findall(_TAG.sub(" ", text)))
    return wrong + [TagProblem(stray.strip(), "brace") for stray in strays]


def is_blank(value: str) -> bool:
    """Say whether nothing that can be read would be left of `value`."""
    return plain.is_blank(value)


def clean(text: str) -> str:
    """Return `text` with every line end as "\\n" and without characters that no letter can carry."""
    return _UNSENDABLE.sub("", _LINE_END.sub("\n", text))


def render(text: str, *, values: Mapping[str, str], links: Mapping[str, str]) -> list[Segment]:
    """Return `text` as segments, its tags filled in.

    Args:
        values: tag name to text. Never read for tags.
        links: tag name to the words that the reader sees as a link.

    Raises:
        UnrenderableTag: a tag has no value, or a blank one.
    """
    segments: list[Segment] = []
    # Splitting by a pattern with one group gives text, name, text, name, …, text.
    for index, part in enumerate(_TAG.split(clean(text))):
        if index % 2:
            segments.append(_filled(part, values, links))
        elif part:
            segments.append(["text", part])
    return segments


def as_written(segments: Iterable[Segment]) -> str:
    """Return the text of which `segments` were made: every value and link is its tag again."""
    return "".join(segment[1] if segment[0] == "text" else "{" + segment[2] + "}" for segment in segments)


def _filled(name: str, values: Mapping[str, str], links: Mapping[str, str]) -> Segment:
    kind, source = ("link", links) if name in links else ("value", values)
    value = source.get(name, "")
    if is_blank(value):
        raise UnrenderableTag(name)
    return [kind, clean(value), name]


def render_subject(text: str, *, values: Mapping[str, str]) -> str:
    """Return `text` with its tags filled in as one line of at most `SUBJECT_LENGTH` characters.

    Raises:
        UnrenderableTag: a tag has no value; a link has none in a subject.
    """
    return one_line("".join(segment[1] for segment in render(text, values=values, links={})), SUBJECT_LENGTH)


def one_line(text: str, length: int) -> str:
    """Return `text` as one line of at most `length` characters that is safe in a header."""
    line = plain.one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def compose(content: str, signature: str = "") -> str:
    """Return a letter's whole text: its content and, after an empty line, its signature."""
    return "\n\n".join(part for part in (content.strip("\r\n"), signature.strip("\r\n")) if part.strip())
