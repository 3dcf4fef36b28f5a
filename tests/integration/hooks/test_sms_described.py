"""Receipts of a gateway that only a file knows, in the ways that it may say it reports."""

import json
from pathlib import Path

import pytest
from django.test import Client

from samtale.core.logs import masked
from samtale.outbox.domain.receipt_links import receipt_address, receipt_token
from samtale.outbox.models.message import State
from tests.factories.outbox import make_sms
from tests.integration.outbox.conftest import fresh
from tests.integration.outbox.sms.gateways import described

pytestmark = pytest.mark.django_db
HOOK = "/hooks/sms/gateway/"
REQUEST = """
url = "https://sms.example.org/v1"
form = {to = "{recipient}", text = "{text}", url = "{receipt_url}", ref = "{receipt_token}"}
[receipt]
"""
OUTCOME = 'outcome = {path = "dlr.status", delivered = ["DELIVRD", 1], failed = ["UNDELIV", 2]}\n'


@pytest.fixture
def describe(settings, tmp_path: Path):
    def describe(receipt: str) -> None:
        settings.SMS_URL = described(tmp_path, REQUEST + receipt)

    return describe


def own(message) -> str:
    return receipt_address(message.public_id).removeprefix("https://samtale.example.org")


def post_json(address: str, content) -> int:
    return Client().post(address, json.dumps(content), content_type="application/json").status_code


def test_by_json_to_an_address_of_its_own(describe):
    describe(OUTCOME + 'words = {path = "dlr.error.0"}')
    arrived, lost, way = (make_sms(state=State.UNKNOWN) for _ in range(3))

    assert post_json(own(arrived), {"dlr": {"status": 1}}) == 200
    assert post_json(own(lost), {"dlr": {"status": "UNDELIV", "error": ["absent"]}}) == 200
    assert post_json(own(way), {"dlr": {"status": "ACCEPTD"}}) == 200
    assert post_json(own(way), ["nothing"]) == 200

    assert [fresh(one).state for one in (arrived, lost, way)] == [State.SENT, State.FAILED, State.UNKNOWN]
    assert fresh(lost).reason == "gateway: absent"


@pytest.mark.parametrize("by", ["form", "form and address", "multipart"])
def test_by_form(describe, by: str):
    describe(OUTCOME.replace("dlr.status", "status"))
    message = make_sms(state=State.UNKNOWN)
    send = Client().post
    address = own(message)
    if by == "form":
        send(address, "status=DELIVRD", content_type="application/x-www-form-urlencoded")
    elif by == "multipart":
        send(address, {"status": "DELIVRD"})
    else:
        send(f"{address}?status=DELIVRD", "", content_type="application/x-www-form-urlencoded")
    assert fresh(message).state == State.SENT


def test_by_text(describe):
    describe('outcome = {pattern = "stat:(\\\\w+)", delivered = ["DELIVRD"], failed = ["UNDELIV"]}')
    message = make_sms(state=State.UNKNOWN)
    Client().post(own(message), "id:1 stat:UNDELIV err:5", content_type="text/plain")
    assert (fresh(message).state, fresh(message).reason) == (State.FAILED, "gateway: not delivered")


def test_to_one_address_with_the_token_in_the_report(describe):
    describe(OUTCOME + 'token = {path = "ref"}')
    message, other = make_sms(state=State.UNKNOWN), make_sms(state=State.UNKNOWN)
    token = receipt_token(message.public_id)

    assert post_json(HOOK, {"ref": str(other.public_id), "dlr": {"status": 1}}) == 404
    assert post_json(HOOK, {"dlr": {"status": 1}}) == 404
    assert post_json(own(other), {"ref": token, "dlr": {"status": 1}}) == 404
    assert post_json(HOOK, {"ref": token, "dlr": {"status": 1}}) == 200

    assert [fresh(one).state for one in (message, other)] == [State.SENT, State.UNKNOWN]


def test_by_get_where_the_file_says_so_and_only_there(describe, settings, tmp_path):
    describe('method = "get"\n' + OUTCOME.replace("dlr.status", "status"))
    message = make_sms(state=State.UNKNOWN)
    assert Client().post(own(message), {"status": "DELIVRD"}).status_code == 404
    assert Client().head(f"{own(message)}?status=DELIVRD").status_code == 405
    assert fresh(message).state == State.UNKNOWN
    assert Client().get(f"{own(message)}?status=DELIVRD").status_code == 200
    assert fresh(message).state == State.SENT

    (tmp_path / "other").mkdir()
    settings.SMS_URL = described(tmp_path / "other", REQUEST + OUTCOME.replace("dlr.status", "status"))
    unsettled = make_sms(state=State.UNKNOWN)
    assert Client().get(f"{own(unsettled)}?status=DELIVRD").status_code == 404
    assert fresh(unsettled).state == State.UNKNOWN


def test_a_file_without_receipts_takes_none(settings, tmp_path):
    settings.SMS_URL = described(
        tmp_path, 'url = "https://sms.example.org"\nform = {to = "{recipient}", text = "{text}"}'
    )
    message = make_sms(state=State.UNKNOWN)
    assert post_json(own(message), {"dlr": {"status": 1}}) == 404
    assert post_json(HOOK, {"dlr": {"status": 1}}) == 404


def test_a_wrong_token_and_a_body_too_large_are_unknown(describe):
    describe(OUTCOME)
    message = make_sms(state=State.UNKNOWN)
    assert post_json(own(message)[:-3] + "x/", {"dlr": {"status": 1}}) == 404
    assert post_json(own(message), {"dlr": {"status": 1}, "x": "x" * 20_000}) == 404
    assert fresh(message).state == State.UNKNOWN


def test_neither_token_nor_number_is_in_the_log(describe):
    describe(OUTCOME)
    address = own(make_sms())
    assert masked(f'"GET {address}?to=4791234567 HTTP/1.1" 200') == f'"GET {HOOK}*** HTTP/1.1" 200'
    assert masked(f"GET {HOOK}?ref=t~1&to=4791234567 200") == f"GET {HOOK}*** 200"
    assert masked(f"POST {HOOK} 200") == f"POST {HOOK} 200"
