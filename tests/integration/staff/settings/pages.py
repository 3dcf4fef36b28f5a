"""Reading a page as a user does."""

from typing import Any

from bs4 import BeautifulSoup


def text(response: Any) -> str:
    """Return the words of the page's main part."""
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main
    return " ".join(main.get_text(" ").split())


def errors(response: Any) -> dict[str, list[str]]:
    """Return the form's errors by field."""
    found: dict[str, Any] = response.context["form"].errors.get_json_data()
    return {name: [error["message"] for error in each] for name, each in found.items()}
