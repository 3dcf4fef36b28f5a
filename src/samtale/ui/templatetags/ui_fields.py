"""Used by the field's own template; pages need only `{% load ui %}`."""

from django import template
from django.forms import BoundField

from samtale.ui.forms import Parts, parts_of

register = template.Library()


@register.filter
def parts(field: BoundField) -> Parts:
    """Return the control and what surrounds it."""
    return parts_of(field)
