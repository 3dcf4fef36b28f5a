"""The same promises from every gateway that speaks HTTP, against a local server."""

import base64
import time
from collections.abc import Iterator
from typing import Any

import pytest

from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import Sms, http, transport
from samtale.outbox.transports.sms.door import sender_name
from tests.integration.outbox.sms.gateways import GATEWAYS, KEYS, PATHS, Server, address
from tests.mail_server import free_port

PARCEL = Sms("Bergen", "+4791234567", "Hei på deg", "ref")


@pytest.fixture(params=GATEWAYS)
def gateway(request: pytest.FixtureRequest, server: Server, tmp_path) -> Iterator[Any]:
    server.key = KEYS[request.param]
    gateway = transport(address(request.param, server.server_port, tmp_path))
    gateway.open()
    yield gateway
    gateway.close()


def refusal(gateway: Any) -> TransportError:
    with pytest.raises(TransportError) as caught:
        gateway.send(PARCEL)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def test_it_is_taken_over_one_kept_connection(gateway: Any, server: Server):
    assert [gateway.send(PARCEL), gateway.send(PARCEL)] == ["id-1", "id-1"]

    path, log_in, body = server.seen[0]
    assert path in PATHS.values()
    assert base64.b64decode(log_in.split()[1]) == b"AC1:hush-hush"
    assert "4791234567" in body
    assert len(server.clients) == 1


@pytest.mark.parametrize(
    ("status", "permanent", "may_have_left"),
    [(400, True, False), (429, False, False), (503, False, False), (500, False, True)],
)
def test_what_a_refusal_means(gateway, server, status: int, permanent: bool, may_have_left: bool):
    server.mood = status
    error = refusal(gateway)
    assert (error.permanent, error.may_have_left) == (permanent, may_have_left)


@pytest.mark.parametrize("mood", ["hang", "drip", "hang up"])
def test_a_break_after_the_request_leaves_doubt_and_takes_no_longer_than_allowed(
    gateway, server, monkeypatch, mood: str
):
    monkeypatch.setattr(http, "READ_SECONDS", 0.5)
    monkeypatch.setattr(http, "TOTAL_SECONDS", 1.0)
    server.mood, began = mood, time.monotonic()
    assert refusal(gateway).may_have_left
    assert time.monotonic() - began < 3
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [401, 402, 403, 404, 405, 302])
def test_what_is_wrong_for_all_messages_stops_the_channel(gateway, server: Server, status: int):
    server.mood = status
    with pytest.raises(TransportDownError, match=str(status)) as caught:
        gateway.send(PARCEL)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("name", GATEWAYS)
def test_a_gateway_that_is_away_is_down(name: str, tmp_path):
    gateway = transport(address(name, free_port(), tmp_path))
    with pytest.raises(TransportDownError, match="refused"):
        gateway.open()
    assert not refusal(gateway).may_have_left


def test_what_is_no_number_fails_for_good_and_is_sent_to_nobody(gateway, server: Server):
    with pytest.raises(TransportError, match="not a phone number") as caught:
        gateway.send(Sms("Bergen", "12", "Hei", "ref"))
    assert caught.value.permanent
    assert server.seen == []


def test_a_number_without_a_country_and_a_letter_in_two_signs_are_put_right(gateway, server: Server):
    gateway.send(Sms("Bergen", "912 34 567", "Pa\u030a", "ref"))
    body = server.seen[0][2]
    assert "4791234567" in body
    assert "%C3%A5" in body or "\\u00e5" in body


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Tromsø", "Tromso"),
        ("Ærlig Å", "Aerlig A"),
        ("Café & Øl!", "Cafe Ol"),
        ("Sør-Trøndelag", "Sor-Trondel"),
        ("+4790000000000", "+4790000000000"),
    ],
)
def test_a_name_gets_letters_that_networks_take(name: str, taken: str):
    assert sender_name(name) == taken


def test_the_senders_name_is_put_right_on_the_way(gateway, server: Server):
    gateway.send(Sms("Tromsø", "+4791234567", "Hei", "ref"))
    assert "Tromso" in server.seen[0][2]
