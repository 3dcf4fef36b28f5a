"""The list of messages."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtale.outbox.models import Message
from samtale.recruiting.domain.queries.applications import applications_for
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.outbox import CHIPS, OutboxFilter
from samtale.web.staff.outbox.bulk import ACTIONS, MOST, decidable, is_narrowed, likely
from samtale.web.staff.outbox.labels import labelled
from samtale.web.staff.outbox.paging import slice_of

PER_PAGE = 50


@dataclass(frozen=True)
class Chip:
    """A filter that another page led to: what it says, and the address without it."""

    text: str
    without: str


@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """Show the messages that the user may see and the filters let through, newest first."""
    form = OutboxFilter(request.GET, projects=projects_for(request.user), zone=request.zone)
    is_valid, is_filtered = form.is_valid(), is_narrowed(request)
    messages = messages_for(request.user).select_related("correspondence__project").defer("content")
    page = slice_of(form.narrow(messages) if is_valid else messages.none(), request, size=PER_PAGE)
    mine = _decidable(request, page.messages)
    context = {
        "form": form,
        "page": page,
        "rows": labelled(page.messages),
        "mine": mine,
        "actions": ACTIONS if mine else (),
        "likely": likely(form.cleaned_data.get("state", "")),
        "total": _total(request, form) if mine and is_filtered and (page.newer or page.older) else 0,
        "chips": _chips(request, form) if is_valid else [],
        "is_filtered": is_filtered,
    }
    return render(request, "staff/outbox/outbox.html", context)


def _decidable(request: StaffRequest, messages: list[Message]) -> set[int]:
    """Return the ids of those that the user may decide about. One query, and none for an empty page."""
    ids = [message.pk for message in messages]
    found = decidable(request.user).filter(pk__in=ids).order_by()
    return set(found.values_list("pk", flat=True)) if ids else set()


def _total(request: StaffRequest, form: OutboxFilter) -> int:
    """Return how many messages all pages have that the user may decide about; 0 where they are too many
    to be handled at once."""
    found = form.narrow(decidable(request.user)).order_by()[: MOST + 1].count()
    return found if found <= MOST else 0


def _chips(request: StaffRequest, form: OutboxFilter) -> list[Chip]:
    texts = {"candidate": _candidate_text(request, form.cleaned_data["candidate"])}
    texts["sender"] = _sender_text(request, form.cleaned_data["sender"])
    texts["batch"] = _("Sent together") if form.cleaned_data["batch"] else ""
    return [Chip(texts[name], _without(request.GET, name)) for name in CHIPS if texts[name]]


def _candidate_text(request: StaffRequest, candidate_id: int | None) -> str:
    """Name the candidate to whoever may see an application of theirs, and to nobody else."""
    if not candidate_id:
        return ""
    seen = applications_for(request.user).filter(candidate=candidate_id).select_related("candidate")
    application = seen.order_by("pk").first()
    name = application.candidate.name if application else _("a candidate you may not see")
    return _("To %(name)s") % {"name": name}


def _sender_text(request: StaffRequest, user_id: int | None) -> str:
    """Name the colleague to whoever may see a message of theirs, and to nobody else."""
    if not user_id:
        return ""
    seen = messages_for(request.user).filter(created_by=user_id).order_by("-pk")
    message = seen.select_related("created_by").only("created_by").first()
    return _("From %(name)s") % {"name": message.created_by if message else _("somebody else")}


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    for each in (name, "before", "after"):
        rest.pop(each, None)
    return f"?{rest.urlencode()}" if rest else "?"
