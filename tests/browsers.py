"""What the tests in tests/browser say to a window besides Playwright's own words."""

from typing import Any

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, Request, Response

from samtale.accounts.models import User

DESKTOP = {"width": 1360, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 360, "height": 740}


def listen_for_complaints(page: Page, address: str) -> list[str]:
    """Return a list that fills with script errors, refused contents, missing files and foreign requests."""
    complaints: list[str] = []

    def heard(message: Any) -> None:
        # A page that answers 403 or 404 is reported too; files are looked at in `answered`.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:", "about:")):
            complaints.append(f"a request to elsewhere: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            complaints.append(f"{response.status}: {response.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", asked)
    page.on("response", answered)
    return complaints


def log_in(page: Page, user: User) -> None:
    """Let the window be `user`'s, without the log-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": "sessionid", "value": session.session_key or "", "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def axe(page: Page) -> None:
    """Fail if axe finds anything that hinders people with disabilities on the page as it is now."""
    page.wait_for_load_state()  # after a click Playwright waits until the next page begins, and no longer
    # It would only knock at frames, such as the preview of a letter, into which it was not put.
    results = Axe().run(page, options=DEFAULT_OPTIONS | {"iframes": False})
    assert results.violations_count == 0, results.generate_report()


def fits(page: Page) -> None:
    """Fail if the page has to be dragged sideways to be read."""
    page.wait_for_load_state()
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}"
