"""Letters that were never meant to be read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samtale.inbox.letters import IncomingLetter, NotALetter
from samtale.interviews.domain.itip import NotAnAnswer, Reply, Said, reply_in

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def read(content: bytes) -> IncomingLetter:
    return IncomingLetter.read(content, arrived_at=NOW)


def holding(calendar: str, text: str = "") -> IncomingLetter:
    return IncomingLetter(
        message_id="",
        recipients=(),
        arrived_at=NOW,
        dated=None,
        is_automatic=False,
        calendars=(calendar.replace("\n", "\r\n").encode(),),
        text=text,
    )


def answering(*lines: str, method: str = "REPLY") -> IncomingLetter:
    body = "\n".join(lines)
    return holding(f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n")


YES = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example"


def test_parts_nested_beyond_reason_are_no_letter():
    depth = 3000
    head = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(depth))

    with pytest.raises(NotALetter):
        read(head.encode())


def test_what_is_too_large_is_no_letter():
    with pytest.raises(NotALetter):
        read(b"Subject: x\r\n\r\n" + b"x" * 1024 * 1024)


@given(st.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_letter_or_none(content: bytes):
    try:
        letter = read(content)
        letter.digest("mark")
    except NotALetter:
        pass


HEADERS = ["To", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "Auto-Submitted", "Cc"]
VALUES = st.text(
    st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=60
) | st.sampled_from(
    [
        "text/calendar; charset=nonsense",
        "multipart/mixed; boundary=x",
        "text/plain; charset=utf-7",
        "base64",
        "Mon, 99 Foo 2026 99:99:99 +9999",
        "=?utf-8?b?////?=",
        "<<<>>>,,;;:",
    ]
)


@given(st.lists(st.tuples(st.sampled_from(HEADERS), VALUES), max_size=8), st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_headers_are_a_letter_or_none(headers, body: bytes):
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    try:
        letter = read(head.encode() + b"\r\n" + body)
        letter.digest("mark")
        reply_in(letter)
    except (NotALetter, NotAnAnswer):
        pass


@given(st.text(max_size=500))
@settings(max_examples=200, deadline=None)
def test_any_text_in_an_answer_is_an_answer_or_none(text: str):
    try:
        found = reply_in(answering(YES, text))
    except NotAnAnswer:
        return
    assert isinstance(found, Reply)


def test_a_rule_that_would_never_end_is_not_followed():
    rule = "BEGIN:VTIMEZONE\nTZID:Endless\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    rule += "RRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    event = f"BEGIN:VEVENT\n{YES}\nDTSTART;TZID=Endless:20270101T100000\nRRULE:FREQ=SECONDLY\nEND:VEVENT\n"

    found = reply_in(holding(f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{rule}{event}END:VCALENDAR\n"))

    assert found.said is Said.ACCEPTED
    assert found.start is None


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("ATTENDEE:mailto:a@b.example",),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@b.example",),
        ("ATTENDEE;PARTSTAT=DELEGATED:mailto:a@b.example",),
        (YES, "ATTENDEE;PARTSTAT=DECLINED:mailto:c@b.example"),
        (YES, "SEQUENCE:many"),
    ],
)
def test_what_says_nothing_clear_is_no_answer(lines):
    with pytest.raises(NotAnAnswer):
        reply_in(answering(*lines))


def test_another_method_is_no_answer():
    for method in ("REQUEST", "PUBLISH", "CANCEL", "REFRESH"):
        with pytest.raises(NotAnAnswer):
            reply_in(answering(YES, method=method))


def test_hidden_characters_in_a_comment_are_dropped():
    found = reply_in(answering(YES, "COMMENT:Hei\u202e snart\\nsees\u200b"))

    assert found.comment == "Hei snart\nsees"
