"""Takes the pictures of one page in every size and colour scheme, and hears what the page complains of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import ConsoleMessage, Page, Response

Scheme = Literal["light", "dark"]
WIDTHS = {1360: 900, 390: 844}  # and the height of the window
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Camera:
    """Writes to `<folder>/<language>-<scheme>-<width>/<name>.png`."""

    folder: Path
    schemes: Sequence[Scheme]

    def take(self, page: Page, *, name: str, language: str, whole: bool) -> None:
        """Take the pictures of the page as it is now: of the `whole` of it, or of what the window shows."""
        page.evaluate("document.fonts.ready")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in self.schemes:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                path = self.folder / f"{language}-{scheme}-{width}" / f"{name}.png"
                page.screenshot(path=path, full_page=whole, animations="disabled")


class Complaints:
    """What a window's pages complain of: failed requests, script errors, errors on the console."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        self.expected_status = 200
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("console", self._console)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # What did not load is heard of below, with its status.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.heard.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected_status:
            self.heard.append(f"{response.status}: {response.request.method} {response.url}")

    def drain(self) -> list[str]:
        """Return what was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard
