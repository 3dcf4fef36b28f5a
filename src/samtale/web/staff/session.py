"""The log-in session: extending it before it ends, and the language it is spoken in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samtale.accounts.domain.users import update_user
from samtale.core import clock
from samtale.web.staff.access import StaffRequest

A_YEAR = 365 * 24 * 3600  # seconds


@require_POST
def extend(request: StaffRequest) -> HttpResponse:
    """Give the session its full length again."""
    request.session.modified = True
    return HttpResponse(status=204)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another of the staff's languages: to this browser, and to the user who is logged in."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen not in settings.STAFF_LANGUAGES:
        return response
    if request.user.is_authenticated:
        update_user(user=request.user, language=chosen, by=request.user, now=clock.now())
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else reverse("staff:start")


urlpatterns = [
    path("session/extend/", extend, name="session-extend"),
    path("language/", language, name="language"),
]
