"""Turns segments into what people see: plain text, HTML mail, and a preview with its values marked.

Every character of a letter is escaped on its way into HTML. Addresses of links are given by the
caller: the real ones when a letter leaves, `masked_addresses` wherever staff look.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from html import escape

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from samtale.outbox.domain.mail_frame import Frame, frame
from samtale.outbox.domain.render import Segment

_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+")
_AFTER_ADDRESS = ".,:;!?*_~»”’"


def masked_address() -> str:
    """Return what staff see in place of a link that holds a candidate's secret."""
    return f"{settings.SITE_URL}/a/••••"


def masked_addresses(segments: Iterable[Segment]) -> dict[str, str]:
    """Return the masked address for every link in `segments`, by tag name."""
    return {segment[2]: masked_address() for segment in segments if segment[0] == "link"}


def as_text(segments: Iterable[Segment], *, addresses: Mapping[str, str], with_labels: bool = True) -> str:
    """Return the letter as plain text; a link as "label: address", or as its address alone."""
    return "".join(_text(segment, addresses, with_labels) for segment in segments)


def _text(segment: Segment, addresses: Mapping[str, str], with_labels: bool) -> str:
    if segment[0] != "link":
        return segment[1]
    address = addresses[segment[2]]
    return f"{segment[1]}: {address}" if with_labels else address


def as_html(
    segments: Sequence[Segment],
    *,
    addresses: Mapping[str, str],
    language: str,
    subject: str,
    organisation_name: str,
    by_staff: Collection[str] = (),
) -> str:
    """Return the letter as a complete HTML mail.

    Web addresses in the text become links; in values only those of the tags named in `by_staff`.
    """
    look = frame(language)
    return look.page.fill(
        subject=escape(subject),
        organisation=escape(organisation_name),
        letter="\n".join(_mail_blocks(segments, addresses, by_staff, look)),
    )


def _mail_blocks(
    segments: Sequence[Segment], addresses: Mapping[str, str], by_staff: Collection[str], look: Frame
) -> Iterator[str]:
    def inline(segment: Segment, text: str) -> str:
        if segment[0] == "link":
            return look.button.fill(address=escape(addresses[segment[2]]), label=escape(text))
        if segment[0] == "text" or segment[2] in by_staff:
            return _with_links(text, look)
        return escape(text)

    for html, links in _paragraphs(segments, inline):
        yield look.paragraph.fill(content=html)
        for tag in dict.fromkeys(links):
            yield look.address.fill(address=escape(addresses[tag]))


def marked_html(segments: Sequence[Segment]) -> SafeString:
    """Return the letter for a preview: values in `<mark>`, links that look like one and lead nowhere."""
    return mark_safe("\n".join(f"<p>{html}</p>" for html, _links in _paragraphs(segments, _marked)))  # noqa: S308


def _marked(segment: Segment, text: str) -> str:
    if segment[0] == "link":
        return f'<a class="inert-link" role="link" aria-disabled="true">{escape(text)}</a>'
    return f"<mark>{escape(text)}</mark>" if segment[0] == "value" and text.strip() else escape(text)


def _paragraphs(
    segments: Sequence[Segment], inline: Callable[[Segment, str], str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each paragraph as HTML and the tags of the links in it.

    A value of several paragraphs is told to `inline` piece by piece, so that no element crosses a paragraph.
    """
    html: list[str] = []
    links: list[str] = []
    for segment in segments:
        for index, text in enumerate(_PARAGRAPH_END.split(segment[1])):
            if index:
                yield from _closed(html, links)
                html, links = [], []
            html.append(inline(segment, text))
        if segment[0] == "link":
            links.append(segment[2])
    yield from _closed(html, links)


def _closed(html: list[str], links: list[str]) -> Iterator[tuple[str, list[str]]]:
    content = "".join(html).strip()
    if content:
        yield content.replace("\n", "<br>\n"), links


def _with_links(text: str, look: Frame) -> str:
    pieces: list[str] = []
    end = 0
    for match in _WEB_ADDRESS.finditer(text):
        address = _without_what_follows(match[0])
        pieces += [
            escape(text[end : match.start()]),
            look.link.fill(address=escape(address), label=escape(address)),
        ]
        end = match.start() + len(address)
    return "".join([*pieces, escape(text[end:])])


def _without_what_follows(address: str) -> str:
    """Return `address` without the punctuation of the sentence that it stands in."""
    address = address.rstrip(_AFTER_ADDRESS)
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(_AFTER_ADDRESS)
    return address
