"""A page with a form as a browser would send it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from samtale.accounts.models import User


class Page:
    """A page that is open, or as it came back the last time."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self._take(client.get(address))

    def press(self, go: str, **typed: Any) -> int:
        """Send the form as it is shown, but for what is `typed`."""
        return self._take(self.client.post(self.address, self.fields | typed | {"go": go}))

    def _take(self, response: HttpResponse) -> int:
        self.response = response
        if response.content:
            self.soup = BeautifulSoup(response.content, "html.parser")
        return response.status_code

    @property
    def fields(self) -> dict[str, Any]:
        form: Any = self.soup.select_one("main form")
        found: dict[str, Any] = {}
        for control in form.select("input[name]"):
            if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
                continue
            empty = "on" if control.get("type") in ("checkbox", "radio") else ""
            found.setdefault(control["name"], []).append(control.get("value", empty))
        for control in form.select("textarea[name]"):
            found[control["name"]] = [control.text.lstrip("\n")]
        for control in form.select("select[name]"):
            chosen = control.select_one("option[selected]")
            found[control["name"]] = [chosen["value"] if chosen else ""]
        return found

    @property
    def text(self) -> str:
        return self.soup.get_text(" ", strip=True)

    def error_beside(self, field: str) -> str:
        control = self.soup.select_one(f"#id_{field}")
        assert control, field
        described = str(control.get("aria-describedby", "")).split()
        return " ".join(
            found.get_text(" ", strip=True) for each in described if (found := self.soup.find(id=each))
        )


@pytest.fixture
def open_page(client: Client, owner: User) -> Any:
    client.force_login(owner)
    return lambda address: Page(client, address)
