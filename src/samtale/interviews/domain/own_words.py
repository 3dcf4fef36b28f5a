"""What somebody has written by hand into one letter, and how it outlives the letter's being written anew
(decision 0020)."""

from collections.abc import Collection

from samtale.interviews.models import Invitation, InvitationMessage
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.models.message import State

_HAVE_LEFT = (State.SENDING, State.SENT, State.UNKNOWN)


def unsent_words(invitations: Collection[Invitation]) -> dict[tuple[int, str], OwnWords]:
    """Return what was written by hand to these candidates and has not left, by invitation and purpose.

    The newest letter of each purpose counts. What has left is said; a letter after it begins afresh.
    """
    found: dict[tuple[int, str], OwnWords | None] = {}
    letters = InvitationMessage.objects.filter(invitation__in=invitations).select_related("message")
    for letter in letters.defer("message__content").order_by("message_id"):
        is_unsent = letter.message.state not in _HAVE_LEFT
        found[letter.invitation_id, letter.purpose] = OwnWords.of(letter.message) if is_unsent else None
    return {key: own for key, own in found.items() if own}
