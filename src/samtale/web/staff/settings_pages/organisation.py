"""The organisation itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.accounts.domain.organisation import update_organisation
from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.web.staff.access import ADMINISTER, StaffRequest, require
from samtale.web.staff.forms.organisation import OrganisationForm
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: StaffRequest) -> HttpResponse:
    """Show and change the organisation's name, senders and time zone."""
    require(request.user, ADMINISTER)
    form = OrganisationForm(posted(request), organisation=Organisation.current())
    if form.is_valid():
        update_organisation(by=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("The organisation has been saved."))
        return redirect("staff:settings")
    return render(
        request, "staff/settings/organisation.html", {"form": form}, status=422 if form.errors else 200
    )
