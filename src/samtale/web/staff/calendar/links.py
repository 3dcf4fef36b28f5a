"""Where the calendar leads to: the pages about one interview, as far as the reader may go there."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from samtale.interviews.models import Interview, Invitation


def page_of(interview: Interview) -> str:
    """Return the address of the interview's own page."""
    return first_of(("interview", [interview.pk]), ("calendar-interview", [interview.pk]))


def move_page(interview: Interview, invitations: Sequence[Invitation], **query: Any) -> str:
    """Return the address of the page where the interview is moved; "" where there is none for it.

    `query` fills its form in: `start` on the wall clock of the interview's zone, `duration` in minutes.
    """
    address = _about("interview-move", "invitation-edit", interview, invitations)
    given = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if address and given else address


def cancel_page(interview: Interview, invitations: Sequence[Invitation]) -> str:
    """Return the address of the page where the interview is called off; "" where there is none for it."""
    return _about("interview-cancel", "interview-cancel", interview, invitations)


def first_of(*pages: tuple[str, Sequence[Any]]) -> str:
    """Return the address of the first of `pages` that there is, each a name and arguments; "" for none."""
    for name, arguments in pages:
        try:
            return reverse(f"staff:{name}", args=arguments)
        except NoReverseMatch:
            continue
    return ""


def _about(name: str, of_one: str, interview: Interview, invitations: Sequence[Invitation]) -> str:
    """Return the interview's page `name`, or `of_one` of its invitations where it has none."""
    kept = [each for each in invitations if each.application.deleted_at is None]
    others = [(of_one, [kept[0].application_id, kept[0].pk])] if kept else []
    return first_of((name, [interview.pk]), *others)
