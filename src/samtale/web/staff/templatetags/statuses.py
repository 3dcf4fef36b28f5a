"""`{% load statuses %}`: statuses as coloured tags."""

from django import template
from django.utils.safestring import SafeString

from samtale.web.staff.status_tags import application_status, meeting_status

register = template.Library()


@register.simple_tag
def application_status_tag(status: str, detail: str = "") -> SafeString:
    """Return the status for the project as a tag: `{% application_status_tag a.status round %}`."""
    return application_status(status, detail)


@register.simple_tag
def meeting_status_tag(status: str, before: str = "") -> SafeString:
    """Return the meeting status as a tag: `{% meeting_status_tag invitation.meeting_status %}`."""
    return meeting_status(status, before)
