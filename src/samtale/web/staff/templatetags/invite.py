"""`{% load invite %}`: numbers in the two steps of inviting."""

from django import template

from samtale.recruiting.models import Candidate
from samtale.web.staff.calendar.letter import LetterDraft
from samtale.web.staff.invite.draft import Draft

register = template.Library()


@register.filter
def speakers(draft: Draft, language: str) -> int:
    """Return how many of the applicants are written to in `language`."""
    return len(draft.languages[language])


@register.filter
def language_name(language: str) -> str:
    """Return what the language is called in itself."""
    return Candidate.Language(language).label


@register.filter
def written_in(draft: LetterDraft, language: str) -> int:
    """Return to how many candidates an e-mail is written in `language`."""
    return len(draft.languages[language])
