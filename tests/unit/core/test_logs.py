import logging
import sys

import pytest

from samtale.core.logs import MaskingFormatter, keep_out, masked

TOKEN = "QmFzZTY0aWRlbnRpdHkx.1~c2lnbmF0dXJl-_x"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Not Found: /a/{TOKEN}/", "Not Found: /a/***"),
        (f"Not Found: /a/{TOKEN}", "Not Found: /a/***"),
        (f"Not Found: /a/{TOKEN}/junk", "Not Found: /a/***"),
        (f"Not Found: /a//{TOKEN}/", "Not Found: /a//***"),
        (f"Error handling request /a/{TOKEN}/?lang=sv", "Error handling request /a/***?lang=sv"),
        (f"GET https://example.org/a/{TOKEN}/calendar.ics twice", "GET https://example.org/a/*** twice"),
        (f"<WSGIRequest: GET '/a/{TOKEN}/'>", "<WSGIRequest: GET '/a/***'>"),
        (f"{{'path': 'a/{TOKEN}/'}}", "{'path': 'a/***'}"),
        (f"/accounts/login/?next=%2Fa%2F{TOKEN}%2f", "/accounts/login/?next=%2Fa%2F***"),
        ("/accounts/password/reset/key/1-abc123/", "/accounts/password/reset/key/***"),
        (f"/a/{TOKEN}/ and /a/{TOKEN}x/", "/a/*** and /a/***"),
        ("/applications/7/", "/applications/7/"),
        ("Not Found: /a/", "Not Found: /a/"),
        ("", ""),
    ],
)
def test_what_follows_is_masked(text: str, shown: str):
    assert masked(text) == shown


def test_arguments_and_tracebacks_are_masked_too():
    try:
        raise ValueError(f"/a/{TOKEN}/")
    except ValueError:
        record = logging.LogRecord(
            "samtale", logging.ERROR, __file__, 1, "%s failed", (f"/a/{TOKEN}/",), sys.exc_info()
        )

    line = MaskingFormatter("{levelname} {message}", style="{").format(record)

    assert line.startswith("ERROR /a/*** failed\nTraceback")
    assert line.endswith("ValueError: /a/***")
    assert TOKEN not in line


def test_a_secret_we_were_told_of_is_masked_and_short_words_are_not():
    keep_out(["s3cret-of-gateway", "s3cret-of-gateway-2", "abc", ""])
    assert masked("key=s3cret-of-gateway-2&key=s3cret-of-gateway abc") == "key=***&key=*** abc"
