"""What is done with ticked messages, or with all that the list's address finds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages as notices
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from samtale.accounts.models import User
from samtale.core import clock
from samtale.outbox.domain.bulk import Outcome, dismiss_all, hurry_all, send_again_all, stop_all
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import ProjectAccess
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.outbox import OutboxFilter

# What one press may do; beyond it the selection is narrowed first.
MOST = 5_000
_PAGE = 100
_NAMED = 10  # so many messages are named; the rest is counted


class Verb(Protocol):
    def __call__(self, ids: Collection[int], *, by: User, now: datetime) -> Outcome: ...


@dataclass(frozen=True)
class Action:
    """One choice, and how its result is said of a number of messages."""

    name: str
    label: str | Promise
    act: Verb
    done: Any


AGAIN = Action(
    "again",
    gettext_lazy("Send again"),
    send_again_all,
    ngettext_lazy("%d message will be sent again.", "%d messages will be sent again."),
)
ACTIONS = (
    AGAIN,
    Action(
        "dismiss",
        gettext_lazy("Dismiss"),
        dismiss_all,
        ngettext_lazy("%d message is dismissed.", "%d messages are dismissed."),
    ),
    Action(
        "stop",
        gettext_lazy("Stop"),
        stop_all,
        ngettext_lazy("%d message is stopped.", "%d messages are stopped."),
    ),
    Action(
        "now",
        gettext_lazy("Send now"),
        hurry_all,
        ngettext_lazy("%d message will be sent now.", "%d messages will be sent now."),
    ),
)


def likely(state: str) -> Action:
    """Return what one most likely means to do with a list that is narrowed to `state`."""
    name = "stop" if state in (State.WAITING, State.CLAIMED) else AGAIN.name
    return next(action for action in ACTIONS if action.name == name)


def decidable(user: User) -> QuerySet[Message]:
    """Return the messages that `user` may stop, change or send again."""
    return messages_for(user, least=ProjectAccess.Level.NORMAL)


@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    """Do what was chosen. Messages that the user may not decide about are passed over."""
    action = next((each for each in ACTIONS if each.name == request.POST.get("action")), None)
    ids = _chosen(request)
    if action is None:
        notices.error(request, _("Choose what is to happen with the ticked messages."))
    elif not ids:
        notices.error(request, _("No message is ticked. Tick the messages first, and then press Execute."))
    elif len(ids) > MOST:
        text = _("At most %(most)d messages can be handled at once. Narrow the selection first.")
        notices.error(request, text % {"most": MOST})
    else:
        tell(request, action, action.act(ids, by=request.user, now=clock.now()))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse("staff:outbox") + query)


def _chosen(request: StaffRequest) -> list[int]:
    messages = decidable(request.user).order_by("pk")
    if request.POST.get("all") == "1" and is_narrowed(request):
        form = OutboxFilter(request.GET, projects=projects_for(request.user), zone=request.zone)
        found = form.narrow(messages) if form.is_valid() else messages.none()
        return list(found.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    given = request.POST.getlist("message")[:_PAGE]
    ids = [int(each) for each in given if each.isascii() and each.isdecimal() and len(each) < 19]
    return list(messages.filter(pk__in=ids).values_list("pk", flat=True))


def is_narrowed(request: StaffRequest) -> bool:
    """Say whether the address holds a filter. Without one, nobody means the whole outbox."""
    return any(request.GET.get(name) for name in OutboxFilter.base_fields)


def tell(request: StaffRequest, action: Action, outcome: Outcome) -> None:
    """Say how many it was done with, and name those with which it was not, and why."""
    if outcome.done:
        notices.success(request, action.done % outcome.done)
    by_reason: dict[str, list[str]] = {}
    for message, reason in outcome.refused:
        by_reason.setdefault(reason, []).append(message.recipient_name or message.recipient_address)
    for reason, names in by_reason.items():
        text = ngettext(
            "Not done with %(number)d message: %(names)s. %(reason)s",
            "Not done with %(number)d messages: %(names)s. %(reason)s",
            len(names),
        )
        notices.warning(request, text % {"number": len(names), "names": _some(names), "reason": _(reason)})


def _some(names: list[str]) -> str:
    named, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return named if more <= 0 else _("%(names)s and %(more)d more") % {"names": named, "more": more}
