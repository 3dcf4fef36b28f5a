"""How the acts in this app read to a person."""

from django.utils.translation import gettext as _

from samtale.core.audit import describe

describe("feed.created", lambda data: _("Calendar subscription made"))
describe("feed.renewed", lambda data: _("Calendar subscription given another address"))
describe("feed.revoked", lambda data: _("Calendar subscription ended"))
describe("calendar.connected", lambda data: _("Calendar connected: %(host)s") % {"host": data["host"]})
describe("calendar.changed", lambda data: _("Connected calendar changed: %(host)s") % {"host": data["host"]})
describe("calendar.disconnected", lambda data: _("Calendar disconnected: %(host)s") % {"host": data["host"]})
describe("calendar.refresh_asked", lambda data: _("Connected calendar looked at"))
