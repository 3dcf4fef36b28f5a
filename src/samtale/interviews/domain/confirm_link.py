"""When a message carries the link with which a candidate answers (spec 3)."""

from collections.abc import Collection

from django.utils import translation
from django.utils.translation import gettext as _

from samtale.outbox.domain.render import has_tag

TAG = "confirmlink"


def included_by_default(contents: Collection[str]) -> bool:
    """Say whether the checkbox starts ticked: it does when any language's content lacks the tag."""
    return not all(has_tag(content, TAG) for content in contents)


def with_link(content: str, *, language: str) -> str:
    """Return `content` with the tag, added as a paragraph of its own if it is not there already."""
    if has_tag(content, TAG):
        return content
    with translation.override(language):
        sentence = _("Please tell us whether you can come:")
    return f"{content.rstrip()}\n\n{sentence}\n{{{TAG}}}"


def is_in(content: str) -> bool:
    """Say whether the candidate gets a link to answer with."""
    return has_tag(content, TAG)
