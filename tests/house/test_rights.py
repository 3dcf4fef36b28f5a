"""Every page needs a log-in, unless it is named here."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Candidates have no log-in, nor have calendar programs; the rest is the log-in itself, and the choice of its
# language.
PUBLIC = (
    "a/",
    "feed/",
    "hooks/",
    "language/",
    "accounts/login/",
    "accounts/logout/",
    "accounts/password/reset/",
    "healthz",
    "healthz/web",
    "metrics",
)
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
EXAMPLES = {"uuid": "6f1c1c2e-3a51-4a86-9c6f-0a3c5d2f0a11"}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Return an address of each view, with 1 for every parameter."""
    for entry in patterns:
        route = PARAMETER.sub(lambda found: EXAMPLES.get(found[1] or "", "1"), str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, before + route)
        elif not route.startswith("^"):
            yield before + route


@pytest.fixture
def private() -> list[str]:
    found = addresses(get_resolver().url_patterns)
    return [address for address in found if not address.startswith(PUBLIC)]


def test_the_addresses_are_found(private: list[str]):
    assert len(private) > 30
    assert "projects/1/applications/" in private


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_a_stranger_is_sent_to_the_log_in(client: Client, private: list[str], method: str):
    answers = {address: getattr(client, method)(f"/{address}") for address in private}

    let_in = {
        address: answer.status_code
        for address, answer in answers.items()
        if not (answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/"))
    }
    assert let_in == {}
