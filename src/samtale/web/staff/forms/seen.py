"""A form that remembers what its page showed of an invitation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django import forms
from django.core import signing

from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation

_SALT = "samtale.staff.seen"


class SeenForm(forms.Form):
    """A form with `tells_candidates`, for those who may.

    `seen` is what the recruiter had before them, or None where what is sent does not tell. `shows` names
    the fields whose first values are how the invitation stands.
    """

    stamp = forms.Field(widget=forms.HiddenInput(), required=False)
    shows: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Mapping[str, Any] | None, *, invitation: Invitation, may_tell: bool) -> None:
        stands = Seen.of(invitation)
        self.invitation, self.may_tell = invitation, may_tell
        self.seen = stands if data is None else _read(data.get("stamp", ""))
        # What differs from what was shown is what the recruiter has touched, however it stands by now.
        initial = self.shown(self.seen or stands)
        super().__init__(data, initial=initial | {"stamp": _stamp(stands)})
        if not may_tell:
            del self.fields["tells_candidates"]

    def shown(self, seen: Seen) -> dict[str, Any]:
        """Return the first values of the fields that `shows` names."""
        return {}

    def caught_up(self, invitation: Invitation) -> Self:
        """Return the form as `invitation` stands now, in which only what was touched is as it was typed."""
        stands = type(self)(None, invitation=invitation, may_tell=self.may_tell).initial
        untouched = [name for name in self.shows if name not in self.changed_data]
        data = dict(self.data.items()) | {name: stands[name] for name in ["stamp", *untouched]}
        return type(self)(data, invitation=invitation, may_tell=self.may_tell)


# Signed, so that what comes back was written here and need not be doubted.
def _stamp(seen: Seen) -> str:
    answered_at = seen.answered_at.isoformat() if seen.answered_at else None
    return signing.dumps(
        [seen.version, seen.start.isoformat(), seen.meeting_status, answered_at], salt=_SALT, compress=False
    )


def _read(stamp: str) -> Seen | None:
    try:
        version, start, meeting_status, answered_at = signing.loads(stamp, salt=_SALT)
    except signing.BadSignature:
        return None
    return Seen(
        version=version,
        start=datetime.fromisoformat(start),
        meeting_status=meeting_status,
        answered_at=datetime.fromisoformat(answered_at) if answered_at else None,
    )
