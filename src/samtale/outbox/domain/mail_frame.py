"""The HTML around a letter, with its style on every element because mail programs ask for that.

Putting the style in place costs far more than filling in a letter, so it is done once a language.
What is filled in must be HTML already.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import css_inline
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

# Gaps are marked with a character that no text of ours holds. The marks are gone before any
# letter is filled in, so a letter that holds one does no harm.
_MARK = "\ue000"
_GAP = re.compile(f"{_MARK}(.*?){_MARK}")


class Pattern:
    """HTML with named gaps."""

    def __init__(self, html: str) -> None:
        self._pieces = _GAP.split(html)

    def fill(self, **gaps: str) -> str:
        """Return the HTML with each gap filled."""
        return "".join(gaps[piece] if index % 2 else piece for index, piece in enumerate(self._pieces))


@dataclass(frozen=True)
class Frame:
    """The patterns that a letter in one language is built from."""

    page: Pattern
    paragraph: Pattern
    button: Pattern
    address: Pattern
    link: Pattern


@lru_cache(maxsize=32)
def frame(language: str) -> Frame:
    """Return the patterns for `language`."""
    with translation.override(language):
        hint = _("If the button does not work, copy this address into your browser:")
        return Frame(
            page=_page(language),
            paragraph=_part(f'<p class="paragraph">{_gap("content")}</p>'),
            button=_part(f'<a class="button" href="{_gap("address")}">{_gap("label")}</a>'),
            address=_part(f'<p class="address">{hint}<br>{_gap("address")}</p>'),
            link=_part(f'<a class="link" href="{_gap("address")}">{_gap("label")}</a>'),
        )


def _gap(name: str) -> str:
    return f"{_MARK}{name}{_MARK}"


def _page(language: str) -> Pattern:
    gaps = {name: _gap(name) for name in ("subject", "organisation", "letter")}
    html = render_to_string("outbox/mail.html", {"language": language, **gaps})
    return Pattern(css_inline.inline(html, keep_at_rules=True))


def _part(html: str) -> Pattern:
    return Pattern(css_inline.inline_fragment(html, render_to_string("outbox/mail.css")))
