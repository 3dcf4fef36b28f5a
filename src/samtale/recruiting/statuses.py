"""Which status for the project may follow which (spec 6)."""

from samtale.core.transitions import TransitionTable
from samtale.recruiting.models import Application

S = Application.Status

_UNDER_WAY = {S.UNDER_REVIEW, S.INVITED, S.INTERVIEWED, S.PANEL_REVIEW, S.OFFERED, S.SAVED}
_CLOSING = {S.REJECTED, S.WITHDRAWN, S.TRANSFERRED}

APPLICATION_STATUS = TransitionTable(
    "application",
    {
        S.NEW: _UNDER_WAY | _CLOSING,
        S.UNDER_REVIEW: (_UNDER_WAY | _CLOSING) - {S.UNDER_REVIEW},
        S.INVITED: (_UNDER_WAY | _CLOSING) - {S.INVITED},
        S.INTERVIEWED: (_UNDER_WAY | _CLOSING | {S.HIRED}) - {S.INTERVIEWED},
        S.PANEL_REVIEW: (_UNDER_WAY | _CLOSING | {S.HIRED}) - {S.PANEL_REVIEW},
        S.OFFERED: (_UNDER_WAY | _CLOSING | {S.HIRED}) - {S.OFFERED},
        S.HIRED: {S.OFFERED, S.WITHDRAWN},
        S.REJECTED: {S.UNDER_REVIEW},
        S.WITHDRAWN: {S.UNDER_REVIEW},
        S.SAVED: (_UNDER_WAY | _CLOSING) - {S.SAVED},
        S.TRANSFERRED: (),
    },
)

# With these, whatever still waits for the candidate in the project ends.
CLOSING = frozenset(_CLOSING)

# The sections of the page Søknadshåndtering, in the order in which an application passes them.
WAITING = (S.NEW, S.UNDER_REVIEW, S.SAVED)
IN_PROGRESS = (S.INVITED, S.INTERVIEWED, S.PANEL_REVIEW, S.OFFERED)
HANDLED = (S.HIRED, S.REJECTED, S.WITHDRAWN, S.TRANSFERRED)
IN_ORDER = WAITING + IN_PROGRESS + HANDLED


def is_closed(application: Application) -> bool:
    """Say whether the recruitment is over for its candidate, of whom nothing is asked any longer."""
    return application.deleted_at is not None or application.status in HANDLED
