"""Whatever is wrong with a description is said in one line that names the file and the key."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from samtale.outbox.transports.sms import transport
from tests.integration.outbox.sms.gateways import SECRET, described

URL = 'url = "https://sms.example.org/v1"\n'
BODY = '[json]\nto = "{recipient}"\ntext = "{text}"\n'
ANSWER = f"{URL}{BODY}[answer]\n"
RECEIPT = f'{URL}{BODY}ref = "{{receipt_token}}"\n[receipt]\n'
OUTCOME = 'outcome = {path = "status", delivered = ["ok"], failed = ["no"]}\n'


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("url = ", "", "is no TOML"),
        (BODY, "url", "is missing"),
        (f"url = 7\n{BODY}", "url", "must be a text"),
        (f'url = "sms.example.org"\n{BODY}', "url", "whole http or https"),
        (f'url = "ftp://sms.example.org"\n{BODY}', "url", "whole http or https"),
        (f'url = "https://sms.example.org:port/"\n{BODY}', "url", "is no address"),
        (f'url = "https://{{sender}}.example.org/"\n{BODY}', "url", "name of the host"),
        (f'url = "https://a:b@sms.example.org/"\n{BODY}', "url", "no password"),
        (f'url = "https://sms.example.org/a b"\n{BODY}', "url", "no blanks"),
        (f'method = "DELETE"\n{URL}{BODY}', "method", "one of POST, PUT, GET"),
        (f'method = "GET"\n{URL}{BODY}', "method", "has no body"),
        (f"metod = 1\n{URL}{BODY}", "metod", "not known"),
        (f'{URL}{BODY}[form]\na = "1"', "form", "not both"),
        (f"{URL}form = 1", "form", "must be a table"),
        (f'{URL}[form]\nto = "{{recipient}}"\ntext = "{{text}}"\nn = 1', "form.n", "must be a text"),
        (f'{URL}[json]\nto = "{{recipient}}"', "json", "nothing in the request holds {text}"),
        (f'{URL}[form]\ntext = "{{text}}"', "form", "nothing in the request holds {recipient}"),
        (f'{URL}{BODY}x = [{{y = "{{txt}}"}}]', "json.x.0.y", "{txt} cannot stand here"),
        (f"{URL}{BODY}x = 2026-01-01", "json.x", "no such value"),
        (f"{URL}{BODY}x = nan", "json.x", "no such value"),
        (f'{URL}{BODY}x = "{{env:GATEWAY_NONE}}"', "json.x", "the environment has no GATEWAY_NONE"),
        (f'{URL}{BODY}[headers]\nX-Text = "{{text}}"', "headers.X-Text", "{text} cannot stand here"),
        (f'{URL}{BODY}[headers]\n"X Y" = "1"', "headers.X Y", "no name of a header"),
        (f'{URL}{BODY}[headers]\nHost = "1"', "headers.Host", "set by Samtale"),
        (f'{URL}{BODY}[headers]\nX = "a\\nb"', "headers.X", "neither line breaks"),
        (f'{URL}{BODY}[headers]\nX = "{{env:GATEWAY_LINES}}"', "headers.X", "neither line breaks"),
        (f'{URL}auth = {{user = "a"}}\n{BODY}', "auth.password", "is missing"),
        (f'{URL}auth = {{user = "a", password = "{{text}}"}}\n{BODY}', "auth.password", "cannot stand here"),
        (f'{URL}auth = {{user = "a", password = "b", realm = "c"}}\n{BODY}', "auth.realm", "not known"),
        (f'{ANSWER}id = "a.b"', "answer.id", "must be a table"),
        (f"{ANSWER}id = {{}}", "answer.id.path", "either a path or a pattern"),
        (f'{ANSWER}id = {{path = "a", pattern = "b"}}', "answer.id.path", "either a path or a pattern"),
        (f'{ANSWER}id = {{pattern = "("}}', "answer.id.pattern", "no regular expression"),
        (f'{ANSWER}id = {{path = "a", values = ["b"]}}', "answer.id.values", "not known"),
        (f'{ANSWER}accepted = {{path = "a"}}', "answer.accepted.values", "list that is not empty"),
        (f'{ANSWER}refused = {{path = "a", values = [1.5]}}', "answer.refused.values", "whole numbers"),
        (f'{ANSWER}status = {{path = "a"}}', "answer.status", "not known"),
        (f'{URL}{BODY}back = "{{receipt_url}}"', "receipt", "the request holds {receipt_url}"),
        (f"{URL}{BODY}[receipt]\n{OUTCOME}", "receipt", "nothing in the request holds {receipt_url}"),
        (f"{RECEIPT}{OUTCOME}", "receipt", "nothing in the request holds {receipt_url}"),
        (
            f'{URL}{BODY}u = "{{receipt_url}}"\n[receipt]\ntoken = {{path = "ref"}}\n{OUTCOME}',
            "receipt",
            "nothing in the request holds {receipt_token}",
        ),
        (f'{RECEIPT}token = {{path = "ref"}}', "receipt.outcome.path", "either a path or a pattern"),
        (f'{RECEIPT}outcome = {{path = "a"}}', "receipt.outcome.delivered", "list that is not empty"),
        (
            f'{RECEIPT}outcome = {{path = "a", delivered = [1], failed = ["1"]}}',
            "receipt.outcome.failed",
            "1 is delivered already",
        ),
        (f'{RECEIPT}method = "PUT"\n{OUTCOME}', "receipt.method", "one of POST, GET"),
        (f"{RECEIPT}secret = 1\n{OUTCOME}", "receipt.secret", "not known"),
    ],
)
def test_a_fault_names_file_and_key(tmp_path, monkeypatch, text: str, key: str, words: str):
    monkeypatch.setenv("GATEWAY_LINES", f"{SECRET}\nX-Evil: 1")
    with pytest.raises(ImproperlyConfigured) as caught:
        transport(described(tmp_path, text))
    said = str(caught.value)
    assert said.startswith(f"SMS_URL: {tmp_path}/gateway.toml: {key}: " if key else "SMS_URL: ")
    assert words in said
    assert "\n" not in said
    assert SECRET not in said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("gateway:///no/such/file.toml", "/no/such/file.toml: No such file"),
        ("gateway:///", "/: Is a directory"),
        ("gateway://file.toml", "three slashes"),
        ("gateway:file.toml", "three slashes"),
        ("gateway:///file.toml?from=Bergen", "nothing after it"),
    ],
)
def test_a_file_that_is_not_there(url: str, words: str):
    with pytest.raises(ImproperlyConfigured, match="SMS_URL") as caught:
        transport(url)
    assert words in str(caught.value)


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "gateway.toml").write_bytes(b"url = '\xff'")
    with pytest.raises(ImproperlyConfigured, match="no TOML in UTF-8"):
        transport(f"gateway://{tmp_path}/gateway.toml")
