"""What every request by someone logged in needs: their language, their clock, a session that ends when idle,
and pages that nobody else finds in the browser afterwards."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from samtale.accounts.zones import reader_zone
from samtale.core import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
TOUCHED = "touched"
TOUCH_EVERY = 60  # seconds


class UserLanguageMiddleware:
    """Speaks the user's language on pages that need a log-in; other pages choose for themselves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            translation.activate(request.user.language)


class UserClockMiddleware:
    """Lets pages that need a log-in show moments on the user's clock, `request.zone` (decision 0034).

    Templates read a moment there unless they name another zone. Nothing that is stored or sent may ask for
    it: whoever presses the button, that is the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            request.zone = reader_zone(request.user)  # type: ignore[attr-defined]
            timezone.activate(request.zone)  # type: ignore[attr-defined]


class LogInFirstMiddleware(LoginRequiredMiddleware):
    """Asks for a log-in. Whose session ended before they pressed a button comes back to the page that the
    button was on: its form cannot be sent again for them, and its address may know no page at all."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        page = request.headers.get("Referer", "")
        back = urlsplit(page)
        known = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
        here = urlunsplit(("", "", back.path, back.query, "")) if known else "/"
        return redirect_to_login(here, f"{resolve_url(settings.LOGIN_URL)}?ended=1")


class IdleSessionMiddleware:
    """Moves the end of the session, SESSION_COOKIE_AGE after it was last saved, ahead while it is used.

    The database holds the end and refuses the session after it, whatever the browser says. It is
    written at most once a minute, so that reading pages does not write each time; a session
    therefore ends at most that minute early and never late.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if session.session_key and SESSION_KEY in session:
            present = int(clock.now().timestamp())
            if present - session.get(TOUCHED, 0) >= TOUCH_EVERY:
                session[TOUCHED] = present
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Keeps pages about people out of every cache, unless their view decides otherwise.

    A page is fetched anew even by the Back button, so that after logging out none is left to go back to.
    The answer to a form stays in the browser that sent it, because it cannot be fetched again: step 2 of
    inviting must be there to go back to.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            is_page = request.method in ("GET", "HEAD")
            response["Cache-Control"] = "private, no-store" if is_page else "private, no-cache"
        return response
