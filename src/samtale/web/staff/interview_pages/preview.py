"""A letter about an interview as its candidate would read it."""

from collections.abc import Mapping

from samtale.interviews.models import Interview, Invitation
from samtale.interviews.tags import Circumstances, link_labels, tag_values
from samtale.web.staff.letters.words import Preview, Words

_NOTHING: Mapping[str, str] = {}


def preview_of(
    words: Words,
    invitation: Invitation,
    interview: Interview,
    common: Circumstances,
    more: Mapping[str, str] = _NOTHING,
) -> Preview:
    """Return the letter for one candidate, of `interview` as it would be; `more` are further values."""
    application = invitation.application
    values = {**tag_values(interview, application.candidate, common), **more}
    return words.preview(application, values, link_labels(application.candidate.language))
