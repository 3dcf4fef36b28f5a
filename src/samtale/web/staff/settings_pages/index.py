"""The way to the settings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.accounts.domain.queries.users import active_users
from samtale.accounts.models import Department, Organisation
from samtale.interviews.models import Room
from samtale.ui.gallery import gallery
from samtale.web.staff.access import ADMINISTER, StaffRequest, require


@require_safe
def settings(request: StaffRequest) -> HttpResponse:
    """Show what can be set, to administrators."""
    require(request.user, ADMINISTER)
    context = {
        "users": active_users().count(),
        "departments": Department.objects.count(),
        "rooms": Room.objects.filter(is_active=True).count(),
        "organisation": Organisation.current(),
    }
    return render(request, "staff/settings/settings.html", context)


@require_safe
def components(request: StaffRequest) -> HttpResponse:
    """Show every component in every state, to administrators."""
    require(request.user, ADMINISTER)
    return gallery(request)
