"""What every staff page shows around its content."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtale.accounts.middleware import TOUCH_EVERY
from samtale.core import clock
from samtale.inbox.domain.queries.health import Unread, stuck, unread
from samtale.outbox.domain.queries import health
from samtale.outbox.domain.queries.messages import Attention, attention
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.models import ProjectAccess
from samtale.web.staff.access import ADMINISTER

# Where a page belongs when its address does not begin with its section's own.
SECTIONS = {"applications": "projects", "interviews": "calendar", "follow-up": "calendar"}


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the side navigation. `is_page` tells the section's own page from those below it."""

    section: str
    label: str
    url: str
    is_current: bool
    is_page: bool
    has_badge: bool


@dataclass(frozen=True)
class Language:
    code: str
    name: str


class Shell:
    """The frame's values, each worked out only when a page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def session_seconds(self) -> int:
        """How long the session surely lives without a request; the server may end it a minute early."""
        return settings.SESSION_COOKIE_AGE - TOUCH_EVERY

    @cached_property
    def zone(self) -> ZoneInfo:
        """Whose clock the reader lives by."""
        found: ZoneInfo | None = getattr(self.request, "zone", None)
        return found or ZoneInfo(settings.TIME_ZONE)  # nobody is logged in, or the page was not found

    @cached_property
    def attention(self) -> Attention:
        """How many messages the user must decide about: they failed, or nobody knows whether they arrived."""
        user = self.request.user
        if not user.is_authenticated:
            return Attention()
        return attention(messages_for(user, least=ProjectAccess.Level.NORMAL))

    @cached_property
    def standing_still(self) -> list[health.Queue]:
        """The channels in which messages have been due for too long."""
        return health.standing_still(now=clock.now())

    @cached_property
    def unread_answers(self) -> Unread | None:
        """The mailbox for answers by e-mail, if nobody has been able to read it for too long."""
        return unread(now=clock.now())

    @cached_property
    def stuck_answers(self) -> int:
        """How many letters in that mailbox a person has to read, since Samtale has failed on them."""
        return stuck()

    @cached_property
    def other_languages(self) -> list[Language]:
        """The languages the user could change to."""
        names = dict(settings.LANGUAGES)
        present = (get_language() or "").split("-")[0]
        return [Language(code, names[code]) for code in settings.STAFF_LANGUAGES if code != present]

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        """The side navigation, with the section of this page marked."""
        if not self.request.user.is_authenticated:
            return []
        settings_view = "staff:settings" if self.request.user.has_perm(ADMINISTER) else "staff:profile"
        return [
            self._item("start", _("Start page"), "staff:start"),
            self._item("projects", _("Recruitment overview"), "staff:projects"),
            self._item("calendar", _("Recruitment calendar"), "staff:calendar"),
            self._item("outbox", _("Outbox"), "staff:outbox"),
            self._item("settings", _("Settings"), settings_view),
        ]

    def _item(self, section: str, label: str, view: str) -> NavigationItem:
        url = reverse(view)
        return NavigationItem(
            section,
            label,
            url,
            is_current=section == self._section,
            is_page=url == self.request.path,
            has_badge=section == "outbox",
        )

    @cached_property
    def _section(self) -> str:
        first = self.request.path.strip("/").split("/")[0] or "start"
        return SECTIONS.get(first, first)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of the staff's pages as `shell`."""
    return {"shell": Shell(request)}
