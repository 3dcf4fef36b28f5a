"""LINK Mobility's delivery reports, as its public document shows them."""

import json
from typing import Any

import pytest
from django.test import Client

from samtale.outbox.domain.parcels import Sender, parcel
from samtale.outbox.domain.receipt_links import receipt_address, receipt_token
from samtale.outbox.models.message import Receipt, State
from samtale.outbox.transports.sms import transport
from tests.factories.outbox import NOON, SMS, make_sms
from tests.integration.outbox.conftest import fresh
from tests.integration.outbox.sms.conftest import server  # noqa: F401
from tests.integration.outbox.sms.gateways import Server

pytestmark = pytest.mark.django_db
HOOK = "/hooks/sms/linkmobility/"


@pytest.fixture(autouse=True)
def link(settings):
    settings.SMS_URL = "linkmobility://user:pass-w0rd@?partner=7&gate=BVldZyQt"


def report(reference: Any, code: Any = 1001, **more: Any) -> int:
    posted = {
        "refId": reference,
        "id": "Dcshuhod0PMAAAFQ+/PbnR3x",
        "operator": "no.telenor",
        "sentTimestamp": "2015-11-19T09:37:35Z",
        "timestamp": "2015-11-19T09:37:00Z",
        "resultCode": code,
        "operatorResultCode": "2",
        "segments": 1,
        "gateCustomParameters": {},
        "customParameters": {"received": "2015-11-19 10:37:36"},
    } | more
    return Client().post(HOOK, json.dumps(posted), content_type="application/json").status_code


@pytest.mark.parametrize("code", [1001, "1001", 1007])
def test_what_was_delivered_says_so_and_settles_a_doubt(code):
    sent, unknown = make_sms(state=State.SENT), make_sms(state=State.UNKNOWN)

    assert [report(receipt_token(one.public_id), code) for one in (sent, sent, unknown)] == [200] * 3

    assert [(fresh(one).state, fresh(one).receipt) for one in (sent, unknown)] == [
        (State.SENT, Receipt.DELIVERED)
    ] * 2
    assert sent.deliveries.count() == 1


def test_what_was_not_delivered_has_failed_in_words():
    message = make_sms(state=State.SENT)
    assert report(receipt_token(message.public_id), 2106) == 200
    assert (fresh(message).state, fresh(message).reason) == (State.FAILED, "linkmobility: number error 2106")


def test_of_a_long_text_one_part_that_did_not_arrive_counts():
    message = make_sms(state=State.SENT)
    token = receipt_token(message.public_id)

    assert [report(f"{token}$0", 1001), report(f"{token}$1", 1002), report(f"{token}$2", 1001)] == [200] * 3

    assert (fresh(message).state, fresh(message).receipt) == (State.FAILED, Receipt.BOUNCED)


@pytest.mark.parametrize("code", [1000, 1005, 1012, 4, 1010, 99999, None, True, {"a": 1}, "1" * 5000])
def test_what_is_on_its_way_or_known_to_nobody_changes_nothing(code):
    message = make_sms(state=State.UNKNOWN)
    assert report(receipt_token(message.public_id), code) == 200
    assert fresh(message).state == State.UNKNOWN


def test_what_is_not_ours_is_unknown(settings):
    message = make_sms(state=State.UNKNOWN)
    token = receipt_token(message.public_id)
    settings.SMS_URL = "gateway:///none.toml"
    others = receipt_token(message.public_id)
    settings.SMS_URL = "linkmobility://user:pass-w0rd@?partner=7&gate=BVldZyQt"

    for reference in (str(message.public_id), token[:-1], others, "", None, 7, [token], {}):
        assert report(reference) == 404, reference
    post = Client().post
    for body in ("", "[]", "refId=x", "\x00", "[" * 9000, "1" * 5000):
        assert post(HOOK, body, content_type="application/json").status_code == 404
    assert post(HOOK, {"refId": token, "resultCode": 1001}).status_code == 404
    assert post(f"{HOOK}{token}/", {"status": "delivered"}).status_code == 404
    assert report(token, padding="x" * 20_000) == 404
    assert Client().get(HOOK).status_code == 405
    assert fresh(message).state == State.UNKNOWN


def test_one_that_comes_too_early_is_asked_for_again():
    message = make_sms(state=State.SENDING)
    assert report(receipt_token(message.public_id)) == 503


def test_the_token_goes_along_to_the_gate_and_without_a_gate_nothing_is_asked(server: Server):  # noqa: F811
    server.key = "messageId"
    message = make_sms()
    ready = parcel(message, SMS, sender=Sender("Bergen", "jobb@example.org", "Bergen"), now=NOON)
    for gate in ("&gate=BVldZyQt", ""):
        url = f"linkmobility://user:pass-w0rd@?partner=7{gate}&url=http://127.0.0.1:{server.server_port}"
        gateway = transport(url)
        gateway.send(ready)
        gateway.close()

    with_gate, without = (json.loads(body) for _, _, body in server.seen)
    assert with_gate["refId"] == receipt_token(message.public_id)
    assert (with_gate["useDeliveryReport"], with_gate["deliveryReportGates"]) == (True, ["BVldZyQt"])
    assert without["refId"] == str(message.public_id)
    assert without["useDeliveryReport"] is False
    assert "deliveryReportGates" not in without
    assert receipt_address(message.public_id) == ""
