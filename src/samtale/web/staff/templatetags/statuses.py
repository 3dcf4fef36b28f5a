"""`{% load statuses %}`: statuses as coloured tags."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from samtale.interviews.domain.queries import invited
from samtale.interviews.models import Interview, Invitation
from samtale.web.staff.status_tags import answer_or_result, application_status, meeting_status

register = template.Library()


@register.simple_tag
def application_status_tag(status: str, detail: str = "") -> SafeString:
    """Return the status for the project as a tag: `{% application_status_tag a.status round %}`."""
    return application_status(status, detail)


@register.simple_tag
def meeting_status_tag(status: str, before: str = "") -> SafeString:
    """Return the meeting status as a tag: `{% meeting_status_tag invitation.meeting_status %}`."""
    return meeting_status(status, before)


@register.simple_tag
def answer_or_result_tag(interview: Interview, invitation: Invitation) -> SafeString:
    """Return how it went, or what was answered as long as nothing is recorded, as a tag."""
    return answer_or_result(interview.state, invitation.meeting_status, invitation.outcome)


@register.filter
def is_still_invited(invitation: Invitation) -> bool:
    """Say whether the candidate is still met if they come: `{% if invitation|is_still_invited %}`."""
    return invited.is_still_invited(invitation)


@register.simple_tag
def seats(interview: Interview, taken: Mapping[int, int]) -> str:
    """Return how many seats are taken, by `taken`, which `seats_taken` gave: `{% seats interview taken %}`.
    Nothing where there is no limit."""
    if interview.seats is None:
        return ""
    sentence = ngettext("%(taken)d of %(seats)d seat", "%(taken)d of %(seats)d seats", interview.seats)
    return sentence % {"taken": taken.get(interview.pk, 0), "seats": interview.seats}
