"""The two steps of inviting, as a browser without scripts would go through them."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse


class Flow:
    """Presses buttons in the form that the last page showed, as a browser would."""

    def __init__(self, client, project, applications) -> None:
        self.client, self.project = client, project
        ids = ",".join(str(each.pk) for each in applications)
        self.response: HttpResponse = self._post({"applications": ids, "go": "begin"})

    def _post(self, data: dict[str, Any]) -> HttpResponse:
        return self.client.post(reverse("staff:invite", args=[self.project.pk]), data)

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.content, "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def fields(self) -> dict[str, Any]:
        """The names and values that the form would send."""
        found: dict[str, list[str]] = {}
        for field in self.page.select(
            "main form input[name], main form textarea[name], main form select[name]"
        ):
            if field.name == "select":
                chosen = field.select_one("option[selected]:not([disabled])") or field.select_one(
                    "option:not([disabled])"
                )
                value = chosen["value"] if chosen else None
            elif field.name == "textarea":
                value = field.text.removeprefix("\n")
            elif field.get("type") in ("radio", "checkbox"):
                value = field.get("value", "on") if field.has_attr("checked") else None
            else:
                value = field.get("value", "")
            if value is not None:
                found.setdefault(field["name"], []).append(value)
        return {name: values[0] if len(values) == 1 else values for name, values in found.items()}

    def press(self, go: str, **changes: Any) -> "Flow":
        self.response = self._post(self.fields | changes | {"go": go})
        return self

    def to_step_2(self, **changes: Any) -> "Flow":
        chosen = {"date": "2026-03-16", "time": "09:00"} | changes
        self.press("next", **chosen)
        if "slots_for" in self.fields and "action" not in self.fields:
            self.press("next")  # the proposed times have been seen
        assert self.page.select_one("select[name=action]"), self.text
        return self

    def error_beside(self, name: str) -> str:
        field = self.page.select_one(f"[name='{name}']")
        tied = " ".join(field.get("aria-describedby", "").split())
        group = field.find_parent("fieldset")
        tied += " " + (group.get("aria-describedby", "") if group else "")
        return " ".join(found.get_text(" ") for each in tied.split() if (found := self.page.find(id=each)))
