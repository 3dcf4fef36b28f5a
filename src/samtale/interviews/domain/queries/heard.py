"""Which candidates have heard of their interview."""

from collections import defaultdict
from collections.abc import Collection

from samtale.interviews.models import Invitation, InvitationMessage
from samtale.outbox.models.message import State

_MAY_HAVE_ARRIVED = (State.SENDING, State.SENT, State.UNKNOWN)
_TELL = (InvitationMessage.Purpose.INVITATION, InvitationMessage.Purpose.MOVED)


def never_heard(invitations: Collection[Invitation]) -> set[int]:
    """Return the ids of those of `invitations` of which every letter was stopped or has failed.

    Where no letter was ever written, the candidate was invited in some other way.
    """
    letters = InvitationMessage.objects.filter(invitation__in=list(invitations), purpose__in=_TELL)
    states: defaultdict[int, set[str]] = defaultdict(set)
    for invitation_id, state in letters.order_by("pk").values_list("invitation_id", "message__state"):
        states[invitation_id].add(state)
    return {pk for pk, found in states.items() if found.isdisjoint(_MAY_HAVE_ARRIVED)}
