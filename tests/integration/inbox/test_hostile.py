"""Letters that were never meant to be read."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samtale.inbox.letters import CalendarPart, IncomingLetter, NotALetter
from samtale.interviews.domain.itip import NotAnAnswer, Reply, Said, reply_in

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def read(content: bytes) -> IncomingLetter:
    return IncomingLetter.read(content, arrived_at=NOW)


def found_in(letter: IncomingLetter) -> Reply:
    return reply_in(letter, uid=UID)


def holding(content: str, text: str = "") -> IncomingLetter:
    return IncomingLetter(
        message_id="",
        recipients=(),
        arrived_at=NOW,
        dated=None,
        is_automatic=False,
        calendars=(CalendarPart(content.replace("\n", "\r\n")),),
        text=text,
    )


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(*parts: str, method: str = "REPLY") -> str:
    return "\n".join(("BEGIN:VCALENDAR", f"METHOD:{method}", *parts, "END:VCALENDAR", ""))


def answering(*lines: str, method: str = "REPLY") -> IncomingLetter:
    return holding(calendar(event(f"UID:{UID}@example.org", *lines), method=method))


UID = "6f1c1c2e-3a51-4a86-9c6f-0a3c5d2f0a11"
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
        found_in(letter)
    except (NotALetter, NotAnAnswer):
        pass


@given(st.text(max_size=500))
@settings(max_examples=200, deadline=None)
def test_any_text_in_an_answer_is_an_answer_or_none(text: str):
    try:
        found = found_in(answering(YES, text))
    except NotAnAnswer:
        return
    assert isinstance(found, Reply)


def test_a_rule_that_would_never_end_is_not_followed():
    rule = "BEGIN:VTIMEZONE\nTZID:Endless\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    rule += "RRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    lines = (f"UID:{UID}", YES, "DTSTART;TZID=Endless:20270101T100000", "RRULE:FREQ=SECONDLY")

    found = found_in(holding(calendar(rule.rstrip(), event(*lines))))

    assert found.said is Said.ACCEPTED
    assert isinstance(found.start, datetime)
    assert found.start.tzinfo is None


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("ATTENDEE:mailto:a@b.example",),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@b.example",),
        ("ATTENDEE;PARTSTAT=DELEGATED:mailto:a@b.example",),
        (YES, "ATTENDEE;PARTSTAT=DECLINED:mailto:c@b.example"),
        (YES, "RECURRENCE-ID:20270101T100000Z"),
    ],
)
def test_what_says_nothing_clear_is_no_answer(lines):
    with pytest.raises(NotAnAnswer):
        found_in(answering(*lines))


def test_another_method_is_no_answer():
    for method in ("REQUEST", "PUBLISH", "CANCEL", "REFRESH"):
        with pytest.raises(NotAnAnswer):
            found_in(answering(YES, method=method))


def test_hidden_characters_in_a_comment_are_dropped():
    found = found_in(answering(YES, "COMMENT:Hei\u202e snart\\nsees\u200b"))

    assert found.comment == "Hei snart\nsees"


def test_what_is_wrong_beside_the_answer_does_not_take_it_along():
    alarm = "BEGIN:VALARM\nTRIGGER:xx\nEND:VALARM"

    found = found_in(answering(YES, "SEQUENCE:many", "DTSTAMP:yesterday", "DTSTART:soon", alarm))

    assert found == Reply(Said.ACCEPTED, None, None, "", None)


def test_only_our_own_appointment_is_answered():
    other = "BEGIN:VEVENT\nUID:other\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example\nEND:VEVENT"
    ours = f"BEGIN:VEVENT\nUID:{UID.upper()}@example.org\n{YES}\nEND:VEVENT"

    assert (
        found_in(holding(f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{other}\n{ours}\nEND:VCALENDAR\n")).said
        is Said.ACCEPTED
    )
    with pytest.raises(NotAnAnswer):
        found_in(holding(f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{other}\nEND:VCALENDAR\n"))


def test_the_second_of_two_objects_is_read_too():
    first = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n"

    assert found_in(holding(first + calendar(event(f"UID:{UID}", YES)))).said is Said.ACCEPTED


@pytest.mark.parametrize("start", ["99991231T235959Z", "00010101T000000Z", "16010101T000000"])
def test_a_time_that_nobody_can_mean_is_none(start: str):
    assert found_in(answering(YES, f"DTSTART:{start}")).start is None


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("utf-16", "utf-16"),
        ("utf-16", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-8", "us-ascii"),
        ("cp1252", "nonsense"),
    ],
)
def test_a_comment_is_read_in_whatever_letters_it_was_written(charset: str, declared: str):
    text = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{UID}\r\n{YES}\r\n"
    text += "COMMENT:Blåbær på tur\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    head = f"Content-Type: text/calendar{f'; charset={declared}' if declared else ''}\r\n"
    head += "Content-Transfer-Encoding: base64\r\n\r\n"

    letter = read(head.encode() + b64encode(text.encode(charset)))

    assert found_in(letter).comment == "Blåbær på tur"


def test_a_letter_that_goes_along_is_not_the_letter():
    inner = (
        f"Subject: old\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nUID:{UID}\r\n"
    )
    whole = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n"
    whole += "Hei, se vedlagt\r\n"
    whole += f"--x\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--x--\r\n"

    letter = read(whole.encode())

    assert letter.text.strip() == "Hei, se vedlagt"
    assert letter.calendars == ()


@pytest.mark.parametrize(
    "content_type",
    ["text/x-vcalendar", 'application/octet-stream; name="answer.ics"', "text/calendar; method=reply"],
)
def test_a_calendar_is_known_by_other_names_too(content_type: str):
    text = calendar(event(f"UID:{UID}", YES))
    if "method" in content_type:
        text = text.replace("METHOD:REPLY\n", "")

    assert found_in(read(f"Content-Type: {content_type}\r\n\r\n{text}".encode())).said is Said.ACCEPTED


@pytest.mark.parametrize(
    ("content_type", "body", "was_meant"),
    [
        ("application/ms-tnef", "x", True),
        ("text/calendar; method=REPLY", "BEGIN:VCALENDAR", True),
        ("text/calendar", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n", True),
        ("text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n", False),
        ("text/plain", "Hei", False),
    ],
)
def test_what_was_meant_as_an_answer_is_told_from_words(content_type: str, body: str, was_meant: bool):
    with pytest.raises(NotAnAnswer) as caught:
        found_in(read(f"Content-Type: {content_type}\r\n\r\n{body}".encode()))

    assert caught.value.was_meant is was_meant


@pytest.mark.parametrize(
    "rest",
    [
        "-----Opprinnelig avtale-----\nFra: Kari",
        "________________________________\nFrom: Kari",
        "Når: mandag 7. desember\nHvor: Rådhuset",
        "*~*~*~*~*~*~*~*~*~*",
        "Hent Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent from my iPhone",
    ],
)
def test_what_outlook_adds_is_not_the_candidates_message(rest: str):
    by_outlook = calendar("PRODID:Microsoft Exchange Server 2010", event(f"UID:{UID}", YES))

    found = found_in(holding(by_outlook, text=f"Jeg kommer med toget\n\n{rest}\n\nhei"))

    assert found.comment == "Jeg kommer med toget"
