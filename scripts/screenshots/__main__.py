"""Draws every page of the demo: `python -m scripts.screenshots [--only PATTERN] [--quick] [--readme]`.

Ends with 1 when a page answers with an error, its console shows one, or it cannot be reached.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from scripts.chromium import ARGUMENTS, find_chromium
from scripts.screenshots import ways  # noqa: F401  fills SHOTS
from scripts.screenshots.camera import SCHEMES, Camera, Complaints
from scripts.screenshots.pages import SHOTS, Place, Shot
from scripts.screenshots.product import PASSWORD, Product

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "screenshots"
README_FOLDER = ROOT / "docs" / "images"
README_PICTURES = {
    "applications-list.png": "nb-light-1360/applications-ticked.png",
    "candidate-answer.png": "nb-light-390/candidate-answer.png",
}
_PATIENCE = 20_000  # milliseconds for one step
_LONGEST = 30 * 60  # seconds for everything
_LOCALES = {"nb": "nb-NO", "en": "en-GB", "sv": "sv-SE"}


class Studio:
    """The windows of those who look, each logged in once."""

    def __init__(self, browser: Browser, product: Product) -> None:
        self._browser = browser
        self._product = product
        self._contexts: dict[tuple[str, str], BrowserContext] = {}
        self._spoken: dict[str, str] = {}
        self.links = product.answer_links()

    def window(self, who: str, language: str) -> Page:
        """Open a window of `who` in `language`. Close it after use."""
        key = (who, "" if who else language)
        if key not in self._contexts:
            self._contexts[key] = context = self._browser.new_context(
                base_url=self._product.address,
                locale=_LOCALES[language],
                timezone_id="Europe/Oslo",
                viewport={"width": 1360, "height": 900},
            )
            context.set_default_timeout(_PATIENCE)
            if who:
                _log_in(context, who)
        page = self._contexts[key].new_page()
        if who and self._spoken.get(who) != language:
            _speak(page, language)
            self._spoken[who] = language
        return page


def _log_in(context: BrowserContext, who: str) -> None:
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/")
    page.close()


def _speak(page: Page, language: str) -> None:
    page.goto("/settings/profile/")
    switch = page.locator(f"form[action='/language/'] button[value={language}]")
    if switch.count():
        switch.first.dispatch_event("click")
        page.wait_for_function(f"document.documentElement.lang.startsWith('{language}')")


def take(shot: Shot, *, studio: Studio, camera: Camera, language: str) -> list[str]:
    """Take one picture in all its forms, and return what was wrong."""
    page = studio.window(shot.who, language)
    complaints = Complaints(page)
    complaints.expected_status = shot.status
    try:
        shot.way(Place(page, studio.links, language))
        camera.take(page, name=shot.name, language=language, whole=shot.whole)
    except (BrowserError, KeyError, AssertionError) as error:
        complaints.heard.append(f"not reached: {type(error).__name__}: {str(error)[:300]}")
    finally:
        page.close()
    return [f"{language} {shot.name}: {words}" for words in complaints.drain()]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def work_through(pattern: str, camera: Camera, languages: tuple[str, ...]) -> tuple[int, list[str]]:
    """Take the pictures whose names fit, and return how many pages that were and what was wrong."""
    wrong: list[str] = []
    number, deadline = 0, time.monotonic() + _LONGEST
    with Product() as product, chromium() as browser:
        studio = Studio(browser, product)
        for language in languages:
            for shot in SHOTS:
                if language not in shot.languages or not fnmatch(shot.name, pattern):
                    continue
                if time.monotonic() > deadline:
                    return number, [*wrong, f"stopped after {_LONGEST} s"]
                number += 1
                wrong += take(shot, studio=studio, camera=camera, language=language)
    return number, wrong


def copy_for_readme() -> None:
    """Put the README's two pictures where git keeps them."""
    README_FOLDER.mkdir(parents=True, exist_ok=True)
    for name, source in README_PICTURES.items():
        shutil.copyfile(FOLDER / source, README_FOLDER / name)


def main() -> int:
    """Do what the arguments say, and return the exit code."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("--only", default="*", metavar="PATTERN", help="such as 'invite-*'")
    parser.add_argument("--quick", action="store_true", help="Norwegian and light only")
    parser.add_argument("--readme", action="store_true", help="renew the README's pictures too")
    options = parser.parse_args()
    schemes, languages = (SCHEMES[:1], ("nb",)) if options.quick else (SCHEMES, tuple(_LOCALES))
    number, wrong = work_through(options.only, Camera(FOLDER, schemes), languages)
    if options.readme:
        copy_for_readme()
    for words in wrong:
        print(words, file=sys.stderr)
    print(f"{number} pages drawn into {FOLDER.relative_to(ROOT)}; {len(wrong)} with something wrong.")
    return 1 if wrong or not number else 0


if __name__ == "__main__":
    sys.exit(main())
