"""Reads HTML the way a test wants to ask about it."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.template import Context, Template
from django.test import RequestFactory


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def draw(source: str, address: str = "/", **context: Any) -> BeautifulSoup:
    """Render a template's source with the project's tags, as for a request to `address`."""
    request = RequestFactory().get(address)
    template = Template("{% load i18n ui %}" + source)
    return soup(template.render(Context({"request": request, **context})))


def one(parent: Tag, selector: str) -> Tag:
    """Return the only element that matches."""
    found = parent.select(selector)
    assert len(found) == 1, f"{len(found)} × {selector} in {parent}"
    return found[0]


def described_by(parent: Tag, element: Tag) -> list[str]:
    """Return the texts that `aria-describedby` of the element points to; each id must exist."""
    ids = str(element.get("aria-describedby", "")).split()
    return [one(parent, f'[id="{id_}"]').get_text(strip=True) for id_ in ids]
