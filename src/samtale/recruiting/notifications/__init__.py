"""The kinds of letters of this app. Found by the outbox at start-up."""

from samtale.recruiting.notifications.came_back import (
    BOUNCE,
    CAME_BACK_ONE,
    LINK_LABELS,
    NUMBER,
    OUTBOX_LINK,
    SEVERAL,
    UNWANTED_ONE,
    came_back_page,
)
from samtale.recruiting.notifications.rejection import rejection_kind

__all__ = [
    "BOUNCE",
    "CAME_BACK_ONE",
    "LINK_LABELS",
    "NUMBER",
    "OUTBOX_LINK",
    "SEVERAL",
    "UNWANTED_ONE",
    "came_back_page",
    "rejection_kind",
]
