"""INBOX_URL and INBOX_ADDRESS."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from samtale.core.inbox import inbox

SECRET = "imaps://answers:s%23esam@mail.example.org"


def test_neither_is_nothing():
    assert inbox("", "") == ("", None, None)


def test_a_mailbox():
    address, mailbox, hook = inbox(f"{SECRET}/Jobb%2FSvar", "Answers@Example.org")

    assert address == "answers+*@example.org"
    assert hook is None
    assert mailbox == {
        "host": "mail.example.org",
        "port": 993,
        "ssl": True,
        "starttls": False,
        "user": "answers",
        "password": "s#esam",
        "folder": "Jobb/Svar",
    }


def test_starttls_and_the_usual_port_and_folder():
    _address, mailbox, _hook = inbox("imap://a:b@mail.example.org?tls=true", "a@example.org")

    assert mailbox
    assert (mailbox["port"], mailbox["ssl"], mailbox["starttls"]) == (143, False, True)
    assert mailbox["folder"] == "INBOX"


def test_a_provider_that_calls():
    address, mailbox, hook = inbox("anymail://postmark?webhook_secret=user:p%26w", "*@svar.example.org")

    assert address == "*@svar.example.org"
    assert mailbox is None
    assert hook == {"provider": "postmark", "secrets": {"webhook_secret": "user:p&w"}}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (SECRET, ""),
        ("", "a@example.org"),
        ("pop3://a:s%23esam@mail.example.org", "a@example.org"),
        ("imaps://mail.example.org", "a@example.org"),
        ("imaps://a:s%23esam@mail.example.org:many", "a@example.org"),
        (SECRET, "no address"),
        (SECRET, "a@*.example.org"),
        (SECRET, "**@example.org"),
        (SECRET, "a-very-long-name-indeed@example.org"),
        ("anymail://postmark", "a@example.org"),
        ("anymail://postmrak?webhook_secret=s%23esam", "a@example.org"),
        ("anymail://amazon_ses?webhook_secret=s%23esam", "a@example.org"),
        ("anymail://mailgun?webhook_secret=s%23esam", "a@example.org"),
        ("anymail://postmark?webhook_secret=", "a@example.org"),
        ("anymail://postmark?webhook_signing_key=s%23esam", "a@example.org"),
        ("anymail://mailgun?api_key=s%23esam", "a@example.org"),
    ],
)
def test_what_cannot_be_meant_is_said_without_secrets(url: str, address: str):
    with pytest.raises(ImproperlyConfigured) as caught:
        inbox(url, address)

    assert "INBOX_" in str(caught.value)
    assert "esam" not in str(caught.value)
