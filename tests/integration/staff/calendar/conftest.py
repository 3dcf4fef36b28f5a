"""Pages of the calendar as somebody without scripts reads them."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User

Read = Callable[..., BeautifulSoup]


@pytest.fixture
def read(client: Client) -> Read:
    """Return what reads a page as `user`: `read("/calendar/", user, date="2026-03-03")`."""

    def page(
        address: str, user: User, *, answers: int = 200, part: bool = False, **query: Any
    ) -> BeautifulSoup:
        client.force_login(user)
        headers = {"HX-Request": "true"} if part else {}
        response = client.get(address, query, headers=headers)
        assert response.status_code == answers, response.content
        return BeautifulSoup(response.content, "html.parser")

    return page
