"""What users say of themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.accounts.domain.users import update_user
from samtale.core import clock
from samtale.web.staff.access import ADMINISTER_ROOMS, StaffRequest
from samtale.web.staff.forms.users import ProfileForm
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    """Show and change one's own details. What they say from now on is in the language chosen here."""
    form = ProfileForm(posted(request), user=request.user)
    if form.is_valid():
        update_user(user=request.user, by=request.user, now=clock.now(), **form.cleaned_data)
        with translation.override(request.user.language):
            messages.success(request, _("Your profile has been saved."))
        return redirect("staff:profile")
    context = {"form": form, "may_administer_rooms": request.user.has_perm(ADMINISTER_ROOMS)}
    return render(request, "staff/settings/profile.html", context, status=422 if form.errors else 200)
