"""How the acts in this app read to a person."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samtale.core.audit import describe
from samtale.outbox import kinds


def _stopped(data: Mapping[str, Any]) -> str:
    reason = data["reason"]
    return _("Message stopped: %(reason)s") % {"reason": _(reason) if reason else ""}


def _saved(data: Mapping[str, Any]) -> str:
    return _("Wording of “{kind}” changed").format(kind=kinds.label(data["kind"]))


def _reset(data: Mapping[str, Any]) -> str:
    return _("Wording of “{kind}” put back").format(kind=kinds.label(data["kind"]))


describe("message.cancelled", _stopped)
describe("message.rewritten", lambda data: _("Message rewritten"))
describe("message.dismissed", lambda data: _("Failed message dismissed"))
describe("message.sent_again", lambda data: _("Message sent again"))
describe("template.saved", _saved)
describe("template.reset", _reset)
describe("message.bounced", lambda data: _("Message came back: %(words)s") % {"words": data["words"]})
describe("message.not_taken", lambda data: _("Message not delivered: %(words)s") % {"words": data["words"]})
describe("message.complained", lambda data: _("Message reported as unwanted by its recipient"))
for verb in ("user.welcomed", "user.password_link_sent"):
    describe(verb, lambda data: _("Link for choosing a password sent"))
describe("message.edited", lambda data: _("Message edited by hand"))
describe("message.hurried", lambda data: _("Message to be sent at once"))
describe("message.held_arrived", lambda data: _("Message held to have arrived"))
describe("message.left_at_that", lambda data: _("Message of which nobody knows left at that"))
