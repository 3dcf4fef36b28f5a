"""The list of messages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.accounts.models import Organisation
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.outbox import OutboxFilter
from samtale.web.staff.outbox.labels import labelled
from samtale.web.staff.outbox.paging import slice_of

PER_PAGE = 50


@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """Show the messages that the user may see and the filters let through, newest first."""
    form = OutboxFilter(request.GET, projects=projects_for(request.user))
    messages = messages_for(request.user).select_related("correspondence__project").defer("content")
    page = slice_of(form.narrow(messages) if form.is_valid() else messages.none(), request, size=PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "rows": labelled(page.messages),
        "zone": Organisation.current().time_zone,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "staff/outbox/outbox.html", context)
