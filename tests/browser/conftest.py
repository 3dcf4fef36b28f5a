"""A real browser on the running product."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from scripts.chromium import ARGUMENTS, find_chromium
from tests.browsers import DESKTOP, listen_for_complaints


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser, once for all tests of a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def viewport() -> dict[str, int]:
    """Return the size of the window; a test overrides it with `parametrize("viewport", [PHONE])`."""
    return DESKTOP


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, viewport: dict[str, int]) -> Iterator[Page]:
    """Open a fresh window on the running product; fail on anything that its console complains of."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        viewport=viewport,  # type: ignore[arg-type]
        reduced_motion="reduce",  # nothing is measured or pressed while it still fades in
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints = listen_for_complaints(page, live_server.url)
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)
