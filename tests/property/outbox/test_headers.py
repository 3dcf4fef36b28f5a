"""Nobody's name, address or subject adds a header or a recipient."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

from hypothesis import given
from hypothesis import strategies as st

from samtale.outbox.domain.render import one_line
from samtale.outbox.transports.email.building import Mail, NotAnAddressError, build, mailbox

hostile = st.sampled_from(
    [
        "\r\nBcc: x@y.no",
        "\nX: y",
        "\r",
        "\x0b",
        "\x0c",
        "\x85",
        "\u2028",
        "\u2029",
        '"',
        "\\",
        "<a@b.no>",
        ",",
        "=?utf-8?q?=0A?=",
    ]
)
words = st.lists(st.one_of(st.text(), hostile), max_size=8).map("".join)


@given(words, words, words)
def test_headers_stay_the_five_that_they_are(sender: str, recipient: str, subject: str):
    content = build(
        Mail(
            message_id="<1@example.org>",
            at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            sender=(sender, "from@example.org"),
            recipient=(recipient, "to@example.org"),
            subject=subject,
            text="x",
            html="x",
        )
    ).content
    message = message_from_bytes(content, policy=policy.compat32)
    modern = message_from_bytes(content, policy=policy.SMTP)

    assert sorted(message.keys()) == sorted(
        ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    )
    assert content.isascii()
    assert [a.addr_spec for a in modern["To"].addresses] == ["to@example.org"]
    assert [a.addr_spec for a in modern["From"].addresses] == ["from@example.org"]


@given(st.one_of(words, st.text(min_size=50, max_size=400), st.text(alphabet="ab æ😀=?_", max_size=400)))
def test_a_subject_and_a_name_arrive_as_they_were_written(text: str):
    content = build(
        Mail(
            message_id="<1@example.org>",
            at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            sender=(text, "from@example.org"),
            recipient=("To", "to@example.org"),
            subject=text,
            text="x",
            html="x",
        )
    ).content
    message = message_from_bytes(content, policy=policy.default)

    assert message["Subject"] == one_line(text, 400)
    # The library's own reading of names leaves spaces between their encoded pieces, against RFC 2047.
    name, address = parseaddr(message_from_bytes(content)["From"])
    assert str(make_header(decode_header(name))) == one_line(text, 200)
    assert address == "from@example.org"
    lines = content.partition(b"MIME-Version")[0].split(b"\r\n")[:-1]
    assert all(line.strip() for line in lines)
    assert max(len(line) for line in lines) <= 78
    # A value begins beside the header's name.
    assert not [
        line for line in lines if line.endswith(b":") or (line == b"Subject: " and one_line(text, 400))
    ]


@given(words)
def test_an_address_is_one_mailbox_or_refused(address: str):
    try:
        whole = mailbox("Navn", address)
    except NotAnAddressError:
        return
    assert whole.isascii()
    assert len(whole.splitlines()) == 1
    assert whole.count("@") == whole.count("<") == whole.count(">") == 1


@given(words, st.integers(min_value=1, max_value=400))
def test_one_line_is_one_line(text: str, length: int):
    line = one_line(text, length)

    assert len(line) <= length
    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line
