"""A gateway that only a file knows."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from samtale.core.logs import masked
from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import Sms, transport
from tests.integration.outbox.sms.gateways import SECRET, Server, described

HOSTILE = (
    'Hei {sender} {0} {env:GATEWAY_PASSWORD} {{x}} %s "quoted" \\ ,\r\nBcc: x\n}]{"to": 1}&to=+4799999999#'
)
PARCEL = Sms("Bergen", "+4791234567", HOSTILE, "ref-1", "https://samtale.example.org/r/t~1/", "t~1")
URL = 'url = "http://127.0.0.1:PORT/v1/messages"\n'
JSON = '[json]\nto = "{recipient}"\ntext = "{text}"\n'
Opened = Callable[[str], Any]


@pytest.fixture
def opened(server: Server, tmp_path) -> Iterator[Opened]:
    gateways = []

    def opened(text: str) -> Any:
        gateways.append(transport(described(tmp_path, text, server.server_port)))
        return gateways[-1]

    yield opened
    for gateway in gateways:
        gateway.close()


def test_what_is_put_into_json_stays_what_it_is(opened: Opened, server: Server):
    opened(
        URL
        + """
        [json]
        messages = [{to = ["{recipient}", "{recipient_digits}"], text = "<{text}>", "{text}" = 1, no = false}]
        from = "{sender}"
        """
    ).send(PARCEL)

    assert json.loads(server.seen[0][2]) == {
        "messages": [{"to": ["+4791234567", "4791234567"], "text": f"<{HOSTILE}>", "{text}": 1, "no": False}],
        "from": "Bergen",
    }


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_and_in_a_form(opened: Opened, server: Server, method: str):
    opened(
        f'method = "{method}"\n{URL}[form]\nto = "{{recipient}}"\ntext = "{{text}}"\n'
        'key = "{env:GATEWAY_PASSWORD}"'
    ).send(PARCEL)

    assert server.methods == [method]
    form = parse_qs(server.seen[0][2], keep_blank_values=True)
    assert form == {"key": [SECRET], "to": ["+4791234567"], "text": [HOSTILE]}


def test_and_in_an_address(opened: Opened, server: Server):
    opened(
        """
        method = "GET"
        url = "http://127.0.0.1:PORT/to/{recipient}/{text}?key={env:GATEWAY_PASSWORD}"
        query = {text = "{text}", ref = "{reference}"}
        """
    ).send(PARCEL)

    parts = urlsplit(server.seen[0][0])
    assert server.methods == ["GET"]
    assert parts.path.count("/") == 3
    assert parse_qs(parts.query) == {"key": [SECRET], "text": [HOSTILE], "ref": ["ref-1"]}


def test_a_header_gets_no_second_line(opened: Opened, server: Server):
    opened(
        f'{URL}[headers]\nAuthorization = "Bearer {{env:GATEWAY_PASSWORD}}"\nX-Ref = "{{reference}}"\n{JSON}'
    ).send(Sms("Bergen", "+4791234567", "Hei", "a\r\nX-Evil: 1\u2028ø"))

    assert server.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert server.headers[0]["X-Ref"] == "aX-Evil: 1"
    assert "X-Evil" not in server.headers[0]


def test_nobodys_netrc_takes_the_place_of_its_header(opened: Opened, server: Server, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))

    opened(f'{URL}[headers]\nAuthorization = "Bearer x"\n{JSON}').send(PARCEL)

    assert server.seen[0][1] == "Bearer x"


def test_basic_auth(opened: Opened, server: Server):
    opened(f'{URL}auth = {{user = "AC1", password = "{{env:GATEWAY_PASSWORD}}"}}\n{JSON}').send(PARCEL)
    assert base64.b64decode(server.seen[0][1].split()[1]) == b"AC1:hush-hush"


RECEIPT = """
[receipt]
outcome = {path = "status", delivered = ["ok"], failed = ["no"]}
"""


def test_where_to_report_goes_along_and_is_left_out_where_we_cannot_be_reached(
    opened: Opened, server: Server
):
    gateway = opened(
        f'{URL}[headers]\nX-Report = "{{receipt_url}}"\n{JSON}callbacks = ["{{receipt_url}}?s=%d"]\n'
        f'report = {{url = "{{receipt_url}}", kind = "all"}}\n{RECEIPT}'
    )

    gateway.send(PARCEL)
    gateway.send(Sms("Bergen", "+4791234567", "Hei", "ref-1"))

    with_it, without = (json.loads(body) for _, _, body in server.seen)
    assert with_it["callbacks"] == [f"{PARCEL.receipt_url}?s=%d"]
    assert with_it["report"] == {"url": PARCEL.receipt_url, "kind": "all"}
    assert server.headers[0]["X-Report"] == PARCEL.receipt_url
    assert (without["callbacks"], without["report"]) == ([], {"kind": "all"})
    assert "X-Report" not in server.headers[1]


@pytest.mark.parametrize(
    ("rules", "said", "identity"),
    [
        ("", "whatever", ""),
        ('id = {path = "messages.0.id"}', '{"messages": [{"id": 77}]}', "77"),
        ('id = {pattern = "^OK: (.+)$"}', "Hello\nOK: m-1\n", "m-1"),
        ('accepted = {path = "code", values = [0]}', '{"code": 0}', ""),
        ('accepted = {path = "ok", values = [true]}', '{"ok": true}', ""),
        ('refused = {path = "errors"}', '{"errors": []}', ""),
        ('refused = {path = "error"}', '{"error": false}', ""),
        ('refused = {path = "status", values = ["bad"]}', '{"status": "good"}', ""),
    ],
)
def test_what_counts_as_taken(opened: Opened, server: Server, rules: str, said: str, identity: str):
    server.answer = said
    assert opened(f"{URL}{JSON}[answer]\n{rules}").send(PARCEL) == identity


@pytest.mark.parametrize(
    ("rules", "said", "words"),
    [
        ('accepted = {path = "code", values = [0]}', '{"code": 7}', '{"code": 7}'),
        ('accepted = {pattern = "^([A-Z]+)", values = ["OK"]}', "ERR 7 hush-hush", "ERR 7 ***"),
        (
            'refused = {path = "error.code"}\nerror = {path = "error.text"}',
            '{"error": {"code": 7, "text": "no such\\nsender"}}',
            "no such sender",
        ),
        ('refused = {path = "status", values = ["bad"]}', '{"status": "bad"}', '{"status": "bad"}'),
    ],
)
def test_a_refusal_that_calls_itself_good(opened: Opened, server: Server, rules: str, said: str, words: str):
    server.answer = said
    gateway = opened(f'{URL}{JSON}key = "{{env:GATEWAY_PASSWORD}}"\n[answer]\n{rules}')
    with pytest.raises(TransportError) as caught:
        gateway.send(PARCEL)
    assert (caught.value.permanent, caught.value.may_have_left, caught.value.words) == (True, False, words)


@pytest.mark.parametrize(
    "rules",
    [
        'id = {path = "messages.0.id"}',
        'id = {path = "messages.x.y"}',
        'accepted = {path = "code", values = [0]}',
        'accepted = {pattern = "^(OK)", values = ["OK"]}',
    ],
)
@pytest.mark.parametrize("said", ["", "<html>", "[]", '{"messages": []}', '{"code": null}', "[" * 9000])
def test_what_is_not_understood_is_doubt(opened: Opened, server: Server, rules: str, said: str):
    server.answer = said
    with pytest.raises(TransportError, match="understood") as caught:
        opened(f"{URL}{JSON}[answer]\n{rules}").send(PARCEL)
    assert caught.value.may_have_left


def test_at_an_address_of_its_own_a_message_that_is_not_found_stops_no_other(opened: Opened, server: Server):
    server.mood = 404
    gateway = opened(f'method = "PUT"\nurl = "http://127.0.0.1:PORT/to/{{recipient}}"\n{JSON}')
    with pytest.raises(TransportError) as caught:
        gateway.send(PARCEL)
    assert caught.value.permanent
    gateway.open()

    server.mood = 401
    with pytest.raises(TransportDownError):
        gateway.send(PARCEL)


@pytest.mark.parametrize(
    "echo", ['a+b/c ="d"', "a%2Bb%2Fc%20%3D%22d%22", "a%2Bb%2Fc+%3D%22d%22", 'a+b/c =\\"d\\"']
)
def test_a_secret_is_in_no_words_and_no_log(opened: Opened, server: Server, monkeypatch, echo: str):
    monkeypatch.setenv("GATEWAY_KEY", 'a+b/c ="d"')
    server.mood, server.answer = 400, f"bad key {echo}!"
    gateway = opened(f'{URL}{JSON}key = "{{env:GATEWAY_KEY}}"')
    with pytest.raises(TransportError) as caught:
        gateway.send(PARCEL)
    assert caught.value.words == "400 bad key ***!"
    assert masked('params: key=a+b/c ="d"&x') == "params: key=***&x"


def test_the_example_in_the_documents_works(opened: Opened, server: Server, monkeypatch):
    monkeypatch.setenv("FJORDPOST_KEY", SECRET)
    document = (Path(__file__).parents[4] / "docs" / "sms-gateway.md").read_text("utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", document, re.DOTALL)
    gateway = opened(example.replace("https://api.fjordpost.example", "http://127.0.0.1:PORT"))

    server.answer = '{"messages": [{"id": "f-1", "status": "queued"}]}'
    assert gateway.send(PARCEL) == "f-1"
    assert server.seen[0][0] == "/v2/sms"
    assert server.headers[0]["X-Api-Key"] == SECRET
    assert json.loads(server.seen[0][2]) == {
        "sender": "Bergen",
        "messages": [{"to": "+4791234567", "text": HOSTILE}],
        "reference": "ref-1",
        "callback": PARCEL.receipt_url,
    }

    server.mood, server.answer = 400, '{"error": {"message": "no such sender"}}'
    with pytest.raises(TransportError, match=r"^400 no such sender$"):
        gateway.send(PARCEL)
