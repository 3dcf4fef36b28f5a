"""The form of a Send, kept so that nothing typed is lost by undoing it."""

import uuid
from collections.abc import Mapping, Sequence

from django.http import QueryDict

# What belongs to the one press of the button. Warnings are shown anew.
_PASSING = frozenset({"csrfmiddlewaretoken", "go", "send_key", "acknowledged"})


def kept(posted: QueryDict) -> dict[str, list[str]]:
    """Return what is to be kept of a form that is sent: everything chosen and typed in both steps."""
    return {name: values for name, values in posted.lists() if name not in _PASSING}


def posted_again(fields: Mapping[str, Sequence[str]]) -> QueryDict:
    """Return the form of which `fields` were kept, under a new key."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, list(values))
    data["send_key"] = str(uuid.uuid4())
    return data
