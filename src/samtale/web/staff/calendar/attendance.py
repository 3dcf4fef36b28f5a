"""How many come to an interview with several candidates, or came, in words."""

from django.utils.translation import gettext as _

from samtale.interviews.models import Interview


def attendance(state: str, *, invited: int, coming: int, came: int) -> str:
    """Return how many of the `invited`, those who still are, have said yes; once the outcome is recorded, how
    many of them came. "" where that says nothing: it is off, or we were not there ourselves."""
    if state == Interview.State.HELD:
        return _("%(came)d of %(number)d came") % {"came": came, "number": invited}
    if state == Interview.State.PLANNED and invited:
        return _("%(coming)d of %(number)d coming") % {"coming": coming, "number": invited}
    return ""
