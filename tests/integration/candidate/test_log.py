"""A candidate's link works for weeks, so the log must not hold it."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Invitation
from tests.conftest import Clock
from tests.integration.candidate.conftest import START, Reader


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Return what the product's own handler writes."""
    (handler,) = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    usual = handler.setStream(StringIO())
    assert usual
    yield handler.stream
    handler.setStream(usual)


def test_a_link_is_masked_whatever_the_answer(
    invitation: Invitation, address: str, reader: Reader, clock: Clock, written: StringIO
) -> None:
    token = token_for(invitation)
    client = reader.client
    assert client.post(address).status_code == 422
    assert client.delete(address).status_code == 405
    assert client.get(f"/a/{token}/junk").status_code == 404
    assert client.get(f"/a/{token}x/").status_code == 404
    clock.move_to(START)
    assert client.post(address, {"choice": "coming"}).status_code == 409

    lines = written.getvalue().splitlines()
    assert len(lines) == 5
    assert all("/a/***" in line for line in lines)
    assert token not in written.getvalue()
    assert token.partition("~")[2] not in written.getvalue()


def test_an_error_of_ours_is_masked(
    invitation: Invitation, address: str, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise RuntimeError(f"at {address}")

    monkeypatch.setattr("samtale.web.candidate.answer.page_state", broken)
    assert Client(raise_request_exception=False).get(address).status_code == 500

    assert "Internal Server Error: /a/***" in written.getvalue()
    assert "RuntimeError: at /a/***" in written.getvalue()
    assert token_for(invitation) not in written.getvalue()


@pytest.mark.parametrize("name", ["django", "django.request", "django.server", "django.security"])
def test_nobody_else_writes(name: str) -> None:
    assert logging.getLogger(name).handlers == []
    assert logging.getLogger(name).propagate
